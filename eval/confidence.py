"""How far the assistant's own confidence can be trusted: risk and coverage, and calibration."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from eval.metrics.abstention import ACCURACY
from eval.metrics.answer import MATCH
from eval.metrics.evidence import RECALL
from eval.run import CaseRun
from rag.domain import Outcome

_BINS = 10


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """How wrong the answers are that are given, when only the surest are.

    Cases are ordered by `answerable`, the surest first. After each answered one there is a point: coverage is the
    share of all cases answered so far, risk the share of these that is wrong. The area is the mean risk over the
    points: El-Yaniv and Wiener 2010, "On the Foundations of Noise-free Selective Classification" (JMLR 11); Geifman and
    El-Yaniv 2017, https://arxiv.org/abs/1705.08500. What was declined has no answer, so the curve ends there.
    """

    points: tuple[tuple[float, float], ...]
    area: float | None
    """Smaller is better; None where nothing was answered."""
    unscored: int
    """Answered cases of which it is not known whether they are right."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases of about the same confidence."""

    predicted: float
    """Their mean `answerable`."""
    observed: float
    """The share of them that the documents do answer."""
    cases: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether of the questions called answerable with probability p the share p is."""

    bins: tuple[Bin, ...]
    brier: float | None
    """The mean squared error of that probability (Brier 1950); smaller is better."""


def is_right(done: CaseRun) -> bool | None:
    """Whether a case was answered, or declined, rightly; None where that is not known.

    An answer is right when it says what is wanted or, where only the evidence is known, cites some.
    """
    if done.case.unanswerable or done.result.answer.outcome is Outcome.ABSTAINED:
        return done.scores[ACCURACY.name] == 1.0
    known = next((score for name in (MATCH.name, RECALL.name) if (score := done.scores[name]) is not None), None)
    return None if known is None else known > 0


def risk_coverage(cases: Sequence[CaseRun]) -> RiskCoverage:
    """The curve of a run."""
    answered = [done for done in cases if done.result.answer.outcome is Outcome.ANSWERED]
    known = [(done, right) for done in answered if (right := is_right(done)) is not None]
    unscored = len(answered) - len(known)
    points, wrong = [], 0
    known.sort(key=lambda pair: (-pair[0].result.answer.answerable, pair[0].case.id))
    for number, (_, right) in enumerate(known, start=1):
        wrong += not right
        points.append((number / (len(cases) - unscored), wrong / number))
    return RiskCoverage(tuple(points), fmean(risk for _, risk in points) if points else None, unscored)


def calibration(cases: Sequence[CaseRun]) -> Calibration:
    """The calibration of a run, in ten bins of equal width; empty bins are left out."""
    told = [(done.result.answer.answerable, not done.case.unanswerable) for done in cases]
    bins = [[pair for pair in told if min(int(pair[0] * _BINS), _BINS - 1) == number] for number in range(_BINS)]
    return Calibration(
        tuple(Bin(fmean(p for p, _ in held), fmean(is_ for _, is_ in held), len(held)) for held in bins if held),
        fmean((p - is_) ** 2 for p, is_ in told) if told else None,
    )
