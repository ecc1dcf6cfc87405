"""What cited cells bear out: claims made of cells, and what is computed of them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from eval.entailment import is_computed_from, verdict_of
from eval.result import Result
from rag.domain import (
    Answer,
    AnswerKind,
    Citation,
    Claim,
    Computed,
    Document,
    Mode,
    Operand,
    Origin,
    Outcome,
    Span,
    Verdict,
)

TEXT = "Sold | Price\nLamp | 12.50\nChair | 40.00\n"
DOCUMENT = Document("d", TEXT, Origin("shop.md"))


def place(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def cited(marker: int, words: str) -> Citation:
    return Citation(marker, "d", place(words), words, DOCUMENT.origin)


SUM = Computed(
    "sum",
    (
        Operand(1, "12.50", place("12.50"), Decimal("12.50")),
        Operand(2, "40.00", place("40.00"), Decimal("40.00")),
    ),
    "52.50",
)
CLAIM = Claim("Total Price: 12.50 + 40.00 = 52.50.", Verdict.SUPPORTED, (1, 2))
CITATIONS = [cited(1, "Lamp | 12.50"), cited(2, "Chair | 40.00")]


def result_of(computed: Computed | None, claim: Claim = CLAIM) -> Result:
    answer = Answer(
        "q",
        "q",
        Outcome.ANSWERED,
        0.9,
        Mode.EXTRACTIVE,
        claim.text,
        (claim,),
        tuple(CITATIONS),
        kind=AnswerKind.COMPUTED,
        computed=computed,
    )
    return Result(answer, documents={"d": DOCUMENT})


def test_a_sum_that_comes_out_again_is_borne_out() -> None:
    assert is_computed_from(CLAIM, CITATIONS, result_of(SUM)) is True


def test_a_sum_that_comes_out_otherwise_is_not() -> None:
    assert is_computed_from(CLAIM, CITATIONS, result_of(replace(SUM, result="53.50"))) is False


def test_a_sum_of_cells_that_are_not_cited_is_not() -> None:
    assert is_computed_from(CLAIM, CITATIONS[:1], result_of(SUM)) is False


def test_a_cell_that_does_not_stand_there_bears_out_nothing() -> None:
    moved = replace(SUM.operands[0], text="13.50")
    assert is_computed_from(CLAIM, CITATIONS, result_of(replace(SUM, operands=(moved, SUM.operands[1])))) is False


def test_a_claim_that_is_not_computed_is_left_to_its_words() -> None:
    assert is_computed_from(CLAIM, CITATIONS, result_of(None)) is None


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Sold: Lamp; Price: 12.50", Verdict.SUPPORTED),
        ("Sold: Lamp; Price: 13.50", Verdict.UNSUPPORTED),
        ("Sold: Lamp; Weight: 12.50", Verdict.UNSUPPORTED),
    ],
)
def test_cells_are_borne_out_by_their_values_and_the_names_around(claim: str, verdict: Verdict) -> None:
    assert verdict_of(claim, "Lamp | 12.50", result_of(None), "Sold | Price") is verdict
