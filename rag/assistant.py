"""The assistant: a question in, an answer with its proof out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from rag.answer.answerable import answerable
from rag.answer.choose import lead_with
from rag.answer.draft import Draft, likeliest, written
from rag.answer.matter import Matter
from rag.answer.paths import plan
from rag.answer.plan import Plan, claims_of, computed_of, conflicts_of
from rag.answer.rank import Ranked, rank_statements
from rag.answer.talk import examples, reply, suggests
from rag.domain import (
    Answer,
    AnswerEvent,
    AnswerKind,
    Claim,
    Finished,
    Judgement,
    Mode,
    Outcome,
    Preliminary,
    Retrieved,
    ScoredPassage,
    TextDelta,
    Turn,
    Within,
)
from rag.errors import InputError, LibraryError
from rag.evidence.cite import Footnotes
from rag.evidence.judge import judge
from rag.generate.generate import Writer
from rag.generate.write import write_answer
from rag.library.library import DiskLibrary
from rag.library.scope import scope_of
from rag.library.scoped import ScopedLibrary
from rag.models.language.local import LocalLanguageModel
from rag.ports import Embedder, LanguageModel, Library, Reader, Verifier
from rag.question.capitals import with_capitals
from rag.question.follow_up import completions
from rag.question.talk import Said, talk_of, without_greeting
from rag.question.understand import asked_one_by_one, without_newest
from rag.search.alike import names_alike
from rag.search.rerank import CANDIDATES, ReadPassage, rerank, spread
from rag.search.retrieve import asked_in, retrieve
from rag.settings import Settings, load_settings
from rag.wiring import Parts, wire

_CHECKED_PASSAGES = 10
_NOT_WRITTEN = frozenset(
    {AnswerKind.COMPUTED, AnswerKind.LIST, AnswerKind.STEPS, AnswerKind.DOCUMENTS, AnswerKind.SUMMARY}
)
"""Kinds of answers that no language model writes anew."""
_LONGEST_INPUT = 2000
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
        library = ScopedLibrary(self._parts.library, within)
        queries = completions(without_greeting(question), turns, partial(names_alike, library=library))
        drafts = [self._read(question, query, within, library) for query in queries if len(query) <= _LONGEST_INPUT]
        if len(drafts) > 1:  # it can be completed in several ways: the documents decide
            for draft in drafts:
                self._rank(draft)
        draft = likeliest(drafts or [self._read(question, question, within, library)])
        draft.notices += self._outdated()
        best = draft.best
        yield Retrieved(tuple(ScoredPassage(one.passage, one.score) for one in best))
        if len(drafts) < 2:
            self._rank(draft)
        ranked = draft.ranked
        with draft.timed("answer"):
            ranked = lead_with(
                [self._ranked(part, self._reread(part, best)) for part in asked_one_by_one(draft.meant)], ranked
            )
        if self._parts.language_model is not None and ranked and not timeline:
            yield from self._generate(draft, ranked, library, self._parts.language_model)
        else:
            yield from self._extract(draft, ranked, library, timeline=timeline)

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

    def _read(self, question: str, query: str, within: Within, library: Library) -> Draft:
        """A draft of the answer to a query, with the passages that were found and read for it."""
        asked = asked_in(query, library)
        draft = Draft(question, query, as_of=within.as_of)
        if asked.newest:
            draft.today = date.fromisoformat(draft.as_of) if draft.as_of else self._today()
        is_dated = draft.as_of or within.published
        if is_dated and (undated := self.library.catalog.undated(Within(only=within.only))):
            counted = "1 document" if undated == 1 else f"{undated} documents"
            draft.notices.append(f"Left out, since they do not say when they were published: {counted}.")
        with draft.timed("retrieve"):
            candidates = retrieve(
                draft.query,
                library=library,
                embedder=self._parts.embedder,
                limit=max(CANDIDATES, self._settings.passages),
            )
        with draft.timed("rerank"):
            candidates = draft.without_orders(candidates)  # the reader too must not be led by them
            draft.meant = with_capitals(draft.query, [one.passage for one in candidates])
            draft.read = rerank(
                draft.meant,
                candidates,
                reader=self._parts.reader,
                limit=max(CANDIDATES, self._settings.passages),
                keep_order=len(asked.parts) > 1,
            )
        draft.stories = self._parts.library.stories(list({one.passage.document for one in draft.read}))
        draft.best = spread(draft.read, draft.stories, limit=self._settings.passages)
        return draft

    def _rank(self, draft: Draft) -> None:
        """Ranks what the best passages of a draft say, and tells how likely an answer is."""
        with draft.timed("answer"):
            draft.ranked = self._ranked(draft.meant, draft.best)
            draft.answerable = self._answerable(draft, draft.ranked, draft.best)

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

    def _ranked(self, question: str, best: Sequence[ReadPassage]) -> list[Ranked]:
        parts = self._parts
        return rank_statements(
            question, best, library=parts.library, embedder=parts.embedder, close_reader=parts.close_reader
        )

    def _answerable(self, draft: Draft, ranked: Sequence[Ranked], best: Sequence[ReadPassage]) -> float:
        """The probability of an answer; where the newest is asked for, that there is any on the matter."""
        probability = answerable(draft.meant, ranked, best)
        matter = without_newest(draft.meant) if draft.today else draft.meant
        if matter == draft.meant:
            return probability
        # The reader knows what things are, not how they stand today: the documents' days decide that.
        reread = self._reread(matter, best)
        return max(probability, answerable(matter, self._ranked(matter, reread), reread))

    def _reread(self, part: str, best: Sequence[ReadPassage]) -> list[ReadPassage]:
        """The passages read for one part of the question."""
        found = [ScoredPassage(one.passage, one.score) for one in best]
        return rerank(part, found, reader=self._parts.reader, limit=len(found))

    def _require_documents(self) -> None:
        library = self._parts.library
        if library.catalog.is_empty():
            raise LibraryError(f"The library {library.folder} is empty. Fill it with `footnoted ingest PATH`.")

    def _outdated(self) -> list[str]:
        """What is to be told of documents that an earlier version read, at the first question alone."""
        if self._has_told_outdated:
            return []
        self._has_told_outdated = True
        return self._parts.library.outdated()

    def _extract(
        self, draft: Draft, ranked: Sequence[Ranked], library: Library, *, timeline: bool
    ) -> Iterator[AnswerEvent]:
        notes = Footnotes(self._parts.library.document)
        verifier = self._parts.verifier
        claims: list[Claim] = []
        computed = None
        with draft.timed("verify"):
            planned = self._plan(draft, ranked, library, timeline=timeline)
            if planned.computation and (told := computed_of(planned.computation, notes)):
                claim, computed = told
                claims.append(claim)
                yield TextDelta(written(claim) + " ")
            for claim in claims_of(planned, draft.read, notes, verifier=verifier):
                claims.append(claim)
                yield TextDelta(written(claim) + " ")
            conflicts = list(conflicts_of(planned.disagreements, notes))
        draft.notices += filter(None, [planned.notice])
        yield Finished(
            draft.answer(
                claims,
                notes,
                Mode.EXTRACTIVE,
                lead=planned.lead,
                conflicts=conflicts,
                kind=planned.kind,
                computed=computed,
            )
        )

    def _plan(self, draft: Draft, ranked: Sequence[Ranked], library: Library, *, timeline: bool) -> Plan:
        matter = Matter(
            draft.meant,
            ranked,
            draft.read,
            draft.stories,
            library,
            self._parts.verifier,
            newest=draft.today is not None,
        )
        return plan(matter, is_answerable=draft.answerable >= self._settings.answerable_at, timeline=timeline)

    def _generate(
        self, draft: Draft, ranked: Sequence[Ranked], library: Library, model: LanguageModel
    ) -> Iterator[AnswerEvent]:
        """The answer in the documents' own words at once, then the one that the model and these come to.

        What is computed, or taken whole from the documents, a model can only spoil.
        """
        noticed, options = list(draft.notices), self._settings
        *_, plain = self._extract(draft, ranked, library, timeline=False)
        assert isinstance(plain, Finished)
        if plain.answer.kind in _NOT_WRITTEN and plain.answer.outcome is Outcome.ANSWERED:
            yield plain
            return
        yield Preliminary(plain.answer)
        draft.notices = noticed
        writer = Writer(
            model,
            prompt_tokens=options.prompt_tokens or self._parts.prompt_tokens,
            context_tokens=options.context_tokens,
            max_tokens=options.max_answer_tokens,
        )
        yield Finished(
            (yield from write_answer(draft, plain.answer, ranked, writer, self._parts.library, self._parts.verifier))
        )


def _checked_input(kind: str, text: str) -> str:
    # A command line can hold bytes that are no text; they reach Python as lone surrogates, which cannot be written.
    one_line = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
    if not one_line:
        raise InputError(f"The {kind} is empty. Type one.")
    if len(one_line) > _LONGEST_INPUT:
        raise InputError(f"The {kind} has {len(one_line)} characters. Use at most {_LONGEST_INPUT}.")
    return one_line
