"""Who does it to whom: what counts as turned round, and what does not."""

import pytest

from rag.roles import same_roles, turned_round

CLAIM = "Ardent banned imports of grain from Belmar."


@pytest.mark.parametrize(
    "text",
    [
        "Belmar banned imports of grain from Ardent.",
        "In 2023 Belmar imposed a strict ban on grain that came from Ardent.",
        "The grain of Ardent was banned by Belmar.",
        "Prices rose. Then Belmarian officials banned all grain from Ardent. Nobody objected.",
    ],
)
def test_changed_places_are_noticed(text: str) -> None:
    assert turned_round(CLAIM, text)


@pytest.mark.parametrize(
    "text",
    [
        CLAIM,
        "Imports of Belmar's grain were banned by Ardent.",
        "Belmar protested when Ardent banned its grain.",
        "Ardent banned grain from Belmar, and later Belmar banned fish from Ardent.",
        "Belmar and Ardent held talks.",
        "Belmar signed a treaty with Ardent.",
        "",
    ],
)
def test_what_says_the_same_or_something_else_is_not_turned_round(text: str) -> None:
    assert not turned_round(CLAIM, text)


@pytest.mark.parametrize(
    "text", ["Wang met Kamikawa in Laos.", "Wang held talks with Kamikawa.", "Wang and Kamikawa agreed."]
)
def test_an_act_that_goes_both_ways_cannot_be_turned_round(text: str) -> None:
    swapped = text.replace("Wang", "X").replace("Kamikawa", "Wang").replace("X", "Kamikawa")
    assert not turned_round(swapped, text)


def test_the_seat_of_a_government_stands_for_its_country() -> None:
    assert same_roles("China banned seafood from Japan.", "Beijing banned all fish of Tokyo's fleet.")


def test_an_adjective_names_the_same_actor() -> None:
    assert same_roles("China banned Japanese seafood.", "China banned imports from Japan.")
