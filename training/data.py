"""What every training reads its data by: JSON Lines, which articles are held out, and what lies near what."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from eval.benchmarks.held_out import CALIBRATION, HELD_OUT, held_out_share

ROWS_AT_ONCE = 512
"""Rows that are compared with all vectors at once, for the memory's sake."""


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def share(model: str, key: str) -> float:
    """A number from 0 to 1 that depends on the model's name and the key alone."""
    return held_out_share(f"{model} {key}")


def held_out(model: str, key: str) -> bool:
    """Whether the article, page or document of this name is kept from the model's training."""
    return share(model, key) < HELD_OUT


def is_for_calibration(model: str, key: str) -> bool:
    """Whether what is held out sets the model's probabilities; the rest measures."""
    return share(model, key) < CALIBRATION


def nearest(asked: np.ndarray, vectors: np.ndarray, count: int) -> list[list[int]]:
    """For each row of `asked`, the rows of `vectors` with the largest dot products, best first."""
    found: list[list[int]] = []
    for start in range(0, len(asked), ROWS_AT_ONCE):
        scores = asked[start : start + ROWS_AT_ONCE] @ vectors.T
        found.extend(row[:count].tolist() for row in np.argsort(-scores, axis=1))
    return found
