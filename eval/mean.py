"""A metric over several cases."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mean:
    """A metric over several cases: mostly the mean of the `n` that were scored, None where none was."""

    value: float | None
    n: int
    unscored: int


def mean_of(scores: Sequence[float | None]) -> Mean:
    """The mean of the scores that are known."""
    scored = [score for score in scores if score is not None]
    return Mean(sum(scored) / len(scored) if scored else None, len(scored), len(scores) - len(scored))
