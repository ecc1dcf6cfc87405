"""The gate seldom cries wolf, and sees a fall that matters."""

import random
from functools import cache

import pytest

from eval.benchmarks.power import Setting, draw, failing
from eval.bootstrap import interval
from eval.compare import MARGIN
from eval.permutation import chances_of_fall
from eval.power import cases_wanted, smallest_fall

RUNS = 400
ONE_SIDED = 1.645


@cache
def shares(setting: Setting) -> dict[str, float]:
    return failing(setting, runs=RUNS)


def test_the_gate_cries_wolf_in_one_of_twenty_runs_at_most() -> None:
    assert shares(Setting())["our gate"] <= 0.05


def test_fifteen_metrics_cry_wolf_no_more_often_than_one() -> None:
    assert failing(Setting(metrics=15), runs=150)["our gate"] <= 0.05


def test_a_fall_of_five_points_is_caught_in_four_of_five_runs() -> None:
    assert shares(Setting(drop=0.05))["our gate"] >= 0.8


def test_a_bare_difference_cries_wolf_on_the_same_runs() -> None:
    assert shares(Setting())["fell by 0.01"] > 0.15


def test_a_fixed_tolerance_misses_the_fall_on_the_same_runs() -> None:
    assert shares(Setting(drop=0.05))["fell by 0.08"] < 0.1


def test_the_printed_smallest_fall_is_seen_in_about_four_of_five_runs() -> None:
    before, after = draw(Setting(), random.Random(3))
    smallest = smallest_fall(before["metric 0"], after["metric 0"], margin=MARGIN, critical=ONE_SIDED)
    assert smallest is not None
    assert 0.7 <= failing(Setting(drop=smallest), runs=200)["our gate"] <= 0.9


def test_more_cases_see_smaller_falls() -> None:
    def smallest(cases: int) -> float:
        before = [1.0] * cases
        return smallest_fall(before, before, margin=0.0, critical=ONE_SIDED) or 1.0

    # Where nothing changed, a fall of f is f * n cases: (1.645 + 0.842) ** 2 = 6.18 of them.
    assert [smallest(100), smallest(400)] == pytest.approx([0.0618, 0.0155], abs=0.0005)


def test_nothing_can_be_seen_without_paired_scores() -> None:
    assert smallest_fall([1.0, None], [None, 1.0], margin=0.0, critical=ONE_SIDED) is None


def test_a_small_fall_among_many_changes_asks_for_more_cases() -> None:
    # 12 of 100 cases fall, 8 rise: the mean fell by .04, its variance is .1984, around no change .2;
    # ((1.645 * .2 ** .5 + .842 * .1984 ** .5) / .04) ** 2 = 771.
    before = [1.0] * 12 + [0.0] * 8 + [1.0] * 80
    after = [0.0] * 12 + [1.0] * 8 + [1.0] * 80
    assert cases_wanted(before, after, fall=0.04, margin=0.0, critical=ONE_SIDED) == pytest.approx(671, abs=2)


def test_a_fall_in_every_case_still_asks_for_some() -> None:
    # Nothing varies, but the test counts signs: (2.6 * 1) ** 2 = 6.76, so 7 cases in all.
    assert cases_wanted([1.0], [0.0], fall=1.0, margin=0.0, critical=2.6) == 6


def test_no_number_of_cases_turns_a_fall_within_the_margin_into_a_regression() -> None:
    assert cases_wanted([1.0, 1.0], [1.0, 0.9], fall=0.005, margin=0.005, critical=ONE_SIDED) is None


# -- several metrics ---------------------------------------------------------------------------------------------------


def test_a_fall_weighs_less_among_other_metrics_that_move() -> None:
    # A fall that is not so deep that both chances are the smallest that the draws can tell.
    before, after = draw(Setting(drop=0.02, metrics=15), random.Random(5))
    chance = chances_of_fall(before, after).of["metric 0"]
    assert chance.among_all > chance.alone


def test_metrics_that_stay_as_they_were_cost_nothing() -> None:
    fall = [1.0] * 8 + [1.0] * 52, [0.0] * 8 + [1.0] * 52
    alone = chances_of_fall({"a": fall[0]}, {"a": fall[1]}).of["a"]
    beside = chances_of_fall({"a": fall[0], "b": fall[0]}, {"a": fall[1], "b": fall[0]}).of["a"]
    assert alone == beside


def test_two_metrics_that_fall_together_count_as_one() -> None:
    fall = [1.0] * 8 + [1.0] * 52, [0.0] * 8 + [1.0] * 52
    twice = chances_of_fall({"a": fall[0], "b": fall[0]}, {"a": fall[1], "b": fall[1]}).of
    assert twice["a"].among_all == pytest.approx(twice["a"].alone)


# -- intervals ---------------------------------------------------------------------------------------------------------


def test_an_interval_holds_the_true_difference_in_about_nineteen_of_twenty_runs() -> None:
    chance = random.Random(11)
    held = 0
    for _ in range(200):
        before, after = draw(Setting(drop=0.05), chance)
        ends = interval(before["metric 0"], after["metric 0"], draws=400)
        held += ends is not None and ends[0] <= -0.05 <= ends[1]
    assert 0.9 <= held / 200 <= 0.99


def test_runs_that_are_the_same_differ_by_nothing() -> None:
    assert interval([1.0, 0.0, None], [1.0, 0.0, None]) == (0.0, 0.0)


def test_there_is_no_interval_where_a_run_scored_nothing() -> None:
    assert interval([None, None], [1.0, 0.0]) is None
