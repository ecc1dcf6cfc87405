"""Fits the weights of `rag/extract.py`: which sentence answers, and whether any does.

    python -m training.answer_selection DATA

DATA is a folder with `squad_v2.jsonl` and `squadshifts.jsonl`. A library is made of their paragraphs, some articles
left out. Questions about what is in it teach which sentence answers (a softmax over the sentences of the passages that
were found) and, against questions about what was left out, whether any does (logistic regression). Whole articles are
held out; the figures printed are theirs. Seeded: the same data give the same weights.
"""

import hashlib
import json
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.extract import Sentence, answerable_features, rank_sentences
from rag.retrieve import retrieve

QUESTIONS = 2000
SET_BY_HAND = {"question", "fragment", "unknown"}
RNG = random.Random(20261121)
Weights = dict[str, float]


@dataclass(frozen=True)
class Question:
    text: str
    article: str
    context: str
    answers: tuple[tuple[int, int], ...]
    """Spans in the context; none where the context does not answer."""


def share(key: str) -> float:
    """A number from 0 to 1 that depends on the key alone."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


def read(folder: Path) -> list[Question]:
    questions = []
    for name in ("squad_v2.jsonl", "squadshifts.jsonl"):
        for line in (folder / name).read_text().splitlines():
            row: dict[str, Any] = json.loads(line)
            if row.get("domain") in ("reddit", "amazon_reviews"):
                continue
            spans = tuple(
                (answer["answer_start"], answer["answer_start"] + len(answer["text"])) for answer in row["answers"]
            )
            article = row.get("title") or row["context"][:60]
            questions.append(Question(row["question"].strip(), article, row["context"], spans))
    return questions


def is_left_out(article: str) -> bool:
    """Whether a question's article is not in the library at all."""
    return share("out" + article) < 0.3


def is_held_out(article: str) -> bool:
    """Whether a question only measures."""
    return share("test" + article) < 0.3


def holds_answer(sentence: Sentence, question: Question) -> bool:
    if sentence.passage.search_text not in question.context:
        return False
    start = question.context.index(sentence.passage.search_text) + sentence.span.start - sentence.passage.span.start
    end = start + sentence.span.end - sentence.span.start
    return any(start <= first and last <= end for first, last in question.answers)


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


def area_under_roc(scores: np.ndarray, labels: np.ndarray) -> float:
    order = scores.argsort()
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    positives = int(labels.sum())
    return float((ranks[labels == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(labels) - positives)))


def main(folder: Path) -> None:
    questions = read(folder)
    RNG.shuffle(questions)
    contexts = sorted({question.context for question in questions if not is_left_out(question.article)})
    with tempfile.TemporaryDirectory() as work:
        corpus = Path(work) / "corpus.jsonl"
        corpus.write_text("".join(json.dumps({"id": f"c{n}", "text": text}) + "\n" for n, text in enumerate(contexts)))
        assistant = Assistant.open(Path(work) / "library", create=True)
        print(ingest([corpus], into=assistant).passages, "passages")
        lists: dict[bool, list[tuple[np.ndarray, np.ndarray]]] = {True: [], False: []}
        features: dict[bool, list[Weights]] = {True: [], False: []}
        labels: dict[bool, list[str]] = {True: [], False: []}
        names: list[str] = []
        for question in questions[:QUESTIONS]:
            found = retrieve(question.text, library=assistant.library, embedder=assistant.embedder, limit=8)
            ranked = rank_sentences(question.text, found, library=assistant.library, embedder=assistant.embedder)
            held_out = is_held_out(question.article)
            names = names or sorted(set(ranked[0].features) - SET_BY_HAND)
            is_answer = np.array([holds_answer(sentence, question) for sentence in ranked], dtype=float)
            kind = "left out" if is_left_out(question.article) else "answered" if question.answers else "impossible"
            if kind == "answered" and is_answer.any():
                lists[held_out].append((table([sentence.features for sentence in ranked], names), is_answer))
            features[held_out].append(answerable_features(question.text, ranked, found))
            labels[held_out].append(kind)
        assistant.close()
    ranking = fit_ranking(lists[False], len(names))
    top = [bool(is_answer[(values @ ranking).argmax()]) for values, is_answer in lists[True]]
    print("sentence weights", {name: round(float(weight), 2) for name, weight in zip(names, ranking, strict=True)})
    print(f"held out: the best sentence holds the answer in {np.mean(top):.3f} of {len(top)}")
    for margin in (0.6, 1.2, 1.8, 2.4, 3.0):
        scored = [values @ ranking for values, _ in lists[False]]
        best = [np.argsort(-score)[: min(3, int((score >= score.max() - margin).sum()))] for score in scored]
        found = np.mean([is_answer[chosen].any() for chosen, (_, is_answer) in zip(best, lists[False], strict=True)])
        size = np.mean([len(chosen) for chosen in best])
        print(f"kept within {margin} of the best: {size:.2f} sentences, with the answer among them in {found:.3f}")
    columns = sorted(features[False][0])
    rows = [(row, kind) for row, kind in zip(features[False], labels[False], strict=True) if kind != "impossible"]
    weights = fit_logistic(
        table([row for row, _ in rows], columns), np.array([float(kind == "answered") for _, kind in rows])
    )
    print("answerable weights", {name: round(float(weight), 2) for name, weight in zip(columns, weights, strict=True)})
    scores = table(features[True], columns) @ weights
    kinds = np.array(labels[True])
    for other in ("left out", "impossible"):
        kept = (kinds == "answered") | (kinds == other)
        area = area_under_roc(scores[kept], (kinds[kept] == "answered").astype(float))
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


if __name__ == "__main__":
    main(Path(sys.argv[1]))
