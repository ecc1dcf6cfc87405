"""The assistant: a question in, an answer with its proof out."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from rag.cite import Footnotes
from rag.domain import (
    Answer,
    AnswerEvent,
    Claim,
    Finished,
    Judgement,
    Mode,
    Outcome,
    Passage,
    Retrieved,
    ScoredPassage,
    TextDelta,
    Turn,
    Verdict,
)
from rag.errors import InputError, LanguageModelError, LibraryError
from rag.extract import Sentence, answerable, choose, rank_sentences
from rag.follow_up import self_contained
from rag.gate import gate
from rag.generate import generate
from rag.instructions import without_instructions
from rag.library.library import DiskLibrary
from rag.ports import Embedder, LanguageModel, Reader, Verifier
from rag.rerank import CANDIDATES, ReadPassage, rerank
from rag.retrieve import is_compound, retrieve
from rag.settings import Settings, load_settings
from rag.verify import Check, verify
from rag.wiring import Parts, wire

ABSTENTION = "The documents do not answer this."
_CLOSEST = 3
_CHECKED_PASSAGES = 10
_LONGEST_INPUT = 2000


class Assistant:
    """Answers questions and checks claims from one library."""

    def __init__(self, parts: Parts, settings: Settings) -> None:
        self._parts = parts
        self._settings = settings

    @classmethod
    def open(
        cls,
        library: str | Path | None = None,
        *,
        create: bool = False,
        embedder: Embedder | None = None,
        language_model: LanguageModel | None = None,
        **settings: object,
    ) -> "Assistant":
        """The assistant over the library in a folder; `create` makes one where there is none.

        `embedder` and `language_model` stand in the place of the package's and of the one in the settings. Other
        settings are named as in `rag.settings.Settings`. Raises SettingsError or LibraryError.
        """
        loaded = load_settings(library=library, **settings)
        return cls(wire(loaded, create=create, embedder=embedder, language_model=language_model), loaded)

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
        return Assistant(replace(self._parts, language_model=model), self._settings)

    def close(self) -> None:
        """Lets go of the library's files."""
        self._parts.library.close()

    def ask(self, question: str, *, turns: Sequence[Turn] = (), as_of: str | None = None) -> Answer:
        """The checked answer to a question; raises InputError for an empty one, LibraryError for a broken library."""
        *_, last = self.stream(question, turns=turns, as_of=as_of)
        assert isinstance(last, Finished)
        return last.answer

    def stream(self, question: str, *, turns: Sequence[Turn] = (), as_of: str | None = None) -> Iterator[AnswerEvent]:
        """The passages found, the draft as it is written, and last the checked answer.

        `turns` are the exchanges before, oldest first: a question that leans on them is completed, and the answer's
        `query` is what was searched. With `as_of`, a day in ISO 8601, only documents published by then are used;
        raises InputError where it is no day.
        """
        question = _checked_input("question", question)
        draft = _Draft(question, self_contained(question, turns)[:_LONGEST_INPUT], as_of=_checked_day(as_of))
        self._require_documents()
        if draft.as_of and (undated := self._parts.library.catalog.undated()):
            counted = "1 document" if undated == 1 else f"{undated} documents"
            draft.notices.append(f"Left out, since they do not say when they were published: {counted}.")
        with draft.timed("retrieve"):
            candidates = retrieve(
                draft.query,
                library=self._parts.library,
                embedder=self._parts.embedder,
                limit=max(CANDIDATES, self._settings.passages),
                as_of=draft.as_of,
            )
        with draft.timed("rerank"):
            read = rerank(
                draft.query,
                candidates,
                reader=self._parts.reader,
                limit=self._settings.passages,
                keep_order=is_compound(draft.query, self._parts.library),
            )
            read = draft.without_orders(read)
            found = [ScoredPassage(one.passage, one.score) for one in read]
        yield Retrieved(tuple(found))
        with draft.timed("answer"):
            ranked = rank_sentences(draft.query, read, library=self._parts.library, embedder=self._parts.embedder)
            draft.answerable = answerable(draft.query, ranked, read)
        if self._parts.language_model is not None and found:
            try:
                yield from self._generate(draft, found, self._parts.language_model)
                return
            except LanguageModelError as error:
                draft.notices.append(f"{error} The answer is made of sentences of the documents instead.")
        yield from self._extract(draft, found, ranked)

    def check(self, claim: str, *, document: str | None = None) -> Judgement:
        """What the library, or the one document with this id, says of a claim; raises InputError for an empty claim."""
        claim = _checked_input("claim", claim)
        self._require_documents()
        if document is None:
            found = retrieve(claim, library=self._parts.library, embedder=self._parts.embedder, limit=_CHECKED_PASSAGES)
            passages = [scored.passage for scored in found]
        else:
            passages = self._parts.library.passages_of(document)
        notes = Footnotes(self._parts.library.document)
        passages = [without_instructions(passage) for passage in passages]
        checks = [(passage, verify(claim, passage, verifier=self._parts.verifier)) for passage in passages]
        supporting = _cite(notes, [pair for pair in checks if pair[1].verdict is Verdict.SUPPORTED])
        contradicting = _cite(notes, [pair for pair in checks if pair[1].verdict is Verdict.CONTRADICTED])
        return Judgement(
            claim=claim,
            verdict=Verdict.SUPPORTED if supporting else Verdict.CONTRADICTED if contradicting else Verdict.UNSUPPORTED,
            citations=tuple(notes.citations[marker - 1] for marker in supporting),
            contradicting=tuple(notes.citations[marker - 1] for marker in contradicting),
        )

    def _require_documents(self) -> None:
        library = self._parts.library
        if library.catalog.is_empty():
            raise LibraryError(f"The library {library.folder} is empty. Fill it with `footnoted ingest PATH`.")

    def _extract(self, draft: "_Draft", found: list[ScoredPassage], ranked: list[Sentence]) -> Iterator[AnswerEvent]:
        notes = Footnotes(self._parts.library.document)
        claims: list[Claim] = []
        with draft.timed("answer"):
            chosen = choose(ranked) if draft.answerable >= self._settings.answerable_at else []
        for sentence in chosen:
            with draft.timed("verify"):
                text = " ".join(sentence.text.split())
                verdict = verify(text, sentence.passage, verifier=self._parts.verifier).verdict
                marker = notes.add(sentence.passage, sentence.span) if verdict is Verdict.SUPPORTED else None
            if marker is not None:
                claims.append(Claim(text, verdict, (marker,)))
                yield TextDelta(_written(claims[-1]) + " ")
        yield Finished(draft.answer(claims, notes, found, Mode.EXTRACTIVE))

    def _generate(self, draft: "_Draft", found: list[ScoredPassage], model: LanguageModel) -> Iterator[AnswerEvent]:
        passages, options = [scored.passage for scored in found], self._settings
        with draft.timed("answer"):
            generated = yield from generate(
                draft.query,
                passages,
                model,
                max_tokens=options.max_answer_tokens,
                context_tokens=options.context_tokens,
            )
        notes = Footnotes(self._parts.library.document)
        with draft.timed("verify"):
            gated = gate(generated, notes, verifier=self._parts.verifier)
        draft.notices += gated.notices
        yield Finished(replace(draft.answer(gated.claims, notes, found, Mode.GENERATIVE), usage=generated.usage))


@dataclass(slots=True)
class _Draft:
    """An answer while it is being made."""

    question: str
    query: str
    as_of: str | None = None
    answerable: float = 0.0
    notices: list[str] = field(default_factory=list)
    timings_ms: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Adds the time spent inside to the step's."""
        start = time.perf_counter()
        try:
            yield
        finally:
            spent = (time.perf_counter() - start) * 1000
            self.timings_ms[step] = round(self.timings_ms.get(step, 0.0) + spent, 1)

    def without_orders(self, read: Sequence[ReadPassage]) -> list[ReadPassage]:
        """The passages without words that give orders to a model; a notice names their documents."""
        plain = [replace(one, passage=without_instructions(one.passage)) for one in read]
        pairs = zip(read, plain, strict=True)
        paths = dict.fromkeys(one.passage.origin.path for one, left in pairs if one.passage is not left.passage)
        if paths:
            self.notices.append(
                f"Left out, since they give orders to a model or are hidden: words in {', '.join(paths)}."
            )
        return plain

    def answer(self, claims: Sequence[Claim], notes: Footnotes, found: Sequence[ScoredPassage], mode: Mode) -> Answer:
        """The finished answer; without a claim it is an abstention, which cites nothing."""
        abstained = not claims
        return Answer(
            question=self.question,
            query=self.query,
            as_of=self.as_of,
            outcome=Outcome.ABSTAINED if abstained else Outcome.ANSWERED,
            answerable=round(self.answerable, 4),
            mode=mode,
            text=ABSTENTION if abstained else " ".join(map(_written, claims)),
            claims=tuple(claims),
            citations=() if abstained else tuple(notes.citations),
            closest=tuple(scored.passage for scored in found[:_CLOSEST]) if abstained else (),
            notices=tuple(self.notices),
            timings_ms=self.timings_ms,
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


def _cite(notes: Footnotes, checks: Sequence[tuple[Passage, Check]]) -> tuple[int, ...]:
    """The markers of the words that decided these checks, each once."""
    markers = [notes.add(passage, check.span.shifted(passage.span.start)) for passage, check in checks if check.span]
    return tuple(dict.fromkeys(marker for marker in markers if marker is not None))


def _written(claim: Claim) -> str:
    """A claim as text: its words, its markers, and its verdict where it is not proved."""
    doubt = "" if claim.verdict is Verdict.SUPPORTED else f" ({claim.verdict})"
    return claim.text + doubt + "".join(f" [{marker}]" for marker in claim.markers)
