"""A `metadata.csv` beside documents: what a person states about them, a row for each file."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from ingest.discover import FoundFile
from ingest.readers.delimiter import delimiter_of
from ingest.readers.fields import fields_of, file_of, stated_fields
from ingest.readers.table_heads import split_header
from ingest.readers.text import decoded
from ingest.stated import FIELDS, Stated, stated_by
from rag.errors import DocumentError

NAME = "metadata.csv"
_SAMPLE_LINES = 20
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
            lines = list(io.StringIO(text, newline=""))
            delimiter, told = delimiter_of(lines[:_SAMPLE_LINES])
            read = enumerate(csv.reader(lines[told:], delimiter=delimiter))
            columns, rows = split_header((at, [cell.strip() for cell in row]) for at, row in read)
            if file_of(fields_of(dict.fromkeys(columns, "named"))) is None:
                return  # a table like any other
            self.sheets.add(file.path)
            for _, row in rows:
                fields = fields_of(dict(zip(columns, row, strict=False)))
                named = (file.path.parent / (file_of(fields) or "").replace("\\", "/")).resolve()
                if named.is_relative_to(file.path.parent):
                    self._rows[named] = stated_by(NAME, **stated_fields(fields))
        except (OSError, ValueError, csv.Error, DocumentError) as error:
            self.notices.append(f"{file.shown} was not used: {error}")


def sheets_above(files: Iterable[FoundFile]) -> list[FoundFile]:
    """The files of this name in the folders that were given when these files were read, or below those."""
    found: dict[str, FoundFile] = {}
    for file in files:
        shown = list(PurePosixPath(file.shown).parents)[:-1]  # the last one stands for what lies outside
        for folder, called in zip(file.path.parents, shown, strict=False):
            if (folder / NAME).is_file():
                found[str(folder / NAME)] = FoundFile(str(folder / NAME), (called / NAME).as_posix())
    return list(found.values())


def with_stated(sha256: str, stated: Stated | None) -> str:
    """What a file is known by: its bytes, and what stands beside them."""
    if stated is None:
        return sha256
    said = json.dumps([sha256, *(getattr(stated, name) for name in FIELDS)])
    return hashlib.sha256(said.encode("ascii")).hexdigest()
