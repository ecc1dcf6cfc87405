"""Fits the weights of `rag/answer/rivals.py`: whether two short answers to one question exclude each other.

    python -m training.rivals DATA [--reader FOLDER] [--verifier FOLDER]

The library is that of `training.answer_selection`, whose articles do not disagree: the answers that the reader finds in
two of its passages are no rivals, however different. Beside the passage that answers, a passage is then made up that
says another answer: the same passage with the answer exchanged, or sentences of the article with a statement of the
wrong answer among them. Only questions on articles that the reader was not trained on are asked; three tenths of the
paragraphs measure. Seeded: the same data give the same weights.
"""

import argparse
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from eval.metrics.probability import auroc
from ingest.pipeline import ingest
from rag.answer.rivals import ShortAnswer, can_be_rivals, rivalry_features, same_answer, short_answer
from rag.assistant import Assistant
from rag.domain import Document, Origin, Passage, Span
from rag.models.onnx import WEIGHTS
from rag.models.reader import OnnxReader
from rag.models.verifier import OnnxVerifier
from rag.question.as_claim import stated
from rag.search.rerank import CANDIDATES, ReadPassage, rerank
from rag.search.retrieve import retrieve
from training.answer_selection import SEED, SOURCES, fit_logistic, holds_answer, is_held_out, named, table
from training.reader_data import Question, read

QUESTIONS = 700
PASSAGES = 6
"""So many of the best passages of a question are set against each other."""
_LEADS = (
    "",
    "According to the records, ",
    "It is well documented that ",
    "As local historians have shown, ",
    "In the account that is now accepted, ",
)


def kind(question: Question) -> str:
    """The kind of answer: its first letter's case or digit, and the question's first word."""
    start, end = question.spans[0]
    answer = question.context[start:end]
    shape = "number" if any(sign.isdigit() for sign in answer) else "name" if answer[0].isupper() else "word"
    return f"{question.text.split()[0].lower()} {shape}"


def made_up(question: Question, others: Sequence[Question], contexts: Sequence[str], rng: random.Random) -> str | None:
    """A passage that says another answer; None where the data hold no other answer of its kind."""
    start, end = question.spans[0]
    right = question.context[start:end]
    answers = {other.context[slice(*other.spans[0])] for other in rng.sample(others, min(20, len(others)))}
    wrong = sorted(answer for answer in answers if not same_answer(answer, right) and answer not in question.context)
    if not wrong:
        return None
    answer = rng.choice(wrong)
    if rng.random() < 0.4:
        return question.context.replace(right, answer)
    rest = rng.choice(contexts).split(". ")
    at = rng.randrange(min(3, len(rest)) + 1)
    claim = stated(question.text, answer)
    if claim.startswith(question.text):
        # No rule makes a statement of it: the sentence that answers says it, with the other answer.
        first = question.context.rfind(". ", 0, start) + 2 if ". " in question.context[:start] else 0
        last = question.context.find(". ", end)
        claim = (question.context[first:start] + answer + question.context[end : last if last > 0 else None]).strip()
    lead = rng.choice(_LEADS)
    return ". ".join([*rest[:at], (lead + claim).rstrip(". "), *rest[at : at + 3]]).strip() + "."


def passage_of(text: str, question: Question) -> Passage:
    document = Document(id="made up", text=text, origin=Origin("made up", title=question.title))
    return Passage.cut(document, Span(0, len(text)))


Row = tuple[dict[str, float], float, bool]
"""Features, 1 for rivals, whether it only measures."""


class Pairs:
    """The pairs of answers that the questions give."""

    def __init__(self, assistant: Assistant, reader: OnnxReader, verifier: OnnxVerifier) -> None:
        self._assistant, self._reader, self._verifier = assistant, reader, verifier

    def of(self, question: Question, planted: str | None) -> Iterator[Row]:
        found = retrieve(
            question.text, library=self._assistant.library, embedder=self._assistant.embedder, limit=CANDIDATES
        )
        best = rerank(question.text, found, reader=self._reader, limit=CANDIDATES)[:PASSAGES]
        answers = [answer for one in best if (answer := short_answer(question.text, one))]
        for first, second in combinations(answers, 2):
            if first.proof.passage.document != second.proof.passage.document:
                yield from self._row(question, first, second, 0.0)
        right = next((one for one in answers if holds_answer(one.proof.passage, question)), None)
        if planted and right:
            passage = passage_of(planted, question)
            (reading,) = self._reader.read(question.text, [passage])
            other = short_answer(question.text, ReadPassage(passage, 0.0, reading))
            if other:
                yield from self._row(question, right, other, 1.0)

    def _row(self, question: Question, first: ShortAnswer, second: ShortAnswer, label: float) -> Iterator[Row]:
        if can_be_rivals(question.text, first, second):
            features = rivalry_features(question.text, first, second, self._verifier)
            yield features, label, is_held_out(question.context)


def fit(rows: Sequence[Row]) -> None:
    """Fits, prints the weights, and what a threshold shows on what is held out."""
    columns = sorted(rows[0][0])
    learn, measure = ([row for row in rows if row[2] is held] for held in (False, True))
    features, told = table([row for row, _, _ in learn], columns), np.array([label for _, label, _ in learn])
    weights = fit_logistic(features, told, np.ones(len(told)))
    print("rivalry weights", named(columns, weights))
    scores = table([row for row, _, _ in measure], columns) @ weights
    labels = np.array([label for _, label, _ in measure])
    print(f"held out: AUROC {auroc(scores.tolist(), (labels == 1).tolist()):.3f} of {len(labels)}, {labels.mean():.3f}")
    for bar in (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95):
        shown = 1 / (1 + np.exp(-scores)) >= bar
        print(f"from {bar}: rivals {shown[labels == 1].mean():.3f}, others {shown[labels == 0].mean():.4f}")


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with the sets")
    parser.add_argument("--reader", type=Path, default=WEIGHTS, help="the folder of the reader's files")
    parser.add_argument("--verifier", type=Path, default=WEIGHTS, help="the folder of the verifier's files")
    parser.add_argument("--rows", type=Path, help="keep the pairs in this file")
    arguments = parser.parse_args()
    rng = random.Random(SEED)
    every = [one for one in read(arguments.data) if one.source in SOURCES]
    questions = [one for one in every if one.held_out and one.spans]
    rng.shuffle(questions)
    of_kind: dict[str, list[Question]] = defaultdict(list)
    of_article: dict[str, list[str]] = defaultdict(list)
    for one in every:
        if one.spans:
            of_kind[kind(one)].append(one)
            of_article[one.article].append(one.context)
    contexts = sorted({one.context for one in every})
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as work:
        corpus = Path(work) / "corpus.jsonl"
        corpus.write_text("".join(json.dumps({"id": f"c{n}", "text": text}) + "\n" for n, text in enumerate(contexts)))
        assistant = Assistant.open(Path(work) / "library", create=True)
        print(ingest([corpus], into=assistant).passages, "passages", flush=True)
        pairs = Pairs(assistant, OnnxReader(arguments.reader), OnnxVerifier(arguments.verifier))
        for question in questions[:QUESTIONS]:
            rows += pairs.of(question, made_up(question, of_kind[kind(question)], of_article[question.article], rng))
        assistant.close()
    if arguments.rows:
        arguments.rows.write_text(json.dumps(rows))
    fit(rows)


if __name__ == "__main__":
    main()
