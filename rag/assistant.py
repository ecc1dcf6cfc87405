"""The assistant: a question in, an answer with its proof out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from rag.answer.talk import examples, reply, suggests
from rag.answering import LONGEST_QUERY, Answering
from rag.domain import Answer, AnswerEvent, AnswerKind, Finished, Judgement, Mode, Outcome, Retrieved, Turn, Within
from rag.errors import InputError, LibraryError
from rag.evidence.judge import judge
from rag.library.library import DiskLibrary
from rag.library.scope import scope_of
from rag.library.scoped import ScopedLibrary
from rag.models.language.local import LocalLanguageModel
from rag.ports import Embedder, LanguageModel, Reader, Verifier
from rag.question.talk import Said, talk_of
from rag.search.retrieve import retrieve
from rag.settings import Settings, load_settings
from rag.wiring import Parts, wire

_CHECKED_PASSAGES = 10
_DOCUMENTS_NAMED = 12
_OPENING = 3
"""So many passages of a document tell what can be asked of it."""


class Assistant:
    """Answers questions and checks claims from one library."""

    def __init__(self, parts: Parts, settings: Settings, today: Callable[[], date] = date.today) -> None:
        self._parts = parts
        self._settings = settings
        self._today = today
        self._has_told_outdated = False

    @classmethod
    def open(
        cls,
        library: str | Path | None = None,
        *,
        create: bool = False,
        embedder: Embedder | None = None,
        language_model: LanguageModel | None = None,
        find_model: bool = False,
        **settings: object,
    ) -> "Assistant":
        """The assistant over the library in a folder; `create` makes one where there is none.

        `embedder` and `language_model` stand in the place of the package's and of the one in the settings; with
        `find_model`, one that nobody configured is looked for on this machine. Other settings are named as in
        `rag.settings.Settings`. Raises SettingsError or LibraryError.
        """
        loaded = load_settings(library=library, **settings)
        parts = wire(loaded, create=create, embedder=embedder, language_model=language_model, find_model=find_model)
        return cls(parts, loaded)

    @property
    def library(self) -> DiskLibrary:
        """The library that is asked."""
        return self._parts.library

    @property
    def embedder(self) -> Embedder:
        """The model that turns text into vectors."""
        return self._parts.embedder

    @property
    def reader(self) -> Reader | None:
        """The model that finds answers in passages; None where there is none."""
        return self._parts.reader

    @property
    def verifier(self) -> Verifier | None:
        """The model that decides what exact checks leave open; None where there is none."""
        return self._parts.verifier

    @property
    def configuration(self) -> dict[str, object]:
        """What decides the answers beside the documents and the program: the settings, and the parts by kind."""
        parts = self._parts
        kinds = {
            "embedder": parts.embedder,
            "reader": parts.reader,
            "close_reader": parts.close_reader,
            "verifier": parts.verifier,
        }
        # A server may be given with a login in its address, which belongs into no report.
        endpoint = (self._settings.base_url or "").rpartition("@")[2] or None
        return {
            **self._settings.model_dump(mode="json", exclude={"library", "chroma_url", "base_url"}),
            "base_url": endpoint,
            "mode": str(Mode.EXTRACTIVE if parts.language_model is None else Mode.GENERATIVE),
            **{kind: part and getattr(part, "name", type(part).__name__) for kind, part in kinds.items()},
        }

    def with_language_model(self, model: LanguageModel | None) -> "Assistant":
        """An assistant over the same library whose answers this model writes; None for sentences of the documents."""
        return Assistant(replace(self._parts, language_model=model, prompt_tokens=None, told=""), self._settings)

    @property
    def told(self) -> str:
        """Which language model was found that nobody configured, for people to read; empty where none was."""
        return self._parts.told

    def close(self) -> None:
        """Lets go of the library's files, and ends the process of a language model, where there is one."""
        self._parts.library.close()
        if isinstance(self._parts.language_model, LocalLanguageModel):
            self._parts.language_model.end()

    def ask(
        self,
        question: str,
        *,
        turns: Sequence[Turn] = (),
        as_of: str | None = None,
        timeline: bool = False,
        only: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
    ) -> Answer:
        """The checked answer to a question (see `stream`).

        Raises InputError for an empty one, or where no document is meant, LibraryError for a broken library.
        """
        *_, last = self.stream(
            question, turns=turns, as_of=as_of, timeline=timeline, only=only, since=since, until=until
        )
        assert isinstance(last, Finished)
        return last.answer

    def stream(
        self,
        question: str,
        *,
        turns: Sequence[Turn] = (),
        as_of: str | None = None,
        timeline: bool = False,
        only: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
    ) -> Iterator[AnswerEvent]:
        """The passages found, the draft as it is written, and last the checked answer.

        `turns` are the exchanges before, oldest first: a question that leans on them is completed, and the answer's
        `query` is what was searched. With `as_of`, a day in ISO 8601, only documents published by then are used;
        `since` and `until`, days, months or years, bound when they were published; `only` names files, folders, tags,
        outlets or titles, and the others are left out. A `timeline` tells what the documents say on the matter by its
        days. Raises InputError where a date is none or no document is meant.
        """
        question = _checked_input("question", question)
        if said := talk_of(question):
            yield Retrieved(())
            yield Finished(self._talk(question, said))
            return
        within = self.scope(only=only, since=since, until=until, as_of=as_of)
        answering = Answering(self._parts, self._settings, within, self._today)
        yield from answering.events(question, turns, notices=self._outdated, timeline=timeline)

    def scope(
        self,
        *,
        only: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        as_of: str | None = None,
    ) -> Within:
        """The documents meant (see `stream`); raises InputError where there are none, LibraryError without any."""
        self._require_documents()
        return scope_of(self.library.catalog, only=only, since=since, until=until, as_of=as_of)

    def examples(self) -> tuple[str, ...]:
        """Questions to begin with, made of what the documents stored last call themselves; empty without documents."""
        catalog = self.library.catalog
        return examples([catalog.opening(id_, _OPENING) for id_, _ in catalog.latest(_DOCUMENTS_NAMED)])

    def _talk(self, question: str, said: Said) -> Answer:
        """One friendly line: nothing is searched, and nothing cited."""
        catalog = self.library.catalog
        documents = catalog.counts()[0]
        return Answer(
            question=question,
            query=question,
            outcome=Outcome.ANSWERED,
            answerable=1.0,
            mode=Mode.EXTRACTIVE,
            text=reply(said, documents, [origin for _, origin in catalog.latest(_DOCUMENTS_NAMED)]),
            kind=AnswerKind.TALK,
            suggestions=self.examples() if suggests(said) else (),
        )

    def check(
        self,
        claim: str,
        *,
        document: str | None = None,
        as_of: str | None = None,
        only: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
    ) -> Judgement:
        """What the library, the documents meant (see `stream`), or the one document with this id, say of a claim.

        Raises InputError for an empty claim, or where no document is meant.
        """
        claim = _checked_input("claim", claim)
        within = self.scope(only=only, since=since, until=until, as_of=as_of)
        if document is None:
            library = ScopedLibrary(self._parts.library, within)
            found = retrieve(claim, library=library, embedder=self._parts.embedder, limit=_CHECKED_PASSAGES)
            passages = [scored.passage for scored in found]
        else:
            passages = self._parts.library.passages_of(document)
        return judge(claim, passages, verifier=self._parts.verifier, document=self._parts.library.document)

    def _require_documents(self) -> None:
        library = self._parts.library
        library.require_files()
        if library.catalog.is_empty():
            raise LibraryError(f"The library {library.folder} is empty. Fill it with `footnoted ingest PATH`.")

    def _outdated(self) -> list[str]:
        """What is to be told of documents that an earlier version read, at the first question alone."""
        if self._has_told_outdated:
            return []
        self._has_told_outdated = True
        return self._parts.library.outdated()


def _checked_input(kind: str, text: str) -> str:
    # A command line can hold bytes that are no text; they reach Python as lone surrogates, which cannot be written.
    one_line = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
    if not one_line:
        raise InputError(f"The {kind} is empty. Type one.")
    if len(one_line) > LONGEST_QUERY:
        raise InputError(f"The {kind} has {len(one_line)} characters. Use at most {LONGEST_QUERY}.")
    return one_line
