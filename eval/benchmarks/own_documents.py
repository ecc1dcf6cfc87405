"""What the benchmarks share whose cases bring their own documents."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from eval.cases import Case, Evidence, GivenDocument
from eval.match import plain
from eval.suite import Suite
from rag.errors import InputError


class Given(BaseModel):
    """A line of a benchmark's file; fields that are not asked for may be anything."""

    model_config = ConfigDict(strict=True)


def files_of(data: Path, name: str) -> list[Path]:
    """The file itself, or those of a folder whose names begin with the benchmark's."""
    files = [data] if data.is_file() else sorted(data.glob(f"{name}*.json*"))
    if not files:
        raise InputError(f"There is no {name}*.jsonl in {data}. Give the file or its folder with --data.")
    return files


def suite_of(name: str, cases: Iterator[Case]) -> Suite:
    """A suite whose cases bring their documents."""
    found = tuple(cases)
    if not found:
        raise InputError(f"There is no case in the data of '{name}'. Give another file.")
    return Suite(name, found)


def numbered(texts: Sequence[tuple[str | None, str]], kind: str = "") -> tuple[GivenDocument, ...]:
    """Documents from titles and texts, named by their place from 1; what has no text is left out."""
    return tuple(
        GivenDocument(f"{kind}{place}", text, title or None)
        for place, (title, text) in enumerate(texts, start=1)
        if text.strip()
    )


def proof(document: GivenDocument, answer: str) -> Evidence:
    """Where a document says an answer: these words, or the whole of it where they stand there in another form."""
    return Evidence(document.id, answer if plain(answer) and answer in document.text else "")
