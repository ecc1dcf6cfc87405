"""Any LlamaHub reader as a reader of ours. Known by its `load_data`, so that LlamaIndex is not imported."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from ingest.readers.document import ReadDocument
from ingest.readers.fields import fields_of, stated_fields


class LoadsData(Protocol):
    """What a LlamaIndex `BaseReader` looks like from here."""

    def load_data(self, *, file: Path) -> list[Any]:
        """Objects with `text` and `metadata`."""


def read_with(reader: LoadsData, path: Path) -> Iterator[ReadDocument]:
    """One document for each that the reader makes of the file, with what its metadata states."""
    for loaded in reader.load_data(file=path):
        # Not `creation_date` and its like: LlamaIndex fills those with the file's own times.
        stated = stated_fields(fields_of(loaded.metadata or {}))
        yield ReadDocument(text=loaded.text or "", **stated, how="the reader's metadata")
