"""Fits the weights that say what answers a question, or nothing.

They stand in `rag/search/rerank.py`, `rag/answer/rank.py` and `rag/answer/answerable.py`.

    python -m training.answer_selection DATA [--reader FOLDER] [--questions N]

DATA is the reader's. A library is made of the paragraphs of SQuAD 2.0, SQuADShifts (Wikipedia) and Natural Questions,
some articles left out. Only questions on articles that the reader was not trained on are asked. Those about what is in
the library teach which passage and which sentence answer (a softmax over those found) and whether any does (logistic
regression): against questions about what was left out, SQuAD's *impossible* ones, and the same questions once more
without the passages that hold the answer. Two questions asked in one stand for long ones. A part of the articles is
held out; the figures printed are theirs. Seeded: the same data give the same weights.
"""

import argparse
import json
import random
import tempfile
from pathlib import Path

import numpy as np

from eval.metrics.probability import auroc
from ingest.pipeline import ingest
from rag.answer.answerable import features_of_passages
from rag.answer.rank import Ranked, rank_statements
from rag.assistant import Assistant
from rag.domain import Passage, Span
from rag.models.onnx import WEIGHTS
from rag.models.reader import OnnxReader
from rag.search.rerank import CANDIDATES, ReadPassage, rerank, rerank_features
from rag.search.retrieve import retrieve
from training.data import share
from training.reader_data import Question, read

QUESTIONS = 1500
PASSAGES = 8
SET_BY_HAND = {"fragment", "reason", "total", "asked_before", "subject", "acts"}
"""And what the statement read alone says: records are, and these paragraphs hold none."""
SOURCES = ("squad", "new_wiki", "qed")
SEED = 20261121
KINDS = {"answered": 1.0, "missing": 0.5, "left out": 0.5, "impossible": 2.0, "two answered": 1.0, "two left out": 1.0}
"""What a question of each kind counts. Impossible ones are few, and like what people ask in vain: on the matter."""
EVERY = 6
"""One of so many answered questions is asked together with another one, and each that was left out."""
Weights = dict[str, float]


def is_left_out(article: str) -> bool:
    """Whether a question's article is not in the library at all."""
    return share("left out", article) < 0.3


def is_held_out(context: str) -> bool:
    """Whether a question only measures."""
    return share("selection", context) < 0.3


def holds_answer(passage: Passage, question: Question, statement: Span | None = None) -> bool:
    """Whether an answer lies in the passage, or in the statement of it that stands there."""
    if passage.search_text not in question.context:
        return False
    start, length = question.context.index(passage.search_text), len(passage.search_text)
    if statement:
        start += statement.start - passage.span.start
        length = statement.end - statement.start
    return any(start <= first and last <= start + length for first, last in question.spans)


def may_answer(passage: Passage, question: Question) -> bool:
    """Whether the passage is of the question's paragraph, or says one of its answers."""
    text = passage.search_text
    return text in question.context or any(answer in text.lower() for answer in question.answers())


def table(rows: list[Weights], names: list[str]) -> np.ndarray:
    return np.array([[row[name] for name in names] for row in rows])


def fit_ranking(
    lists: list[tuple[np.ndarray, np.ndarray]], size: int, *, steps: int = 600, decay: float = 1e-3
) -> np.ndarray:
    """Weights that make the sentences with the answer likely under a softmax over each question's sentences."""
    weights = np.zeros(size)
    for step in range(steps):
        gradient = decay * weights
        for features, is_answer in lists:
            scores = features @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            wanted = chance * is_answer / (chance * is_answer).sum()
            gradient = gradient + features.T @ (chance - wanted) / len(lists)
        weights = weights - 4.0 / (1 + step / 200) * gradient
    return weights


def fit_logistic(
    features: np.ndarray, labels: np.ndarray, counts: np.ndarray, *, steps: int = 50, decay: float = 1.0
) -> np.ndarray:
    """Weights of a logistic regression by Newton's method, both classes counted alike; `counts` weighs the rows."""
    counts = np.where(labels == 1, counts / counts[labels == 1].sum(), counts / counts[labels == 0].sum())
    counts *= len(labels) / counts.sum()
    weights = np.zeros(features.shape[1])
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-features @ weights))
        gradient = features.T @ (counts * (labels - chance)) - decay * weights
        curvature = (features.T * (counts * chance * (1 - chance))) @ features + decay * np.eye(len(weights))
        weights += np.linalg.solve(curvature, gradient)
    return weights


def first(lists: list[tuple[np.ndarray, np.ndarray]], weights: np.ndarray) -> float:
    """How often the best is right."""
    return float(np.mean([bool(right[(values @ weights).argmax()]) for values, right in lists]))


def named(names: list[str], weights: np.ndarray) -> Weights:
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


class Asked:
    """What the questions teach, by whether they only measure."""

    def __init__(self, assistant: Assistant, reader: OnnxReader) -> None:
        self.places: dict[bool, list[tuple[np.ndarray, np.ndarray]]] = {True: [], False: []}
        self.sentences: dict[bool, list[tuple[np.ndarray, np.ndarray]]] = {True: [], False: []}
        self.answerable: dict[bool, list[tuple[Weights, str]]] = {True: [], False: []}
        self.names: list[str] = []
        self._assistant, self._reader = assistant, reader

    def add(self, question: Question) -> None:
        """Ask one question with the weights as they are, and once more without what answers it."""
        found, every = self._read(question.text)
        readings = {one.passage: one.reading for one in every}
        held_out = is_held_out(question.context)
        kind = "left out" if is_left_out(question.article) else "answered" if question.spans else "impossible"
        right = np.array([holds_answer(passage, question) for passage in found], dtype=float)
        if kind == "answered" and right.any():
            rows = [rerank_features(place, reading) for place, one in enumerate(found) if (reading := readings[one])]
            self.places[held_out].append((table(rows, ["place", "relevance"]), right))
        ranked = self._judge(question.text, every, kind, held_out)
        said = [one.statement for one in ranked]
        is_answer = np.array([holds_answer(one.passage, question, one.span) for one in said], dtype=float)
        if kind == "answered" and is_answer.any():
            self.names = self.names or sorted(set(ranked[0].features) - SET_BY_HAND)
            self.sentences[held_out].append((table([one.features for one in ranked], self.names), is_answer))
        if kind == "answered":
            self._judge(
                question.text, [one for one in every if not may_answer(one.passage, question)], "missing", held_out
            )

    def add_both(self, one: Question, other: Question) -> None:
        """Ask two questions in one; the library answers both or neither."""
        text = f"{one.text.rstrip('? ')}, and {other.text[0].lower()}{other.text[1:]}"
        kind = "two left out" if is_left_out(one.article) else "two answered"
        self._judge(text, self._read(text)[1], kind, is_held_out(one.context))

    def _read(self, text: str) -> tuple[list[Passage], list[ReadPassage]]:
        """The passages found, and read in the order of their scores."""
        found = retrieve(text, library=self._assistant.library, embedder=self._assistant.embedder, limit=CANDIDATES)
        return [one.passage for one in found], rerank(text, found, reader=self._reader, limit=CANDIDATES)

    def _judge(self, text: str, every: list[ReadPassage], kind: str, held_out: bool) -> list[Ranked]:
        read = every[:PASSAGES]
        ranked = rank_statements(text, read, library=self._assistant.library, embedder=self._assistant.embedder)
        if ranked:
            self.answerable[held_out].append((features_of_passages(text, ranked, read), kind))
        return ranked


def fit_places(asked: Asked) -> None:
    """The weights of `rag/search/rerank.py`."""
    weights = fit_ranking(asked.places[False], 2)
    print("rerank weights", named(["place", "relevance"], weights))
    for name, some in (("place alone", [1.0, 0.0]), ("relevance alone", [0.0, 1.0]), ("fitted", weights)):
        print(f"  held out, {name}: first of {CANDIDATES} answers in {first(asked.places[True], np.array(some)):.3f}")


def fit_sentences(asked: Asked) -> None:
    """The sentence weights of `rag/answer/rank.py`."""
    ranking = fit_ranking(asked.sentences[False], len(asked.names))
    print("sentence weights", named(asked.names, ranking))
    some = asked.sentences[True]
    print(f"held out: the best sentence holds the answer in {first(some, ranking):.3f} of {len(some)}")
    for margin in (0.6, 1.2, 1.8, 2.4, 3.0):
        scored = [values @ ranking for values, _ in asked.sentences[False]]
        best = [np.argsort(-score)[: min(4, int((score >= score.max() - margin).sum()))] for score in scored]
        found = np.mean([right[chosen].any() for chosen, (_, right) in zip(best, asked.sentences[False], strict=True)])
        size = np.mean([len(chosen) for chosen in best])
        print(f"kept within {margin} of the best: {size:.2f} sentences, with the answer among them in {found:.3f}")


def fit_answerable(asked: Asked) -> None:
    """The weights of `rag/answer/answerable.py`."""
    columns = sorted(set(asked.answerable[False][0][0]) - {"record", "only_named"})  # these are set by hand
    rows = asked.answerable[False]
    weights = fit_logistic(
        table([row for row, _ in rows], columns),
        np.array([float(kind.endswith("answered")) for _, kind in rows]),
        np.array([KINDS[kind] for _, kind in rows]),
    )
    print("answerable weights", named(columns, weights))
    scores = table([row for row, _ in asked.answerable[True]], columns) @ weights
    kinds = np.array([kind for _, kind in asked.answerable[True]])
    others = ("left out", "missing", "impossible", "two left out")
    for other in others:
        right = "two answered" if other == "two left out" else "answered"
        kept = (kinds == right) | (kinds == other)
        area = auroc(scores[kept].tolist(), (kinds[kept] == right).tolist())
        print(f"held out: {right} against {other}, area under ROC {area:.3f} of {kept.sum()}")
    chance = 1 / (1 + np.exp(-scores))
    for share_answered in (0.5, 0.9, 0.95, 0.98):
        threshold = np.quantile(chance[kinds == "answered"], 1 - share_answered)
        shares = {kind: round(float(np.mean(chance[kinds == kind] >= threshold)), 3) for kind in others}
        print(
            f"held out: to answer {share_answered} of the answered, answer from {threshold:.2f} on; then also {shares}"
        )


def another(questions: list[Question], place: int, *, left_out: bool) -> Question:
    """The next question on another article of which the library tells too, or tells nothing either."""
    return next(
        one
        for one in questions[place + 1 :] + questions[:place]
        if one.spans and one.article != questions[place].article and is_left_out(one.article) == left_out
    )


def main() -> None:
    """Fit and print; put the reranking's weights into the code and run again before the others are taken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with the sets")
    parser.add_argument("--reader", type=Path, default=WEIGHTS, help="the folder of the reader's files")
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="how many are asked")
    arguments = parser.parse_args()
    every = [one for one in read(arguments.data) if one.source in SOURCES]
    questions = [one for one in every if one.held_out]
    random.Random(SEED).shuffle(questions)
    contexts = sorted({one.context for one in every if not (one.held_out and is_left_out(one.article))})
    with tempfile.TemporaryDirectory() as work:
        corpus = Path(work) / "corpus.jsonl"
        corpus.write_text("".join(json.dumps({"id": f"c{n}", "text": text}) + "\n" for n, text in enumerate(contexts)))
        assistant = Assistant.open(Path(work) / "library", create=True)
        print(ingest([corpus], into=assistant).passages, "passages", flush=True)
        asked = Asked(assistant, OnnxReader(arguments.reader))
        for place, question in enumerate(questions[: arguments.questions]):
            asked.add(question)
            left_out = is_left_out(question.article)
            if question.spans and (left_out or place % EVERY == 0):
                asked.add_both(question, another(questions, place, left_out=left_out))
        assistant.close()
    fit_places(asked)
    fit_sentences(asked)
    fit_answerable(asked)


if __name__ == "__main__":
    main()
