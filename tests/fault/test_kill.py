"""A writer that is killed leaves whole documents, all of them findable."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

_SECONDS = 280


@pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("cc"), reason="the faulty disk is made with a C compiler"
)
def test_fifty_kills_lose_nothing(repository: Path) -> None:
    command = [sys.executable, "-m", "tests.fault.faults", "kills", "--count", "25", "--seed"]
    environment = {**os.environ, "PYTHONPATH": str(repository)}
    pair = [
        subprocess.Popen([*command, str(seed)], stdout=subprocess.PIPE, text=True, env=environment, cwd=repository)
        for seed in (1, 2)
    ]
    try:
        reports = [json.loads(process.communicate(timeout=_SECONDS)[0]) for process in pair]
    finally:
        for process in pair:
            process.kill()
            process.wait()
    assert [fault for report in reports for fault in report["faults"]] == []
    assert sum(report["kills"] for report in reports) >= 40  # some random moments come after the end


def test_an_ingest_that_is_interrupted_leaves_a_sound_library(tmp_path: Path, repository: Path) -> None:
    documents = tmp_path / "documents.jsonl"
    documents.write_text("".join(f'{{"id": "d{n}", "text": "Report {n} tells of town{n}."}}\n' for n in range(20_000)))
    environment = {**os.environ, "PYTHONPATH": str(repository), "FOOTNOTED_LIBRARY": str(tmp_path / "library")}
    command = [sys.executable, "-c", "from ui.cli import main; main()", "ingest", str(documents)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as writer:
        for _ in range(600):  # until documents go in, a minute at most
            if (tmp_path / "library/catalog.sqlite3").exists() and writer.poll() is None:
                break
            time.sleep(0.1)
        time.sleep(2)
        writer.send_signal(signal.SIGINT)
        told = writer.communicate(timeout=60)[1]
    assert (writer.returncode, "Stopped." in told, "Traceback" in told) == (130, True, False)
    doctor = [sys.executable, "-c", "from ui.cli import main; main()", "doctor"]
    assert subprocess.run(doctor, capture_output=True, env=environment, timeout=60).returncode == 0
