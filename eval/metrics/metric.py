"""What a metric is."""

from collections.abc import Callable
from dataclasses import dataclass

from eval.cases import Case
from eval.result import Result

Measure = Callable[[Case, Result], float | None]


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure of one case between 0 and 1.

    `measure` gives None where the case cannot be scored: such cases are counted as unscored and never averaged.
    """

    name: str
    description: str
    measure: Measure
    larger_is_better: bool = True

    def merit(self, score: float | None) -> float | None:
        """The score turned so that larger is better."""
        return score if score is None or self.larger_is_better else -score


def share(holding: int, all_of: int) -> float | None:
    """The share of things that hold; None where there are no things."""
    return holding / all_of if all_of else None
