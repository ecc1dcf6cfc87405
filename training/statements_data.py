"""What the statement model learns from: questions with statements of which one, some or none answers, and claims.

Made everyday collections (`training/everyday`), sentences of paragraphs that people asked questions about (SQuAD 2.0,
SQuADShifts, QED), and claims (`verifier_data.py`). Held-out articles and templates stay out of training.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.text.sentences import sentences
from rag.text.words import points_back
from training.data import rows
from training.reader_data import VAGUE, Question
from training.verifier_data import CONTRADICTED, SUPPORTED, UNSUPPORTED, Pair

LABELS = {"supported": SUPPORTED, "contradicted": CONTRADICTED, "unsupported": UNSUPPORTED}
MOST_CANDIDATES = 6
MOST_WORDS = 120
"""Of a text that a claim is held against: the product reads statements, not passages."""
REVIEWS = 0.1
"""The share of questions on reviews and posts that are used: most of them could be asked of any."""


@dataclass(frozen=True)
class Candidate:
    """A statement with its context; `answer` is where in the text the words stand that were asked for."""

    context: str
    text: str
    label: bool
    answer: tuple[int, int] | None = None


@dataclass(frozen=True)
class Asked:
    """A question with statements, of which those labelled answer it; none where the documents do not."""

    kind: str
    question: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Claimed:
    """A claim, a statement with its context, and what it says of the claim."""

    kind: str
    claim: str
    context: str
    text: str
    label: int


def made_questions(path: Path) -> Iterator[Asked]:
    """Questions about made collections."""
    for row in rows(path):
        found = tuple(
            Candidate(one["context"], one["text"], bool(one["label"]), tuple(one["answer"]) if one["answer"] else None)
            for one in row["candidates"]
        )
        yield Asked(row["template"], row["question"], found)


def made_claims(path: Path) -> Iterator[Claimed]:
    """Claims about made collections."""
    for row in rows(path):
        yield Claimed(row["kind"], row["claim"], row["context"], row["text"], LABELS[row["label"]])


def paired_claims(kind: str, pairs: Sequence[Pair]) -> Iterator[Claimed]:
    """Claims with texts of the verifier's sets, where the text is no longer than a few statements."""
    for pair in pairs:
        if len(pair.text.split()) <= MOST_WORDS:
            yield Claimed(kind, pair.claim, "", pair.text, pair.label)


def paragraph_questions(questions: Sequence[Question], rng: random.Random) -> Iterator[Asked]:
    """Questions with sentences of their paragraph; one that points back has the one before it as context."""
    for question in questions:
        if question.source == "timeqa" or (question.source in VAGUE and rng.random() > REVIEWS):
            continue
        cut = sentences(question.context)
        answers = question.answers()
        found = []
        for place, span in enumerate(cut):
            text = question.context[span.start : span.end]
            before = question.context[cut[place - 1].start : cut[place - 1].end] if place else ""
            inside = [
                (start - span.start, end - span.start)
                for start, end in question.spans
                if span.start <= start and end <= span.end
            ]
            if not inside and any(answer in text.lower() for answer in answers):
                continue  # it holds the same words, and may answer or not
            title = question.title or ""
            context = f"{title} › {before}" if before and points_back(text) else title
            found.append(Candidate(context, text, bool(inside), inside[0] if inside else None))
        right = [one for one in found if one.label]
        others = [one for one in found if not one.label]
        if len(found) < 2 or (question.spans and not right):
            continue
        picked = [*right[:2], *rng.sample(others, min(len(others), MOST_CANDIDATES - len(right[:2])))]
        rng.shuffle(picked)
        yield Asked("answered" if right else "impossible", question.text, tuple(picked))
