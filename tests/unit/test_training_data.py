"""What training makes of texts: near passages, and claims in pairs with texts."""

import random
from collections.abc import Sequence

import numpy as np

from training.data import ROWS_AT_ONCE, nearest
from training.reader_data import Question, retrieved
from training.verifier_data import SUPPORTED, sentence_pairs

MILL = "Mira Holt sold the old mill in Oster to Jon Vask. The mill stands beside the river Senn since the great fire."
SOUP = "The cook Edna Marsh stirs the soup slowly at noon. The council of Varnholt eats it with dark bread on Friday."
DEPOT = "Jonas Pell closed the tram depot in Varnholt. The city will open a library there before the next spring."


def question(text: str, context: str, answer: str) -> Question:
    start = context.index(answer)
    return Question("squad", context[:9], None, text, context, ((start, start + len(answer)),))


QUESTIONS = [
    question("Who sold the mill?", MILL, "Mira Holt"),
    question("Who stirs the soup?", SOUP, "Edna Marsh"),
    question("Who closed the depot?", DEPOT, "Jonas Pell"),
]


def embed(texts: Sequence[str]) -> np.ndarray:
    """One number for each text that it speaks of, whether it is asked or said."""
    vectors = np.array([[float(word in text) for word in ("mill", "soup", "depot")] for text in texts], np.float32)
    return vectors + np.float32(0.1)


def test_the_nearest_rows_come_first_however_many_are_asked() -> None:
    vectors = np.random.default_rng(0).normal(size=(40, 8))
    asked = np.repeat(vectors[:3], ROWS_AT_ONCE, axis=0)
    found = nearest(asked, vectors, 5)
    assert len(found) == 3 * ROWS_AT_ONCE
    scores = vectors[2] @ vectors.T
    assert found[-1] == sorted(range(40), key=lambda row: -scores[row])[:5]


def test_a_retrieved_passage_is_another_one_without_the_answer() -> None:
    made = list(retrieved(QUESTIONS, embed, random.Random(1)))
    assert {one.question for one in made} == {one.text for one in QUESTIONS}
    by_text = {one.text: one for one in QUESTIONS}
    assert all(one.context != by_text[one.question].context for one in made)
    assert not any(answer in one.context.lower() for one in made for answer in by_text[one.question].answers())


def test_a_question_that_does_not_find_its_own_passage_teaches_nothing() -> None:
    contexts = [f"{number} mills stand beside the river, and Mira Holt owns {number}." for number in range(20)]
    vague = [question("What did I buy?", contexts[0], "Mira Holt")]
    sure = [question(f"How many mills are there beside river {text[:2]}?", text, text.split()[0]) for text in contexts]

    def embed(texts: Sequence[str]) -> np.ndarray:
        # The vague question lies opposite to its passage; the others lie on theirs.
        angles = [0.1 * contexts.index(one) if one in contexts else 3.0 for one in texts]
        return np.array([[np.cos(angle), np.sin(angle)] for angle in angles])

    made = list(retrieved([*vague, *sure], embed, random.Random(1)))
    assert "What did I buy?" not in {one.question for one in made}


def test_two_true_sentences_joined_are_supported_and_one_edited_makes_them_not() -> None:
    made = [pair for seed in range(5) for pair in sentence_pairs(QUESTIONS, embed, random.Random(seed))]
    joined = [pair for pair in made if pair.kind == "joined"]
    said = {text: text.split(". ") for text in (MILL, SOUP, DEPOT)}
    assert {pair.label == SUPPORTED for pair in joined} == {True, False}
    for pair in joined:
        # Of the other sentence nothing is changed; it is there whether it comes first or last.
        assert any(part.rstrip(".")[4:] in pair.claim for part in said[pair.text])
    assert all(pair.label != SUPPORTED for pair in made if pair.kind == "edits")


def test_the_swap_of_two_actors_is_among_the_edits_whenever_it_can_be_made() -> None:
    for seed in range(20):
        made = list(sentence_pairs(QUESTIONS[:1], embed, random.Random(seed)))
        claims, edits = ([pair.claim for pair in made if pair.kind == kind] for kind in ("sentence", "edits"))
        (claim,) = [one for one in claims if "Jon Vask" in one]
        assert any(words_of(edit) == words_of(claim) and edit != claim for edit in edits)


def words_of(text: str) -> list[str]:
    return sorted(text.lower().replace(".", "").split())
