"""No file, however odd, hangs or crashes an ingest, or is passed over in silence."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.zoo import LEFT_OUT, READ, REFUSED, write

_SECONDS = 280


@dataclass
class Visit:
    """What was expected of each path, and what the ingest told."""

    expected: dict[str, str]
    report: dict[str, Any]
    peak_kilobytes: list[int]

    def outcomes(self) -> dict[str, str]:
        """What became of each path; a record counts as its file."""
        paths = set(self.expected)
        found = {_file(path, paths): READ for path in [*self.report["added"], *self.report["duplicates"]]}
        found |= {_file(failure["path"], paths): REFUSED for failure in self.report["failed"]}
        for path in paths:
            if any(notice.startswith(f"{path} was left out") for notice in self.report["notices"]):
                found[path] = LEFT_OUT
        return found


def _file(path: str, paths: set[str]) -> str:
    while path not in paths and "#" in path:
        path = path.rpartition("#")[0]
    return path


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Visit:
    folder = tmp_path_factory.mktemp("visit")
    expected = write(folder / "zoo")
    environment = {**os.environ, "PYTHONPATH": str(repository), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "tests.zoo", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=_SECONDS, cwd=repository)
    assert done.returncode == 0, done.stderr
    return Visit(expected, **json.loads(done.stdout))


def test_the_zoo_is_large(visit: Visit) -> None:
    assert len({path.split("/")[1] for path in visit.expected}) >= 25
    assert len(visit.expected) >= 150


def test_each_file_has_its_expected_outcome(visit: Visit) -> None:
    outcomes = visit.outcomes()
    assert {path: outcomes.get(path, "nothing") for path in visit.expected} == visit.expected


def test_each_refusal_is_one_line_that_names_the_file(visit: Visit) -> None:
    for failure in visit.report["failed"]:
        told = failure["error"].replace(failure["path"], "")
        assert "\n" not in told
        assert told.startswith("Cannot read "), failure


def test_no_process_takes_more_than_a_gigabyte(visit: Visit) -> None:
    assert max(visit.peak_kilobytes) < 1024 * 1024
