"""The paired bootstrap: between which limits does the difference between two runs lie?"""

from collections.abc import Sequence

import numpy as np

_DRAWS = 2000
_DRAWS_AT_ONCE = 200


def interval(
    before: Sequence[float | None],
    after: Sequence[float | None],
    *,
    confidence: float = 0.95,
    draws: int = _DRAWS,
    seed: int = 0,
) -> tuple[float, float] | None:
    """Low and high end of how far the mean rose; None where either run scored no case.

    Cases are drawn with replacement, each with its two scores, and the difference of the means is taken anew; the
    percentiles of these differences are the ends. Efron and Tibshirani 1993, *An Introduction to the Bootstrap*,
    chapter 13. A case that is unscored (None) in one run counts in the other run's mean alone.
    """
    rows = np.array(
        [[[score or 0.0, float(score is not None)] for score in scores] for scores in (before, after)]
    )  # of shape (2 runs, cases, score and whether there is one)
    if not rows.size or not rows[:, :, 1].any(axis=1).all():
        return None
    cases = rows.shape[1]
    random = np.random.default_rng(seed)
    differences = []
    for start in range(0, draws, _DRAWS_AT_ONCE):
        size = min(_DRAWS_AT_ONCE, draws - start)
        weights = random.multinomial(cases, np.full(cases, 1 / cases), size=size).astype(np.float64)
        sums = weights @ rows  # of shape (2, draws, 2)
        scored = (sums[:, :, 1] > 0).all(axis=0)
        means = sums[:, scored, 0] / sums[:, scored, 1]
        differences.append(means[1] - means[0])
    low, high = np.quantile(np.concatenate(differences), [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)
