"""The paired permutation test: could this difference between two runs be chance?"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_DRAWS_AT_ONCE = 1000
_ROUNDING = 1e-9

Numbers = NDArray[np.float64]


def chance_of_fall(
    before: Sequence[float | None], after: Sequence[float | None], *, draws: int = 10_000, seed: int = 0
) -> float:
    """The probability (one-sided p-value) that the mean falls at least as far as here when nothing changed.

    If nothing did, each case's two scores could as well have come the other way round; so they are swapped at random,
    case by case, and the fall is measured anew, `draws` times. A case that is unscored (None) in one run is swapped
    whole, as Yeh does for precision and recall. The observed order counts as one draw, so the result is never 0.

    Noreen 1989, *Computer-Intensive Methods for Testing Hypotheses*; Yeh 2000, "More accurate tests for the statistical
    significance of result differences", https://aclanthology.org/C00-2137; Smucker, Allan and Carterette 2007, "A
    Comparison of Statistical Significance Tests for Information Retrieval Evaluation" (CIKM).
    """
    # Row 0 holds scores, 0 where there is none; row 1 whether there is one. Sums of both give a mean.
    one, other = _rows(before), _rows(after)
    moved = (other - one)[:, (one != other).any(axis=0)]  # a case with equal scores changes nothing when swapped
    observed = _difference(one.sum(axis=1), other.sum(axis=1))
    random = np.random.default_rng(seed)
    as_deep = 0
    for start in range(0, draws, _DRAWS_AT_ONCE):
        size = min(_DRAWS_AT_ONCE, draws - start)
        swapped = moved @ random.integers(0, 2, size=(moved.shape[1], size)).astype(np.float64)
        drawn = _difference(one.sum(axis=1)[:, None] + swapped, other.sum(axis=1)[:, None] - swapped)
        as_deep += int((drawn <= observed + _ROUNDING).sum())
    return (1 + as_deep) / (1 + draws)


def _rows(scores: Sequence[float | None]) -> Numbers:
    return np.array([[score or 0.0 for score in scores], [float(score is not None) for score in scores]])


def _difference(before: Numbers, after: Numbers) -> Numbers:
    """The second mean less the first, from sums and counts; the mean of no scores counts as 0."""
    difference: Numbers = after[0] / np.maximum(after[1], 1) - before[0] / np.maximum(before[1], 1)
    return difference
