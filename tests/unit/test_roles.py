"""Who does it to whom: what counts as turned round, and what does not."""

import pytest

from rag.evidence.roles import same_roles, tells_who_to_whom, turned_round

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


def test_what_a_nation_owns_is_no_act() -> None:
    claim = "Ardentian barges may go back to Belmar."
    assert not turned_round(claim, "Surveyors from Belmar have examined every barge in the fleet of Ardent.")


LED = "Since March the ferry of Ardent has had to land at Oster, said Mira Holt, who leads it."


@pytest.mark.parametrize(
    "claim",
    [
        "Since March the ferry of Oster has had to land at Ardent, said Mira Holt, who leads it.",
        "The ferry of Oster has had to land at Ardent since March, said Mira Holt, who leads it.",
        "Since March the ferry of Ardent has had to land at Holt, said Mira Oster, who leads it.",
        "Since Oster the ferry of Ardent has had to land at March.",
    ],
)
def test_names_in_each_others_place_are_noticed_in_the_same_words(claim: str) -> None:
    assert turned_round(claim, LED)


@pytest.mark.parametrize(
    "claim",
    [
        LED,
        "Said Mira Holt, who leads it: since March the ferry of Ardent has had to land at Oster.",
        "Since March the ferry of Ardent has had to land at Oster, said Holt Mira, who leads it.",
        "The ferry of Ardent has had to land at Oster since March, said Mira Holt.",
        "The ferry at Oster was leased by Ardent.",
    ],
)
def test_the_same_names_in_their_places_are_not_turned_round(claim: str) -> None:
    assert not turned_round(claim, LED)


def test_a_passive_in_the_same_words_turns_nothing_round() -> None:
    assert not turned_round("Vask was praised by Holt for work in 1990.", "Holt praised Vask for work in 1990.")


def test_a_list_in_another_order_turns_nothing_round() -> None:
    assert not turned_round("Pell, Oster and Lund have new locks.", "Oster, Pell and Lund have new locks.")


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


@pytest.mark.parametrize(
    ("claim", "text", "turned"),
    [
        ("Halvern barred Corravian barges.", "Corravia agreed to let some Halvernian barges back in.", True),
        ("Corravia barred Halvernian barges.", "Corravia agreed to let some Halvernian barges back in.", False),
        ("China banned Japanese fish.", "Chinese fish imports from Japan have stopped.", False),
        ("China banned Japanese fish.", "Chinese officials spoke. Imports of fish from Japan are banned.", False),
        ("Oster banned Belmar's grain.", "Norish grain was banned by Oster.", False),
        ("Oster barred Belmarian ships and Osterish grain.", "Osterish ships sailed. Lundish grain was sold.", True),
    ],
)
def test_what_is_said_of_ones_things_is_not_said_of_the_others(claim: str, text: str, turned: bool) -> None:
    assert turned_round(claim, text) is turned


def test_somebodys_master_is_no_act() -> None:
    claim = "Petra Lindow, master of the Maid of Oxholm, was third in the line."
    assert not turned_round(
        claim, "Among them is the Maid of Oxholm, whose master, Petra Lindow, was the first through."
    )


def test_what_is_by_somebody_is_his() -> None:
    assert not turned_round("Talks broke down over Lund remarks by Belmar.", "It resented Belmar's remarks on Lund.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ardent again banned all grain from Belmar.", True),
        ("Before the grain ban, Ardent took a fifth of Belmar's harvest.", False),
        ("Ardent banned the sale of grain.", False),
    ],
)
def test_an_act_that_somebody_did_to_another_is_told_by_name(text: str, told: bool) -> None:
    assert tells_who_to_whom(text, {"ban", "grain"}) is told


def test_a_passive_that_does_not_say_by_whom_turns_nothing_round() -> None:
    assert not turned_round("Vask was signed to Arsenal in May.", "In May Arsenal signed Vask for four years.")
