"""A run fails the gate when it is really worse than its baseline, and only then."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.baseline import Baseline, as_baseline, read_baseline, write_baseline
from eval.cases import Case
from eval.compare import Comparison, Difference, compare
from eval.metrics import METRICS
from eval.permutation import Scores, chances_of_fall
from eval.result import Result
from eval.run import CaseRun, Run, means
from rag.errors import InputError
from tests.answers import ABSTAINED

GOOD = {metric.name: 1.0 for metric in METRICS}


def case_run(number: int, scores: Mapping[str, float | None]) -> CaseRun:
    case = Case(f"case-{number}", f"Question {number}?", ((f"answer {number}",),))
    return CaseRun(case, Result(ABSTAINED), {**GOOD, **scores}, 0.1)


def run_of(cases: Sequence[CaseRun]) -> Run:
    models = {"embedder": "fake", "mode": "extractive"}
    return Run("sample", tuple(cases), means(cases), {}, {"python": "3"}, models, (), 1.0)


def matching(*matches: float | None) -> Run:
    return run_of([case_run(number, {"answer_match": match}) for number, match in enumerate(matches)])


def compared(before: Run, now: Run) -> Comparison:
    return compare(now, as_baseline(before))


def of(comparison: Comparison, metric: str) -> Difference:
    return next(difference for difference in comparison.differences if difference.metric == metric)


# -- the test of chance ------------------------------------------------------------------------------------------------


def chance_of_fall(before: Scores, after: Scores, *, draws: int = 10_000) -> float:
    return chances_of_fall({"": before}, {"": after}, draws=draws).of[""].alone


def test_equal_scores_fall_by_chance_with_certainty() -> None:
    assert chance_of_fall([1.0, 0.0, None], [1.0, 0.0, None]) == 1.0


def test_five_falls_and_no_rise_come_by_chance_once_in_thirty_two() -> None:
    # All five swaps must go the same way: 1 / 2**5 = 0.03125.
    assert chance_of_fall([1.0] * 5, [0.0] * 5) == pytest.approx(1 / 32, abs=0.006)


def test_cases_that_do_not_change_do_not_count() -> None:
    assert chance_of_fall([1.0] * 5 + [0.5] * 95, [0.0] * 5 + [0.5] * 95) == pytest.approx(1 / 32, abs=0.006)


def test_a_rise_is_no_fall() -> None:
    assert chance_of_fall([0.0] * 10, [1.0] * 10) == 1.0


def test_one_rise_for_each_fall_is_no_fall() -> None:
    # The difference is 0, and half of all orders, or more, fall at least as far.
    assert chance_of_fall([1.0, 0.0] * 10, [0.0, 1.0] * 10) > 0.5


def test_right_cases_that_lose_their_score_make_the_mean_fall() -> None:
    # 20 of 20 cases scored, half of them right; then the right ones are unscored: the mean falls from .5 to 0.
    assert chance_of_fall([1.0] * 10 + [0.0] * 10, [None] * 10 + [0.0] * 10) < 0.01


def test_runs_that_are_alike_look_worse_in_one_of_twenty_at_most() -> None:
    draw = random.Random(7)

    def chance() -> float:
        before, now = ([float(draw.random() < 0.8) for _ in range(60)] for _ in range(2))
        return chance_of_fall(before, now, draws=500)

    assert sum(chance() < 0.05 for _ in range(400)) / 400 <= 0.05


def test_the_same_scores_give_the_same_chance() -> None:
    before, after = [1.0, 1.0, 0.0, 1.0, 0.5], [0.0, 1.0, 1.0, 0.0, 0.25]
    assert chance_of_fall(before, after) == chance_of_fall(before, after)


# -- the gate ----------------------------------------------------------------------------------------------------------


def test_an_identical_run_passes() -> None:
    run = matching(*[1.0] * 30, *[0.0] * 30)
    assert not compared(run, run).failed


def test_a_planted_regression_fails() -> None:
    before, now = matching(*[1.0] * 60), matching(*[0.0] * 8, *[1.0] * 52)
    assert [fall.metric for fall in compared(before, now).regressions] == ["answer_match"]


def test_a_difference_has_both_means() -> None:
    difference = of(compared(matching(*[1.0] * 60), matching(*[0.0] * 15, *[1.0] * 45)), "answer_match")
    assert (difference.before, difference.now, difference.change) == (1.0, 0.75, -0.25)


def test_a_fall_that_chance_explains_passes() -> None:
    # Two cases of forty fall by .05 in all, but one order in four falls as far.
    assert not compared(matching(*[1.0] * 40), matching(0.0, 0.0, *[1.0] * 38)).failed


def test_cases_that_change_sides_both_ways_pass() -> None:
    # Nine cases fall and five rise: .04 in all, more than the margin, but chance does that in one order of five.
    assert not compared(matching(*[1.0] * 95, *[0.0] * 5), matching(*[0.0] * 9, *[1.0] * 91)).failed


def test_a_fall_within_the_margin_passes_however_certain() -> None:
    before, now = matching(*[1.0] * 60), matching(*[0.99] * 60)
    assert (compared(before, now).failed, compare(now, as_baseline(before), margin=0.02).failed) == (True, False)


def test_a_metric_of_which_less_is_better_fails_when_it_rises() -> None:
    contradicted = [run_of([case_run(at, {"contradiction_rate": rate}) for at in range(20)]) for rate in (0.0, 1.0)]
    fine, bad = contradicted
    assert [one.metric for one in compared(fine, bad).regressions] == ["contradiction_rate"]
    assert not compared(bad, fine).failed


def test_a_fall_that_chance_explains_is_open_and_says_how_many_cases_would_decide() -> None:
    comparison = compared(matching(*[1.0] * 95, *[0.0] * 5), matching(*[0.0] * 9, *[1.0] * 91))
    assert [(one.metric, one.more_cases is not None and one.more_cases > 100) for one in comparison.open] == [
        ("answer_match", True)
    ]


def test_a_difference_has_an_interval_and_the_smallest_fall_to_be_seen() -> None:
    difference = of(compared(matching(*[1.0] * 60), matching(*[0.0] * 15, *[1.0] * 45)), "answer_match")
    assert difference.low is not None
    assert difference.high is not None
    assert difference.low < -0.25 < difference.high < 0
    assert 0 < (difference.visible or 0) < 0.25


def test_a_tag_is_compared_by_its_own_cases() -> None:
    cases = [case_run(number, {"answer_match": 1.0}) for number in range(10)]
    marked = [replace(done, case=replace(done.case, tags=("odd",))) for done in cases[:4]]
    before = replace(run_of([*marked, *cases[4:]]), by_tag={"odd": {}})
    now = replace(before, cases=tuple(replace(d, scores={**d.scores, "answer_match": 0.0}) for d in before.cases[:4])
                  + before.cases[4:])  # fmt: skip
    found = next(one for one in compared(before, now).by_tag["odd"] if one.metric == "answer_match")
    assert (found.before, found.now) == (1.0, 0.0)


def test_an_improvement_passes() -> None:
    assert not compared(matching(*[0.0] * 60), matching(*[1.0] * 60)).failed


def test_one_inexact_quote_fails() -> None:
    now = run_of([case_run(0, {"quote_exactness": 0.5}), case_run(1, {})])
    comparison = compared(run_of([case_run(0, {}), case_run(1, {})]), now)
    assert (comparison.inexact, comparison.failed) == (("case-0",), True)


def test_one_inexact_quote_fails_without_a_baseline() -> None:
    assert compare(run_of([case_run(0, {"quote_exactness": 0.0})]), None).failed


def test_an_answer_that_quotes_nothing_is_not_inexact() -> None:
    assert compare(run_of([case_run(0, {"quote_exactness": None})]), None).inexact == ()


def test_without_a_baseline_nothing_is_compared() -> None:
    assert compare(matching(0.0, 0.0), None) == Comparison()


def test_an_unscored_metric_has_no_change() -> None:
    difference = of(compared(matching(None, None), matching(None, None)), "answer_match")
    assert (difference.before, difference.now, difference.regressed) == (None, None, False)


# -- pairing -----------------------------------------------------------------------------------------------------------


def changed(run: Run, number: int, **fields: Any) -> Run:
    cases = list(run.cases)
    cases[number] = replace(cases[number], case=replace(cases[number].case, **fields))
    return replace(run, cases=tuple(cases))


def test_a_new_case_is_not_compared() -> None:
    comparison = compared(matching(1.0, 1.0), matching(1.0, 1.0, 0.0))
    assert (comparison.unpaired, of(comparison, "answer_match").now) == (("case-2",), 1.0)


def test_a_removed_case_is_not_compared() -> None:
    comparison = compared(matching(1.0, 1.0, 0.0), matching(1.0, 1.0))
    assert (comparison.unpaired, of(comparison, "answer_match").before) == (("case-2",), 1.0)


def test_a_case_with_another_question_is_not_compared() -> None:
    before = matching(1.0, 1.0)
    assert compared(before, changed(before, 1, question="Another?")).unpaired == ("case-1",)


def test_a_case_with_other_tags_is_compared() -> None:
    before = matching(1.0, 1.0)
    assert compared(before, changed(before, 1, tags=("fact",))).unpaired == ()


def test_a_baseline_of_other_cases_is_refused() -> None:
    before = matching(1.0)
    with pytest.raises(InputError, match="no case in common"):
        compared(before, changed(before, 0, question="Another?"))


def test_another_embedder_is_noticed() -> None:
    before = matching(1.0)
    now = replace(before, models={"embedder": "other", "mode": "extractive"})
    assert compared(before, now).notices == ("The baseline was made with embedder fake, this run with other.",)


# -- the file ----------------------------------------------------------------------------------------------------------


def written(run: Run, path: Path) -> Baseline:
    write_baseline(as_baseline(run), path)
    return read_baseline(path)


def test_a_baseline_reads_back_as_it_was_written(tmp_path: Path) -> None:
    run = matching(1.0, 1 / 3, None)
    assert written(run, tmp_path / "baseline.json") == as_baseline(run)


def test_a_baseline_says_nothing_of_time(tmp_path: Path) -> None:
    run = matching(1.0, 0.0)
    written(run, tmp_path / "one.json")
    written(replace(run, seconds=99.0), tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_a_baseline_has_one_line_for_a_case(tmp_path: Path) -> None:
    written(matching(1.0, 0.0), tmp_path / "baseline.json")
    lines = (tmp_path / "baseline.json").read_text().splitlines()
    assert sum('"case-' in line for line in lines) == 2


@pytest.mark.parametrize("content", ["", "[]", '{"suite": "sample"}'])
def test_a_file_that_is_no_baseline_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(content)
    with pytest.raises(InputError, match=r"baseline\.json: it is not one"):
        read_baseline(path)


def test_a_missing_baseline_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--accept"):
        read_baseline(tmp_path / "baseline.json")
