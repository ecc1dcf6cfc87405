"""Names and numbers of a claim that a text does not give."""

import pytest

from rag.exact import unstated

TEXT = (
    "The United States and Japan signed the treaty in Oster on May 3, 2021, said Mira Holt. "
    "It cost 1,412,000 crowns, and two ships were sold. Exports fell to 87 barges."
)


@pytest.mark.parametrize(
    "claim",
    [
        "The treaty was signed in Oster.",
        "The US signed the treaty in 2021.",
        "The Japanese signed it on 3 May 2021.",
        "It cost 1.4 million crowns.",
        "It cost 1412000 crowns.",
        "Some 2 ships were sold.",
        "Exports fell to fewer than 90 barges.",
        "Holt's treaty was signed.",
    ],
)
def test_what_the_text_gives(claim: str) -> None:
    assert unstated(claim, TEXT) == ([], [])


@pytest.mark.parametrize(
    ("claim", "numbers", "names"),
    [
        ("The treaty was signed in Harlow.", [], ["Harlow"]),
        ("The treaty was signed in 2020.", ["2020"], []),
        ("It cost 2.4 million crowns.", ["2.4"], []),
        ("Exports fell to 78 barges.", ["78"], []),
        ("Exports fell to 87 barges, said Jon Vask.", [], ["Jon", "Vask"]),
        ("The treaty was signed on June 3, 2021.", [], ["June"]),
    ],
)
def test_what_the_text_does_not_give(claim: str, numbers: list[str], names: list[str]) -> None:
    assert unstated(claim, TEXT) == (numbers, names)
