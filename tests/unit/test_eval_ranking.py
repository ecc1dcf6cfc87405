"""The metrics of rankings, beside values worked out by hand and beside those of `ir-measures`."""

import random

import ir_measures
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


def drawn(chance: random.Random) -> Ranking:
    """Twelve ranks or fewer of twenty things, one a rank, of which some are wanted with grades of 1 to 3."""
    things = [f"thing-{number:02}" for number in range(20)]
    wanted = {thing: float(chance.randint(1, 3)) for thing in chance.sample(things, chance.randint(1, 8))}
    ranks = chance.sample(things, chance.randint(0, 12))
    return Ranking(wanted, tuple(frozenset({thing} & wanted.keys()) for thing in ranks))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (ndcg(10), ir_measures.nDCG @ 10),
        (ndcg(3), ir_measures.nDCG @ 3),
        (recall(10), ir_measures.R @ 10),
        (reciprocal_rank(10), ir_measures.RR @ 10),
        (hits(4), ir_measures.Success @ 4),
    ],
    ids=str,
)
def test_a_metric_agrees_with_ir_measures(ours: RankingMetric, theirs: ir_measures.Measure) -> None:
    chance = random.Random(3)
    rankings = {str(number): drawn(chance) for number in range(300)}
    wanted = {id_: {thing: int(grade) for thing, grade in one.wanted.items()} for id_, one in rankings.items()}
    found = {
        id_: {next(iter(here), f"other-{rank}"): 100.0 - rank for rank, here in enumerate(one.found)}
        for id_, one in rankings.items()
    }
    told = {result.query_id: result.value for result in ir_measures.iter_calc([theirs], wanted, found)}
    # A ranking that holds nothing is left out by ir-measures; to us it has found nothing.
    assert {id_: ours.measure(one) for id_, one in rankings.items()} == pytest.approx(
        dict.fromkeys(rankings, 0.0) | told
    )
