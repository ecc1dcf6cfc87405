"""Answers and passages of few words, for tests that care for little of them."""

from typing import Any

from ingest.readers.plain import blocks_of_text
from rag.domain import Answer, Claim, Document, Mode, Origin, Outcome, Passage, Span
from rag.evidence.statement import Statement, statements_of

ABSTAINED = Answer("?", "?", Outcome.ABSTAINED, 0.1, Mode.EXTRACTIVE, "The documents do not answer this.")


def answered(*claims: Claim, **fields: Any) -> Answer:
    """An answer of these claims; `fields` are what else a test cares for."""
    usual = {"question": "?", "query": "?", "outcome": Outcome.ANSWERED, "answerable": 0.9, "mode": Mode.EXTRACTIVE}
    return Answer(**{**usual, "text": "", "claims": claims, **fields})


def whole_passage(text: str, **origin: str | None) -> Passage:
    """A whole text as one passage; `origin` says what is known of its document."""
    return Passage.cut(Document(id="d", text=text, origin=Origin("d.txt", **origin)), Span(0, len(text)))


def read_passage(text: str, path: str = "d.txt", **origin: str | None) -> Passage:
    """A whole plain text as one passage with its blocks, as ingestion cuts it."""
    document = Document(path, text, Origin(path, **origin), blocks=blocks_of_text(text))
    return Passage.cut(document, Span(0, len(text)))


def stated(text: str, path: str = "d.txt", **origin: str | None) -> list[Statement]:
    """What a plain text states, in order."""
    return list(statements_of(read_passage(text, path, **origin)))
