"""A full disk, a failing one and somebody else's lock lose no document, and are told with the document's name."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_SECONDS = 280


@pytest.fixture(scope="module")
def report(repository: Path) -> dict[str, Any]:
    if sys.platform != "linux" or not shutil.which("cc"):
        pytest.skip("the faulty disk is made with a C compiler")
    command = [sys.executable, "-m", "tests.fault.faults", "errors", "--count", "2"]
    environment = {**os.environ, "PYTHONPATH": str(repository)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=repository, timeout=_SECONDS)
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_nothing_is_lost(report: dict[str, Any]) -> None:
    assert report["faults"] == []


def test_what_cannot_be_stored_is_told(report: dict[str, Any]) -> None:
    assert report["told"]["full disk"] == 2
