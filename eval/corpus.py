"""A suite's documents as the library stores them: where the gold quotes stand, and the texts that quotes must equal."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.cases import Evidence
from rag.domain import Document, Span
from rag.library.library import DiskLibrary

_PLAIN_TEXT = frozenset({".txt", ".md"})


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold quote where it stands in the library."""

    document: str
    """The library's id of the document."""
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents that a case is asked about."""

    ids: Mapping[str, str]
    """The library's ids by the names that cases use."""
    documents: Mapping[str, Document]
    """By id."""
    files: Mapping[str, str]
    """The decoded text of those documents that are plain text files, by id."""

    def locate(self, evidence: Evidence) -> Gold | None:
        """Where a gold quote stands, white space aside; None where the stored text does not hold it."""
        document = self.ids.get(evidence.document)
        if document is None:
            return None
        text = self.documents[document].text
        if not evidence.quote:
            return Gold(document, Span(0, len(text)), text)
        words = r"\s+".join(map(re.escape, evidence.quote.split()))
        found = re.search(words, text)
        return Gold(document, Span(*found.span()), found.group()) if found else None


def read_corpus(library: DiskLibrary, folder: Path | None = None) -> Corpus:
    """The documents that `library` holds.

    They are named by their path inside `folder`, or without one by the library's own ids, or as it shows their paths.
    """
    documents = {id_: library.document(id_) for id_, _ in library.catalog.documents()}
    files: dict[str, str] = {}
    ids = {document.origin.path: id_ for id_, document in documents.items()} | {id_: id_ for id_ in documents}
    for source, entry in sorted(library.catalog.entries().items()):
        path = Path(source).resolve()
        if folder is not None and path.is_relative_to(folder.resolve()):
            ids[path.relative_to(folder.resolve()).as_posix()] = entry.document
        if (decoded := _decoded(path)) is not None:
            files[entry.document] = decoded
    return Corpus(ids, documents, files)


def _decoded(path: Path) -> str | None:
    """The text of a plain text file in UTF-8; None for any other file."""
    if path.suffix not in _PLAIN_TEXT:
        return None
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):  # gone since it was read, or its reader had to guess and so would we
        return None
