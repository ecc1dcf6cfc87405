"""A project of its own runs its cases with pytest, and drafts new ones from its library."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from eval.cases import load_cases
from eval.draft import write_drafts
from eval.sample import sample_documents
from ingest.pipeline import ingest
from rag.assistant import Assistant

TEST = """
import pytest

@pytest.mark.eval
def test_answers_got_no_worse(check_answers):
    check_answers(data="evals")

def test_something_else():
    pass
"""
CASE = {"id": "length", "question": "How long is the canal?", "answers": ["61 kilometres"]}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "evals" / "documents").mkdir(parents=True)
    (tmp_path / "evals" / "documents" / "canal.txt").write_text("The canal is 61 kilometres long.\n")
    (tmp_path / "evals" / "cases.jsonl").write_text(json.dumps(CASE))
    (tmp_path / "test_answers.py").write_text(TEST)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --strict-markers\n")
    return tmp_path


def run_pytest(project: Path, repository: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    # Named here, since a checkout need not be installed; in an environment where it is, pytest finds it alone.
    command = [sys.executable, "-m", "pytest", "-p", "no:footnoted", "-p", "eval.pytest_plugin", "-q", *options]
    environment = {**os.environ, "PYTHONPATH": str(repository)}
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def test_a_suite_is_a_test_of_its_own_marker(project: Path, repository: Path) -> None:
    done = run_pytest(project, repository, "-m", "eval")
    assert (done.returncode, "1 passed, 1 deselected" in done.stdout) == (0, True), done.stdout


def test_a_baseline_of_other_cases_fails_the_test_and_says_so(project: Path, repository: Path) -> None:
    scores = {"digest": "", "scores": {}}
    baseline = {"suite": "other", "versions": {}, "models": {}, "metrics": {}, "cases": {"x": scores}}
    (project / "evals" / "baseline.json").write_text(json.dumps(baseline))
    done = run_pytest(project, repository, "-m", "eval")
    assert (done.returncode, "has no case in common" in done.stdout) == (1, True), done.stdout


def test_drafts_ask_for_words_of_the_library_and_are_cases(tmp_path: Path) -> None:
    assistant = Assistant.open(tmp_path / "library", create=True)
    ingest([sample_documents()], into=assistant)
    count = write_drafts(assistant.library, tmp_path / "cases.jsonl", count=15)
    assistant.close()
    drafts = load_cases(tmp_path / "cases.jsonl")
    assert (count, len(drafts), all(draft.draft for draft in drafts)) == (15, 15, True)
    assert all(draft.answers[0][0] in draft.evidence[0][0].quote for draft in drafts)
    assert len({draft.evidence[0][0].document for draft in drafts}) > 5
