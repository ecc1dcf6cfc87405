"""Measure a reader's int8 files on what its training held out.

    python -m training.measure_reader DATA --folder FOLDER [--part others time]

Needs the product, not PyTorch. Every figure is of articles (Natural Questions, TimeQA) or passages (SQuADShifts) that
were not trained on. `footnoted eval squad --held-out` measures on SQuAD 2.0, `training.answer_selection` how it
reranks.
"""

import argparse
import random
import statistics
import time
from pathlib import Path

import numpy as np

from eval.metrics.overlap import overlap
from rag.models.onnx import WEIGHTS
from rag.models.reader import OnnxReader
from training.reader_data import Question, read

SEED = 20261121
PARTS = ("others", "time")


def others(reader: OnnxReader, questions: list[Question]) -> None:
    """F1 of the answerable questions of each other set."""
    for source in ("new_wiki", "qed", "timeqa", "reddit", "amazon_reviews"):
        some = [one for one in questions if one.source == source and one.spans][:150]
        found = []
        for question in some:
            (reading,) = reader.read(question.text, [question.passage])
            golds = [question.context[start:end] for start, end in question.spans]
            found.append(overlap(reading.answers[0].of(question.context), golds))
        print(f"{source}: F1 of {len(some)} answerable ones {100 * np.mean(found):.1f}", flush=True)


def speed(reader: OnnxReader, questions: list[Question]) -> None:
    """The time to read 32 passages."""
    some = questions[:320]
    taken = []
    for start in range(0, 320, 32):
        began = time.perf_counter()
        reader.read(some[start].text, [one.passage for one in some[start : start + 32]])
        taken.append(1000 * (time.perf_counter() - began))
    words = statistics.mean(len(one.context.split()) for one in some)
    print(f"32 passages of {words:.0f} words: median {statistics.median(taken):.0f} ms, best {min(taken):.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folder", type=Path, default=WEIGHTS)
    parser.add_argument(
        "--part",
        choices=PARTS,
        nargs="*",
        default=PARTS,
    )
    arguments = parser.parse_args()
    questions = [one for one in read(arguments.data) if one.held_out]
    random.Random(SEED).shuffle(questions)
    reader = OnnxReader(arguments.folder)
    for part in arguments.part:
        if part == "others":
            others(reader, questions)
        else:
            speed(reader, [one for one in questions if one.source != "timeqa"])


if __name__ == "__main__":
    main()
