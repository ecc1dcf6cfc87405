"""Edits of true sentences: each kind changes what it says it changes, and nothing is edited where nothing can be."""

import random

import pytest

from training.edits import false_edits, true_edits

SENTENCE = "On May 3, 2021, Mira Holt said the first mill in Oster was sold to Jon Vask for 1,200 crowns."
AROUND = SENTENCE + " Edith Marlow did not agree. It had cost 900 crowns."
ELSEWHERE = "Simmer the onions slowly in butter before you add the stock. Serve the soup with dark bread."


def kinds(sentence: str, seed: int = 1) -> dict[str, str]:
    return {edit.kind: edit.text for edit in false_edits(sentence, AROUND, ELSEWHERE, random.Random(seed))}


@pytest.mark.parametrize("seed", range(20))
def test_each_kind_is_made_and_differs(seed: int) -> None:
    made = kinds(SENTENCE, seed)
    assert {"number", "date", "name", "actors", "negation", "opposite", "tail"} <= set(made)
    assert SENTENCE not in made.values()


def test_a_changed_number_leaves_the_rest() -> None:
    made = kinds(SENTENCE)["number"]
    assert "1,200" not in made
    assert made.startswith("On May 3, 2021, Mira Holt said")


def test_actors_change_places() -> None:
    swapped = [kinds("Mira Holt met Jon Vask in the square.", seed)["actors"] for seed in range(5)]
    assert "Jon Vask met Mira Holt in the square." in swapped


def test_two_names_joined_by_and_are_not_swapped() -> None:
    assert "actors" not in kinds("Mira Holt and Jon Vask met.")


def test_a_negation_is_put_in_or_taken_out() -> None:
    assert any(word in kinds("The mill was sold.")["negation"] for word in ("not", "never", "no longer"))
    assert kinds("The mill was not sold.")["negation"] == "The mill was sold."


def test_a_bound_is_no_number_to_change() -> None:
    assert "number" not in kinds("The mill cost more than 900 crowns.")


def test_an_invented_tail_is_not_contradicted_but_unsaid() -> None:
    (tail,) = [edit for edit in false_edits(SENTENCE, AROUND, ELSEWHERE, random.Random(1)) if edit.kind == "tail"]
    assert tail.contradicted is False


def test_what_stays_true_says_the_same_otherwise() -> None:
    made = true_edits("On May 3, 2021, the mill was sold for 1,200 crowns.", random.Random(1))
    assert "The mill was sold for 1,200 crowns." in made
    assert "On 3 May 2021, the mill was sold for 1,200 crowns." in made
    assert "On May 3, 2021, the mill was sold for 1200 crowns." in made
    assert "Edith Marlow opened it." not in made


def test_the_same_seed_gives_the_same_edits() -> None:
    assert kinds(SENTENCE, 5) == kinds(SENTENCE, 5)
