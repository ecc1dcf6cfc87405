"""The library as a visitor of the page meets it: what is in it, what a choice means, files that are added."""

import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.report import IngestReport
from rag.assistant import Assistant
from rag.domain import Span
from rag.errors import FootnotedError, InputError
from ui.web.chooser import chooser_html, meant_html
from ui.web.conversation import SEE_LOG
from ui.web.document import document_html
from ui.web.frame import welcome_html
from ui.web.html import error_html, named, notes_html, progress_html
from ui.web.naming import id_of
from ui.web.shelf import library_html
from ui.web.told import Opened, Scope, Sent, read
from ui.web.uploads import MAX_FILES, Inbox, keep_and_add

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """What changes on the page with the library."""

    welcome: str
    pane: str
    chooser: str


@dataclass(frozen=True, slots=True)
class LibraryDesk:
    """What visitors do with the library."""

    assistant: Assistant
    inbox: Inbox
    add_files: Callable[[list[Path]], IngestReport]
    examples: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Tells this library from others, and nothing of where it lies."""
        return hashlib.sha256(str(self.assistant.library.folder.resolve()).encode()).hexdigest()[:12]

    def greet(self) -> Shown:
        """The welcome, the pane before anything is open, and the documents that can be chosen."""
        catalog = self.assistant.library.catalog
        try:
            examples = self.examples or self.assistant.examples()
            welcome = welcome_html(catalog.counts()[0], examples)
            return Shown(welcome, self.listed(), chooser_html(catalog.tag_counts(), catalog.outlet_counts()))
        except FootnotedError as error:
            return Shown(error_html(str(error)), "", "")

    def listed(self) -> str:
        """What is in the library."""
        try:
            catalog = self.assistant.library.catalog
            return library_html(catalog.documents(), catalog.counts()[1])
        except FootnotedError as error:
            return error_html(str(error))

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
            lines += keep_and_add(waiting[:MAX_FILES], self.assistant.library.folder / "uploads", self.add_files)
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
        yield notes_html(lines), self.greet()
