"""A `metadata.csv` beside documents: what a person states about them, a row for each file."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.dates import iso_date
from ingest.discover import FoundFile
from ingest.language import language_tag
from ingest.readers.text import decoded
from ingest.stated import FIELDS, Stated, stated_by
from rag.errors import DocumentError

NAME = "metadata.csv"
_PATHS = ("path", "file", "filename", "file_name")
_COLUMNS = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher"),
    "published": ("published", "published_at", "date", "publication_date"),
    "author": ("author", "authors", "byline"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
}
_MOST_BYTES = 50 * 1024 * 1024


class Beside:
    """What stands beside the files of a run, in the `metadata.csv` of their folder or of one above it."""

    def __init__(self, files: Iterable[FoundFile]) -> None:
        self._rows: dict[Path, Stated] = {}
        self.sheets: set[Path] = set()
        """The files that hold these rows, and so are no documents."""
        self.notices: list[str] = []
        # From the outside in: the nearest has the last word.
        for file in sorted((file for file in files if file.path.name == NAME), key=lambda file: len(file.path.parts)):
            self._read(file)

    def of(self, path: Path) -> Stated | None:
        """What is stated of a file; None where nothing is."""
        return self._rows.get(path)

    def _read(self, file: FoundFile) -> None:
        try:
            if file.path.stat().st_size > _MOST_BYTES:
                raise DocumentError(f"Cannot read {file.shown}: it is too large.")
            text, _ = decoded(file.path.read_bytes(), name=file.shown)
            rows = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="")
            columns = {(column or "").strip().lower(): column for column in rows.fieldnames or ()}
            where = next((columns[name] for name in _PATHS if name in columns), None)
            if where is None:
                return  # a table like any other
            self.sheets.add(file.path)
            for row in rows:
                named = (file.path.parent / row[where].strip()).resolve()
                if row[where].strip() and named.is_relative_to(file.path.parent):
                    self._rows[named] = _stated(row, columns)
        except (OSError, ValueError, csv.Error, DocumentError) as error:
            self.notices.append(f"{file.shown} was not used: {error}")


def with_stated(sha256: str, stated: Stated | None) -> str:
    """What a file is known by: its bytes, and what stands beside them."""
    if stated is None:
        return sha256
    said = json.dumps([sha256, *(getattr(stated, name) for name in FIELDS)])
    return hashlib.sha256(said.encode("ascii")).hexdigest()


def _stated(row: Mapping[str, str], columns: Mapping[str, str]) -> Stated:
    fields: dict[str, str | None] = {}
    for name, known in _COLUMNS.items():
        values = (row[columns[column]] for column in known if column in columns)
        fields[name] = next((value.strip() for value in values if value and value.strip()), None)
    fields["published"] = iso_date(fields["published"])
    fields["language"] = language_tag(fields["language"])
    return stated_by(NAME, **fields)
