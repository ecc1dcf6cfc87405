"""Probabilities beside what was the case: do they tell it apart, and are they honest?

All take one number a case and whether it was so; what cannot be computed is None.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

BINS = 10


def auroc(scores: Sequence[float], so: Sequence[bool]) -> float | None:
    """How often a case where it is so has the larger score than one where it is not; equal scores count half.

    The area under the ROC curve as the Mann-Whitney statistic: Hanley and McNeil 1982, "The meaning and use of the
    area under a receiver operating characteristic (ROC) curve". None where it is always so, or never.
    """
    numbers, held = np.array(scores, np.float64), np.array(so, bool)
    positives, negatives = numbers[held], np.sort(numbers[~held])
    if not len(positives) or not len(negatives):
        return None
    below = np.searchsorted(negatives, positives, side="left") + np.searchsorted(negatives, positives, side="right")
    return float(below.mean() / (2 * len(negatives)))


def calibration_error(probabilities: Sequence[float], so: Sequence[bool]) -> float | None:
    """How far probabilities lie from how often it was so, in ten bins of equal width, weighted by their cases.

    The expected calibration error of Guo et al. 2017, "On Calibration of Modern Neural Networks", §2,
    https://arxiv.org/abs/1706.04599. None without cases.
    """
    numbers, held = np.array(probabilities, np.float64), np.array(so, bool)
    if not len(numbers):
        return None
    bins = np.minimum((numbers * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, numbers, BINS) - np.bincount(bins, held, BINS)
    return float(np.abs(gaps).sum() / len(numbers))


def f1_of(found: Sequence[bool], so: Sequence[bool]) -> float | None:
    """The harmonic mean of precision and recall of what was found; None where nothing was found nor to be found."""
    both = sum(one and other for one, other in zip(found, so, strict=True))
    return 2 * both / (sum(found) + sum(so)) if any(found) or any(so) else None


def best_threshold(
    probabilities: Sequence[float], score: Callable[[NDArray[np.bool_]], float | None]
) -> tuple[float, float | None]:
    """The threshold whose cases, those with a probability at or above it, score best, and that score.

    The lowest of several; infinity where it is best that no case has it. A score at a threshold that was chosen on the
    same cases flatters.
    """
    numbers = np.array(probabilities, np.float64)
    scored = [(threshold, score(numbers >= threshold)) for threshold in [*np.unique(numbers), np.inf]]
    threshold, best = max(scored, key=lambda pair: -1.0 if pair[1] is None else pair[1])
    return float(threshold), best
