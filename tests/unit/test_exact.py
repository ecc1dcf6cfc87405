"""Numbers of a claim that a text does not give."""

import pytest

from rag.exact import unstated_numbers

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
    ],
)
def test_what_the_text_does_not_give(claim: str, missing: list[str]) -> None:
    assert unstated_numbers(claim, TEXT) == missing
