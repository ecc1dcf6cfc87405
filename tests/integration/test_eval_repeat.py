"""A run is written down whole, is the same every time, and asks several cases at once."""

import hashlib
import json
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.compare import compare
from eval.run import Run, run
from eval.suite import Suite
from eval.suites import find_suite
from eval.versions import versions
from eval.written import write_run
from rag.assistant import Assistant
from rag.domain import Passage
from rag.models.onnx import WEIGHTS
from rag.models.reader import OnnxReader
from rag.ports import Reader, Reading
from rag.settings import load_settings
from rag.wiring import wire

CASES = [
    {"id": "length", "question": "How long is the canal?", "answers": ["61 kilometres"],
     "evidence": [{"document": "canal.txt", "quote": "61 kilometres"}]},
    {"id": "dug", "question": "How was the canal dug?", "answers": ["by hand"]},
    {"id": "moons", "question": "How many moons does the planet Neptune have?", "unanswerable": True},
]  # fmt: skip
TIMES = ("seconds", "timings", "timings_ms", "reused")


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    (tmp_path / "evals" / "documents").mkdir(parents=True)
    (tmp_path / "evals" / "documents" / "canal.txt").write_text(
        "The canal is 61 kilometres long. It was dug by hand.\n"
    )
    (tmp_path / "evals" / "cases.jsonl").write_text("".join(json.dumps(case) + "\n" for case in CASES))
    found = find_suite("own", data=tmp_path / "evals")
    assert isinstance(found, Suite)
    return found


def written(done: Run, folder: Path) -> list[dict[str, Any]]:
    """The lines of the run as it is kept: first what it was made with, then each case."""
    write_run(done, compare(done, None), folder)
    return [json.loads(line) for line in (folder / "run.jsonl").read_text(encoding="utf-8").splitlines()]


def without_times(lines: list[dict[str, Any]]) -> bytes:
    return json.dumps([{key: value for key, value in line.items() if key not in TIMES} for line in lines]).encode()


def test_a_run_says_what_it_was_made_with(suite: Suite, tmp_path: Path) -> None:
    head, *_ = written(run(suite), tmp_path / "out")
    hashes = {
        name: hashlib.sha256((WEIGHTS / f"{name}.onnx").read_bytes()).hexdigest() for name in ("embedder", "reader")
    }
    assert head["versions"] == versions()
    assert head["settings"]["weights"].items() >= hashes.items()
    assert (head["settings"]["passages"], head["models"]["mode"]) == (8, "extractive")


def test_every_case_of_a_run_is_kept_whole(suite: Suite, tmp_path: Path) -> None:
    _, first, *others = written(run(suite), tmp_path / "out")
    assert [case["id"] for case in (first, *others)] == ["length", "dug", "moons"]
    assert (first["answer"], first["seconds"] > 0) == ("The canal is 61 kilometres long. [1]", True)
    assert [passage["text"] for passage in first["passages"]] == [
        "The canal is 61 kilometres long. It was dug by hand."
    ]
    assert first["timings_ms"].keys() >= {"retrieve", "rerank", "answer", "verify"}
    assert first["scores"]["answer_match"] == 1.0


@pytest.mark.parametrize("jobs", [1, 3])
def test_two_runs_are_the_same_to_the_byte_but_for_their_times(suite: Suite, tmp_path: Path, jobs: int) -> None:
    one, two = (written(run(suite, jobs=jobs), tmp_path / str(number)) for number in range(2))
    assert without_times(one) == without_times(two)


def test_a_kept_answer_gives_the_same_run_to_the_byte(suite: Suite, tmp_path: Path) -> None:
    asked, kept = (run(suite, cache=tmp_path / "cache") for _ in range(2))
    assert kept.reused == len(CASES)
    assert without_times(written(asked, tmp_path / "1")) == without_times(written(kept, tmp_path / "2"))


class Together:
    """A reader that reads only once two questions are being read."""

    def __init__(self, reader: Reader) -> None:
        self.name = reader.name
        self._reader = reader
        self._both = threading.Barrier(2, timeout=60)

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        self._both.wait()
        return self._reader.read(question, passages)


def test_two_jobs_ask_two_cases_at_a_time(suite: Suite) -> None:
    def together(library: Path) -> Assistant:
        settings = load_settings(library=library, chroma_url="")
        return Assistant(replace(wire(settings, create=True), reader=Together(OnnxReader())), settings)

    two = replace(suite, cases=suite.cases[:2])
    assert [done.case.id for done in run(two, assistant=together, jobs=2).cases] == ["length", "dug"]


def test_the_same_question_several_times_at_once_is_kept_once(suite: Suite, tmp_path: Path) -> None:
    again = tuple(replace(suite.cases[0], id=f"length-{number}") for number in range(6))
    run(replace(suite, cases=again), cache=tmp_path / "cache", jobs=6)
    assert len(list((tmp_path / "cache" / "answers").iterdir())) == 1
