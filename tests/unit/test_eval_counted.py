"""What is counted of answers over documents that disagree."""

import json
from pathlib import Path

from eval.benchmarks.counted import Answers, exact, real_against_made_up, shares_a_word, told_of_none

LINE = Answers(gold_answers=["Oster", "Belmar"], wrong_answers=["Ardent"])


def test_an_answer_is_exact_that_says_all_that_is_right_and_nothing_wrong() -> None:
    assert exact(LINE, {"answer": "It is in Oster [1] or in Belmar [2]."})
    assert not exact(LINE, {"answer": "It is in Oster [1]."})
    assert not exact(LINE, {"answer": "It is in Oster [1], Belmar [2] or Ardent [3]."})


def _conflict(*sides: list[int]) -> dict[str, object]:
    documents = ["real-7-1", "fake-7-1", "fake-7-2"]
    return {
        "citations": [{"marker": at, "document": document} for at, document in enumerate(documents, start=1)],
        "conflicts": [{"sides": [{"markers": markers} for markers in sides]}] if sides else [],
    }


def test_a_conflict_counts_that_sets_a_real_passage_against_made_up_ones() -> None:
    assert real_against_made_up(_conflict([2, 3], [1]))
    assert not real_against_made_up(_conflict([2], [3]))
    assert not real_against_made_up(_conflict([1, 2], [1, 3]))
    assert not real_against_made_up(_conflict())


def test_an_answer_to_several_articles_counts_by_one_shared_word_and_an_abstention_never() -> None:
    assert shares_a_word({"outcome": "answered", "answer": "It was the Harlow Bank that paid."}, "Harlow Bank")
    assert not shares_a_word({"outcome": "answered", "answer": "Oster paid."}, "Harlow Bank")
    assert not shares_a_word({"outcome": "abstained", "answer": "The documents do not answer this."}, "The Bank")


def test_a_conflict_counts_as_none_where_an_answered_case_knows_no_sides(tmp_path: Path) -> None:
    sides = [{"answers": ["Oster"]}, {"answers": ["Belmar"]}]
    lines = [
        {"id": "one place", "question": "Where is it?", "answers": ["Oster"]},
        {"id": "one day", "question": "When was it?", "answers": ["5 May"]},
        {"id": "two places", "question": "Where was it held?", "answers": ["Oster"], "sides": sides},
        {"id": "declined", "question": "Why is it there?", "unanswerable": True},
    ]
    cases = tmp_path / "cases.jsonl"
    cases.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    predictions = [
        {"id": "one place", "outcome": "answered", **_conflict([1], [2])},
        {"id": "one day", "outcome": "answered", **_conflict()},
        {"id": "two places", "outcome": "answered", **_conflict([1], [2])},
        {"id": "declined", "outcome": "abstained", **_conflict()},
    ]

    assert told_of_none(cases, predictions) == (["one place"], 2)
