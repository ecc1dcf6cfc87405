"""Follow-ups of the mtRAG conversations: does the completed question hold the words of a person's rewriting?

    python -m eval.benchmarks.follow_ups FILE…

Katsis et al. 2025, https://arxiv.org/abs/2501.03468. A file is JSON Lines with `turns` (all questions so far, each
after `|user|:`), `last` and `rewrite`. The measure is F1 of the stems of content words, over the questions that the
person changed; printed for the bare last question and for the completed one, and how many of the questions that the
person left as they were we left too.
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel

from eval.json_lines import read_json_lines
from rag.domain import Turn
from rag.follow_up import self_contained
from rag.words import content_stems

_SPEAKER = re.compile(r"(?:^|\n)\|user\|:")


class _Line(BaseModel):
    turns: str
    last: str
    rewrite: str


def overlap(query: str, rewrite: str) -> float:
    """F1 of the stems of two questions' content words, from 0 to 1; 1 where neither has any."""
    ours, wanted = set(content_stems(query)), set(content_stems(rewrite))
    return 2 * len(ours & wanted) / (len(ours) + len(wanted)) if ours or wanted else 1.0


def measure(files: Sequence[Path]) -> dict[str, float]:
    """The means of what the module describes; raises InputError for a line that cannot be read."""
    bare: list[float] = []
    completed: list[float] = []
    kept: list[bool] = []
    for file in files:
        for _, line in read_json_lines(file, _Line):
            *earlier, last = [turn.strip() for turn in _SPEAKER.split(line.turns) if turn.strip()]
            rewrite = _SPEAKER.sub("", line.rewrite).strip()
            query = self_contained(last, [Turn(question, "") for question in earlier])
            if rewrite == last:
                kept.append(query == last)
            else:
                bare.append(overlap(last, rewrite))
                completed.append(overlap(query, rewrite))
    counted = {"changed by the person": float(len(bare)), "left by the person": float(len(kept))}
    means = {"F1 bare": bare, "F1 completed": completed, "left by us too": list(map(float, kept))}
    return counted | {name: sum(values) / len(values) for name, values in means.items() if values}


if __name__ == "__main__":
    for name, value in measure([Path(argument) for argument in sys.argv[1:]]).items():
        print(f"{name}: {value:.3f}")
