"""Questions and claims that were written by hand over papers that were written for them (`training/papers`).

A collection is a folder with `docs/`, `questions.jsonl` and `claims.jsonl`. A question has its `source`, a piece of the
statement that answers (`said`), perhaps of others that do (`also`, of any file), and the words of the `answer`; where
nothing answers, `source` is null. A claim has its `source`, a piece of the statement that it is held against, and a
`label`.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.evidence.statement import Statement
from rag.ports import Embedder
from rag.text.words import content_stems
from training.data import rows
from training.everyday.read import statements_in
from training.statements_data import LABELS, Asked, Candidate, Claimed

MOST_WRONG = 7
_SHARED = 0.5
"""How much common words count beside the nearness of vectors, where the hardest wrong ones are sought."""


@dataclass(frozen=True)
class Papers:
    """The statements of a collection by file, and their vectors."""

    statements: tuple[tuple[str, Statement], ...]
    vectors: NDArray[np.float32]

    @classmethod
    def read(cls, folder: Path, embedder: Embedder) -> "Papers":
        """Reads the papers of a collection as the product does."""
        files = sorted((folder / "docs").iterdir())
        found = tuple((file.name, one) for file in files for one in statements_in(file.name, file.read_bytes()))
        return cls(found, embedder.embed([one.reading for _, one in found]))

    def saying(self, source: str | None, piece: str, answer: str = "") -> list[Statement]:
        """The statements that hold a piece of a file, or of any; in rows it is one cell, and the answer another."""
        wanted, told = _plain(piece), _plain(answer)
        read = [one for name, one in self.statements if source in (name, None)]
        held = [one for one in read if wanted in _plain(f"{one.text} {one.said}")]
        return [one for one in held if told in _plain(f"{one.text} {one.said}")]


def written(folder: Path, embedder: Embedder, rng: random.Random) -> tuple[list[Asked], list[Claimed]]:
    """All questions and claims below a folder, with the hardest wrong statements of each question."""
    asked: list[Asked] = []
    claimed: list[Claimed] = []
    for place in sorted(one.parent for one in folder.glob("**/questions.jsonl")):
        papers = Papers.read(place, embedder)
        asked += _questions(place, papers, embedder, rng)
        claimed += _claims(place, papers)
    return asked, claimed


def _questions(place: Path, papers: Papers, embedder: Embedder, rng: random.Random) -> Iterator[Asked]:
    for row in rows(place / "questions.jsonl"):
        question, answer = row["question"], row.get("answer") or ""
        right: list[Statement] = []
        if row["source"]:
            right = papers.saying(row["source"], row["said"], answer)[:1]
            right += [one for piece in row.get("also", ()) for one in papers.saying(None, piece)[:1]]
            if not right:
                continue  # the product cuts it otherwise
        found = [_candidate(question, one, answer) for one in dict.fromkeys(right)]
        found += [_candidate(question, one) for one in _hardest(question, right, answer, papers, embedder)]
        rng.shuffle(found)
        yield Asked("written", question, tuple(found))


def _candidate(question: str, one: Statement, answer: str | None = None) -> Candidate:
    at = one.said.find(answer) if answer else -1
    place = (at, at + len(answer)) if answer and at >= 0 else None
    return Candidate(one.setting(question), one.said, answer is not None, place)


def _hardest(
    question: str, right: Sequence[Statement], answer: str, papers: Papers, embedder: Embedder
) -> list[Statement]:
    """The statements most like an answer that are none; those of the same paper that hold its words may be one."""
    stems, (vector,) = set(content_stems(question)), embedder.embed([question])
    sources = {one.passage.document for one in right}
    ranked: list[tuple[float, int, Statement]] = []
    for at, (_, one) in enumerate(papers.statements):
        may_answer = one.passage.document in sources and len(answer) > 1 and _plain(answer) in _plain(one.said)
        if one in right or may_answer:
            continue
        shared = len(stems & set(content_stems(one.reading))) / max(1, len(stems))
        ranked.append((float(papers.vectors[at] @ vector) + _SHARED * shared, at, one))
    return [one for _, _, one in sorted(ranked, key=lambda each: -each[0])[:MOST_WRONG]]


def _claims(place: Path, papers: Papers) -> Iterator[Claimed]:
    file = place / "claims.jsonl"
    for row in rows(file) if file.exists() else ():
        for one in papers.saying(row["source"], row["said"])[:1]:
            yield Claimed("written", row["claim"], one.setting(row["claim"]), one.said, LABELS[row["label"]])


def _plain(text: str) -> str:
    return " ".join(text.replace("*", "").split()).casefold()
