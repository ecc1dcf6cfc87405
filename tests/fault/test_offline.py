"""Nothing needs a network."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

NAMESPACE = ["unshare", "--map-root-user", "--net"]


def can_cut_off() -> bool:
    return bool(shutil.which("unshare")) and subprocess.run([*NAMESPACE, "true"], capture_output=True).returncode == 0


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> dict[str, Any]:
    if not can_cut_off():
        pytest.skip("this machine does not let a test cut itself off from the network (unshare --net)")
    folder = tmp_path_factory.mktemp("offline")
    environment = {
        **os.environ,
        "HOME": str(folder),
        "FOOTNOTED_LIBRARY": str(folder / "library"),
        "PYTHONPATH": str(repository),
    }
    script = repository / "tests/fault/offline_session.py"
    command = [*NAMESPACE, sys.executable, script, repository / "examples", "When did Corravia dig the canal?"]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, env=environment, timeout=280)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["cut off"]
    return found


def test_documents_go_in_without_a_network(session: dict[str, Any]) -> None:
    assert len(json.loads(session["ingest"])["added"]) == 35


def test_a_question_is_answered_without_a_network(session: dict[str, Any]) -> None:
    assert "between 1927 and 1931" in json.loads(session["ask"])["answer"]


def test_the_page_starts_without_a_network(session: dict[str, Any]) -> None:
    assert 'id="masthead"' in session["page"] or '"masthead"' in session["page"]
