"""The measure of follow-ups, and the suite."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.benchmarks.follow_ups import load_follow_ups, measure
from eval.metrics.query import F1, overlap
from eval.result import Result
from eval.suite import Suite
from eval.suites import find_suite
from rag.domain import Answer, Mode, Outcome, Turn
from rag.errors import InputError

LINES = [
    ("|user|: Where is Lisk?\n|user|: How old is it?", "|user|: How old is Lisk?"),
    ("|user|: Where is Lisk?", "|user|: Where is Lisk?"),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    lines = [{"id": str(at), "turns": turns, "last": "", "rewrite": told} for at, (turns, told) in enumerate(LINES)]
    (tmp_path / "followups_lisk.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return tmp_path


def test_the_overlap_counts_content_words_by_stem() -> None:
    assert overlap("Which barges closed it?", "Who closed the barge?") == 1.0
    assert overlap("the canal", "a mill") == 0.0


def test_changed_and_unchanged_questions_are_counted_apart(data: Path) -> None:
    assert measure(load_follow_ups(data)) == {
        "changed by the person": 1.0, "left by the person": 1.0,
        "F1 bare": pytest.approx(2 / 3), "F1 completed": 1.0, "left by us too": 1.0,
    }  # fmt: skip


def test_the_suite_asks_the_last_question_after_the_others(data: Path) -> None:
    suite = find_suite("followups", data=data)
    assert isinstance(suite, Suite)
    first = suite.cases[0]
    assert (first.question, first.turns, first.rewrite) == (
        "How old is it?", (Turn("Where is Lisk?", ""),), "How old is Lisk?",
    )  # fmt: skip
    assert first.tags == ("changed by the person", "followups_lisk")


@pytest.mark.parametrize(("rewrite", "score"), [("How old is Lisk?", 2 / 3), ("", None)])
def test_what_was_searched_is_compared_with_the_rewriting(data: Path, rewrite: str, score: float | None) -> None:
    case = replace(load_follow_ups(data).cases[0], rewrite=rewrite)
    answer = Answer(case.question, "How old is it?", Outcome.ABSTAINED, 0.1, Mode.EXTRACTIVE, "No.")
    assert F1.measure(case, Result(answer)) == pytest.approx(score)


def test_a_line_without_a_question_is_named(data: Path) -> None:
    (data / "followups_lisk.jsonl").write_text('{"id": "a", "turns": "|user|:  ", "rewrite": "x"}\n')
    with pytest.raises(InputError, match="line 1: turns"):
        load_follow_ups(data)
