"""Power: how small a fall could a comparison have seen, and how many more cases would settle what is open?

Cohen 1988, *Statistical Power Analysis for the Behavioral Sciences*, chapter 2, for paired differences in the normal
approximation: a fall is seen in four of five runs when it exceeds the margin by as many standard errors as the test
asks, and .84 more.
"""

import math
from collections.abc import Sequence
from statistics import NormalDist

POWER = 0.8
"""How often a fall of the smallest size is to be seen."""


def smallest_fall(
    before: Sequence[float | None], after: Sequence[float | None], *, margin: float, critical: float
) -> float | None:
    """The smallest true fall of the mean that the gate would notice in four of five runs; None without paired scores.

    `critical` is how many standard errors beyond the margin the gate asks for. What differs between two runs is known
    from these two; where they hardly differ, a fall must come from cases that change, and brings its own spread.
    """
    cases, variance = _spread(before, after)
    if not cases:
        return None
    errors = critical + NormalDist().inv_cdf(POWER)
    fall = margin + errors * math.sqrt(variance / cases)
    if 0 < fall <= variance:
        return fall
    # A fall by f, from 1 to 0 in the share f of the cases, has the variance f: f = margin + errors * sqrt(f / n).
    step = errors / math.sqrt(cases)
    return min(1.0, ((step + math.sqrt(step**2 + 4 * margin)) / 2) ** 2)


def cases_wanted(
    before: Sequence[float | None], after: Sequence[float | None], *, fall: float, margin: float, critical: float
) -> int | None:
    """How many more cases would show, in four of five runs, that a fall of this size is real.

    None where the fall is within the margin, so that no number would.
    """
    cases, variance = _spread(before, after)
    if fall <= margin or not cases:
        return None
    # The test measures spread around no change, so that a fall in every case is spread too; power, around the fall.
    reach = critical * math.sqrt(variance + fall**2) + NormalDist().inv_cdf(POWER) * math.sqrt(variance)
    return max(1, math.ceil((reach / (fall - margin)) ** 2) - cases)


def _spread(before: Sequence[float | None], after: Sequence[float | None]) -> tuple[int, float]:
    """How many cases both runs scored, and the variance of their differences."""
    pairs = zip(before, after, strict=True)
    differences = [now - then for then, now in pairs if then is not None and now is not None]
    if not differences:
        return 0, 0.0
    mean = sum(differences) / len(differences)
    return len(differences), sum((difference - mean) ** 2 for difference in differences) / len(differences)
