"""The metrics of rankings, beside values worked out by hand."""

import pytest

from eval.metrics.ranking import Ranking, RankingMetric, hits, ndcg, recall, reciprocal_rank

NOTHING: frozenset[str] = frozenset()


def ranking(*ranks: str, wanted: str) -> Ranking:
    """One letter a thing, one string a rank; everything wanted has the grade 1."""
    return Ranking(dict.fromkeys(wanted, 1.0), tuple(map(frozenset, ranks)))


@pytest.mark.parametrize(
    ("metric", "found", "value"),
    [
        (hits(4), ranking("", "", "", "a", wanted="a"), 1.0),
        (hits(4), ranking("", "", "", "", "a", wanted="a"), 0.0),
        (hits(10), ranking(wanted="a"), 0.0),
        (reciprocal_rank(10), ranking("", "", "b", "a", wanted="ab"), 1 / 3),
        (reciprocal_rank(2), ranking("", "", "b", wanted="b"), 0.0),
        (recall(10), ranking("a", "", "c", wanted="abcd"), 2 / 4),
        (recall(10), ranking("ab", "b", wanted="ab"), 1.0),
        (recall(2), ranking("a", "", "b", wanted="ab"), 1 / 2),
        (ndcg(10), ranking("a", wanted="a"), 1.0),
        (ndcg(10), ranking("", "", "", wanted="a"), 0.0),
        # (1/log2(3) + 1/log2(5)) / (1 + 1/log2(3)) = (0.63093 + 0.43068) / 1.63093
        (ndcg(10), ranking("", "a", "", "b", wanted="ab"), 0.650921),
        # of three wanted, two places are judged: (0 + 1/log2(3)) / (1 + 1/log2(3))
        (ndcg(2), ranking("", "a", "b", wanted="abc"), 0.386853),
    ],
    ids=[
        "hit at the last place", "hit too late", "nothing found", "first of two", "first too late", "half found",
        "found twice", "second too late", "all first", "none", "second and fourth", "more wanted than places",
    ],
)  # fmt: skip
def test_a_metric_has_the_value_worked_out_by_hand(metric: RankingMetric, found: Ranking, value: float) -> None:
    assert metric.measure(found) == pytest.approx(value, abs=1e-6)


def test_ndcg_is_that_of_the_worked_example_with_grades() -> None:
    # Wikipedia, "Discounted cumulative gain": grades 3 2 3 0 1 2, and 3 and 2 not found; DCG 6.861 of 8.740.
    found = Ranking(
        {"a": 3, "b": 2, "c": 3, "e": 1, "f": 2, "g": 3, "h": 2},
        (frozenset("a"), frozenset("b"), frozenset("c"), NOTHING, frozenset("e"), frozenset("f")),
    )
    assert ndcg(6).measure(found) == pytest.approx(0.785, abs=5e-4)
