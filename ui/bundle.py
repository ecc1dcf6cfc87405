"""An answer with all that proves it, as one JSON file; and whether a library bears such a file out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from rag.contract import answer_json
from rag.domain import Answer, Document
from rag.errors import InputError
from rag.library.library import DiskLibrary

VERSION = 1
_MOST_BYTES = 20 * 1024 * 1024


class _Quote(BaseModel):
    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class _Citation(BaseModel):
    marker: int
    document: str
    path: str = ""
    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    context: tuple[_Quote, ...] = ()


class _Source(BaseModel):
    document: str
    path: str = ""
    sha256: str


class Bundle(BaseModel):
    """What of a bundle is checked."""

    footnoted_bundle: int
    citations: tuple[_Citation, ...]
    documents: tuple[_Source, ...]


@dataclass(frozen=True, slots=True)
class BundleReport:
    """Each quote of a bundle, and what is wrong with it; an empty fault where it stands."""

    quotes: tuple[tuple[int, str, str], ...]
    """Marker, path and fault."""

    @property
    def stands(self) -> bool:
        """Whether every quote stands where the bundle says."""
        return bool(self.quotes) and not any(fault for _, _, fault in self.quotes)

    @property
    def exit_code(self) -> int:
        """0 where all stands, else 1."""
        return 0 if self.stands else 1

    @property
    def lines(self) -> list[str]:
        """One line for each quote, for people."""
        told = [
            f"[{marker}] {path}: {fault or 'the quote stands, word for word'}" for marker, path, fault in self.quotes
        ]
        return told or ["The bundle cites nothing, so there is nothing to check."]

    def as_json(self) -> dict[str, Any]:
        """As `footnoted check --bundle FILE --json` prints it."""
        quotes = [{"marker": marker, "path": path, "fault": fault or None} for marker, path, fault in self.quotes]
        return {"stands": self.stands, "quotes": quotes}


def bundle_of(answer: Answer, library: DiskLibrary) -> dict[str, Any]:
    """An answer as `ask --json` prints it, with the sha256 of the bytes of each document that it cites."""
    cited = {citation.document: citation.origin.path for citation in answer.citations}
    documents = [
        {"document": id_, "path": path, "sha256": library.catalog.content_of(id_)} for id_, path in cited.items()
    ]
    return {"footnoted_bundle": VERSION, **answer_json(answer), "documents": documents}


def read_bundle(path: Path) -> Bundle:
    """The bundle in a file; raises InputError where there is none."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(f"Cannot read {path}: it is larger than {_MOST_BYTES // 1024 // 1024} MB.")
        bundle = Bundle.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}.") from None
    except (ValueError, RecursionError, ValidationError):
        raise InputError(f"Cannot read {path}: it is no bundle of an answer. Export one from the page.") from None
    if bundle.footnoted_bundle != VERSION:
        raise InputError(
            f"Cannot read {path}: its form is {bundle.footnoted_bundle}, and this program knows {VERSION}."
        )
    return bundle


def check_bundle(bundle: Bundle, library: DiskLibrary) -> BundleReport:
    """Holds every quote, and what it stands under, against the documents of a library, known by their bytes."""
    return BundleReport(tuple(_checked(bundle, library)))


def _checked(bundle: Bundle, library: DiskLibrary) -> Iterator[tuple[int, str, str]]:
    contents = {source.document: source.sha256 for source in bundle.documents}
    for citation in bundle.citations:
        content = contents.get(citation.document, "")
        known = library.catalog.document_with(content) if content else None
        if known is None:
            yield citation.marker, citation.path, "the library does not hold this document, byte for byte"
        else:
            yield citation.marker, citation.path, _fault(citation, library.document(known))


def _fault(citation: _Citation, document: Document) -> str:
    if document.text[citation.start : citation.end] != citation.quote or not citation.quote.strip():
        return "the document has other words there"
    if any(document.text[one.start : one.end] != one.text for one in citation.context):
        return "the quote stands, but under other words"
    return ""
