"""Damaged vectors are found at the start and made again; the answers are those from before."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fault.damage import KINDS

_SECONDS = 280


@pytest.fixture(scope="module")
def report(repository: Path) -> dict[str, Any]:
    if sys.platform != "linux" or not shutil.which("cc"):
        pytest.skip("the processes that are watched are started with a library made by a C compiler")
    command = [sys.executable, "-m", "tests.fault.faults", "damage", "--count", "8", "--unsealed", "4"]
    environment = {**os.environ, "PYTHONPATH": str(repository)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=repository, timeout=_SECONDS)
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_no_damage_changes_an_answer_or_ends_a_process(report: dict[str, Any]) -> None:
    assert report["faults"] == []


def test_every_kind_of_damage_is_found(report: dict[str, Any]) -> None:
    assert report["sealed"] == report["kinds"] == len(KINDS) >= 18


def test_damage_is_found_by_the_child_where_there_is_no_seal(report: dict[str, Any]) -> None:
    assert report["unsealed"] >= 4
