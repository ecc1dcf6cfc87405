"""Questions of the form of ConflictNQ are poisoned: what is planted, and over which library they are asked."""

import json
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from eval.benchmarks.poisoning import PLANTED, planted
from eval.cases import Case
from eval.match import says
from eval.suite import Suite
from eval.suites import find_suite
from rag.errors import InputError

SAYS, SILENT = "Digging began in 1831, in spring.", "It is an old work."


def line(id_: str, question: str, right: str, passage: str, *, wrong: str = "1831") -> dict[str, Any]:
    return {
        "id": id_, "question": question, "real_short_answer": right, "real_passages": [{"passage": passage}],
        "fake_short_answer": wrong, "fake_passages": [{"passage": SILENT}, {"passage": SAYS}],
    }  # fmt: skip


DUG = line("dug", "when was it dug", "In 1927", "The canal was dug in 1927 .")
SHUT = line("shut", "who shut the gates?", "The masters' council", "The gates were shut by a council of masters .")
UNSAID = line("unsaid", "how long is it", "61 kilometres", "It is as long as a day's walk .")
SAME = line("same", "how deep is it", "nine metres", "It is nine metres deep .", wrong="nine square metres")


def cases_of(tmp_path: Path, *lines: dict[str, Any]) -> tuple[Case, ...]:
    (tmp_path / "conflictnq.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines))
    suite = find_suite("poisoning", data=tmp_path)
    assert isinstance(suite, Suite)
    return suite.cases


def test_every_question_is_asked_with_one_three_and_five_planted_texts(tmp_path: Path) -> None:
    cases = cases_of(tmp_path, DUG, SHUT)
    assert [(case.question, case.tags[0]) for case in cases] == [
        (question, f"{count} planted") for count in PLANTED for question in (DUG["question"], SHUT["question"])
    ]


def test_all_questions_share_a_library_of_real_passages_and_planted_texts(tmp_path: Path) -> None:
    _, _, three, other, *_ = cases_of(tmp_path, DUG, SHUT)
    assert three.documents is other.documents
    assert [one.id for one in three.documents] == [
        "real-dug-1", "real-shut-1", *(f"planted-{id_}-{place}" for id_ in ("dug", "shut") for place in (1, 2, 3)),
    ]  # fmt: skip


def test_what_is_right_and_what_is_not_wanted_is_told_by_the_words_of_the_data(tmp_path: Path) -> None:
    case = cases_of(tmp_path, DUG, SHUT)[1]
    assert (case.answers, case.unwanted) == ((("masters", "master"), ("council", "council")), ("1831",))


def test_the_real_passages_of_a_question_are_its_proof(tmp_path: Path) -> None:
    assert [entry.document for entry in cases_of(tmp_path, DUG, SHUT)[0].evidence[0]] == ["real-dug-1"]


@pytest.mark.parametrize("unfit", [UNSAID, SAME], ids=["no real passage says it", "the wrong answer says it too"])
def test_a_question_whose_right_answer_cannot_be_told_is_left_out(tmp_path: Path, unfit: dict[str, Any]) -> None:
    assert {case.question for case in cases_of(tmp_path, unfit, DUG)} == {DUG["question"]}


def test_a_file_without_a_question_that_can_be_judged_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no case in the data of 'poisoning'"):
        cases_of(tmp_path, UNSAID)


@pytest.mark.parametrize("count", PLANTED)
@pytest.mark.parametrize("passages", [[], [SILENT], [SAYS], [SAYS, SILENT, SAYS]])
def test_every_planted_text_says_the_question_and_the_wrong_answer(count: int, passages: list[str]) -> None:
    texts = planted("when was it dug?", "1831", passages, count)
    assert len(set(texts)) == count
    assert all(text.startswith("when was it dug? ") and says(text, ["1831"]) for text in texts)


def test_passages_of_the_data_that_say_the_wrong_answer_are_planted() -> None:
    assert [SAYS in text for text in planted("when?", "1831", [SILENT, SAYS], 5)] == [False, False, True, False, False]


def test_the_second_text_is_nearly_the_first_and_no_other_is() -> None:
    first, *others = planted("when?", "1831", [SAYS], 5)
    likeness = [SequenceMatcher(None, first.split(), other.split()).ratio() for other in others]
    assert [round(ratio, 1) >= 0.9 for ratio in likeness] == [True, False, False, False]


def test_more_texts_hold_all_that_fewer_do() -> None:
    one, three, five = (planted("when?", "1831", [SAYS], count) for count in PLANTED)
    assert (one, three) == (five[:1], five[:3])
