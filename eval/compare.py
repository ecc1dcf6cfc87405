"""Compares a run with a baseline, case by case: is it worse, and is that more than chance?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from eval.baseline import Baseline, digest
from eval.metrics import METRICS
from eval.metrics.quotes import EXACTNESS
from eval.permutation import chance_of_fall
from eval.run import CaseRun, Run
from rag.errors import InputError

MARGIN = 0.02
SIGNIFICANCE = 0.05


@dataclass(frozen=True, slots=True)
class Difference:
    """One metric before and now, over the cases that both runs have; None where none of them was scored."""

    metric: str
    before: float | None
    now: float | None
    p_value: float
    """How likely a fall at least as deep is by chance alone."""
    regressed: bool

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

    @property
    def regressions(self) -> list[Difference]:
        """The metrics that are worse by more than the margin and by more than chance."""
        return [difference for difference in self.differences if difference.regressed]

    @property
    def failed(self) -> bool:
        """Whether the run is below the bar."""
        return bool(self.regressions or self.inexact)


def compare(run: Run, baseline: Baseline | None, *, margin: float = MARGIN) -> Comparison:
    """The run beside its baseline, paired by case.

    A metric regressed when its mean fell by more than `margin` and the one-sided paired permutation test gives p < 0.05
    (method and sources: `eval.permutation`). Chance is judged for each metric alone: several metrics together raise a
    false alarm more often than one. Raises InputError where the baseline has nothing in common with the run.
    """
    inexact = tuple(done.case.id for done in run.cases if done.scores[EXACTNESS.name] not in (None, 1.0))
    if baseline is None:
        return Comparison(inexact=inexact)
    paired = [done for done in run.cases if _is_same(done, baseline)]
    if run.suite != baseline.suite or not paired:
        raise InputError(
            f"The baseline of '{baseline.suite}' has no case in common with this run of '{run.suite}'. Use --accept."
        )
    names = {done.case.id for done in paired}
    unpaired = [*baseline.cases, *(done.case.id for done in run.cases if done.case.id not in baseline.cases)]
    known = [metric.name for metric in METRICS if metric.name in baseline.metrics]
    return Comparison(
        differences=tuple(_difference(name, paired, baseline, margin) for name in known),
        unpaired=tuple(id_ for id_ in unpaired if id_ not in names),
        inexact=inexact,
        notices=tuple(_unlike(run, baseline)),
    )


def _is_same(done: CaseRun, baseline: Baseline) -> bool:
    kept = baseline.cases.get(done.case.id)
    return kept is not None and kept.digest == digest(done.case)


def _difference(metric: str, paired: Sequence[CaseRun], baseline: Baseline, margin: float) -> Difference:
    before = [baseline.cases[done.case.id].scores.get(metric) for done in paired]
    now = [done.scores[metric] for done in paired]
    p_value = chance_of_fall(before, now)
    difference = Difference(metric, _mean(before), _mean(now), p_value, regressed=False)
    return replace(difference, regressed=difference.change < -margin and p_value < SIGNIFICANCE)


def _mean(scores: Sequence[float | None]) -> float | None:
    scored = [score for score in scores if score is not None]
    return sum(scored) / len(scored) if scored else None


def _unlike(run: Run, baseline: Baseline) -> list[str]:
    """One line for each model that is not the baseline's."""
    return [
        f"The baseline was made with {kind} {baseline.models.get(kind, 'unknown')}, this run with {name}."
        for kind, name in run.models.items()
        if baseline.models.get(kind) != name
    ]
