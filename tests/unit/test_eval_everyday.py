"""The marks of answers about everyday documents, and the collections that they are read from."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from eval.benchmarks.everyday import EverydaySuite, load_everyday
from eval.metrics.everyday import Wanted, answer_marks, claim_marks, says_all
from rag.domain import Answer, Citation, Claim, Conflict, Mode, Origin, Outcome, Side, Span, Verdict
from rag.errors import InputError

RENT = Wanted("number", gold=[["850"]], forbidden=["900"], sources=["lease.txt"], conflict=False, most_words=8)


def answer(*claims: str, cited: str = "docs/lease.txt", conflicts: Sequence[Conflict] = (), lead: str = "") -> Answer:
    return Answer(
        question="?",
        query="?",
        outcome=Outcome.ANSWERED if claims else Outcome.ABSTAINED,
        answerable=1.0,
        mode=Mode.EXTRACTIVE,
        text=" ".join([lead, *(f"{claim} [1]" for claim in claims)]) if claims else "The documents do not answer this.",
        claims=tuple(Claim(claim, Verdict.SUPPORTED, (1,)) for claim in claims),
        citations=(Citation(1, "d", Span(0, 1), "x", Origin(cited)),) if claims else (),
        conflicts=tuple(conflicts),
        lead=lead,
    )


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("The rent is 9.00 EUR.", ["9"]),
        ("The rent is 9,00 EUR.", ["9"]),
        ("It is 9.", ["9"]),
        ("Two were SOLD.", ["sold"]),
        ("She sells oak.", ["sell*"]),
        ("It is Alder’s – now.", ["Alder's - now"]),
        ("The **gate** [2] is shut.", ["gate is shut"]),
        ("图书馆在五月关闭", ["五月"]),
        ("Neither, or both.", ["one", "both"]),
    ],
)
def test_what_is_said(text: str, group: list[str]) -> None:
    assert says_all(text, [group])


@pytest.mark.parametrize(
    ("text", "word"),
    [("It is 9.50.", "9"), ("It is 19.", "9"), ("It is 3.9.", "9"), ("They resell.", "sell"), ("x", "")],
)
def test_what_is_not_said(text: str, word: str) -> None:
    assert not says_all(text, [[word]])


def test_steps_must_stand_in_their_order() -> None:
    groups = [["open"], ["close"]]
    assert says_all("Close nothing. Open it, then close it.", groups, ordered=True)
    assert not says_all("Close it, then open it.", groups, ordered=True)


def test_a_right_answer_has_every_mark() -> None:
    marks = answer_marks(RENT, answer("The rent is 850 EUR."))
    assert (marks["right"], marks["first"], marks["concise"], marks["false_conflicts"]) == (1, 1, 1, 0)
    assert (marks["answered"], marks["declined"]) == (1, None)


@pytest.mark.parametrize(
    "wrong",
    [
        answer("The rent is 900 EUR."),
        answer("The rent is 850 EUR.", "That of the shop is 900 EUR."),
        answer("The rent is 850 EUR.", cited="docs/other-lease.txt"),
        answer(),
    ],
)
def test_a_wrong_word_or_source_or_no_answer_is_not_right(wrong: Answer) -> None:
    assert answer_marks(RENT, wrong)["right"] == 0


def test_what_the_second_sentence_says_is_not_said_first() -> None:
    marks = answer_marks(RENT, answer("The flat is in Oakmere, by the old quay.", "The rent is 850 EUR."))
    assert (marks["right"], marks["first"], marks["concise"]) == (1, 0, 0)


def test_the_decision_belongs_to_the_first_sentence() -> None:
    wanted = Wanted("yes-no", gold=[["yes"]])
    assert answer_marks(wanted, answer("Pets are welcome.", lead="Yes."))["first"] == 1


def test_a_list_has_no_first_sentence() -> None:
    assert answer_marks(Wanted("list", gold=[["oak"]]), answer("oak"))["first"] is None


def test_a_disagreement_that_is_told_is_one_too_many_or_the_one_that_must_be() -> None:
    told = answer("The rent is 850 EUR.", conflicts=[Conflict("?", (Side("850", (1,)), Side("900", ())))])
    assert answer_marks(RENT, told)["false_conflicts"] == 1
    must = Wanted("number", gold=[["850"]], conflict=True)
    assert [answer_marks(must, one)["right"] for one in (told, answer("The rent is 850 EUR."))] == [1, 0]


def test_what_is_told_as_supported_and_wrong_is_counted() -> None:
    mixed = answer("The rent is 850 EUR.", "That of the shop is 900 EUR.")
    told = [answer_marks(RENT, one)["wrong_supported"] for one in (answer("The rent is 850 EUR."), mixed, answer())]
    assert told == [0, 0.5, None]


def test_whatever_is_told_of_what_nothing_answers_is_wrong() -> None:
    assert answer_marks(Wanted("unanswerable"), answer("It is 850."))["wrong_supported"] == 1


def test_a_wrong_sentence_that_is_marked_misleads_nobody() -> None:
    marked = answer("The rent is 900 EUR.")
    marked = replace(marked, claims=tuple(replace(one, verdict=Verdict.UNSUPPORTED) for one in marked.claims))
    assert answer_marks(RENT, marked)["wrong_supported"] is None


def test_what_nothing_answers_is_to_be_declined() -> None:
    wanted = Wanted("unanswerable")
    assert [answer_marks(wanted, one)["declined"] for one in (answer(), answer("It is 850."))] == [1, 0]


def test_small_talk_is_right_without_a_citation() -> None:
    marks = answer_marks(Wanted("smalltalk", gold=[["not"]]), answer())
    assert (marks["right"], marks["answered"]) == (1, None)


def test_a_false_claim_is_marked_apart_from_a_true_one() -> None:
    false = claim_marks(Verdict.CONTRADICTED, Verdict.SUPPORTED)
    assert (false["claims_false_accepted"], false["claims_true_accepted"]) == (1, None)
    assert claim_marks(Verdict.SUPPORTED, Verdict.UNSUPPORTED)["claims_true_accepted"] == 0


def collection(folder: Path, *lines: dict[str, object]) -> EverydaySuite:
    (folder / "flat" / "docs").mkdir(parents=True)
    (folder / "flat" / "cases.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return load_everyday(folder)


def test_a_case_knows_its_kind_format_and_collection(tmp_path: Path) -> None:
    line = {"id": "a", "kind": "number", "format": "txt", "question": "What is the rent?", "source": "lease.txt"}
    [found] = collection(tmp_path, line).collections
    assert found.cases[0].tags == ("kind number", "format txt", "flat")
    assert found.cases[0].wanted.sources == ["lease.txt"]


@pytest.mark.parametrize("line", [{"id": "a", "kind": "fact"}, {"id": "a", "kind": "claim", "claim": "It is old."}])
def test_a_case_without_a_question_or_a_verdict_is_named(line: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cases\.jsonl, line 1"):
        collection(tmp_path, line)


def test_a_folder_without_collections_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds 'cases\.jsonl' and 'docs'"):
        load_everyday(tmp_path)
