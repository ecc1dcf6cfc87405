"""The way of a question to its answer: completed, searched, read, ranked, and then planned or written."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from rag.answer.answerable import answerable
from rag.answer.choose import lead_with
from rag.answer.draft import Draft, likeliest, written
from rag.answer.matter import Matter
from rag.answer.paths import plan
from rag.answer.plan import claims_of, computed_of, conflicts_of
from rag.answer.rank import Ranked, rank_statements
from rag.domain import (
    AnswerEvent,
    AnswerKind,
    Claim,
    Finished,
    Mode,
    Outcome,
    Preliminary,
    Retrieved,
    ScoredPassage,
    TextDelta,
    Turn,
    Within,
)
from rag.evidence.cite import Footnotes
from rag.generate.generate import Writer
from rag.generate.write import write_answer
from rag.library.scoped import ScopedLibrary
from rag.ports import LanguageModel, Library
from rag.question.capitals import with_capitals
from rag.question.follow_up import completions
from rag.question.talk import without_greeting
from rag.question.understand import asked_one_by_one, without_newest
from rag.search.alike import names_alike
from rag.search.rerank import CANDIDATES, ReadPassage, rerank, spread
from rag.search.retrieve import asked_in, retrieve
from rag.settings import Settings
from rag.wiring import Parts

LONGEST_QUERY = 2000
"""A question of more characters is not searched."""
_NOT_WRITTEN = frozenset(
    {AnswerKind.COMPUTED, AnswerKind.LIST, AnswerKind.STEPS, AnswerKind.DOCUMENTS, AnswerKind.SUMMARY}
)
"""Kinds of answers that no language model writes anew."""


@dataclass(frozen=True, slots=True)
class Answering:
    """What questions are answered with: the parts of an assistant, its settings, and the documents that are meant."""

    parts: Parts
    settings: Settings
    within: Within
    today: Callable[[], date]

    @property
    def library(self) -> Library:
        """The documents that are meant, and no other."""
        return ScopedLibrary(self.parts.library, self.within)

    def events(
        self, question: str, turns: Sequence[Turn], *, notices: Callable[[], list[str]], timeline: bool
    ) -> Iterator[AnswerEvent]:
        """The passages found, the draft as it is written, and last the checked answer; `notices` stand in it first."""
        draft = self._draft(question, turns)
        draft.notices += notices()
        yield Retrieved(tuple(ScoredPassage(one.passage, one.score) for one in draft.best))
        ranked = self._ranked_by_parts(draft)
        model = self.parts.language_model
        if model is not None and ranked and not timeline:
            yield from self._generate(draft, ranked, model)
        else:
            yield from self._extract(draft, ranked, timeline=timeline)

    def _draft(self, question: str, turns: Sequence[Turn]) -> Draft:
        """A draft of the answer; where a question can be completed in several ways, the documents decide."""
        queries = completions(without_greeting(question), turns, partial(names_alike, library=self.library))
        drafts = [self._read(question, query) for query in queries if len(query) <= LONGEST_QUERY]
        if len(drafts) > 1:
            for draft in drafts:
                self._rank(draft)
        return likeliest(drafts or [self._read(question, question)])

    def _read(self, question: str, query: str) -> Draft:
        """A draft of the answer to a query, with the passages that were found and read for it."""
        library, within = self.library, self.within
        asked = asked_in(query, library)
        draft = Draft(question, query, as_of=within.as_of)
        if asked.newest:
            draft.today = date.fromisoformat(draft.as_of) if draft.as_of else self.today()
        is_dated = draft.as_of or within.published
        if is_dated and (undated := self.parts.library.catalog.undated(Within(only=within.only))):
            counted = "1 document" if undated == 1 else f"{undated} documents"
            draft.notices.append(f"Left out, since they do not say when they were published: {counted}.")
        limit = max(CANDIDATES, self.settings.passages)
        with draft.timed("retrieve"):
            candidates = retrieve(draft.query, library=library, embedder=self.parts.embedder, limit=limit)
        with draft.timed("rerank"):
            candidates = draft.without_orders(candidates)  # the reader too must not be led by them
            draft.meant = with_capitals(draft.query, [one.passage for one in candidates])
            draft.read = rerank(
                draft.meant, candidates, reader=self.parts.reader, limit=limit, keep_order=len(asked.parts) > 1
            )
        draft.stories = self.parts.library.stories(list({one.passage.document for one in draft.read}))
        draft.best = spread(draft.read, draft.stories, limit=self.settings.passages)
        return draft

    def _rank(self, draft: Draft) -> None:
        """Ranks what the best passages of a draft say, and tells how likely an answer is."""
        with draft.timed("answer"):
            draft.ranked = self._ranked(draft.meant, draft.best)
            draft.answerable = self._answerable(draft)

    def _ranked_by_parts(self, draft: Draft) -> list[Ranked]:
        """What the best passages say, led by what answers each part of a question that asks for several things."""
        if not draft.ranked:
            self._rank(draft)
        with draft.timed("answer"):
            parts = [self._ranked(part, self._reread(part, draft.best)) for part in asked_one_by_one(draft.meant)]
            return lead_with(parts, draft.ranked)

    def _ranked(self, question: str, best: Sequence[ReadPassage]) -> list[Ranked]:
        parts = self.parts
        return rank_statements(
            question, best, library=parts.library, embedder=parts.embedder, close_reader=parts.close_reader
        )

    def _answerable(self, draft: Draft) -> float:
        """The probability of an answer; where the newest is asked for, that there is any on the matter."""
        probability = answerable(draft.meant, draft.ranked, draft.best)
        matter = without_newest(draft.meant) if draft.today else draft.meant
        if matter == draft.meant:
            return probability
        # The reader knows what things are, not how they stand today: the documents' days decide that.
        reread = self._reread(matter, draft.best)
        return max(probability, answerable(matter, self._ranked(matter, reread), reread))

    def _reread(self, part: str, best: Sequence[ReadPassage]) -> list[ReadPassage]:
        """The passages read for one part of the question."""
        found = [ScoredPassage(one.passage, one.score) for one in best]
        return rerank(part, found, reader=self.parts.reader, limit=len(found))

    def _extract(self, draft: Draft, ranked: Sequence[Ranked], *, timeline: bool) -> Iterator[AnswerEvent]:
        """The answer in the documents' own words."""
        notes = Footnotes(self.parts.library.document)
        verifier = self.parts.verifier
        claims: list[Claim] = []
        computed = None
        with draft.timed("verify"):
            matter = Matter(
                draft.meant,
                ranked,
                draft.read,
                draft.stories,
                self.library,
                verifier,
                self.parts.close_reader,
                newest=draft.today is not None,
            )
            planned = plan(matter, is_answerable=draft.answerable >= self.settings.answerable_at, timeline=timeline)
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

    def _generate(self, draft: Draft, ranked: Sequence[Ranked], model: LanguageModel) -> Iterator[AnswerEvent]:
        """The answer in the documents' own words at once, then the one that the model and these come to.

        What is computed, or taken whole from the documents, a model can only spoil.
        """
        noticed, options = list(draft.notices), self.settings
        *_, plain = self._extract(draft, ranked, timeline=False)
        assert isinstance(plain, Finished)
        if plain.answer.kind in _NOT_WRITTEN and plain.answer.outcome is Outcome.ANSWERED:
            yield plain
            return
        yield Preliminary(plain.answer)
        draft.notices = noticed
        writer = Writer(
            model,
            prompt_tokens=options.prompt_tokens or self.parts.prompt_tokens,
            context_tokens=options.context_tokens,
            max_tokens=options.max_answer_tokens,
        )
        yield Finished(
            (yield from write_answer(draft, plain.answer, ranked, writer, self.parts.library, self.parts.verifier))
        )
