"""The figures of probabilities, beside values worked out by hand."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from eval.metrics.probability import auroc, best_threshold, calibration_error, f1_of


@pytest.mark.parametrize(
    ("scores", "so", "value"),
    [
        ([0.1, 0.4, 0.35, 0.8], [False, False, True, True], 3 / 4),
        ([0.5, 0.5], [True, False], 1 / 2),
        ([0.5, 0.5, 0.2], [True, False, False], 3 / 4),
        ([0.9, 0.1], [False, True], 0.0),
        ([0.9, 0.1], [True, True], None),
        ([], [], None),
    ],
    ids=["three of four pairs", "equal scores", "one pair equal", "the wrong way round", "always so", "no cases"],
)
def test_the_area_counts_pairs_in_the_right_order(scores: list[float], so: list[bool], value: float | None) -> None:
    assert auroc(scores, so) == value


@pytest.mark.parametrize(
    ("probabilities", "so", "value"),
    [
        ([0.2, 0.5, 0.0, 1.0], [False, True, True, False], 2.7 / 4),
        # one bin: its mean .75 of which half were so
        ([0.72, 0.78], [True, False], 0.25),
        ([1.0, 1.0], [True, True], 0.0),
        ([], [], None),
    ],
    ids=["four bins", "one bin", "certain and right", "no cases"],
)
def test_the_calibration_error_is_the_gap_of_each_bin(
    probabilities: list[float], so: list[bool], value: float | None
) -> None:
    assert calibration_error(probabilities, so) == (None if value is None else pytest.approx(value))


@pytest.mark.parametrize(
    ("found", "so", "value"),
    [
        ([True, True, False], [True, False, True], 0.5),
        ([True, True, True, False], [True, False, False, False], 0.5),
        ([False], [True], 0.0),
        ([False], [False], None),
    ],
)
def test_f1_is_that_of_precision_and_recall(found: list[bool], so: list[bool], value: float | None) -> None:
    assert f1_of(found, so) == value


def share_right(so: list[bool]) -> Callable[[NDArray[np.bool_]], float]:
    def score(found: NDArray[np.bool_]) -> float:
        return float((found == np.array(so)).mean())

    return score


@pytest.mark.parametrize(
    ("so", "threshold", "best"),
    [
        ([False, True, True], 0.4, 1.0),
        ([True, True, True], 0.2, 1.0),
        ([False, False, False], math.inf, 1.0),
        ([True, False, True], 0.2, 2 / 3),
    ],
    ids=["between", "all of them", "none of them", "the lowest of equals"],
)
def test_the_best_threshold_is_found(so: list[bool], threshold: float, best: float) -> None:
    assert best_threshold([0.2, 0.4, 0.6], share_right(so)) == (threshold, pytest.approx(best))
