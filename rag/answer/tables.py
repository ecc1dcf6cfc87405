"""The documents whose tables, fields and sentences a question may be computed of."""

from rag.answer.matter import Matter
from rag.domain import Passage
from rag.evidence.statement import TOLD_ALONE
from rag.evidence.tables.generic import is_nothing_asked
from rag.search.orders import without_instructions
from rag.text.words import content_stems, content_words, name_in_words, stem, without_possessive

_MOST_DOCUMENTS = 24
_MOST_ALIKE = 60
_MOST_CALLED = 1000
"""So many documents with a word of the question in their title, file name or headings are looked at."""
_LONGEST_DOCUMENT = 400
"""Passages: of longer documents no table is read."""


def documents_of(asked: str, matter: Matter) -> list[list[Passage]]:
    """The passages of the documents that were found, the best document's first, and of those that are called alike.

    What an outlet published is prose, where nothing is to be added up or compared, save where it holds rows or fields.
    """
    found = [*(one.statement.passage for one in matter.ranked), *(one.passage for one in matter.read)]
    papers = [passage for passage in found if passage.origin.outlet is None or _holds_records(passage)]
    documents = list(dict.fromkeys(passage.document for passage in papers))[:_MOST_DOCUMENTS]
    named = [without_possessive(word) for word in content_words(asked) if not is_nothing_asked(word)]
    stems = set(map(stem, named))
    for document, origin in matter.library.called(named, limit=_MOST_CALLED):
        if stems & set(content_stems(f"{origin.title or ''} {name_in_words(origin.path)}")):
            documents.append(document)
    chosen = list(dict.fromkeys(documents))[:_MOST_ALIKE]
    return [passages for document in chosen if (passages := _passages_of(document, matter))]


def _holds_records(passage: Passage) -> bool:
    return any(block.kind in TOLD_ALONE for block in passage.blocks)


def _passages_of(document: str, matter: Matter) -> list[Passage]:
    passages = matter.library.passages_of(document)
    return [without_instructions(passage) for passage in passages] if len(passages) <= _LONGEST_DOCUMENT else []
