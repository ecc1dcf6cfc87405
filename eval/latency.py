"""How long the cases took. The only figures of a run that are not the same every time."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from eval.run import CaseRun


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from a question to its checked answer. A kept answer has the time it took when it was asked."""

    cases: tuple[float, ...]
    """Every case, the fastest first."""
    steps: dict[str, float]
    """The median of each step."""

    @property
    def median(self) -> float:
        """Half of the cases took no longer."""
        return median(self.cases)

    @property
    def p95(self) -> float:
        """19 of 20 cases took no longer."""
        return self.cases[round(0.95 * (len(self.cases) - 1))]


def latency(cases: Sequence[CaseRun]) -> Latency:
    """The times of a run, which has a case."""
    taken = [done.result.answer.timings_ms for done in cases]
    steps = dict.fromkeys(step for timings in taken for step in timings)
    return Latency(
        tuple(sorted(done.seconds * 1000 for done in cases)),
        {step: median(timings[step] for timings in taken if step in timings) for step in steps},
    )
