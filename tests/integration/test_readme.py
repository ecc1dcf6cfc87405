"""The README's lines do what they say."""

import os
import re
import subprocess
import sys
from pathlib import Path

from ingest.pipeline import ingest
from rag.assistant import Assistant


def test_the_python_of_the_readme_prints_an_answer(repository: Path, tmp_path: Path) -> None:
    [program] = re.findall(r"```python\n(.*?)```", (repository / "README.md").read_text(), re.DOTALL)
    (tmp_path / "examples").symlink_to(repository / "examples")
    environment = {**os.environ, "PYTHONPATH": str(repository)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "[1]" in done.stdout


def test_the_demo_gives_the_reason_and_sees_no_conflict_in_it(repository: Path, tmp_path: Path) -> None:
    [question] = re.findall(r'ask --library \$\(DEMO\) "(.*)"', (repository / "Makefile").read_text())
    assistant = Assistant.open(tmp_path, create=True)
    ingest([repository / "examples"], into=assistant)
    answers = [assistant.ask(asked) for asked in (question, "Why did Corravia close the Ketteral Canal?")]
    assistant.close()
    assert all("forged hull certificates" in answer.claims[0].text for answer in answers)
    assert all(answer.conflicts == () for answer in answers)


def test_the_page_of_the_demo_sees_no_conflict_in_who_somebody_is(repository: Path, tmp_path: Path) -> None:
    assistant = Assistant.open(tmp_path, create=True)
    ingest([repository / "examples"], into=assistant)
    answer = assistant.ask("Who is Petra Lindow?")
    assistant.close()
    assert "master of the Maid of Oxholm" in answer.text
    assert answer.conflicts == ()
