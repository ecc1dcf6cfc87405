"""Claims that bound a number or a day: whether what a text gives is within is computed."""

import pytest

from rag.evidence.bounds import told_exactly


@pytest.mark.parametrize(
    ("claim", "told", "said"),
    [
        ("The mill has more than 20 wheels.", "The mill has 22 wheels.", "The mill has 22 wheels."),
        ("The mill has at least 22 wheels.", "The mill has 22 wheels.", "The mill has 22 wheels."),
        ("The mill has fewer than 30 wheels.", "The mill has 22 wheels, 4 of oak.", "The mill has 22 wheels."),
        ("The mill cost under £5 million.", "The mill cost £4.8 million.", "The mill cost £4.8 million."),
        ("The mill opened before 1980.", "The mill opened on 9 May 1978.", "The mill opened on 9 May 1978."),
        ("The mill opened after March 21.", "The mill opened on 22 March.", "The mill opened on 22 March."),
        ("The mill ground over 1850 sacks.", "The mill ground 1,903 sacks.", "The mill ground 1,903 sacks."),
    ],
)
def test_a_bound_that_is_met_is_told_as_the_text_tells_it(claim: str, told: str, said: str) -> None:
    assert told_exactly(claim, [told]) == [said]


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("The mill has more than 22 wheels.", "The mill has 22 wheels."),
        ("The mill has fewer than 20 wheels.", "The mill has 22 wheels, 4 of oak."),
        ("The mill has fewer than 20 wheels.", "The mill has more than 20 wheels and 3 doors."),
        ("The mill has fewer than 70 wheels.", "The mill has at least 62 wheels."),
        ("The mill opened before 1970.", "The mill opened on 9 May 1978."),
        ("The mill opened after 9 May 1978.", "The mill opened on 9 May 1978."),
        ("Repairs are paid up to 400 pounds.", "Repairs are paid up to 300 pounds."),
    ],
)
def test_a_bound_that_is_not_met_cannot_be_told(claim: str, told: str) -> None:
    assert told_exactly(claim, [told]) == []


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        pytest.param("The mill has 22 wheels.", "The mill has 20 wheels.", id="no bound"),
        pytest.param("The mill has more than 20 wheels.", "The mill has wheels.", id="no number"),
        pytest.param("The mill has more than 20 wheels.", "The mill has more than 20 wheels.", id="the same bound"),
        pytest.param("The mill has nearly 20 wheels.", "The mill has 19 wheels.", id="no bound, but about that"),
        pytest.param("The mill did not open before 1970.", "The mill opened in 1978.", id="denied"),
        pytest.param("The mill opened before May 1978.", "The mill opened in 1978.", id="not told so closely"),
    ],
)
def test_a_claim_of_which_nothing_is_computed_stays(claim: str, told: str) -> None:
    assert told_exactly(claim, [told]) == [claim]


def test_the_number_of_the_statement_that_is_meant_is_taken() -> None:
    told = ["The monthly rent of the mill is 890 pounds.", "The deposit is 1,780 pounds."]
    assert told_exactly("The monthly rent is more than 900 pounds.", told) == []


def test_a_claim_with_several_bounds_has_all_told() -> None:
    told = ["The mill opened in February 2015 and has 4 wheels."]
    claim = "The mill opened after December 2014 and has less than 5 wheels."
    assert told_exactly(claim, told) == ["The mill opened in February 2015 and has 4 wheels."]
