"""The documents of a library in the terminal: listed, shown, removed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rag.domain import Document, Within
from rag.errors import InputError
from rag.library.catalog_shelf import Shelved
from rag.library.library import DiskLibrary
from rag.library.removed import take_out

MOST_LISTED = 100
_PAGE = 500
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """Documents of a library, and how many fit in all."""

    documents: Sequence[Shelved]
    found: int

    @property
    def lines(self) -> list[str]:
        """One document a line: its path, its title where that says more, its day and its size."""
        told = [_line(one) for one in self.documents]
        more = self.found - len(self.documents)
        return [*told, *([f"… and {more} more: name some of their words, or use --json."] if more else [])]

    @property
    def as_json(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {"found": self.found, "documents": [document_json(one) for one in self.documents]}


def document_json(one: Shelved) -> dict[str, Any]:
    """A document as `list --json` prints it."""
    return {
        "document": one.document,
        **asdict(one.origin),
        "characters": one.characters,
        "passages": one.passages,
    }


def shown_json(document: Document) -> dict[str, Any]:
    """A document as `show --json` prints it: its text, and its blocks with their kinds and spans."""
    blocks = [
        {"kind": str(block.kind), "start": block.span.start, "end": block.span.end, "level": block.level}
        for block in document.blocks
    ]
    return {"document": document.id, **asdict(document.origin), "text": document.text, "blocks": blocks}


def listed(library: DiskLibrary, words: str, within: Within, *, limit: int | None) -> Listed:
    """Documents by name; each of `words` stands in their title or path. All of them where there is no `limit`."""
    library.require_files()
    documents, found = library.catalog.shelf(words, within=within, limit=limit or _PAGE)
    while limit is None and len(documents) < found:
        more, _ = library.catalog.shelf(words, within=within, first=len(documents), limit=_PAGE)
        if not more:
            break
        documents += more
    return Listed(documents, found)


def meant(library: DiskLibrary, name: str) -> Shelved:
    """The one document that a person names: by its id, its path or the end of it, or words of its title.

    Raises InputError where none is named so, or several.
    """
    library.require_files()
    documents, found = library.catalog.shelf(name, limit=_PAGE)
    if not found:
        documents = [one for one in listed(library, "", Within(), limit=None).documents if one.document == name]
    exact = [one for one in documents if one.origin.path == name or one.origin.path.endswith(f"/{name}")]
    chosen = exact if len(exact) == 1 else documents
    if not chosen:
        raise InputError(f"No document is called '{name}'. See them with `footnoted list`.")
    if len(chosen) > 1 or (found > len(documents) and not exact):
        some = ", ".join(one.origin.path for one in chosen[:_NAMED])
        raise InputError(f"{found} documents fit '{name}', such as {some}. Name one by its path.")
    return chosen[0]


def shown(library: DiskLibrary, name: str) -> Document:
    """The document that a person names, with its text."""
    return library.document(meant(library, name).document)


def removed(library: DiskLibrary, name: str) -> Shelved:
    """Takes the document that a person names out of the library; its file stays where it is."""
    one = meant(library, name)
    with library.writing() as writer:
        take_out(one.document, library.catalog, writer)
    return one


def _line(one: Shelved) -> str:
    origin = one.origin
    title = origin.title if origin.title and origin.title not in origin.path else None
    size = f"{one.passages} passage{'' if one.passages == 1 else 's'}"
    return "  ".join(filter(None, [origin.path, title, origin.outlet, origin.published, size]))
