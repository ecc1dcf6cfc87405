"""The assistant: a question in, an answer with its proof out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from rag.answer.answerable import answerable
from rag.answer.choose import lead_with
from rag.answer.draft import Draft, written
from rag.answer.plan import Plan, claims_of, conflicts_of, plan, plan_timeline
from rag.answer.rank import Ranked, rank_statements
from rag.domain import (
    Answer,
    AnswerEvent,
    Finished,
    Judgement,
    Mode,
    Preliminary,
    Retrieved,
    ScoredPassage,
    TextDelta,
    Turn,
)
from rag.errors import InputError, LibraryError
from rag.evidence.cite import Footnotes
from rag.evidence.judge import judge
from rag.generate.generate import Writer
from rag.generate.write import write_answer
from rag.library.library import DiskLibrary
from rag.models.language.local import LocalLanguageModel
from rag.ports import Embedder, LanguageModel, Reader, Verifier
from rag.question.capitals import with_capitals
from rag.question.follow_up import self_contained
from rag.question.understand import asked_one_by_one, without_newest
from rag.search.rerank import CANDIDATES, ReadPassage, rerank, spread
from rag.search.retrieve import asked_in, retrieve
from rag.settings import Settings, load_settings
from rag.wiring import Parts, wire

_CHECKED_PASSAGES = 10
_LONGEST_INPUT = 2000


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
        kinds = {"embedder": parts.embedder, "reader": parts.reader, "verifier": parts.verifier}
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
        self, question: str, *, turns: Sequence[Turn] = (), as_of: str | None = None, timeline: bool = False
    ) -> Answer:
        """The checked answer to a question; raises InputError for an empty one, LibraryError for a broken library."""
        *_, last = self.stream(question, turns=turns, as_of=as_of, timeline=timeline)
        assert isinstance(last, Finished)
        return last.answer

    def stream(
        self, question: str, *, turns: Sequence[Turn] = (), as_of: str | None = None, timeline: bool = False
    ) -> Iterator[AnswerEvent]:
        """The passages found, the draft as it is written, and last the checked answer.

        `turns` are the exchanges before, oldest first: a question that leans on them is completed, and the answer's
        `query` is what was searched. With `as_of`, a day in ISO 8601, only documents published by then are used;
        raises InputError where it is no day. A `timeline` tells what the documents say on the matter by its days.
        """
        question = _checked_input("question", question)
        query = self_contained(question, turns)
        if len(query) > _LONGEST_INPUT:
            query = question
        asked = asked_in(query, self._parts.library)
        draft = Draft(question, query, as_of=_checked_day(as_of))
        if asked.newest:
            draft.today = date.fromisoformat(draft.as_of) if draft.as_of else self._today()
        self._require_documents()
        if draft.as_of and (undated := self._parts.library.catalog.undated()):
            counted = "1 document" if undated == 1 else f"{undated} documents"
            draft.notices.append(f"Left out, since they do not say when they were published: {counted}.")
        draft.notices += self._outdated()
        with draft.timed("retrieve"):
            candidates = retrieve(
                draft.query,
                library=self._parts.library,
                embedder=self._parts.embedder,
                limit=max(CANDIDATES, self._settings.passages),
                as_of=draft.as_of,
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
        best = spread(draft.read, draft.stories, limit=self._settings.passages)
        yield Retrieved(tuple(ScoredPassage(one.passage, one.score) for one in best))
        with draft.timed("answer"):
            ranked = self._ranked(draft.meant, best)
            draft.answerable = self._answerable(draft, ranked, best)
            ranked = lead_with(
                [self._ranked(part, self._reread(part, best)) for part in asked_one_by_one(draft.meant)], ranked
            )
        if self._parts.language_model is not None and ranked and not timeline:
            yield from self._generate(draft, ranked, self._parts.language_model)
            return
        yield from self._extract(draft, ranked, timeline=timeline)

    def check(self, claim: str, *, document: str | None = None) -> Judgement:
        """What the library, or the one document with this id, says of a claim; raises InputError for an empty claim."""
        claim = _checked_input("claim", claim)
        self._require_documents()
        if document is None:
            found = retrieve(claim, library=self._parts.library, embedder=self._parts.embedder, limit=_CHECKED_PASSAGES)
            passages = [scored.passage for scored in found]
        else:
            passages = self._parts.library.passages_of(document)
        return judge(claim, passages, verifier=self._parts.verifier, document=self._parts.library.document)

    def _ranked(self, question: str, best: Sequence[ReadPassage]) -> list[Ranked]:
        parts = self._parts
        return rank_statements(question, best, library=parts.library, embedder=parts.embedder, reader=parts.reader)

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

    def _extract(self, draft: Draft, ranked: Sequence[Ranked], *, timeline: bool) -> Iterator[AnswerEvent]:
        notes = Footnotes(self._parts.library.document)
        verifier = self._parts.verifier
        claims = []
        with draft.timed("verify"):
            planned = self._plan(draft, ranked, timeline=timeline)
            for claim in claims_of(planned, draft.read, notes, verifier=verifier):
                claims.append(claim)
                yield TextDelta(written(claim) + " ")
            conflicts = list(conflicts_of(planned.disagreements, notes))
        draft.notices += filter(None, [planned.notice])
        yield Finished(draft.answer(claims, notes, Mode.EXTRACTIVE, lead=planned.lead, conflicts=conflicts))

    def _plan(self, draft: Draft, ranked: Sequence[Ranked], *, timeline: bool) -> Plan:
        if draft.answerable < self._settings.answerable_at:
            return Plan()
        if timeline:
            return plan_timeline(draft.meant, ranked)
        return plan(
            draft.meant,
            ranked,
            draft.read,
            verifier=self._parts.verifier,
            stories=draft.stories,
            newest=draft.today is not None,
        )

    def _generate(self, draft: Draft, ranked: Sequence[Ranked], model: LanguageModel) -> Iterator[AnswerEvent]:
        """The answer in the documents' own words at once, then the one that the model and these come to."""
        noticed, options = list(draft.notices), self._settings
        *_, plain = self._extract(draft, ranked, timeline=False)
        assert isinstance(plain, Finished)
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


def _checked_day(written: str | None) -> str | None:
    try:
        return None if written is None else date.fromisoformat(written).isoformat()
    except ValueError:
        raise InputError(f"'{written}' is no day. Write it like 2025-05-30.") from None
