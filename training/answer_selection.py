"""Fits the weights of `rag/rerank.py` and `rag/extract.py`: which passage and which sentence answers, or none.

    python -m training.answer_selection DATA [--reader FOLDER] [--verifier FOLDER]

DATA is the reader's. A library is made of the paragraphs of SQuAD 2.0, SQuADShifts (Wikipedia) and Natural Questions,
some articles left out. Only questions on articles that the reader was not trained on are asked. Those about what is in
the library teach which passage and which sentence answer (a softmax over those found) and, against questions about what
was left out and SQuAD's *impossible* ones, whether any does (logistic regression). A part of the articles is held out;
the figures printed are theirs. Seeded: the same data give the same weights.
"""

import argparse
import json
import random
import tempfile
from pathlib import Path

import numpy as np

from eval.metrics.probability import auroc
from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.domain import Passage
from rag.extract import Sentence, answerable_features, rank_sentences
from rag.models.onnx import WEIGHTS
from rag.models.reader import OnnxReader
from rag.models.verifier import OnnxVerifier
from rag.rerank import CANDIDATES, ReadPassage, rerank, rerank_features
from rag.retrieve import retrieve
from training.data import share
from training.reader_data import Question, read

QUESTIONS = 1500
PASSAGES = 8
SET_BY_HAND = {"question", "fragment", "unknown"}
SOURCES = ("squad", "new_wiki", "qed")
SEED = 20261121
Weights = dict[str, float]


def is_left_out(article: str) -> bool:
    """Whether a question's article is not in the library at all."""
    return share("left out", article) < 0.3


def is_held_out(context: str) -> bool:
    """Whether a question only measures."""
    return share("selection", context) < 0.3


def holds_answer(passage: Passage, question: Question, sentence: Sentence | None = None) -> bool:
    """Whether an answer lies in the passage, or in that sentence of it."""
    if passage.search_text not in question.context:
        return False
    start, length = question.context.index(passage.search_text), len(passage.search_text)
    if sentence:
        start += sentence.span.start - passage.span.start
        length = sentence.span.end - sentence.span.start
    return any(start <= first and last <= start + length for first, last in question.spans)


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


def fit_logistic(features: np.ndarray, labels: np.ndarray, *, steps: int = 4000, decay: float = 1e-4) -> np.ndarray:
    """Weights of a logistic regression, both classes counted alike."""
    weights = np.zeros(features.shape[1])
    balance = np.where(labels == 1, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-features @ weights))
        weights -= 1.0 * (features.T @ ((chance - labels) * balance) / len(labels) + decay * weights)
    return weights


def first(lists: list[tuple[np.ndarray, np.ndarray]], weights: np.ndarray) -> float:
    """How often the best is right."""
    return float(np.mean([bool(right[(values @ weights).argmax()]) for values, right in lists]))


def named(names: list[str], weights: np.ndarray) -> Weights:
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


class Asked:
    """What the questions teach, by whether they only measure."""

    def __init__(self) -> None:
        self.places: dict[bool, list[tuple[np.ndarray, np.ndarray]]] = {True: [], False: []}
        self.sentences: dict[bool, list[tuple[np.ndarray, np.ndarray]]] = {True: [], False: []}
        self.answerable: dict[bool, list[tuple[Weights, str]]] = {True: [], False: []}
        self.names: list[str] = []

    def add(self, question: Question, assistant: Assistant, reader: OnnxReader, verifier: OnnxVerifier) -> None:
        """Ask one question with the weights as they are."""
        found = retrieve(question.text, library=assistant.library, embedder=assistant.embedder, limit=CANDIDATES)
        every = rerank(question.text, found, reader=reader, limit=CANDIDATES)
        readings = {one.passage: one.reading for one in every}
        held_out, left_out = is_held_out(question.context), is_left_out(question.article)
        right = np.array([holds_answer(one.passage, question) for one in found], dtype=float)
        answered = bool(question.spans) and not left_out
        if answered and right.any():
            rows = [
                rerank_features(place, reading) for place, one in enumerate(found) if (reading := readings[one.passage])
            ]
            self.places[held_out].append((table(rows, ["place", "relevance"]), right))
        read: list[ReadPassage] = every[:PASSAGES]
        ranked = rank_sentences(question.text, read, library=assistant.library, embedder=assistant.embedder)
        self.names = self.names or sorted(set(ranked[0].features) - SET_BY_HAND)
        is_answer = np.array([holds_answer(one.passage, question, one) for one in ranked], dtype=float)
        if answered and is_answer.any():
            self.sentences[held_out].append((table([one.features for one in ranked], self.names), is_answer))
        kind = "left out" if left_out else "answered" if question.spans else "impossible"
        self.answerable[held_out].append((answerable_features(question.text, ranked, read, verifier), kind))


def fit_places(asked: Asked) -> None:
    """The weights of `rag/rerank.py`."""
    weights = fit_ranking(asked.places[False], 2)
    print("rerank weights", named(["place", "relevance"], weights))
    for name, some in (("place alone", [1.0, 0.0]), ("relevance alone", [0.0, 1.0]), ("fitted", weights)):
        print(f"  held out, {name}: first of {CANDIDATES} answers in {first(asked.places[True], np.array(some)):.3f}")


def fit_sentences(asked: Asked) -> None:
    """The sentence weights of `rag/extract.py`."""
    ranking = fit_ranking(asked.sentences[False], len(asked.names))
    print("sentence weights", named(asked.names, ranking))
    some = asked.sentences[True]
    print(f"held out: the best sentence holds the answer in {first(some, ranking):.3f} of {len(some)}")
    for margin in (0.6, 1.2, 1.8, 2.4, 3.0):
        scored = [values @ ranking for values, _ in asked.sentences[False]]
        best = [np.argsort(-score)[: min(3, int((score >= score.max() - margin).sum()))] for score in scored]
        found = np.mean([right[chosen].any() for chosen, (_, right) in zip(best, asked.sentences[False], strict=True)])
        size = np.mean([len(chosen) for chosen in best])
        print(f"kept within {margin} of the best: {size:.2f} sentences, with the answer among them in {found:.3f}")


def fit_answerable(asked: Asked) -> None:
    """The weights of `answerable` in `rag/extract.py`."""
    columns = sorted(asked.answerable[False][0][0])
    rows = asked.answerable[False]
    weights = fit_logistic(
        table([row for row, _ in rows], columns), np.array([float(kind == "answered") for _, kind in rows])
    )
    print("answerable weights", named(columns, weights))
    scores = table([row for row, _ in asked.answerable[True]], columns) @ weights
    kinds = np.array([kind for _, kind in asked.answerable[True]])
    for other in ("left out", "impossible"):
        kept = (kinds == "answered") | (kinds == other)
        area = auroc(scores[kept].tolist(), (kinds[kept] == "answered").tolist())
        print(f"held out: answered against {other}, area under ROC {area:.3f} of {kept.sum()}")
    chance = 1 / (1 + np.exp(-scores))
    for share_answered in (0.5, 0.9, 0.95, 0.98):
        threshold = np.quantile(chance[kinds == "answered"], 1 - share_answered)
        shares = {
            kind: round(float(np.mean(chance[kinds == kind] >= threshold)), 3) for kind in ("left out", "impossible")
        }
        print(
            f"held out: to answer {share_answered} of the answered, answer from {threshold:.2f} on; then also {shares}"
        )


def main() -> None:
    """Fit and print; put the reranking's weights into the code and run again before the others are taken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with the sets")
    parser.add_argument("--reader", type=Path, default=WEIGHTS, help="the folder of the reader's files")
    parser.add_argument("--verifier", type=Path, default=WEIGHTS, help="the folder of the verifier's files")
    arguments = parser.parse_args()
    every = [one for one in read(arguments.data) if one.source in SOURCES]
    questions = [one for one in every if one.held_out]
    random.Random(SEED).shuffle(questions)
    contexts = sorted({one.context for one in every if not (one.held_out and is_left_out(one.article))})
    asked, reader, verifier = Asked(), OnnxReader(arguments.reader), OnnxVerifier(arguments.verifier)
    with tempfile.TemporaryDirectory() as work:
        corpus = Path(work) / "corpus.jsonl"
        corpus.write_text("".join(json.dumps({"id": f"c{n}", "text": text}) + "\n" for n, text in enumerate(contexts)))
        assistant = Assistant.open(Path(work) / "library", create=True)
        print(ingest([corpus], into=assistant).passages, "passages", flush=True)
        for question in questions[:QUESTIONS]:
            asked.add(question, assistant, reader, verifier)
        assistant.close()
    fit_places(asked)
    fit_sentences(asked)
    fit_answerable(asked)


if __name__ == "__main__":
    main()
