"""Each metric on small cases whose values are worked out by hand."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest

from eval.cases import Case, Evidence
from eval.cases import Side as CaseSide
from eval.corpus import Gold
from eval.metrics import (
    METRICS,
    abstention,
    answer,
    citation,
    conflict,
    evidence,
    groundedness,
    quotes,
    retrieval,
    unwanted,
)
from eval.metrics.metric import Metric
from eval.result import Result
from rag.domain import (
    Answer,
    Citation,
    Claim,
    Conflict,
    Document,
    Mode,
    Origin,
    Outcome,
    Passage,
    ScoredPassage,
    Side,
    Span,
    Verdict,
)
from rag.ports import Entailment, Verifier
from rag.words import content_stems
from tests import answers
from tests.answers import ABSTAINED

# 0123456789012345678901234567890123456789012345678901234567890123456789012
TEXT = "The canal is 61 kilometres long. It has three locks. The oldest is Pell."
LENGTH, LOCKS, OLDEST = Span(0, 32), Span(33, 52), Span(53, 72)
ORIGIN = Origin("a.txt")
CASE = Case(
    "one", "How long is the canal?", (("61 kilometres", "61 km"),), ((Evidence("a.txt", "61 kilometres long"),),)
)
SILENT = Case("two", "How deep is the canal?", unanswerable=True)


def passage(span: Span, document: str = "a") -> ScoredPassage:
    return ScoredPassage(Passage(document, span, span.of(TEXT), span.of(TEXT), ORIGIN), 1.0)


def gold(span: Span, document: str = "a") -> Gold:
    return Gold(document, span, span.of(TEXT))


def cited(*spans: Span, document: str = "a", quote: str | None = None) -> tuple[Citation, ...]:
    return tuple(
        Citation(marker, document, span, quote or span.of(TEXT), ORIGIN) for marker, span in enumerate(spans, start=1)
    )


answered = partial(answers.answered, text="not looked at [61 kilometres]")


def claim(text: str, *markers: int, verdict: Verdict = Verdict.SUPPORTED) -> Claim:
    return Claim(text, verdict, markers)


def measured(metric: Metric, case: Case, result: Result) -> float | None:
    return metric.measure(case, result)


# -- retrieval ---------------------------------------------------------------------------------------------------------


def found(*passages: ScoredPassage, parts: tuple[tuple[Gold, ...], ...]) -> Result:
    return Result(ABSTAINED, passages, parts)


def test_retrieval_recall_is_the_share_of_parts_with_a_proof() -> None:
    result = found(passage(LOCKS), passage(LENGTH), parts=((gold(LENGTH),), (gold(OLDEST),)))
    assert measured(retrieval.RECALL, CASE, result) == 0.5


def test_one_of_several_proofs_of_a_part_is_enough() -> None:
    result = found(passage(LENGTH), parts=((gold(OLDEST), gold(LENGTH)),))
    assert measured(retrieval.RECALL, CASE, result) == 1.0


def test_a_passage_beside_the_gold_quote_is_not_relevant() -> None:
    result = found(passage(Span(32, 53)), parts=((gold(LENGTH), gold(OLDEST)),))
    assert measured(retrieval.RECALL, CASE, result) == 0.0


def test_the_same_span_of_another_document_is_not_relevant() -> None:
    result = found(passage(LENGTH, document="b"), parts=((gold(LENGTH),),))
    assert measured(retrieval.RECALL, CASE, result) == 0.0


def test_retrieval_recall_is_unscored_where_a_part_has_no_known_proof() -> None:
    assert measured(retrieval.RECALL, CASE, found(passage(LENGTH), parts=((gold(LENGTH),), ()))) is None


def test_reciprocal_rank_is_one_over_the_rank_of_the_first_relevant_passage() -> None:
    result = found(passage(LOCKS), passage(OLDEST), passage(LENGTH), parts=((gold(LENGTH),), (gold(OLDEST),)))
    assert measured(retrieval.MRR, CASE, result) == 0.5


def test_reciprocal_rank_is_zero_where_nothing_relevant_was_found() -> None:
    assert measured(retrieval.MRR, CASE, found(passage(LOCKS), parts=((gold(LENGTH),),))) == 0.0


def test_ndcg_counts_each_part_where_it_is_first_found() -> None:
    # The first part stands at rank 2, the second at rank 3: (1 / log2 3 + 1 / log2 4) / (1 / log2 2 + 1 / log2 3).
    result = found(passage(LOCKS), passage(LENGTH), passage(OLDEST), parts=((gold(LENGTH),), (gold(OLDEST),)))
    assert measured(retrieval.NDCG, CASE, result) == pytest.approx((0.6309298 + 0.5) / (1 + 0.6309298))


@pytest.mark.parametrize("metric", [retrieval.RECALL, retrieval.MRR, retrieval.NDCG], ids=lambda metric: metric.name)
def test_retrieval_is_unscored_for_an_unanswerable_question(metric: Metric) -> None:
    assert measured(metric, SILENT, found(passage(LENGTH), parts=())) is None


# -- answer ------------------------------------------------------------------------------------------------------------


def test_an_answer_that_says_a_gold_answer_matches() -> None:
    assert measured(answer.MATCH, CASE, Result(answered(claim("It is 61 KM long.")))) == 1.0


def test_an_answer_that_says_something_else_does_not_match() -> None:
    assert measured(answer.MATCH, CASE, Result(answered(claim("It has three locks.")))) == 0.0


def test_an_answer_must_say_one_of_every_group() -> None:
    case = Case("x", "?", (("61 kilometres",), ("Pell",)))
    assert measured(answer.MATCH, case, Result(answered(claim("It is 61 kilometres long.")))) == 0.0


def test_groups_may_be_answered_in_different_claims() -> None:
    case = Case("x", "?", (("61 kilometres",), ("Pell",)))
    result = Result(answered(claim("It is 61 kilometres long."), claim("The oldest is Pell.")))
    assert measured(answer.MATCH, case, result) == 1.0


def test_declining_an_answerable_question_does_not_match() -> None:
    assert measured(answer.MATCH, CASE, Result(ABSTAINED)) == 0.0


def test_answer_match_is_unscored_where_no_answer_is_known() -> None:
    assert measured(answer.MATCH, SILENT, Result(answered(claim("Nine metres.")))) is None


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
    assert measured(answer.MATCH, DECIDED, Result(reply)) == expected


def test_an_answer_is_proved_by_a_document_that_the_case_names() -> None:
    result = Result(answered(claim("It is 61 km long.", 1), citations=cited(OLDEST)), gold=((gold(LENGTH),),))
    assert measured(answer.PROVED, CASE, result) == 1.0


def test_a_right_answer_from_another_document_is_not_proved() -> None:
    reply = answered(claim("It is 61 km long.", 1), citations=cited(LENGTH, document="b"))
    assert measured(answer.PROVED, CASE, Result(reply, gold=((gold(LENGTH),),))) == 0.0


def test_the_claim_that_says_the_answer_must_be_the_one_that_cites_the_document() -> None:
    claims = claim("It is 61 km long."), claim("It has three locks.", 1)
    result = Result(answered(*claims, citations=cited(LENGTH)), gold=((gold(LENGTH),),))
    assert measured(answer.PROVED, CASE, result) == 0.0


def test_each_part_of_an_answer_needs_a_document_of_its_own_proof() -> None:
    case = Case("x", "?", (("61 kilometres",), ("Pell",)))
    both = claim("It is 61 kilometres long, and the oldest is Pell.", 1)
    parts = (gold(LENGTH),), (gold(OLDEST, document="b"),)
    assert measured(answer.PROVED, case, Result(answered(both, citations=cited(LENGTH)), gold=parts)) == 0.0


def test_a_decision_is_proved_by_any_claim_that_cites_the_document() -> None:
    reply = replace(answered(claim("Nothing shut it.", 1), citations=cited(LENGTH)), text="No. Nothing shut it. [1]")
    assert measured(answer.PROVED, DECIDED, Result(reply, gold=((gold(LENGTH),),))) == 1.0


@pytest.mark.parametrize("gold_parts", [(), ((),)], ids=["no evidence", "evidence that is not in the library"])
def test_an_answer_without_known_proof_is_not_scored_as_proved(gold_parts: tuple[tuple[Gold, ...], ...]) -> None:
    assert measured(answer.PROVED, CASE, Result(answered(claim("It is 61 km long.")), gold=gold_parts)) is None


def test_an_exact_match_is_the_answer_alone() -> None:
    assert measured(answer.EXACT, CASE, Result(answered(claim("61 km.")))) == 1.0


def test_an_answer_in_a_sentence_is_no_exact_match() -> None:
    assert measured(answer.EXACT, CASE, Result(answered(claim("It is 61 km long.")))) == 0.0


def test_token_f1_is_the_overlap_with_the_nearest_spelling() -> None:
    # Of `it is 61 km long` two words are the answer's: 2 * 2 / (5 + 2).
    assert measured(answer.F1, CASE, Result(answered(claim("It is 61 km long.")))) == pytest.approx(4 / 7)


def test_no_words_overlap_in_an_abstention() -> None:
    assert measured(answer.F1, CASE, Result(ABSTAINED)) == 0.0


@pytest.mark.parametrize("metric", [answer.EXACT, answer.F1], ids=lambda metric: metric.name)
def test_an_answer_of_several_parts_has_no_one_spelling(metric: Metric) -> None:
    case = Case("x", "?", (("61 kilometres",), ("Pell",)))
    assert measured(metric, case, Result(answered(claim("61 kilometres. Pell.")))) is None


# -- evidence ----------------------------------------------------------------------------------------------------------


def test_evidence_precision_is_the_share_that_overlaps_gold_evidence() -> None:
    result = Result(answered(citations=cited(LENGTH, LOCKS, OLDEST, LOCKS)), gold=((gold(Span(13, 31)),),))
    assert measured(evidence.PRECISION, CASE, result) == 0.25


def test_a_citation_of_the_same_words_in_another_document_is_not_valid() -> None:
    result = Result(answered(citations=cited(LENGTH, document="b")), gold=((gold(LENGTH),),))
    assert measured(evidence.PRECISION, CASE, result) == 0.0


def test_a_citation_that_only_touches_gold_evidence_is_not_valid() -> None:
    result = Result(answered(citations=cited(Span(32, 52))), gold=((gold(LENGTH),),))
    assert measured(evidence.PRECISION, CASE, result) == 0.0


def test_a_citation_that_repeats_most_content_words_of_the_gold_quote_is_valid() -> None:
    # Of `canal`, `61`, `kilometres` and `long` it holds three.
    result = Result(answered(citations=cited(OLDEST, quote="the canal, 61 kilometres")), gold=((gold(LENGTH),),))
    assert measured(evidence.PRECISION, CASE, result) == 1.0


def test_a_citation_that_repeats_half_of_the_content_words_is_not_valid() -> None:
    result = Result(answered(citations=cited(OLDEST, quote="the long canal")), gold=((gold(LENGTH),),))
    assert measured(evidence.PRECISION, CASE, result) == 0.0


def test_evidence_precision_is_unscored_without_a_citation() -> None:
    assert measured(evidence.PRECISION, CASE, Result(ABSTAINED, gold=((gold(LENGTH),),))) is None


def test_evidence_recall_is_the_share_of_claims_with_a_valid_citation() -> None:
    claims = claim("One.", 1), claim("Two.", 2), claim("Three."), claim("Four.", 2, 1)
    result = Result(answered(*claims, citations=cited(LENGTH, LOCKS)), gold=((gold(LENGTH),),))
    assert measured(evidence.RECALL, CASE, result) == 0.5


@pytest.mark.parametrize("verdict", [Verdict.CONTRADICTED, Verdict.UNSUPPORTED, Verdict.UNCHECKED])
def test_a_claim_that_is_not_supported_has_no_proof(verdict: Verdict) -> None:
    result = Result(answered(claim("One.", 1, verdict=verdict), citations=cited(LENGTH)), gold=((gold(LENGTH),),))
    assert measured(evidence.RECALL, CASE, result) == 0.0


def test_evidence_recall_is_unscored_without_a_claim() -> None:
    assert measured(evidence.RECALL, CASE, Result(ABSTAINED, gold=((gold(LENGTH),),))) is None


@pytest.mark.parametrize("metric", [evidence.PRECISION, evidence.RECALL], ids=lambda metric: metric.name)
def test_evidence_is_unscored_where_no_gold_quote_is_known(metric: Metric) -> None:
    assert measured(metric, SILENT, Result(answered(claim("One.", 1), citations=cited(LENGTH)))) is None


# -- citations, as ALCE asks -------------------------------------------------------------------------------------------


def alce(
    *claims: Claim, spans: tuple[Span, ...], mode: Mode = Mode.EXTRACTIVE, verifier: Verifier | None = None
) -> Result:
    reply = Answer("?", "?", Outcome.ANSWERED, 0.9, mode, "", claims, cited(*spans))
    found = tuple(passage(span) for span in spans)
    return Result(reply, found, documents={"a": Document("a", TEXT, ORIGIN)}, verifier=verifier)


class Reads:
    """A verifier that believes a claim as far as its words stand in the text, and denies it where other numbers do."""

    def verify(self, claim: str, texts: Sequence[str]) -> list[Entailment]:
        wanted = set(content_stems(claim))
        numbers = set(filter(str.isdigit, wanted))
        found: list[Entailment] = []
        for there in map(set, map(content_stems, texts)):
            share = len(wanted & there) / len(wanted)
            denied = not numbers <= there and any(map(str.isdigit, there))
            found.append(Entailment(0.0, 1.0, 0.0) if denied else Entailment(share, 0.0, 1 - share))
        return found


def test_citation_recall_is_the_share_of_claims_that_their_citations_bear_out() -> None:
    result = alce(claim("It has three locks.", 2), claim("It has four locks.", 2), spans=(LENGTH, LOCKS))
    assert measured(citation.RECALL, CASE, result) == 0.5


def test_a_claim_without_a_citation_is_not_borne_out() -> None:
    assert measured(citation.RECALL, CASE, alce(claim("It has three locks."), spans=(LOCKS,))) == 0.0


def test_a_claim_may_rest_on_two_citations_together() -> None:
    text = "It has three locks. The oldest is Pell."
    assert measured(citation.RECALL, CASE, alce(claim(text, 1, 2), spans=(LOCKS, OLDEST))) == 1.0


def test_two_citations_that_only_together_bear_out_a_claim_are_both_needed() -> None:
    text = "It has three locks. The oldest is Pell."
    assert measured(citation.PRECISION, CASE, alce(claim(text, 1, 2), spans=(LOCKS, OLDEST))) == 1.0


def test_a_citation_beside_one_that_is_enough_is_not_precise() -> None:
    result = alce(claim("It has three locks.", 1, 2), spans=(LOCKS, LENGTH))
    assert measured(citation.PRECISION, CASE, result) == 0.5


def test_the_citations_of_a_claim_that_is_not_borne_out_are_not_precise() -> None:
    assert measured(citation.PRECISION, CASE, alce(claim("It has four locks.", 1), spans=(LOCKS,))) == 0.0


def test_a_false_quote_is_read_as_the_document_has_it() -> None:
    reply = answered(claim("It has nine locks.", 1), citations=cited(LOCKS, quote="It has nine locks."))
    result = Result(reply, documents={"a": Document("a", TEXT, ORIGIN)})
    assert measured(citation.RECALL, CASE, result) == 0.0


def test_an_extractive_claim_must_be_the_words_it_cites() -> None:
    assert measured(citation.RECALL, CASE, alce(claim("Locks it has: three.", 1), spans=(LOCKS,))) == 0.0


@pytest.mark.parametrize("metric", [citation.RECALL, citation.PRECISION], ids=lambda metric: metric.name)
def test_citations_are_unscored_where_nothing_can_decide(metric: Metric) -> None:
    result = alce(claim("Locks it has: three.", 1), spans=(LOCKS,), mode=Mode.GENERATIVE)
    assert measured(metric, CASE, result) is None


def test_a_verifier_decides_what_exact_checks_leave_open() -> None:
    result = alce(claim("Locks it has: three.", 1), spans=(LOCKS,), mode=Mode.GENERATIVE, verifier=Reads())
    assert measured(citation.RECALL, CASE, result) == 1.0


@pytest.mark.parametrize("metric", [citation.RECALL, citation.PRECISION], ids=lambda metric: metric.name)
def test_an_abstention_has_no_citations_to_score(metric: Metric) -> None:
    assert measured(metric, CASE, Result(ABSTAINED)) is None


# -- groundedness ------------------------------------------------------------------------------------------------------


def test_groundedness_is_the_share_of_claims_that_something_read_bears_out() -> None:
    claims = claim("It has three locks.", 1), claim("It burned down in 1900.", 1)
    assert measured(groundedness.GROUNDEDNESS, CASE, alce(*claims, spans=(LOCKS,), verifier=Reads())) == 0.5


def test_a_claim_is_grounded_in_a_passage_that_it_does_not_cite() -> None:
    result = alce(claim("It has three locks.", 1), spans=(LENGTH, LOCKS), verifier=Reads())
    assert measured(groundedness.GROUNDEDNESS, CASE, result) == 1.0


def test_contradiction_is_the_share_of_claims_that_their_citations_deny() -> None:
    claims = claim("The canal is 62 kilometres long.", 1), claim("The canal is 61 kilometres long.", 1)
    assert measured(groundedness.CONTRADICTION, CASE, alce(*claims, spans=(LENGTH,), verifier=Reads())) == 0.5


@pytest.mark.parametrize("metric", [groundedness.GROUNDEDNESS, groundedness.CONTRADICTION], ids=lambda m: m.name)
def test_groundedness_is_unscored_without_a_verifier(metric: Metric) -> None:
    assert measured(metric, CASE, alce(claim("It has three locks.", 1), spans=(LOCKS,))) is None


def test_less_contradiction_is_better() -> None:
    assert groundedness.CONTRADICTION.merit(0.25) == -0.25


# -- conflicts ---------------------------------------------------------------------------------------------------------

SIDES = Case("c", "?", (("five",),), sides=(CaseSide(("five barges",), ()), CaseSide(("three barges",), ())))


def test_conflict_recall_is_the_share_of_sides_told() -> None:
    assert measured(conflict.RECALL, SIDES, Result(answered(claim("It was five barges.")))) == 0.5


def test_a_side_may_be_told_in_a_reported_conflict() -> None:
    told = Conflict("How many?", (Side("Five barges.", ()), Side("Three barges.", ())))
    assert measured(conflict.RECALL, SIDES, Result(replace(answered(), conflicts=(told,)))) == 1.0


@pytest.mark.parametrize("metric", [conflict.RECALL, conflict.SHOWN, conflict.LONELY], ids=lambda metric: metric.name)
def test_conflicts_are_unscored_where_documents_agree(metric: Metric) -> None:
    assert measured(metric, CASE, Result(answered(claim("It was five barges.")))) is None


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
    assert [measured(metric, QUARREL, result) for metric in (conflict.SHOWN, conflict.LONELY)] == [shown, lonely]


def test_sides_told_as_claims_are_not_shown_as_a_conflict() -> None:
    result = Result(answered(claim("Five barges."), claim("Three barges.")), gold=QUARREL_GOLD)
    assert measured(conflict.SHOWN, QUARREL, result) == 0.0


def test_of_one_document_against_one_neither_is_lonely() -> None:
    even = replace(QUARREL, sides=(CaseSide(("five",), (Evidence("a.txt"),)), QUARREL.sides[1]))
    assert measured(conflict.LONELY, even, quarrelling(("Five barges.", "a"), ("Three barges.", "c"))) is None


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
    assert [measured(metric, POISONED, Result(reply)) for metric in metrics] == [said, misled]


@pytest.mark.parametrize("case", [CASE, replace(POISONED, answers=())], ids=["nothing unwanted", "nothing wanted"])
def test_misleading_is_unscored_where_right_or_wrong_is_unknown(case: Case) -> None:
    assert measured(unwanted.MISLED, case, Result(answered(claim("Three barges.")))) is None


# -- quotes ------------------------------------------------------------------------------------------------------------


def quoting(citations: tuple[Citation, ...], *texts: str) -> Result:
    files = dict.fromkeys(["a"], texts[1]) if len(texts) > 1 else {}
    return Result(answered(citations=citations), documents={"a": Document("a", texts[0], ORIGIN)}, files=files)


def test_quote_exactness_is_the_share_of_quotes_equal_to_the_stored_text() -> None:
    right, wrong = cited(LENGTH)[0], cited(LOCKS, quote="It has 3 locks.")[0]
    assert measured(quotes.EXACTNESS, CASE, quoting((right, wrong), TEXT)) == 0.5


def test_a_quote_one_character_off_is_not_exact() -> None:
    assert measured(quotes.EXACTNESS, CASE, quoting(cited(Span(1, 32), quote=LENGTH.of(TEXT)), TEXT)) == 0.0


def test_a_quote_that_differs_from_the_file_is_not_exact() -> None:
    assert measured(quotes.EXACTNESS, CASE, quoting(cited(LENGTH), TEXT, "\n" + TEXT)) == 0.0


def test_a_quote_of_a_document_that_is_not_there_is_not_exact() -> None:
    assert measured(quotes.EXACTNESS, CASE, Result(answered(citations=cited(LENGTH)))) == 0.0


def test_quote_exactness_is_unscored_where_nothing_is_quoted() -> None:
    assert measured(quotes.EXACTNESS, CASE, Result(ABSTAINED)) is None


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
    assert [measured(metric, case, Result(reply)) for metric in metrics] == [precision, recall, accuracy]


# -- all ---------------------------------------------------------------------------------------------------------------


def test_metric_names_are_unique() -> None:
    assert len({metric.name for metric in METRICS}) == len(METRICS)
