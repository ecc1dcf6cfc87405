"""Answers and libraries kept between runs, by what they depend on: an unchanged case is not asked again."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import get_ident
from typing import Any

import platformdirs
from pydantic import TypeAdapter, ValidationError

from eval.cases import Case
from eval.versions import program
from rag.domain import Answer, Document, ScoredPassage
from rag.errors import InputError


@dataclass(frozen=True, slots=True)
class Asked:
    """What came back for a case."""

    passages: tuple[ScoredPassage, ...]
    """What was retrieved, best first."""
    answer: Answer
    seconds: float
    documents: tuple[Document, ...] = ()
    """Where the case brings documents, these as they were stored."""


_ASKED = TypeAdapter(Asked)


def default_place() -> Path:
    """The folder of this person's kept answers."""
    return Path(platformdirs.user_cache_dir("footnoted")) / "eval"


def digest_of(value: Any) -> str:
    """The same for the same JSON value."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Store:
    """Bytes by key in a folder; without a folder nothing is kept."""

    def __init__(self, folder: Path | None, *, fresh: bool = False) -> None:
        """With `fresh` nothing is read, all is written. Raises InputError where the folder cannot be made."""
        self._folder = folder
        self._fresh = fresh
        if folder is not None:
            _make(folder)

    def find(self, key: str) -> bytes | None:
        """What was kept; None where nothing was."""
        if self._folder is None or self._fresh:
            return None
        try:
            return (self._folder / key).read_bytes()
        except OSError:
            return None

    def keep(self, key: str, content: bytes) -> None:
        """Writes it down at once, so that a run that is interrupted goes on where it was; raises InputError."""
        if self._folder is None:
            return
        path = self._folder / key
        # Renamed when whole: another run, or another thread with the same question, may be reading or writing it.
        half = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}.half")
        try:
            half.write_bytes(content)
            half.replace(path)
        except OSError as error:
            raise InputError(f"Cannot write {path}: {error.strerror}. Name another folder with --cache.") from error


class Kept:
    """The kept answers of one program, configuration and corpus. Without a folder nothing is kept."""

    def __init__(self, folder: Path | None, *, configuration: object, corpus: str, fresh: bool = False) -> None:
        """`corpus` names the content that is asked; with `fresh` nothing is read, all is written."""
        self._answers = Store(folder and folder / "answers", fresh=fresh)
        self._context = [program(), configuration, corpus]

    def find(self, case: Case) -> Asked | None:
        """What came back for this question before; None where it was never asked, or the file is damaged."""
        content = self._answers.find(self._key(case))
        try:
            return None if content is None else _ASKED.validate_json(content)
        except ValidationError:
            return None

    def keep(self, case: Case, asked: Asked) -> None:
        """Keeps what came back for a question; raises InputError where it cannot be written."""
        self._answers.keep(self._key(case), _ASKED.dump_json(asked))

    def _key(self, case: Case) -> str:
        # Not the gold: to correct what is wanted costs nothing either.
        turns, documents = map(asdict, case.turns), map(asdict, case.documents)
        asked = [case.question, list(turns), case.as_of, list(documents)]
        return f"{digest_of([*self._context, *asked])}.json"


def library_of(folder: Path, documents: Path) -> Path:
    """Where the library of these documents, as they are now, is kept."""
    files = sorted(path for path in documents.rglob("*") if path.is_file()) if documents.is_dir() else [documents]
    content = [[str(path.resolve()), _sha256(path)] for path in files]
    place = folder / "libraries" / digest_of([program(), content])[:32]
    _make(place.parent)
    return place


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        return f"unreadable: {error.strerror}"  # ingest says so


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"Cannot make the folder {folder}: {error.strerror}. Name another folder with --cache."
        ) from error
