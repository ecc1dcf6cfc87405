"""What a person has chosen and brought along: the model that writes, and model files, in the person's own folder."""

import hashlib
import json
import os
import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from pydantic import TypeAdapter, ValidationError

from rag.errors import InputError
from rag.models.language.local import checked_model_file

_CHOICE = "language-model.json"
_PIECE = 1 << 20
_SILENT_SECONDS = 30
_FREE_BYTES = 1_000_000_000
"""So much of the disk stays free, whatever a server sends."""
_NO_NAME = re.compile(r"[^\w.+-]+")
_SHA256 = re.compile(r"[0-9a-f]{64}")

Progress = Callable[[int, int | None], None]
"""Hears how many bytes are there, of how many, where that is known."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A model that a person has chosen: one of a server, or a file."""

    base_url: str | None = None
    model: str | None = None
    file: str | None = None


def remembered(folder: Path) -> Choice | None:
    """What was chosen last; None where nothing was, or what is kept cannot be read."""
    try:
        return TypeAdapter(Choice).validate_json((folder / _CHOICE).read_bytes())
    except (OSError, ValidationError):
        return None


def remember(folder: Path, choice: Choice | None) -> None:
    """Keeps a choice, or forgets it; raises InputError where the folder cannot be written."""
    try:
        if choice is None:
            (folder / _CHOICE).unlink(missing_ok=True)
            return
        folder.mkdir(parents=True, exist_ok=True)
        written = folder / f"{_CHOICE}.new"
        written.write_text(json.dumps(asdict(choice)), encoding="utf-8")
        os.replace(written, folder / _CHOICE)
    except OSError as error:
        raise InputError(f"Cannot write {folder / _CHOICE}: {error.strerror}. Make the folder writable.") from None


def kept_files(folder: Path) -> list[Path]:
    """The model files in the folder, by name."""
    return sorted((folder / "models").glob("*.gguf"))


def remove_file(folder: Path, name: str) -> Path:
    """Removes the model file of this name; raises InputError where there is none."""
    file = next((file for file in kept_files(folder) if name in (file.stem, file.name)), None)
    if file is None:
        raise InputError(f"There is no model file '{name}' in {folder / 'models'}. `footnoted model` lists them.")
    file.unlink()
    return file


def add_model(source: str, folder: Path, *, sha256: str | None, on_progress: Progress = lambda *_: None) -> Path:
    """Copies a GGUF file, or fetches it from an address, into the folder; checks it before it is there by its name.

    What an address sends is kept when it breaks off, and the next run goes on from there; its sha256 must be given.
    Raises InputError or SettingsError.
    """
    if sha256 is not None and not _SHA256.fullmatch(sha256 := sha256.strip().lower()):
        raise InputError(f"'{sha256}' is no sha256. Give its 64 figures and letters.")
    is_address = urlsplit(source).scheme in ("http", "https")
    if is_address and sha256 is None:
        raise InputError("A model from an address needs --sha256, as its page tells it: so it is known to be that one.")
    place = folder / "models"
    target = place / _file_name(source if not is_address else unquote(urlsplit(source).path))
    part = place / f"{sha256 or target.name}.part"
    try:
        place.mkdir(parents=True, exist_ok=True)
        if is_address:
            _fetch(source, part, on_progress)
        else:
            _copy(checked_model_file(Path(source)), part, on_progress)
        found = _digest(part)
        if sha256 is not None and found != sha256:
            part.unlink()
            raise InputError(
                f"The model {source} has another sha256 ({found}). It is not kept: check where it is from."
            )
        checked_model_file(part)
        os.replace(part, target)
    except OSError as error:
        raise InputError(f"Cannot keep the model in {place}: {error.strerror or error}. Make room there.") from None
    return target


def _file_name(path: str) -> str:
    stem = _NO_NAME.sub("-", PurePosixPath(path.replace("\\", "/")).name.removesuffix(".gguf")).strip(".-")
    return f"{stem[:100] or 'model'}.gguf"


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _copy(source: Path, part: Path, on_progress: Progress) -> None:
    with source.open("rb") as opened, part.open("wb") as written:
        _pour(iter(lambda: opened.read(_PIECE), b""), written, 0, source.stat().st_size, on_progress)


def _fetch(address: str, part: Path, on_progress: Progress) -> None:
    """Fetches what is not there yet of what an address sends."""
    there = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(address, headers={"Range": f"bytes={there}-"} if there else {})
    try:
        with urllib.request.urlopen(request, timeout=_SILENT_SECONDS) as reply:
            if reply.status != 206:  # it sends all of it, asked for the rest or not
                there = 0
            length = reply.headers.get("Content-Length")
            whole = there + int(length) if length and length.isdigit() else None
            with part.open("ab" if there else "wb") as written:
                _pour(iter(lambda: reply.read(_PIECE), b""), written, there, whole, on_progress)
            arrived = part.stat().st_size
        if whole is not None and arrived < whole:
            raise InputError(f"{address} broke off after {arrived} of {whole} bytes. Run the same again to go on.")
    except urllib.error.HTTPError as error:
        if error.code == 416 and there:  # nothing is left to send
            return
        raise InputError(f"{address} refused the request (status {error.code}). Check the address.") from None
    except urllib.error.URLError as error:
        raise InputError(f"{address} could not be reached: {error.reason}. Run the same again to go on.") from None
    except TimeoutError:
        raise InputError(f"{address} was silent for {_SILENT_SECONDS} seconds. Run the same again to go on.") from None


def _pour(pieces: Iterator[bytes], into: BinaryIO, there: int, whole: int | None, on_progress: Progress) -> None:
    for piece in pieces:
        if shutil.disk_usage(Path(into.name).parent).free < len(piece) + _FREE_BYTES:
            raise OSError(f"less than {_FREE_BYTES // 1_000_000_000} GB of the disk are free")
        into.write(piece)
        there += len(piece)
        on_progress(there, whole)
