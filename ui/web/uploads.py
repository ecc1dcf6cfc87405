"""Files that a visitor of the page uploads: taken, kept beside the library, forgotten."""

import hashlib
import re
import secrets
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import fastapi
from starlette.responses import JSONResponse, Response

from ingest.report import IngestReport
from ui.web.html import named

MAX_FILE_BYTES = 25 * 1024 * 1024
MAX_FILES = 20


class Inbox:
    """Files that were uploaded and wait to be ingested."""

    # Gradio's own upload is closed. Under a mounted app it does not check that a file which an event names was uploaded
    # (`has_launched` stays False), so that an event could name any file of this machine, and it keeps a copy for good.

    def __init__(self, suffixes: Collection[str]) -> None:
        self.suffixes = tuple(sorted(suffixes))
        self._folder: Path | None = None
        self._waiting: dict[str, tuple[str, Path]] = {}

    async def receive(self, request: fastapi.Request) -> Response:
        """Stores the body as a file; answers with a token for it, or says in one line why not."""
        name = safe_name(request.query_params.get("name", ""))
        if Path(name).suffix.lower() not in self.suffixes:
            problem = f"no reader for this kind. Readers exist for {' '.join(self.suffixes)}."
            return JSONResponse({"error": f"{name} was not added: {problem}"}, 415)
        while len(self._waiting) >= 2 * MAX_FILES:
            self.take(list(self._waiting)[:1])[0][1].unlink(missing_ok=True)
        self._folder = self._folder or Path(tempfile.mkdtemp(prefix="footnoted-"))
        token = secrets.token_urlsafe(16)
        path = self._folder / token
        size = 0
        with path.open("wb") as file:
            async for piece in request.stream():
                size += len(piece)
                if size > MAX_FILE_BYTES:
                    break
                file.write(piece)
        if size > MAX_FILE_BYTES:
            path.unlink()
            problem = f"it is larger than {MAX_FILE_BYTES // 1024 // 1024} MB. Use `footnoted ingest`."
            return JSONResponse({"error": f"{name} was not added: {problem}"}, 413)
        self._waiting[token] = name, path
        return JSONResponse({"token": token})

    def take(self, tokens: Sequence[str]) -> list[tuple[str, Path]]:
        """The names and files of these tokens, which are then forgotten."""
        found = [self._waiting.pop(token, None) for token in dict.fromkeys(tokens)]
        return [waiting for waiting in found if waiting is not None]

    def close(self) -> None:
        """Removes what still waits."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def safe_name(name: str) -> str:
    """A file's own name without folders, controls or characters that some system refuses; never empty or hidden."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode("utf-8")))[-1]
    plain = "".join(letter for letter in name if letter not in '<>:"|?*' and unicodedata.category(letter)[0] != "C")
    path = Path(plain.strip(" .") or "document")
    stem = path.stem.encode("utf-8")[:120].decode("utf-8", "ignore").strip() or "document"
    return stem + path.suffix[:16]


def keep(file: Path, folder: Path, name: str) -> tuple[Path, bool]:
    """Copies a file into a folder under its name; gives its place and whether it is new there.

    Never overwrites: where the name is taken by other contents, the copy's name carries its hash.
    """
    folder.mkdir(parents=True, exist_ok=True)
    digest = _digest(file)
    place = folder / name
    if place.exists() and _digest(place) != digest:
        place = place.with_stem(f"{place.stem}-{digest[:8]}")
    if place.exists():
        return place, False
    half = folder / f".{digest}.part"
    shutil.copyfile(file, half)
    half.replace(place)  # so that a copy which is cut short is never taken for the file
    return place, True


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def keep_and_add(
    waiting: Sequence[tuple[str, Path]], folder: Path, add: Callable[[list[Path]], IngestReport]
) -> list[str]:
    """Copies files into a folder, so that they are there when it is ingested again, and adds them; what came of it.

    `waiting` are names with files, `add` ingests. Raises the errors of `add`, and OSError where a file is not stored.
    """
    if not waiting:
        return []
    kept = [keep(path, folder, name) for name, path in waiting]
    lines = [
        f"Another {name} with other contents is in the library. Both are kept; the new one as {place.name}."
        for (name, _), (place, _) in zip(waiting, kept, strict=True)
        if place.name != name
    ]
    failed: set[str] | None = None
    try:
        report = add(list(dict.fromkeys(place for place, _ in kept)))
        failed = {Path(failure.path).name for failure in report.failed}
    finally:
        for place, new in kept:
            if new and (failed is None or place.name in failed):
                place.unlink(missing_ok=True)
    return lines + _told_of(report)


def _told_of(report: IngestReport) -> list[str]:
    """What an ingest did, in lines for people."""
    lines = []
    if report.added:
        lines.append(f"Added {named(report.added)}.")
    if report.updated:
        lines.append(f"Updated {named(report.updated)}.")
    if report.unchanged:
        lines.append(f"Already in the library, unchanged: {report.unchanged}.")
    if report.duplicates:
        lines.append(f"The same words are in the library already: {named(report.duplicates)}.")
    return [*lines, *report.notices, *(f"Not added: {failure.error}" for failure in report.failed)]
