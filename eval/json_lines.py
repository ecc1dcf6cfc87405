"""JSON Lines, read with every line checked and written with every object on a line of its own."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from rag.errors import InputError

Line = TypeVar("Line", bound=BaseModel)


def read_json_lines(path: Path, form: type[Line]) -> Iterator[tuple[int, Line]]:
    """Every line that is not blank with its number, from 1; raises InputError naming the file and the line at fault."""
    for number, line in enumerate(read_lines(path), start=1):
        if line.strip():
            try:
                yield number, form.model_validate_json(line)
            except ValidationError as error:
                raise wrong_line(path, number, _first_fault(error)) from None


def read_records(path: Path, form: type[Line], id_of: Callable[[Line], str | None]) -> list[tuple[str | int, Line]]:
    """Every record with its own id or, where it has none, its place from 0; raises InputError for one id twice.

    It also raises InputError where the file holds no record, and where `read_json_lines` does.
    """
    first_line_of: dict[str, int] = {}
    records: list[tuple[str | int, Line]] = []
    for place, (number, line) in enumerate(read_json_lines(path, form)):
        id_ = id_of(line)
        if id_ is not None and id_ in first_line_of:
            raise wrong_line(path, number, f"the id '{id_}' is already that of line {first_line_of[id_]}")
        if id_ is not None:
            first_line_of[id_] = number
        records.append((place if id_ is None else id_, line))
    if not records:
        raise InputError(f"There are no records in {path}. Give another file.")
    return records


def read_lines(path: Path) -> list[str]:
    """The lines of a UTF-8 file; raises InputError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")  # a line may hold other characters that end lines
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}. docs/eval.md says what a suite reads.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"Cannot read {path}: it is not UTF-8. Save it as UTF-8.") from error


def wrong_line(path: Path, line: int, fault: str) -> InputError:
    """The error for a line that is not what it should be."""
    return InputError(f"Cannot read {path}, line {line}: {fault}. docs/eval.md says what a line looks like.")


def append_json_lines(objects: Iterable[dict[str, Any]], path: Path) -> None:
    """Adds objects at the end of a file, one a line, and makes it where there is none; raises OSError."""
    lines = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in objects)
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read() != b"\n":  # as an editor may leave it
                lines = "\n" + lines
        # Half a surrogate pair, which a request may bring, cannot be written.
        file.write(lines.encode("utf-8", "replace"))


def write_predictions(objects: Iterable[dict[str, Any]], path: Path) -> None:
    """Writes the raw output of every case, one JSON object a line; raises InputError where the file cannot be."""
    lines = [json.dumps(item, ensure_ascii=False) + "\n" for item in objects]
    try:
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise InputError(f"Cannot write the predictions {path}: {error.strerror}. Choose another file.") from error


def _first_fault(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"there is no field '{place}'"
    fault = first["msg"].removeprefix("Value error, ")
    return f"{place}: {fault}" if place else fault
