"""Makes collections with questions and claims: `python -m training.everyday OUT --seed N --collections M`."""

import argparse
import json
import random
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from training.everyday.claims import claims
from training.everyday.collect import collection
from training.everyday.facts import known
from training.everyday.kinds import HELD_OUT, TEMPLATES
from training.everyday.questions import questions
from training.everyday.wordnet import WordNet, read_wordnet

FACTS = 14
"""Of a collection, at most so many are asked for, and at most so many claimed."""
_NAMES = ("questions", "claims", "heldout-questions", "heldout-claims")
_AT_ONCE = 8
Rows = list[dict[str, Any]]


def made(number: int, *, seed: int, wordnet: WordNet) -> dict[str, Rows]:
    """The questions and claims of one collection, by the file that they belong to."""
    template = TEMPLATES[number % len(TEMPLATES)]
    read = known(collection(template, random.Random(f"{seed} {number}")))
    prefix = "heldout-" if template.name in HELD_OUT else ""
    return {
        f"{prefix}questions": list(questions(read, number, most=FACTS)),
        f"{prefix}claims": list(claims(read, number, wordnet, most=FACTS)),
    }


def _main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.everyday", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--collections", type=int, default=1500)
    parser.add_argument("--processes", type=int, default=1)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    make = partial(made, seed=given.seed, wordnet=read_wordnet())
    counts: Counter[str] = Counter()
    with ExitStack() as stack:
        files = {
            name: stack.enter_context((given.out / f"{name}.jsonl").open("w", encoding="utf-8")) for name in _NAMES
        }
        pool = stack.enter_context(ProcessPoolExecutor(given.processes))
        for found in pool.map(make, range(given.collections), chunksize=_AT_ONCE):
            for name, rows in found.items():
                files[name].writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
                counts[name] += len(rows)
    print(*(f"{name}: {counts[name]}" for name in _NAMES), sep="\n")


if __name__ == "__main__":
    _main()
