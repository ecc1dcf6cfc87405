"""Metrics of what an answer rests on, on small cases whose values are worked out by hand."""

from collections.abc import Sequence

import pytest

from eval.metrics import citation, evidence, groundedness, quotes
from eval.metrics.metric import Metric
from eval.result import Result
from rag.domain import Answer, Citation, Claim, Document, Mode, Outcome, Span, Verdict
from rag.ports import Entailment, Said, Verifier
from rag.text.words import content_stems
from tests.answers import ABSTAINED
from tests.canal import CASE, LENGTH, LOCKS, OLDEST, ORIGIN, SILENT, TEXT, answered, cited, claim, gold, passage

# -- evidence ----------------------------------------------------------------------------------------------------------


def test_evidence_precision_is_the_share_that_overlaps_gold_evidence() -> None:
    result = Result(answered(citations=cited(LENGTH, LOCKS, OLDEST, LOCKS)), gold=((gold(Span(13, 31)),),))
    assert evidence.PRECISION.measure(CASE, result) == 0.25


def test_a_citation_of_the_same_words_in_another_document_is_not_valid() -> None:
    result = Result(answered(citations=cited(LENGTH, document="b")), gold=((gold(LENGTH),),))
    assert evidence.PRECISION.measure(CASE, result) == 0.0


def test_a_citation_that_only_touches_gold_evidence_is_not_valid() -> None:
    result = Result(answered(citations=cited(Span(32, 52))), gold=((gold(LENGTH),),))
    assert evidence.PRECISION.measure(CASE, result) == 0.0


def test_a_citation_that_repeats_most_content_words_of_the_gold_quote_is_valid() -> None:
    # Of `canal`, `61`, `kilometres` and `long` it holds three.
    result = Result(answered(citations=cited(OLDEST, quote="the canal, 61 kilometres")), gold=((gold(LENGTH),),))
    assert evidence.PRECISION.measure(CASE, result) == 1.0


def test_a_citation_that_repeats_half_of_the_content_words_is_not_valid() -> None:
    result = Result(answered(citations=cited(OLDEST, quote="the long canal")), gold=((gold(LENGTH),),))
    assert evidence.PRECISION.measure(CASE, result) == 0.0


def test_evidence_precision_is_unscored_without_a_citation() -> None:
    assert evidence.PRECISION.measure(CASE, Result(ABSTAINED, gold=((gold(LENGTH),),))) is None


def test_evidence_recall_is_the_share_of_claims_with_a_valid_citation() -> None:
    claims = claim("One.", 1), claim("Two.", 2), claim("Three."), claim("Four.", 2, 1)
    result = Result(answered(*claims, citations=cited(LENGTH, LOCKS)), gold=((gold(LENGTH),),))
    assert evidence.RECALL.measure(CASE, result) == 0.5


@pytest.mark.parametrize("verdict", [Verdict.CONTRADICTED, Verdict.UNSUPPORTED, Verdict.UNCHECKED])
def test_a_claim_that_is_not_supported_has_no_proof(verdict: Verdict) -> None:
    result = Result(answered(claim("One.", 1, verdict=verdict), citations=cited(LENGTH)), gold=((gold(LENGTH),),))
    assert evidence.RECALL.measure(CASE, result) == 0.0


def test_evidence_recall_is_unscored_without_a_claim() -> None:
    assert evidence.RECALL.measure(CASE, Result(ABSTAINED, gold=((gold(LENGTH),),))) is None


@pytest.mark.parametrize("metric", [evidence.PRECISION, evidence.RECALL], ids=lambda metric: metric.name)
def test_evidence_is_unscored_where_no_gold_quote_is_known(metric: Metric) -> None:
    assert metric.measure(SILENT, Result(answered(claim("One.", 1), citations=cited(LENGTH)))) is None


# -- citations, as ALCE asks -------------------------------------------------------------------------------------------


def alce(
    *claims: Claim, spans: tuple[Span, ...], mode: Mode = Mode.EXTRACTIVE, verifier: Verifier | None = None
) -> Result:
    reply = Answer("?", "?", Outcome.ANSWERED, 0.9, mode, "", claims, cited(*spans))
    found = tuple(passage(span) for span in spans)
    return Result(reply, found, documents={"a": Document("a", TEXT, ORIGIN)}, verifier=verifier)


class Reads:
    """A verifier that believes a claim as far as its words stand in the text, and denies it where other numbers do."""

    def verify_closely(self, claim: str, statements: Sequence[Said]) -> list[Entailment]:
        return []

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
    assert citation.RECALL.measure(CASE, result) == 0.5


def test_a_claim_without_a_citation_is_not_borne_out() -> None:
    assert citation.RECALL.measure(CASE, alce(claim("It has three locks."), spans=(LOCKS,))) == 0.0


def test_a_claim_may_rest_on_two_citations_together() -> None:
    text = "It has three locks. The oldest is Pell."
    assert citation.RECALL.measure(CASE, alce(claim(text, 1, 2), spans=(LOCKS, OLDEST))) == 1.0


def test_two_citations_that_only_together_bear_out_a_claim_are_both_needed() -> None:
    text = "It has three locks. The oldest is Pell."
    assert citation.PRECISION.measure(CASE, alce(claim(text, 1, 2), spans=(LOCKS, OLDEST))) == 1.0


def test_a_citation_beside_one_that_is_enough_is_not_precise() -> None:
    result = alce(claim("It has three locks.", 1, 2), spans=(LOCKS, LENGTH))
    assert citation.PRECISION.measure(CASE, result) == 0.5


def test_the_citations_of_a_claim_that_is_not_borne_out_are_not_precise() -> None:
    assert citation.PRECISION.measure(CASE, alce(claim("It has four locks.", 1), spans=(LOCKS,))) == 0.0


def test_a_false_quote_is_read_as_the_document_has_it() -> None:
    reply = answered(claim("It has nine locks.", 1), citations=cited(LOCKS, quote="It has nine locks."))
    result = Result(reply, documents={"a": Document("a", TEXT, ORIGIN)})
    assert citation.RECALL.measure(CASE, result) == 0.0


def test_an_extractive_claim_must_be_the_words_it_cites() -> None:
    assert citation.RECALL.measure(CASE, alce(claim("Locks it has: three.", 1), spans=(LOCKS,))) == 0.0


@pytest.mark.parametrize("metric", [citation.RECALL, citation.PRECISION], ids=lambda metric: metric.name)
def test_citations_are_unscored_where_nothing_can_decide(metric: Metric) -> None:
    result = alce(claim("Locks it has: three.", 1), spans=(LOCKS,), mode=Mode.GENERATIVE)
    assert metric.measure(CASE, result) is None


def test_a_verifier_decides_what_exact_checks_leave_open() -> None:
    result = alce(claim("Locks it has: three.", 1), spans=(LOCKS,), mode=Mode.GENERATIVE, verifier=Reads())
    assert citation.RECALL.measure(CASE, result) == 1.0


@pytest.mark.parametrize("metric", [citation.RECALL, citation.PRECISION], ids=lambda metric: metric.name)
def test_an_abstention_has_no_citations_to_score(metric: Metric) -> None:
    assert metric.measure(CASE, Result(ABSTAINED)) is None


# -- groundedness ------------------------------------------------------------------------------------------------------


def test_groundedness_is_the_share_of_claims_that_something_read_bears_out() -> None:
    claims = claim("It has three locks.", 1), claim("It burned down in 1900.", 1)
    assert groundedness.GROUNDEDNESS.measure(CASE, alce(*claims, spans=(LOCKS,), verifier=Reads())) == 0.5


def test_a_claim_is_grounded_in_a_passage_that_it_does_not_cite() -> None:
    result = alce(claim("It has three locks.", 1), spans=(LENGTH, LOCKS), verifier=Reads())
    assert groundedness.GROUNDEDNESS.measure(CASE, result) == 1.0


def test_contradiction_is_the_share_of_claims_that_their_citations_deny() -> None:
    claims = claim("The canal is 62 kilometres long.", 1), claim("The canal is 61 kilometres long.", 1)
    assert groundedness.CONTRADICTION.measure(CASE, alce(*claims, spans=(LENGTH,), verifier=Reads())) == 0.5


@pytest.mark.parametrize("metric", [groundedness.GROUNDEDNESS, groundedness.CONTRADICTION], ids=lambda m: m.name)
def test_groundedness_is_unscored_without_a_verifier(metric: Metric) -> None:
    assert metric.measure(CASE, alce(claim("It has three locks.", 1), spans=(LOCKS,))) is None


def test_less_contradiction_is_better() -> None:
    assert groundedness.CONTRADICTION.merit(0.25) == -0.25


# -- quotes ------------------------------------------------------------------------------------------------------------


def quoting(citations: tuple[Citation, ...], *texts: str) -> Result:
    files = dict.fromkeys(["a"], texts[1]) if len(texts) > 1 else {}
    return Result(answered(citations=citations), documents={"a": Document("a", texts[0], ORIGIN)}, files=files)


def test_quote_exactness_is_the_share_of_quotes_equal_to_the_stored_text() -> None:
    right, wrong = cited(LENGTH)[0], cited(LOCKS, quote="It has 3 locks.")[0]
    assert quotes.EXACTNESS.measure(CASE, quoting((right, wrong), TEXT)) == 0.5


def test_a_quote_one_character_off_is_not_exact() -> None:
    assert quotes.EXACTNESS.measure(CASE, quoting(cited(Span(1, 32), quote=LENGTH.of(TEXT)), TEXT)) == 0.0


def test_a_quote_that_differs_from_the_file_is_not_exact() -> None:
    assert quotes.EXACTNESS.measure(CASE, quoting(cited(LENGTH), TEXT, "\n" + TEXT)) == 0.0


def test_a_quote_of_a_document_that_is_not_there_is_not_exact() -> None:
    assert quotes.EXACTNESS.measure(CASE, Result(answered(citations=cited(LENGTH)))) == 0.0


def test_quote_exactness_is_unscored_where_nothing_is_quoted() -> None:
    assert quotes.EXACTNESS.measure(CASE, Result(ABSTAINED)) is None
