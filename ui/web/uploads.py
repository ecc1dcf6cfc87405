"""Files that a visitor of the page uploads: taken, kept beside the library, forgotten."""

import hashlib
import re
import secrets
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import fastapi
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from ingest.beside import NAME as BESIDE
from ingest.report import IngestReport
from ui.web.html import named

MAX_FILE_BYTES = 25 * 1024 * 1024
MAX_FILES = 20
"""So many are added at a time; more are taken in turn."""
MOST_WAITING = 400
"""Of all visitors together."""
_FORGOTTEN_SECONDS = 3600


class Inbox:
    """Files that were uploaded and wait to be ingested."""

    # Gradio's own upload is closed. Under a mounted app it does not check that a file which an event names was uploaded
    # (`has_launched` stays False), so that an event could name any file of this machine, and it keeps a copy for good.

    def __init__(
        self, suffixes: Collection[str], *, most_waiting: int = MOST_WAITING, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.suffixes = tuple(sorted(suffixes))
        self._most_waiting = most_waiting
        self._now = now
        self._folder: Path | None = None
        self._waiting: dict[str, _Waiting] = {}

    async def receive(self, request: fastapi.Request) -> Response:
        """Stores the body as a file; answers with a token for it, or says in one line why not."""
        name = safe_name(request.query_params.get("name", ""))
        if Path(name).suffix.lower() not in self.suffixes:
            return _refused(name, f"no reader for this kind. Readers exist for {' '.join(self.suffixes)}.", 415)
        if name.lower() == BESIDE:
            return _refused(name, "it tells of the files beside it. Put it into their folder, and ingest that.", 415)
        self._forget_old()
        if len(self._waiting) >= self._most_waiting:
            return _refused(name, "too many files wait to be read. Try again in a minute.", 503)
        token = secrets.token_urlsafe(16)
        try:
            self._folder = self._folder or Path(tempfile.mkdtemp(prefix="footnoted-"))
            size = await _stored(request, self._folder / token)
        except ClientDisconnect:  # nobody is there to be told
            return Response(status_code=400)
        except OSError as error:
            return _refused(name, f"it could not be stored: {error.strerror}.", 507)
        if size > MAX_FILE_BYTES:
            problem = f"it is larger than {MAX_FILE_BYTES // 1024 // 1024} MB. Use `footnoted ingest`."
            return _refused(name, problem, 413)
        self.put(token, name, self._folder / token)
        return JSONResponse({"token": token})

    def put(self, token: str, name: str, path: Path) -> None:
        """Has a file wait."""
        self._waiting[token] = _Waiting(name, path, self._now())

    def take(self, tokens: Sequence[str]) -> list[tuple[str, Path]]:
        """The names and files of these tokens, which are then forgotten."""
        found = [self._waiting.pop(token, None) for token in dict.fromkeys(tokens)]
        return [(waiting.name, waiting.path) for waiting in found if waiting is not None]

    def close(self) -> None:
        """Removes what still waits."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _forget_old(self) -> None:
        """Removes files that nobody came back for."""
        old = [token for token, one in self._waiting.items() if self._now() - one.since > _FORGOTTEN_SECONDS]
        for _, path in self.take(old):
            path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A file that was uploaded, under its name, and when."""

    name: str
    path: Path
    since: float


def _refused(name: str, problem: str, status: int) -> Response:
    return JSONResponse({"error": f"{name} was not added: {problem}"}, status)


async def _stored(request: fastapi.Request, path: Path) -> int:
    """Writes the body of a request to a file; gives its size. Of one that is broken off or too large nothing stays."""
    size = 0
    try:
        with path.open("wb") as file:
            async for piece in request.stream():
                size += len(piece)
                if size > MAX_FILE_BYTES:
                    break
                file.write(piece)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    if size > MAX_FILE_BYTES:
        path.unlink()
    return size


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
) -> tuple[list[str], list[str]]:
    """Copies files into a folder, so that they are there when it is ingested again, and adds them.

    Returns what came of it, and why files were not added. `waiting` are names with files, `add` ingests. Raises the
    errors of `add`, and OSError where a file is not stored.
    """
    if not waiting:
        return [], []
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
    return lines + _told_of(report), [failure.error for failure in report.failed]


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
