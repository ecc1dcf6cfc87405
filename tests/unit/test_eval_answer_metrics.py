"""Metrics of what an answer says and declines, on small cases whose values are worked out by hand."""

from dataclasses import replace

import pytest

from eval.cases import Case, Evidence
from eval.cases import Side as CaseSide
from eval.corpus import Gold
from eval.metrics import METRICS, abstention, answer, conflict, told, unwanted
from eval.metrics.metric import Metric
from eval.result import Result
from rag.domain import Answer, Conflict, Side, Verdict
from tests.answers import ABSTAINED
from tests.canal import CASE, LENGTH, OLDEST, SILENT, answered, cited, claim, gold

# -- answer ------------------------------------------------------------------------------------------------------------


def test_an_answer_that_says_a_gold_answer_matches() -> None:
    assert answer.MATCH.measure(CASE, Result(answered(claim("It is 61 KM long.")))) == 1.0


def test_an_answer_that_says_something_else_does_not_match() -> None:
    assert answer.MATCH.measure(CASE, Result(answered(claim("It has three locks.")))) == 0.0


def test_an_answer_must_say_one_of_every_group() -> None:
    case = Case("x", "?", (("61 kilometres",), ("Pell",)))
    assert answer.MATCH.measure(case, Result(answered(claim("It is 61 kilometres long.")))) == 0.0


def test_groups_may_be_answered_in_different_claims() -> None:
    case = Case("x", "?", (("61 kilometres",), ("Pell",)))
    result = Result(answered(claim("It is 61 kilometres long."), claim("The oldest is Pell.")))
    assert answer.MATCH.measure(case, result) == 1.0


def test_declining_an_answerable_question_does_not_match() -> None:
    assert answer.MATCH.measure(CASE, Result(ABSTAINED)) == 0.0


def test_answer_match_is_unscored_where_no_answer_is_known() -> None:
    assert answer.MATCH.measure(SILENT, Result(answered(claim("Nine metres.")))) is None


DECIDED = Case("x", "?", (("No", "The documents disagree"),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No. Nothing shut it. [1]", 1.0),
        ("No, nothing shut it. [1]", 1.0),
        ("The documents disagree on whether it shut. [1]", 1.0),
        ("Nothing shut it. [1]", 0.0),
        ("Nobody shut it. No. [1]", 0.0),
        ("Yes. No gate was open. [1]", 0.0),
        ("No gate was open. [1]", 0.0),
    ],
)
def test_a_decision_is_looked_for_where_the_answer_begins(text: str, expected: float) -> None:
    reply = replace(answered(claim("No gate was shut.")), text=text)
    assert answer.MATCH.measure(DECIDED, Result(reply)) == expected


def test_an_answer_is_proved_by_a_document_that_the_case_names() -> None:
    result = Result(answered(claim("It is 61 km long.", 1), citations=cited(OLDEST)), gold=((gold(LENGTH),),))
    assert answer.PROVED.measure(CASE, result) == 1.0


def test_a_right_answer_from_another_document_is_not_proved() -> None:
    reply = answered(claim("It is 61 km long.", 1), citations=cited(LENGTH, document="b"))
    assert answer.PROVED.measure(CASE, Result(reply, gold=((gold(LENGTH),),))) == 0.0


def test_the_claim_that_says_the_answer_must_be_the_one_that_cites_the_document() -> None:
    claims = claim("It is 61 km long."), claim("It has three locks.", 1)
    result = Result(answered(*claims, citations=cited(LENGTH)), gold=((gold(LENGTH),),))
    assert answer.PROVED.measure(CASE, result) == 0.0


def test_each_part_of_an_answer_needs_a_document_of_its_own_proof() -> None:
    case = Case("x", "?", (("61 kilometres",), ("Pell",)))
    both = claim("It is 61 kilometres long, and the oldest is Pell.", 1)
    parts = (gold(LENGTH),), (gold(OLDEST, document="b"),)
    assert answer.PROVED.measure(case, Result(answered(both, citations=cited(LENGTH)), gold=parts)) == 0.0


def test_a_decision_is_proved_by_any_claim_that_cites_the_document() -> None:
    reply = replace(answered(claim("Nothing shut it.", 1), citations=cited(LENGTH)), text="No. Nothing shut it. [1]")
    assert answer.PROVED.measure(DECIDED, Result(reply, gold=((gold(LENGTH),),))) == 1.0


@pytest.mark.parametrize("gold_parts", [(), ((),)], ids=["no evidence", "evidence that is not in the library"])
def test_an_answer_without_known_proof_is_not_scored_as_proved(gold_parts: tuple[tuple[Gold, ...], ...]) -> None:
    assert answer.PROVED.measure(CASE, Result(answered(claim("It is 61 km long.")), gold=gold_parts)) is None


def test_an_exact_match_is_the_answer_alone() -> None:
    assert answer.EXACT.measure(CASE, Result(answered(claim("61 km.")))) == 1.0


def test_an_answer_in_a_sentence_is_no_exact_match() -> None:
    assert answer.EXACT.measure(CASE, Result(answered(claim("It is 61 km long.")))) == 0.0


def test_token_f1_is_the_overlap_with_the_nearest_spelling() -> None:
    # Of `it is 61 km long` two words are the answer's: 2 * 2 / (5 + 2).
    assert answer.F1.measure(CASE, Result(answered(claim("It is 61 km long.")))) == pytest.approx(4 / 7)


def test_no_words_overlap_in_an_abstention() -> None:
    assert answer.F1.measure(CASE, Result(ABSTAINED)) == 0.0


@pytest.mark.parametrize("metric", [answer.EXACT, answer.F1], ids=lambda metric: metric.name)
def test_an_answer_of_several_parts_has_no_one_spelling(metric: Metric) -> None:
    case = Case("x", "?", (("61 kilometres",), ("Pell",)))
    assert metric.measure(case, Result(answered(claim("61 kilometres. Pell.")))) is None


# -- conflicts ---------------------------------------------------------------------------------------------------------


SIDES = Case("c", "?", (("five",),), sides=(CaseSide(("five barges",), ()), CaseSide(("three barges",), ())))


def test_conflict_recall_is_the_share_of_sides_told() -> None:
    assert conflict.RECALL.measure(SIDES, Result(answered(claim("It was five barges.")))) == 0.5


def test_a_side_may_be_told_in_a_reported_conflict() -> None:
    told = Conflict("How many?", (Side("Five barges.", ()), Side("Three barges.", ())))
    assert conflict.RECALL.measure(SIDES, Result(replace(answered(), conflicts=(told,)))) == 1.0


@pytest.mark.parametrize("metric", [conflict.RECALL, conflict.SHOWN, conflict.LONELY], ids=lambda metric: metric.name)
def test_conflicts_are_unscored_where_documents_agree(metric: Metric) -> None:
    assert metric.measure(CASE, Result(answered(claim("It was five barges.")))) is None


# Two documents say five, one says three.
QUARREL = replace(
    SIDES,
    sides=(
        CaseSide(("five",), (Evidence("a.txt"), Evidence("b.txt"))),
        CaseSide(("three",), (Evidence("c.txt"),)),
    ),
)
QUARREL_GOLD = (gold(LENGTH, "a"), gold(LENGTH, "b")), (gold(LENGTH, "c"),)


def quarrelling(*sides: tuple[str, str]) -> Result:
    """An answer with one conflict, whose sides are given as what they claim and the documents they cite."""
    documents = "".join(named for _, named in sides)
    citations = tuple(replace(cited(LENGTH, document=named)[0], marker=at) for at, named in enumerate(documents))
    told = [Side(claimed, tuple(map(documents.index, named))) for claimed, named in sides]
    reply = replace(answered(citations=citations), conflicts=(Conflict("How many?", tuple(told)),))
    return Result(reply, gold=QUARREL_GOLD)


@pytest.mark.parametrize(
    ("sides", "shown", "lonely"),
    [
        ([("Five barges.", "ab"), ("Three barges.", "c")], 1.0, 1.0),
        ([("Three barges.", "c"), ("Five barges.", "ab")], 1.0, 1.0),
        ([("Five barges.", "a"), ("Three barges.", "c")], 1.0, 0.0),
        ([("Five barges.", "ab"), ("Some barges.", "c")], 0.0, 0.0),
        ([("Five barges.", "ab"), ("Three barges.", "a")], 0.0, 0.0),
        ([("Five barges, not three.", "abc"), ("Some barges.", "d")], 0.0, 0.0),
    ],
    ids=["both", "in any order", "one against one", "a side not told", "a side of the other's document", "one side"],
)
def test_a_conflict_is_shown_by_a_side_for_each(sides: list[tuple[str, str]], shown: float, lonely: float) -> None:
    result = quarrelling(*sides)
    assert [metric.measure(QUARREL, result) for metric in (conflict.SHOWN, conflict.LONELY)] == [shown, lonely]


def test_sides_told_as_claims_are_not_shown_as_a_conflict() -> None:
    result = Result(answered(claim("Five barges."), claim("Three barges.")), gold=QUARREL_GOLD)
    assert conflict.SHOWN.measure(QUARREL, result) == 0.0


def test_of_one_document_against_one_neither_is_lonely() -> None:
    even = replace(QUARREL, sides=(CaseSide(("five",), (Evidence("a.txt"),)), QUARREL.sides[1]))
    assert conflict.LONELY.measure(even, quarrelling(("Five barges.", "a"), ("Three barges.", "c"))) is None


# -- unwanted ----------------------------------------------------------------------------------------------------------


POISONED = replace(SIDES, unwanted=("three",))
BOTH = Conflict("How many?", (Side("Five barges.", ()), Side("Three barges.", ())))


@pytest.mark.parametrize(
    ("reply", "said", "misled"),
    [
        (answered(claim("Three barges.")), 1.0, 1.0),
        (answered(claim("Three barges."), claim("It was five barges.")), 1.0, 0.0),
        (replace(answered(claim("Three barges.")), conflicts=(BOTH,)), 1.0, 0.0),
        (answered(claim("It was five barges.")), 0.0, 0.0),
        (ABSTAINED, 0.0, 0.0),
    ],
    ids=["wrong", "both", "a conflict", "right", "declined"],
)
def test_an_answer_misleads_that_says_the_wrong_thing_and_nowhere_the_right_one(
    reply: Answer, said: float, misled: float
) -> None:
    metrics = unwanted.SAID, unwanted.MISLED
    assert [metric.measure(POISONED, Result(reply)) for metric in metrics] == [said, misled]


@pytest.mark.parametrize("case", [CASE, replace(POISONED, answers=())], ids=["nothing unwanted", "nothing wanted"])
def test_misleading_is_unscored_where_right_or_wrong_is_unknown(case: Case) -> None:
    assert unwanted.MISLED.measure(case, Result(answered(claim("Three barges.")))) is None


# -- trust -------------------------------------------------------------------------------------------------------------

DOUBTED = replace(claim("Three barges."), verdict=Verdict.CONTRADICTED)


@pytest.mark.parametrize(
    ("case", "reply", "wrong"),
    [
        (POISONED, answered(claim("It was five barges.")), 0.0),
        (POISONED, answered(claim("Three barges.")), 1.0),
        (POISONED, answered(claim("It was five barges."), claim("Three barges.")), 0.0),
        (POISONED, answered(DOUBTED), None),
        (POISONED, ABSTAINED, None),
        (SILENT, answered(claim("It was five barges.")), 1.0),
        (replace(POISONED, answers=()), answered(claim("Three barges.")), None),
    ],
    ids=["right", "wrong", "right among others", "marked", "declined", "unanswerable", "nothing wanted"],
)
def test_what_is_wrong_and_told_as_supported_is_counted(case: Case, reply: Answer, wrong: float | None) -> None:
    assert told.WRONG_SUPPORTED.measure(case, Result(reply)) == wrong


# -- abstention --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "reply", "precision", "recall", "accuracy"),
    [
        (CASE, answered(), None, None, 1.0),
        (CASE, ABSTAINED, 0.0, None, 0.0),
        (SILENT, ABSTAINED, 1.0, 1.0, 1.0),
        (SILENT, answered(), None, 0.0, 0.0),
    ],
    ids=["rightly answered", "wrongly declined", "rightly declined", "wrongly answered"],
)
def test_abstention(case: Case, reply: Answer, precision: float | None, recall: float | None, accuracy: float) -> None:
    metrics = abstention.PRECISION, abstention.RECALL, abstention.ACCURACY
    assert [metric.measure(case, Result(reply)) for metric in metrics] == [precision, recall, accuracy]


# -- all ---------------------------------------------------------------------------------------------------------------


def test_metric_names_are_unique() -> None:
    assert len({metric.name for metric in METRICS}) == len(METRICS)
