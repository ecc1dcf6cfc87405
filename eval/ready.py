"""Makes a suite ready to be asked: its documents in a library, and an assistant over it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from eval.corpus import Corpus, read_corpus
from eval.kept import library_of
from eval.library import OpenAssistant, open_assistant, open_library, opened_assistant, temporary_assistant
from eval.suite import Suite
from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.errors import InputError


@contextmanager
def ready(
    suite: Suite, *, assistant: OpenAssistant = open_assistant, cache: Path | None = None
) -> Iterator[tuple[Assistant, Corpus]]:
    """The assistant over the suite's documents, and these; the library is kept in `cache` where one is given.

    Raises InputError where a case names a document that is not there.
    """
    with _opened(suite, assistant, cache) as opened:
        yield opened, _fill(suite, opened)


def _opened(suite: Suite, assistant: OpenAssistant, cache: Path | None) -> AbstractContextManager[Assistant]:
    """The assistant over the suite's library: the person's that it names, a kept one, or a temporary one."""
    if suite.library is not None:
        return opened_assistant(open_library, suite.library)
    if suite.documents is None or cache is None:
        return temporary_assistant(assistant)
    return opened_assistant(assistant, library_of(cache, suite.documents))


def _fill(suite: Suite, assistant: Assistant) -> Corpus:
    """The suite's documents, now in the assistant's library; raises InputError where one that a case names is not."""
    if suite.documents is None:
        return read_corpus(assistant.library)
    report = ingest([suite.documents], into=assistant)
    corpus = read_corpus(assistant.library, suite.documents)
    named = {
        entry.document: case.id
        for case in suite.cases
        if not case.documents and not case.draft
        for part in case.evidence
        for entry in part
    }
    missing = sorted(named.keys() - corpus.ids.keys())
    if missing:
        why = "; ".join(f"{failure.path}: {failure.error}" for failure in report.failed) or "it is not there"
        raise InputError(
            f"The case '{named[missing[0]]}' names {missing[0]}, which {suite.documents} did not give: {why}."
        )
    return corpus
