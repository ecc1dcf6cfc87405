"""What every training reads its data by: JSON Lines, and which articles are held out."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval.benchmarks.held_out import CALIBRATION, HELD_OUT, held_out_share


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
