"""Short answers are compared as SQuAD's own script compares them."""

import pytest

from eval.metrics.overlap import exact, overlap


@pytest.mark.parametrize(
    ("answer", "golds", "f1", "same"),
    [
        ("The Ketteral Canal!", ["ketteral canal"], 1.0, 1.0),
        ("61", ["61 kilometres"], 2 / 3, 0.0),
        ("61 long kilometres", ["some 61 kilometres", "kilometres"], 2 / 3, 0.0),
        ("barge barge", ["barge"], 2 / 3, 0.0),
        ("single-hulled", ["singlehulled"], 1.0, 1.0),
        ("moss", ["rust", "moss"], 1.0, 1.0),
        ("moss", [], 0.0, 0.0),
        ("", [], 1.0, 1.0),
        ("the", [], 1.0, 1.0),
        ("", ["moss"], 0.0, 0.0),
        ("moss", ["the", "moss"], 1.0, 1.0),
        ("", ["the", "moss"], 0.0, 0.0),
    ],
    ids=[
        "case, article, punctuation", "half of it", "the nearest gold", "a word said twice", "hyphens join words",
        "any gold", "none wanted", "none wanted or given", "no word given", "nothing given", "gold without words",
        "nothing given beside a gold without words",
    ],
)  # fmt: skip
def test_an_answer_has_the_values_worked_out_by_hand(answer: str, golds: list[str], f1: float, same: float) -> None:
    assert (overlap(answer, golds), exact(answer, golds)) == (pytest.approx(f1), same)
