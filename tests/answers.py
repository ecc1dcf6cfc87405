"""Answers and passages of few words, for tests that care for little of them."""

from typing import Any

from rag.domain import Answer, Claim, Document, Mode, Origin, Outcome, Passage, Span

ABSTAINED = Answer("?", "?", Outcome.ABSTAINED, 0.1, Mode.EXTRACTIVE, "The documents do not answer this.")


def answered(*claims: Claim, **fields: Any) -> Answer:
    """An answer of these claims; `fields` are what else a test cares for."""
    usual = {"question": "?", "query": "?", "outcome": Outcome.ANSWERED, "answerable": 0.9, "mode": Mode.EXTRACTIVE}
    return Answer(**{**usual, "text": "", "claims": claims, **fields})


def whole_passage(text: str, **origin: str | None) -> Passage:
    """A whole text as one passage; `origin` says what is known of its document."""
    return Passage.cut(Document(id="d", text=text, origin=Origin("d.txt", **origin)), Span(0, len(text)))
