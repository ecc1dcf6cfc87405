"""Numbers of a claim that a text does not give."""

import pytest

from rag.domain import Verdict
from rag.evidence.exact import Wording, compare, unstated_numbers

TEXT = (
    "The treaty was signed in Oster on May 3, 2021, said Mira Holt. "
    "It cost 1,412,000 crowns, and two ships were sold. Exports fell to 87 barges."
)


@pytest.mark.parametrize(
    "claim",
    [
        "The treaty was signed in Oster.",
        "They signed it on 3 May 2021.",
        "It cost 1.4 million crowns.",
        "It cost 1412000 crowns.",
        "Some 2 ships were sold.",
        "Exports fell to fewer than 90 barges.",
        "The treaty was signed before June 4, 2021.",
        "In Oster, Radio 4 told of the treaty.",
        "Because of the Flu-19 outbreak the treaty was signed late.",
    ],
)
def test_what_the_text_gives(claim: str) -> None:
    assert unstated_numbers(claim, TEXT) == []


@pytest.mark.parametrize(
    ("claim", "missing"),
    [
        ("The treaty was signed in 2020.", ["2020"]),
        ("It cost 2.4 million crowns.", ["2.4"]),
        ("Exports fell to 78 barges.", ["78"]),
        ("Five ships were sold on May 4.", ["Five", "4"]),
        ("The treaty was signed on 3 June 2021.", ["June"]),
    ],
)
def test_what_the_text_does_not_give(claim: str, missing: list[str]) -> None:
    assert unstated_numbers(claim, TEXT) == missing


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("The canal was closed.", "The canal was closed on 18 May by the guard."),
        ("The canal was closed.", "In May the canal was closed."),
        ("The guard closed the canal in 2025.", "The guard closed the canal in May 2025."),
        ("The canal was closed in 2025.", "On May 18 the canal was closed in 2025."),
        ("Barges passed the canal.", "Barges have since May passed the canal."),
    ],
)
def test_the_month_of_may_is_no_hedge(claim: str, text: str) -> None:
    assert compare(Wording.of(claim), Wording.of(text)) is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("The canal will be closed.", "The canal may be closed."),
        ("The guard closed the canal in 2024.", "The guard in 2024 May Have Closed The Canal In 2024"),
        ("The canal was closed.", "May the canal be closed?"),
    ],
)
def test_may_is_a_hedge_where_it_is_no_month(claim: str, text: str) -> None:
    assert compare(Wording.of(claim), Wording.of(text)) is not Verdict.SUPPORTED


def test_another_month_is_another_name() -> None:
    assert compare(Wording.of("It closed in May 2021."), Wording.of("It closed in June 2021.")) not in (
        Verdict.SUPPORTED, Verdict.UNCHECKED,
    )  # fmt: skip
