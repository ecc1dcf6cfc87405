"""Any LlamaHub reader as a reader of ours. Known by its `load_data`, so that LlamaIndex is not imported."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from ingest.dates import iso_date
from ingest.language import language_tag
from ingest.readers.document import ReadDocument


class LoadsData(Protocol):
    """What a LlamaIndex `BaseReader` looks like from here."""

    def load_data(self, *, file: Path) -> list[Any]:
        """Objects with `text` and `metadata`."""


def read_with(reader: LoadsData, path: Path) -> Iterator[ReadDocument]:
    """One document for each that the reader makes of the file, with what its metadata states."""
    for loaded in reader.load_data(file=path):
        metadata = {str(key).lower(): value for key, value in (loaded.metadata or {}).items()}
        yield ReadDocument(
            text=loaded.text or "",
            title=_said(metadata, "title"),
            outlet=_said(metadata, "outlet", "publisher"),
            published=iso_date(_said(metadata, "published", "published_at", "date")),
            author=_said(metadata, "author"),
            url=_said(metadata, "url"),
            language=language_tag(_said(metadata, "language", "lang")),
            how="the reader's metadata",
        )


def _said(metadata: dict[str, Any], *keys: str) -> str | None:
    # Not `creation_date` and its like: LlamaIndex fills those with the file's own times.
    return next((value for key in keys if isinstance(value := metadata.get(key), str) and value.strip()), None)
