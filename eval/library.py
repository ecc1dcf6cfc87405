"""The libraries that a suite is run in: its own, never the person's, save where that one is named."""

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from threading import Lock

from eval.cases import Case, GivenDocument
from eval.corpus import Corpus, read_corpus
from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.domain import Document, Origin
from rag.errors import InputError

OpenAssistant = Callable[[Path], Assistant]


def open_assistant(library: Path) -> Assistant:
    """The assistant of the person's settings, over a new library in this folder."""
    # No Chroma server, whatever the settings say: it holds the vectors of the person's own library.
    return Assistant.open(library, create=True, chroma_url="")


def open_library(library: Path) -> Assistant:
    """The assistant of the person's settings, over a library of theirs."""
    return Assistant.open(library)


@contextmanager
def temporary_assistant(assistant: OpenAssistant) -> Iterator[Assistant]:
    """The assistant that `assistant` opens over an empty library in a temporary folder."""
    # Windows keeps Chroma's files open for a while; a library left in the temporary folder harms nobody.
    with (
        tempfile.TemporaryDirectory(prefix="footnoted-eval-", ignore_cleanup_errors=True) as folder,
        opened_assistant(assistant, Path(folder) / "library") as opened,
    ):
        yield opened


@contextmanager
def opened_assistant(assistant: OpenAssistant, folder: Path) -> Iterator[Assistant]:
    """The assistant over the library in a folder that stays."""
    opened = assistant(folder)
    try:
        yield opened
    finally:
        opened.close()


class CaseLibraries:
    """The libraries of documents that cases bring: one for all cases that bring the same, closed after the last."""

    def __init__(self, assistant: OpenAssistant, cases: Sequence[Case]) -> None:
        """`cases` are all that will be told to be `done`."""
        self._assistant = assistant
        self._waiting = Counter(case.documents for case in cases)
        self._locks = {documents: Lock() for documents in self._waiting}
        self._filled: dict[tuple[GivenDocument, ...], tuple[Assistant, Corpus, ExitStack]] = {}

    def __enter__(self) -> "CaseLibraries":
        return self

    def __exit__(self, *error: object) -> None:
        for _, _, closing in self._filled.values():
            closing.close()

    def of(self, case: Case) -> tuple[Assistant, Corpus]:
        """The assistant over the documents of a case, and these; raises InputError where one cannot be read."""
        with self._locks[case.documents]:
            if case.documents not in self._filled:
                with ExitStack() as closing:
                    own = closing.enter_context(temporary_assistant(self._assistant))
                    self._filled[case.documents] = own, fill_with(case.documents, own), closing.pop_all()
            return self._filled[case.documents][:2]

    def done(self, case: Case) -> None:
        """Closes the library of a case after the last that brings its documents."""
        with self._locks[case.documents]:
            self._waiting[case.documents] -= 1
            if not self._waiting[case.documents] and case.documents in self._filled:
                _, _, closing = self._filled.pop(case.documents)
                closing.close()


def fill_with(documents: Sequence[GivenDocument], assistant: Assistant) -> Corpus:
    """Ingests the documents of a case; the corpus names them by their own ids."""
    with tempfile.TemporaryDirectory(prefix="footnoted-eval-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "documents.jsonl"
        lines = [json.dumps({k: v for k, v in asdict(one).items() if v is not None}) for one in documents]
        file.write_text("\n".join(lines), encoding="utf-8")
        report = ingest([file], into=assistant, text_field="text")
    if report.failed:
        raise InputError(f"A document of a case cannot be read: {report.failed[0].error}")
    return named_by_case(documents, read_corpus(assistant.library))


def named_by_case(documents: Sequence[GivenDocument], stored: Corpus) -> Corpus:
    """The same corpus by the case's names: two documents with the same words are stored as one."""
    by_text = {document.text: id_ for id_, document in stored.documents.items()}
    ids = {
        one.id: one.id if one.id in stored.documents else by_text[one.text]
        for one in documents
        if one.id in stored.documents or one.text in by_text
    }
    return Corpus(ids, stored.documents, stored.files)


def given(documents: Sequence[GivenDocument]) -> Corpus:
    """The documents of a case as they are, in no library."""
    known = {
        one.id: Document(one.id, one.text, Origin(one.id, one.title, one.outlet, one.published)) for one in documents
    }
    return Corpus({id_: id_ for id_ in known}, known, {})
