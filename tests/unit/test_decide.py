"""Questions that ask whether something is so."""

import pytest

from rag.decide import as_claim


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Did Ardent ban grain from Belmar?", "Ardent ban grain from Belmar."),
        ("Is the canal open to lorries?", "The canal open to lorries."),
        ("Isn't the canal open?", "The canal open."),
        ("is it true that the mill burned down?", "The mill burned down."),
        ("Was more or less grain sold?", "More or less grain sold."),
    ],
)
def test_a_question_that_asks_yes_or_no_gives_the_claim_it_asks_after(question: str, claim: str) -> None:
    assert as_claim(question) == claim


@pytest.mark.parametrize(
    "question",
    ["Who banned grain?", "Did Ardent or Belmar ban grain?", "What is the canal?", "Didcot has how many mills?", "Is?"],
)
def test_other_questions_give_none(question: str) -> None:
    assert as_claim(question) is None
