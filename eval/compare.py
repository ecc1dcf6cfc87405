"""Compares a run with a baseline, case by case: is it worse, and is that more than chance?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from eval.baseline import Baseline, digest
from eval.bootstrap import interval
from eval.metrics import METRICS
from eval.metrics.metric import Metric
from eval.metrics.quotes import EXACTNESS
from eval.permutation import Chance, chances_of_fall
from eval.power import cases_wanted, smallest_fall
from eval.run import CaseRun, Run, tagged
from rag.errors import InputError

MARGIN = 0.005
"""How far a metric may truly fall. A wider one sees less: what is to be seen must exceed it by far."""
SIGNIFICANCE = 0.05
Scores = list[float | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """One metric before and now, over the cases that both runs have; None where none of them was scored.

    Where smaller is better, a fall below means a rise.
    """

    metric: str
    before: float | None
    now: float | None
    p_value: float
    """How likely any of the metrics falls at least as far beyond the margin by chance alone."""
    regressed: bool
    p_alone: float = 1.0
    """The same of this metric, as if it were the only one."""
    low: float | None = None
    """The change lies above this and below `high` with a confidence of 95 %."""
    high: float | None = None
    visible: float | None = None
    """The smallest true fall that would have been noticed in four of five runs."""
    more_cases: int | None = None
    """Where it fell beyond the margin and chance could explain it: how many more cases would decide."""

    @property
    def change(self) -> float:
        """How far the mean rose, or fell where negative; 0 where it is unknown."""
        return 0.0 if self.before is None or self.now is None else self.now - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a run is worth beside its baseline."""

    differences: tuple[Difference, ...] = ()
    """One a metric; empty where there is no baseline."""
    unpaired: tuple[str, ...] = ()
    """Ids of cases that only one of the runs has, or that were changed in between: they are not compared."""
    inexact: tuple[str, ...] = ()
    """Ids of cases with a quote that is not in its document. One is enough to fail, baseline or not."""
    notices: tuple[str, ...] = ()
    by_tag: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)
    """The differences among the cases of each tag. They explain a fall; the gate looks at all cases."""
    margin: float = MARGIN

    @property
    def regressions(self) -> list[Difference]:
        """The metrics that are worse by more than the margin and by more than chance."""
        return [difference for difference in self.differences if difference.regressed]

    @property
    def open(self) -> list[Difference]:
        """The metrics that may be worse: they fell beyond the margin, and chance could explain it."""
        return [difference for difference in self.differences if difference.more_cases is not None]

    @property
    def failed(self) -> bool:
        """Whether the run is below the bar."""
        return bool(self.regressions or self.inexact)


def compare(run: Run, baseline: Baseline | None, *, margin: float = MARGIN) -> Comparison:
    """The run beside its baseline, paired by case.

    A metric regressed when the one-sided paired permutation test, corrected for the number of metrics, gives p < 0.05
    that its mean fell by no more than `margin` (method and sources: `eval.permutation`). Raises InputError where the
    baseline has nothing in common with the run.
    """
    inexact = tuple(done.case.id for done in run.cases if done.scores[EXACTNESS.name] not in (None, 1.0))
    if baseline is None:
        return Comparison(inexact=inexact, margin=margin)
    paired = [done for done in run.cases if _is_same(done, baseline)]
    if run.suite != baseline.suite or not paired:
        raise InputError(
            f"The baseline of '{baseline.suite}' has no case in common with this run of '{run.suite}'. Use --accept."
        )
    names = {done.case.id for done in paired}
    unpaired = [*baseline.cases, *(done.case.id for done in run.cases if done.case.id not in baseline.cases)]
    return Comparison(
        differences=_differences(paired, baseline, margin),
        unpaired=tuple(id_ for id_ in unpaired if id_ not in names),
        inexact=inexact,
        notices=tuple(_unlike(run, baseline)),
        by_tag={tag: _differences(cases, baseline, margin) for tag in run.by_tag if (cases := tagged(paired, tag))},
        margin=margin,
    )


def differences_of(
    before: Mapping[str, Scores], now: Mapping[str, Scores], metrics: Sequence[Metric], *, margin: float
) -> tuple[Difference, ...]:
    """Each metric before and now, over the same cases in the same order, corrected for the number of metrics."""
    merits = [
        {metric.name: list(map(metric.merit, scores[metric.name])) for metric in metrics} for scores in (before, now)
    ]
    chances = chances_of_fall(*merits, margin=margin, significance=SIGNIFICANCE)
    return tuple(
        _difference(metric, before[metric.name], now[metric.name], chances.of[metric.name], chances.critical, margin)
        for metric in metrics
    )


def _is_same(done: CaseRun, baseline: Baseline) -> bool:
    kept = baseline.cases.get(done.case.id)
    return kept is not None and kept.digest == digest(done.case)


def _differences(paired: Sequence[CaseRun], baseline: Baseline, margin: float) -> tuple[Difference, ...]:
    known = [metric for metric in METRICS if metric.name in baseline.metrics]
    before = {one.name: [baseline.cases[done.case.id].scores.get(one.name) for done in paired] for one in known}
    now = {one.name: [done.scores[one.name] for done in paired] for one in known}
    return differences_of(before, now, known, margin=margin)


def _difference(
    metric: Metric, before: Scores, now: Scores, chance: Chance, critical: float, margin: float
) -> Difference:
    then, since = _mean(before), _mean(now)
    ends = interval(before, now)
    fall = 0.0 if then is None or since is None else float(metric.merit(then - since) or 0.0)
    worse = chance.among_all < SIGNIFICANCE
    sight = {"margin": margin, "critical": critical}
    return Difference(
        metric=metric.name,
        before=then,
        now=since,
        p_value=chance.among_all,
        regressed=worse,
        p_alone=chance.alone,
        low=ends[0] if ends else None,
        high=ends[1] if ends else None,
        visible=smallest_fall(before, now, **sight),
        more_cases=None if worse else cases_wanted(before, now, fall=fall, **sight),
    )


def _mean(scores: Scores) -> float | None:
    scored = [score for score in scores if score is not None]
    return sum(scored) / len(scored) if scored else None


def _unlike(run: Run, baseline: Baseline) -> list[str]:
    """One line for each model that is not the baseline's."""
    return [
        f"The baseline was made with {kind} {baseline.models.get(kind, 'unknown')}, this run with {name}."
        for kind, name in run.models.items()
        if baseline.models.get(kind) != name
    ]
