"""A suite's documents as the library stores them: where the gold quotes stand, and the texts that quotes must equal."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.cases import Evidence
from rag.domain import Span
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
    """The documents of a suite: their ids by path inside the suite's folder, and their texts by id.

    A document has one text, or two where it is a plain text file: the stored text and the decoded file.
    """

    ids: Mapping[str, str]
    texts: Mapping[str, tuple[str, ...]]

    def locate(self, evidence: Evidence) -> Gold | None:
        """Where a gold quote stands, white space aside; None where the stored text does not hold it."""
        document = self.ids.get(evidence.document)
        if document is None:
            return None
        words = r"\s+".join(map(re.escape, evidence.quote.split()))
        found = re.search(words, self.texts[document][0])
        return Gold(document, Span(*found.span()), found.group()) if found else None


def read_corpus(library: DiskLibrary, folder: Path) -> Corpus:
    """The documents of `folder` as `library` holds them."""
    ids: dict[str, str] = {}
    texts: dict[str, tuple[str, ...]] = {}
    root = folder.resolve()
    for source, entry in sorted(library.catalog.entries().items()):
        path = Path(source).resolve()
        ids[path.relative_to(root).as_posix()] = entry.document
        stored = library.document(entry.document).text
        texts[entry.document] = (stored, *_decoded(path))
    return Corpus(ids, texts)


def _decoded(path: Path) -> tuple[str, ...]:
    """The text of a plain text file in UTF-8; nothing for any other file."""
    if path.suffix not in _PLAIN_TEXT:
        return ()
    try:
        return (path.read_bytes().decode("utf-8-sig"),)
    except UnicodeDecodeError:  # its reader had to guess, and so would we
        return ()
