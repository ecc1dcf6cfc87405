"""What the documents say where a language model has said nearly that, and wrongly."""

from collections.abc import Sequence

from rag.answer.cells import asked_cells
from rag.domain import Claim, Verdict
from rag.evidence.cite import Footnotes
from rag.evidence.statement import Statement
from rag.generate.court import Court
from rag.generate.excerpts import Excerpt
from rag.text.words import content_stems

_NEARLY = 0.6
"""A statement that holds this share of a sentence's content words is what the sentence was made of."""


def nearest(sentence: str, excerpts: Sequence[Excerpt]) -> tuple[int, Statement, float]:
    """The number of the excerpt with the statement that shares most words with a sentence, that one, and the share."""
    said = set(content_stems(sentence))
    shown = [(number, one) for number, excerpt in enumerate(excerpts, start=1) for one in excerpt.statements]
    shares = [len(said & set(content_stems(one.reading))) / max(1, len(said)) for _, one in shown]
    best = max(range(len(shown)), key=shares.__getitem__)
    return *shown[best], shares[best]


def said_instead(sentence: str, excerpts: Sequence[Excerpt], notes: Footnotes, court: Court) -> Claim | None:
    """The statement that a sentence which nothing proves was made of, word for word; None where none is near.

    That the model has chosen it tells that it answers, save where it lacks what both the question and the sentence say.
    """
    _, statement, share = nearest(sentence, excerpts)
    lacking = set(content_stems(sentence)) - set(content_stems(statement.reading))
    if share < _NEARLY or court.fit(statement) <= 0 or lacking & set(content_stems(court.question)):
        return None
    marker = notes.add(statement.passage, statement.span)
    text = asked_cells(court.question, statement, sentence) or statement.said
    return Claim(text, Verdict.SUPPORTED, (marker,)) if marker is not None else None
