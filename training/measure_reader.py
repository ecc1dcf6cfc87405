"""Measure a reader's int8 files on what its training held out.

    python -m training.measure_reader DATA --folder FOLDER [--part squad|rerank|time]

Needs the product, not PyTorch. Every figure is of articles (SQuAD 2.0, Natural Questions, TimeQA) or passages
(SQuADShifts) that were not trained on; two of SQuAD's four held-out articles set the probability of no answer.
"""

import argparse
import json
import random
import re
import statistics
import string
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np

from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.domain import Document, Origin, Passage, Span
from rag.models.onnx import WEIGHTS
from rag.models.reader import OnnxReader
from rag.retrieve import retrieve
from training.data import HELD_OUT, share
from training.reader_data import Question, read

SEED = 20261121
RETRIEVED = 8


def normal(text: str) -> list[str]:
    """The words that SQuAD's own script compares."""
    text = "".join(letter for letter in text.lower() if letter not in string.punctuation)
    return re.sub(r"\b(a|an|the)\b", " ", text).split()


def f1(predicted: str, gold: str) -> float:
    """The overlap of two answers, as SQuAD's own script counts it."""
    first, second = normal(predicted), normal(gold)
    if not first or not second:
        return float(first == second)
    shared = sum((Counter(first) & Counter(second)).values())
    return 2 * shared / (len(first) + len(second))


def area(scores: np.ndarray, labels: np.ndarray) -> float:
    """The area under the ROC curve."""
    ranks = np.empty(len(scores))
    ranks[scores.argsort()] = np.arange(1, len(scores) + 1)
    positives = labels.sum()
    return float((ranks[labels].sum() - positives * (positives + 1) / 2) / (positives * (len(labels) - positives)))


def passage(question: Question) -> Passage:
    document = Document(id="context", text=question.context, origin=Origin("context", title=question.title))
    return Passage.cut(document, Span(0, len(question.context)))


def squad(reader: OnnxReader, questions: list[Question]) -> None:
    """F1 with its parts, how well answerable is told from not, and how honest the probability is."""
    overlaps, no_answers, answerable, unseen = [], [], [], []
    for question in questions:
        (reading,) = reader.read(question.text, [passage(question)])
        predicted = reading.answers[0].of(question.context) if reading.answers else ""
        golds = [question.context[start:end] for start, end in question.spans]
        overlaps.append(max((f1(predicted, gold) for gold in golds), default=0.0))
        no_answers.append(reading.no_answer)
        answerable.append(bool(question.spans))
        unseen.append(share("reader", question.article) >= HELD_OUT / 4)
    overlap, chance, can = np.array(overlaps), np.array(no_answers), np.array(answerable)
    report("held-out articles", overlap, chance, can)
    report("of them not calibrated on", *(values[np.array(unseen)] for values in (overlap, chance, can)))


def report(name: str, overlap: np.ndarray, chance: np.ndarray, can: np.ndarray) -> None:
    """One line: `overlap` is each question's F1, `chance` that of no answer, `can` whether there is one."""

    def score(threshold: float) -> float:
        return 100 * float(np.where(chance < threshold, np.where(can, overlap, 0), ~can).mean())

    best = max(np.unique(chance), key=score)
    bins = np.minimum((chance * 10).astype(int), 9)
    error = sum(abs(chance[bins == b].mean() - (~can)[bins == b].mean()) * (bins == b).mean() for b in set(bins))
    print(
        f"SQuAD 2.0, {name}: {len(can)} questions, {can.mean():.3f} answerable: F1 {score(0.5):.1f} at 0.5,"
        f" {score(best):.1f} at {best:.2f}; F1 of answerable ones {100 * overlap[can].mean():.1f};"
        f" AUROC {area(1 - chance, can):.3f}; calibration error {error:.3f};"
        f" nothing answered {100 * (~can).mean():.1f}",
        flush=True,
    )


def others(reader: OnnxReader, questions: list[Question]) -> None:
    """F1 of the answerable questions of each other set."""
    for source in ("new_wiki", "qed", "timeqa", "reddit", "amazon_reviews"):
        some = [one for one in questions if one.source == source and one.spans][:150]
        found = []
        for question in some:
            (reading,) = reader.read(question.text, [passage(question)])
            golds = [question.context[start:end] for start, end in question.spans]
            found.append(max(f1(reading.answers[0].of(question.context), gold) for gold in golds))
        print(f"{source}: F1 of {len(some)} answerable ones {100 * np.mean(found):.1f}", flush=True)


def rerank(reader: OnnxReader, questions: list[Question], limit: int) -> None:
    """How often the first of 8 retrieved passages is the one that answers, by several orders."""
    contexts = {question.context: question.title for question in questions if question.spans}
    hits: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as work:
        corpus = Path(work) / "corpus.jsonl"
        rows = [
            {"id": f"c{n}", "text": text} | ({"title": title} if title else {})
            for n, (text, title) in enumerate(contexts.items())
        ]
        corpus.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        assistant = Assistant.open(Path(work) / "library", create=True)
        print(len(contexts), "contexts,", ingest([corpus], into=assistant).passages, "passages", flush=True)
        asked = 0
        for question in questions:
            if not question.spans or question.source in ("reddit", "amazon_reviews"):
                continue
            asked += 1
            if asked > limit:
                break
            found = retrieve(question.text, library=assistant.library, embedder=assistant.embedder, limit=RETRIEVED)
            readings = reader.read(question.text, [one.passage for one in found])
            gold = np.array([_answers(one.passage, question) for one in found])
            relevance = np.array([one.relevance for one in readings])
            by_rank = 1 / (60 + np.arange(len(found)))
            by_relevance = 1 / (60 + (-relevance).argsort().argsort())
            no_answer = np.array([one.no_answer for one in readings])
            logit = np.log(np.clip(1 - no_answer, 1e-6, 1)) - np.log(np.clip(no_answer, 1e-6, 1))
            orders = {
                "retrieved": by_rank,
                "relevance": relevance,
                "relevance and rank": by_rank + by_relevance,
                "has an answer": logit,
                "relevance and has an answer": relevance + logit,
                "relevance less 0.3 a rank": relevance - 0.3 * np.arange(len(found)),
            }
            for name, scores in orders.items():
                order = np.argsort(-scores, kind="stable")
                hits.setdefault(f"{name}: first", []).append(float(gold[order[0]]))
                hits.setdefault(f"{name}: reciprocal rank", []).append(
                    float(1 / (1 + gold[order].argmax())) if gold.any() else 0.0
                )
            hits.setdefault("among the 8", []).append(float(gold.any()))
        assistant.close()
    print(f"rerank, {len(hits['among the 8'])} questions")
    for name, values in hits.items():
        print(f"  {name} {np.mean(values):.3f}", flush=True)


def _answers(found: Passage, question: Question) -> bool:
    if found.search_text not in question.context:
        return False
    start = question.context.index(found.search_text)
    return any(start <= first and last <= start + len(found.search_text) for first, last in question.spans)


def speed(reader: OnnxReader, questions: list[Question]) -> None:
    """The time to read 32 passages."""
    some = questions[:320]
    taken = []
    for start in range(0, 320, 32):
        began = time.perf_counter()
        reader.read(some[start].text, [passage(one) for one in some[start : start + 32]])
        taken.append(1000 * (time.perf_counter() - began))
    words = statistics.mean(len(one.context.split()) for one in some)
    print(f"32 passages of {words:.0f} words: median {statistics.median(taken):.0f} ms, best {min(taken):.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folder", type=Path, default=WEIGHTS)
    parser.add_argument("--limit", type=int, default=10**6)
    parser.add_argument(
        "--part",
        choices=("squad", "others", "rerank", "time"),
        nargs="*",
        default=["squad", "others", "rerank", "time"],
    )
    arguments = parser.parse_args()
    questions = [one for one in read(arguments.data) if one.held_out]
    random.Random(SEED).shuffle(questions)
    reader = OnnxReader(arguments.folder)
    squads = [one for one in questions if one.source == "squad"][: arguments.limit]
    for part in arguments.part:
        if part == "squad":
            squad(reader, squads)
        elif part == "others":
            others(reader, questions)
        elif part == "rerank":
            rerank(reader, questions, min(400, arguments.limit))
        else:
            speed(reader, [one for one in questions if one.source != "timeqa"])


if __name__ == "__main__":
    main()
