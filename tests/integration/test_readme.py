"""The README's lines do what they say."""

import os
import re
import subprocess
import sys
from pathlib import Path


def test_the_python_of_the_readme_prints_an_answer(repository: Path, tmp_path: Path) -> None:
    [program] = re.findall(r"```python\n(.*?)```", (repository / "README.md").read_text(), re.DOTALL)
    (tmp_path / "examples").symlink_to(repository / "examples")
    environment = {**os.environ, "PYTHONPATH": str(repository)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "[1]" in done.stdout
