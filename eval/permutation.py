"""The paired permutation test: could this difference between two runs be chance?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

_DRAWS = 10_000
_DRAWS_AT_ONCE = 1000
_ROUNDING = 1e-9

Numbers = NDArray[np.float64]
Scores = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a fall at least as deep is when the true one is no deeper than the margin."""

    alone: float
    """As if this metric were the only one."""
    among_all: float
    """That any of the metrics falls as deep, each measured by its own spread."""


@dataclass(frozen=True, slots=True)
class Chances:
    """The chances of several metrics, and how deep one must fall to be taken for real."""

    of: Mapping[str, Chance]
    critical: float
    """In standard deviations: deeper than this, by chance, falls one of the metrics in one of twenty runs."""


def chances_of_fall(
    before: Mapping[str, Scores],
    after: Mapping[str, Scores],
    *,
    margin: float = 0.0,
    significance: float = 0.05,
    draws: int = _DRAWS,
    seed: int = 0,
) -> Chances:
    """The one-sided p-values of each metric's fall beyond `margin`, over the same cases in the same order.

    If nothing fell by more than the margin, then with the margin added to each later score a case's two scores could
    as well have come the other way round; so they are swapped at random, case by case, and the fall is measured anew,
    `draws` times. A case that is unscored (None) in one run is swapped whole, as Yeh does for precision and recall. The
    observed order counts as one draw, so no p-value is 0.

    Several metrics raise a false alarm more often than one. A case is therefore swapped in all of them at once, and the
    deepest fall among them is what the observed one is compared with: Westfall and Young 1993, *Resampling-Based
    Multiple Testing* (single-step maxT). Metrics that move together cost each other little, unlike under Bonferroni. A
    metric in which no case changed says nothing and takes no part.

    Noreen 1989, *Computer-Intensive Methods for Testing Hypotheses*; Yeh 2000, "More accurate tests for the statistical
    significance of result differences", https://aclanthology.org/C00-2137; Smucker, Allan and Carterette 2007, "A
    Comparison of Statistical Significance Tests for Information Retrieval Evaluation" (CIKM).
    """
    changed = {name: (before[name], after[name]) for name in before if list(before[name]) != list(after[name])}
    if not changed:
        return Chances({name: Chance(1.0, 1.0) for name in before}, -NormalDist().inv_cdf(significance))
    falls = [_Fall(*pair, margin) for pair in changed.values()]
    random = np.random.default_rng(seed)
    drawn = np.empty((len(falls), draws))
    for start in range(0, draws, _DRAWS_AT_ONCE):
        size = min(_DRAWS_AT_ONCE, draws - start)
        swaps = random.integers(0, 2, size=(falls[0].cases, size)).astype(np.float64)
        for row, fall in zip(drawn, falls, strict=True):
            row[start : start + size] = fall.drawn(swaps)
    observed = np.array([fall.observed for fall in falls])
    spread = np.maximum(drawn.std(axis=1), _ROUNDING)
    deepest = (drawn / spread[:, None]).min(axis=0)
    alone = (1 + (drawn <= observed[:, None] + _ROUNDING).sum(axis=1)) / (1 + draws)
    among_all = (1 + (deepest[None, :] <= (observed / spread)[:, None] + _ROUNDING).sum(axis=1)) / (1 + draws)
    found = {name: Chance(float(one), float(all_)) for name, one, all_ in zip(changed, alone, among_all, strict=True)}
    critical = -float(np.quantile(deepest, significance))
    return Chances({name: found.get(name, Chance(1.0, 1.0)) for name in before}, critical)


class _Fall:
    """How far the mean of one metric falls, as it was observed and with cases swapped."""

    def __init__(self, before: Scores, after: Scores, margin: float) -> None:
        # Row 0 holds scores, 0 where there is none; row 1 whether there is one. Sums of both give a mean.
        one, other = _rows(before), _rows(after)
        other[0] += margin * other[1]
        self._moved = other - one
        self._one, self._other = one.sum(axis=1), other.sum(axis=1)
        self.cases = one.shape[1]
        self.observed = float(_difference(self._one, self._other))

    def drawn(self, swaps: Numbers) -> Numbers:
        """The differences with these swaps, of shape (cases, draws)."""
        swapped = self._moved @ swaps
        return _difference(self._one[:, None] + swapped, self._other[:, None] - swapped)


def _rows(scores: Scores) -> Numbers:
    return np.array([[score or 0.0 for score in scores], [float(score is not None) for score in scores]])


def _difference(before: Numbers, after: Numbers) -> Numbers:
    """The second mean less the first, from sums and counts; the mean of no scores counts as 0."""
    difference: Numbers = after[0] / np.maximum(after[1], 1) - before[0] / np.maximum(before[1], 1)
    return difference
