"""How often the gate cries wolf, and how often it sees a real fall, on runs that are drawn at random.

    python -m eval.benchmarks.power [RUNS]

Two runs over the same cases are drawn as right and wrong answers of which a share changes sides. Where nothing got
worse, as many answers rise as fall. Beside our gate stand two rules in use elsewhere, on the same draws: a run fails
when a mean fell by 0.01 or more, and when it fell by more than a fixed tolerance of 0.08.
"""

import random
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from eval.compare import MARGIN, SIGNIFICANCE
from eval.permutation import chances_of_fall

_RIGHT = 0.7
_ALIKE = 0.8
_DRAWS = 1000

Runs = tuple[dict[str, list[float | None]], dict[str, list[float | None]]]


@dataclass(frozen=True, slots=True)
class Setting:
    """Two runs to draw: how many cases, the share that changes sides, and by how much the first metric falls."""

    cases: int = 300
    changing: float = 0.08
    drop: float = 0.0
    metrics: int = 1
    """How many metrics there are; the others change as much and fall by nothing."""


def draw(setting: Setting, chance: random.Random) -> Runs:
    """Both runs, by metric. Metrics are alike: most cases are right or wrong in all of them."""
    before: dict[str, list[float | None]] = {f"metric {number}": [] for number in range(setting.metrics)}
    after: dict[str, list[float | None]] = {name: [] for name in before}
    for _ in range(setting.cases):
        base = chance.random() < _RIGHT
        for number, name in enumerate(before):
            right = base if chance.random() < _ALIKE else chance.random() < _RIGHT
            drop = setting.drop if number == 0 else 0.0
            falls, rises = (setting.changing + drop) / 2, (setting.changing - drop) / 2
            turns = chance.random() < (falls / _RIGHT if right else rises / (1 - _RIGHT))
            before[name].append(float(right))
            after[name].append(float(right != turns))
    return before, after


def gate(before: Mapping[str, list[float | None]], after: Mapping[str, list[float | None]]) -> bool:
    """Whether our gate fails the second run."""
    chances = chances_of_fall(before, after, margin=MARGIN, draws=_DRAWS)
    return any(chance.among_all < SIGNIFICANCE for chance in chances.of.values())


def fallen_by(tolerance: float) -> Callable[..., bool]:
    """The rule that a run fails when any mean fell by more than a tolerance."""

    def rule(before: Mapping[str, list[float | None]], after: Mapping[str, list[float | None]]) -> bool:
        return any(
            sum(x or 0.0 for x in before[name]) - sum(x or 0.0 for x in after[name]) > tolerance * len(before[name])
            for name in before
        )

    return rule


RULES: Mapping[str, Callable[..., bool]] = {
    "our gate": gate,
    "fell by 0.01": fallen_by(0.01),
    "fell by 0.08": fallen_by(0.08),
}


def failing(setting: Setting, *, runs: int, seed: int = 0) -> dict[str, float]:
    """The share of drawn runs that each rule fails."""
    chance = random.Random(seed)
    failed = dict.fromkeys(RULES, 0)
    for _ in range(runs):
        before, after = draw(setting, chance)
        for name, rule in RULES.items():
            failed[name] += rule(before, after)
    return {name: count / runs for name, count in failed.items()}


SETTINGS: Mapping[str, Setting] = {
    "nothing got worse": Setting(),
    "5 points worse": Setting(drop=0.05),
    "nothing got worse, 15 metrics": Setting(metrics=15),
    "one of 15 metrics 5 points worse": Setting(drop=0.05, metrics=15),
    "nothing got worse, 94 cases": Setting(cases=94),
    "nothing got worse, 15 metrics of 94 cases": Setting(cases=94, metrics=15),
    "one of 15 metrics of 94 cases 5 points worse": Setting(cases=94, drop=0.05, metrics=15),
    "one of 15 metrics of 94 cases 15 points worse": Setting(cases=94, changing=0.15, drop=0.15, metrics=15),
}


def main() -> None:
    """Prints one row for each setting."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print(f"Share of {runs} drawn runs that fail; 300 cases of which 8 % change sides where nothing else is said")
    for name, setting in SETTINGS.items():
        shares = failing(setting, runs=runs)
        print(f"{name:46}" + "".join(f"   {rule}: {share:.3f}" for rule, share in shares.items()))


if __name__ == "__main__":
    main()
