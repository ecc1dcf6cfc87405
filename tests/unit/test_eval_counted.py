"""What is counted of answers over documents that disagree."""

from eval.benchmarks.counted import Answers, exact, real_against_made_up, shares_a_word

LINE = Answers(gold_answers=["Oster", "Belmar"], wrong_answers=["Ardent"])


def test_an_answer_is_exact_that_says_all_that_is_right_and_nothing_wrong() -> None:
    assert exact(LINE, {"answer": "It is in Oster [1] or in Belmar [2]."})
    assert not exact(LINE, {"answer": "It is in Oster [1]."})
    assert not exact(LINE, {"answer": "It is in Oster [1], Belmar [2] or Ardent [3]."})


def _conflict(*sides: list[int]) -> dict[str, object]:
    documents = ["real-7-1", "fake-7-1", "fake-7-2"]
    return {
        "citations": [{"marker": at, "document": document} for at, document in enumerate(documents, start=1)],
        "conflicts": [{"sides": [{"markers": markers} for markers in sides]}] if sides else [],
    }


def test_a_conflict_counts_that_sets_a_real_passage_against_made_up_ones() -> None:
    assert real_against_made_up(_conflict([2, 3], [1]))
    assert not real_against_made_up(_conflict([2], [3]))
    assert not real_against_made_up(_conflict([1, 2], [1, 3]))
    assert not real_against_made_up(_conflict())


def test_an_answer_to_several_articles_counts_by_one_shared_word_and_an_abstention_never() -> None:
    assert shares_a_word({"outcome": "answered", "answer": "It was the Harlow Bank that paid."}, "Harlow Bank")
    assert not shares_a_word({"outcome": "answered", "answer": "Oster paid."}, "Harlow Bank")
    assert not shares_a_word({"outcome": "abstained", "answer": "The documents do not answer this."}, "The Bank")
