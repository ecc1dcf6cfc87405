"""The library as a visitor of the page meets it: what is in it, what a choice means, files that come and go."""

import hashlib
import logging
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.report import IngestReport
from rag.assistant import Assistant
from rag.domain import Span, Within
from rag.errors import FootnotedError, InputError
from rag.library.removed import Removed, put_back, take_out
from ui.web.chooser import chooser_html, meant_html
from ui.web.conversation import SEE_LOG
from ui.web.document import document_html
from ui.web.frame import welcome_html
from ui.web.html import error_html, named, notes_html, progress_html
from ui.web.naming import id_of, title_of
from ui.web.shelf import PAGE, Shelf, library_html, removed_html
from ui.web.told import Browsed, Changed, Opened, Scope, Sent, read
from ui.web.uploads import MAX_FILES, Inbox, keep_and_add

UNDO_SECONDS = 15
"""How long what was removed can be put back; the page offers it for ten."""
_MOST_FAILED = 100
_ALL = Browsed()
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """What changes on the page with the library."""

    welcome: str
    pane: str | None
    """None where a document is open, which stays so."""
    chooser: str


@dataclass(frozen=True, slots=True)
class LibraryDesk:
    """What visitors do with the library."""

    assistant: Assistant
    inbox: Inbox
    add_files: Callable[[list[Path]], IngestReport]
    examples: tuple[str, ...] = ()
    now: Callable[[], float] = time.monotonic
    _removed: dict[str, tuple[float, Removed]] = field(default_factory=dict)
    _failed: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Tells this library from others, and nothing of where it lies."""
        return hashlib.sha256(str(self.assistant.library.folder.resolve()).encode()).hexdigest()[:12]

    def greet(self, browsed: Browsed | None = _ALL) -> Shown:
        """The welcome, a page of the library unless something else is open, and the documents that can be chosen."""
        catalog = self.assistant.library.catalog
        try:
            self.assistant.library.require_files()
            examples = self.examples or self.assistant.examples()
            welcome = welcome_html(catalog.counts()[0], examples)
            return Shown(
                welcome,
                self._listed(browsed) if browsed else None,
                chooser_html(catalog.tag_counts(), catalog.outlet_counts()),
            )
        except FootnotedError as error:
            return Shown(error_html(str(error)), "", "")

    def listed(self, told: object) -> str:
        """A page of what is in the library."""
        try:
            return self._listed(read(Browsed, told))
        except FootnotedError as error:
            return error_html(str(error))

    def _listed(self, browsed: Browsed) -> str:
        self.assistant.library.require_files()
        catalog = self.assistant.library.catalog
        within = Within(only=(browsed.part,) if browsed.part else ())
        documents, found = catalog.shelf(
            browsed.words, suffix=browsed.suffix, within=within, order=browsed.order, first=browsed.first, limit=PAGE
        )
        shelf = Shelf(
            documents,
            found,
            catalog.counts(),
            browsed,
            catalog.tag_counts(),
            catalog.outlet_counts(),
            catalog.suffix_counts(),
            tuple(self._failed.items()),
        )
        return library_html(shelf)

    def changed(self, told: object) -> tuple[str, Shown | None]:
        """Removes a document, puts one back, or forgets that a file failed: what is told of it, what has changed."""
        self.tidy()
        try:
            change = read(Changed, told)
            said = self._remove(change.remove) if change.remove else self._undo(change.undo) if change.undo else ""
            self._failed.pop(change.dismiss, None)
            return said, self.greet(change.browsed)
        except FootnotedError as error:
            return error_html(str(error)), None
        except ValueError:
            return error_html("There is no such document."), None

    def _remove(self, name: str) -> str:
        library = self.assistant.library
        with library.writing() as writer:
            removed = take_out(id_of(name), library.catalog, writer)
        token = secrets.token_urlsafe(16)
        self._removed[token] = self.now(), removed
        is_ours = any(self._is_upload(entry.source) for entry in removed.entries)
        stays = "" if is_ours else "Its file stays where it is, and comes back when its folder is ingested again."
        return removed_html(token, title_of(removed.document.origin), stays)

    def _undo(self, token: str) -> str:
        if token not in self._removed:
            raise InputError("It is too late to undo this. Add the file again.")
        with self.assistant.library.writing() as writer:
            put_back(self._removed[token][1], writer)
        _, removed = self._removed.pop(token)
        return notes_html([f"{title_of(removed.document.origin)} is back."])

    def tidy(self, *, all_: bool = False) -> None:
        """Deletes uploaded files of documents that were removed, where nobody can put them back any more."""
        for token, (since, removed) in list(self._removed.items()):
            if all_ or self.now() - since > UNDO_SECONDS:
                del self._removed[token]
                for entry in removed.entries:
                    if self._is_upload(entry.source) and self.assistant.library.catalog.entry(entry.source) is None:
                        Path(entry.source).unlink(missing_ok=True)

    @property
    def _uploads(self) -> Path:
        return self.assistant.library.folder / "uploads"

    def _is_upload(self, source: str) -> bool:
        return Path(source).parent.resolve() == self._uploads.resolve()

    def opened(self, told: object) -> str:
        """The document that was clicked, at the words that were clicked."""
        try:
            place = read(Opened, told)
            document = self.assistant.library.document(id_of(place.document))
            span = Span(place.start, place.end)
            quotes = [Span(start, end) for start, end in place.quotes if start < end]
        except FootnotedError as error:
            return error_html(str(error))
        except ValueError:
            return error_html("That is no place in a document.")
        here = [span] if span.end > span.start else []
        return document_html(document, [*here, *quotes], here=span, whole=place.whole)

    def meant(self, told: object) -> str:
        """How many documents a choice means, or why it means none; nothing where all are meant."""
        try:
            scope = read(Scope, told)
            if scope.is_everything:
                return ""
            catalog = self.assistant.library.catalog
            within = self.assistant.scope(**scope.as_options())
            return meant_html(catalog.shelf(within=within, limit=1)[1], catalog.counts()[0])
        except FootnotedError as error:
            return error_html(str(error))

    def added(self, told: object) -> Iterator[tuple[str, Shown | None]]:
        """Takes files that were uploaded into the library: what is told of it, and then what has changed."""
        try:
            sent = read(Sent, told)
        except InputError as error:
            yield error_html(str(error)), None
            return
        lines = list(sent.refused)
        waiting = self.inbox.take(sent.tokens)
        if waiting:
            yield progress_html(f"Reading {named([name for name, _ in waiting])}"), None
        try:
            told_of, failed = keep_and_add(waiting[:MAX_FILES], self._uploads, self.add_files)
            lines += told_of
            for why in failed:
                self._failed[secrets.token_urlsafe(8)] = why
            while len(self._failed) > _MOST_FAILED:
                del self._failed[next(iter(self._failed))]
            if len(waiting) > MAX_FILES:
                lines.append(f"Only {MAX_FILES} files at once are added here. Use `footnoted ingest` for more.")
        except FootnotedError as error:
            lines.append(str(error))
        except OSError as error:
            lines.append(f"The files could not be stored: {error.strerror}.")
        except Exception:  # noqa: BLE001  # the page's last resort: one line here, the traceback in the log
            _log.exception("The files could not be added")
            lines.append(f"Something went wrong while adding the files. {SEE_LOG}")
        finally:
            for _, path in waiting:
                path.unlink(missing_ok=True)
        yield notes_html(lines, batch=sent.batch), self.greet(sent.browsed)
