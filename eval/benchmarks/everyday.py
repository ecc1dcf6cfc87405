"""Questions and claims about the papers that people have: bills, contracts, tables, forms, mails, manuals.

The data are folders, each with documents in `docs/` and its cases in `cases.jsonl`. Every folder is a library of its
own. Claims are checked, all else is asked, a follow-up after its earlier questions.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from eval.benchmarks.judgement import Figures, Judged, JudgedCase, JudgementRun
from eval.benchmarks.own_documents import Given
from eval.json_lines import read_records
from eval.library import OpenAssistant, open_assistant, temporary_assistant
from eval.mean import mean_of
from eval.metrics.everyday import NAMES, Wanted, answer_marks, claim_marks
from eval.versions import versions
from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.contract import answer_json, judgement_json
from rag.domain import Turn, Verdict
from rag.errors import InputError

_CASES, _DOCUMENTS = "cases.jsonl", "docs"
_VERDICTS = (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNSUPPORTED)


@dataclass(frozen=True, slots=True)
class EverydayCase:
    """A question with what is wanted of its answer, or a claim with its verdict."""

    id: str | int
    asked: str
    tags: tuple[str, ...]
    wanted: Wanted
    turns: tuple[str, ...] = ()
    """The questions before it."""
    verdict: Verdict | None = None
    """Of a claim; None for a question."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, and the cases about them."""

    documents: Path
    cases: tuple[EverydayCase, ...]


@dataclass(frozen=True, slots=True)
class EverydaySuite:
    """Collections, each a library of its own."""

    name: str
    collections: tuple[Collection, ...]


def load_everyday(data: Path) -> EverydaySuite:
    """The suite of all collections below a folder; raises InputError where there is none, or naming file and line."""
    folders = sorted(path.parent for path in data.rglob(_CASES) if (path.parent / _DOCUMENTS).is_dir())
    if not folders:
        raise InputError(f"No folder below {data} holds '{_CASES}' and '{_DOCUMENTS}'. Give another with --data.")
    return EverydaySuite("everyday", tuple(_collection(folder) for folder in folders))


def run_everyday(
    suite: EverydaySuite,
    *,
    assistant: OpenAssistant = open_assistant,
    on_case: Callable[[int, int], None] | None = None,
) -> JudgementRun:
    """Asks and checks every case over its own documents; `on_case` hears how many are done, of how many."""
    started = time.perf_counter()
    done: list[JudgedCase] = []
    notices: list[str] = []
    models: dict[str, str] = {}
    count = sum(len(collection.cases) for collection in suite.collections)
    for collection in suite.collections:
        with temporary_assistant(assistant) as opened:
            report = ingest([collection.documents], into=opened)
            notices += [failure.error for failure in report.failed]
            models = {
                name: str(opened.configuration[name])
                for name in ("embedder", "reader", "close_reader", "verifier", "mode")
            }
            for case in collection.cases:
                done.append(JudgedCase(case, _judged(case, opened)))
                if on_case:
                    on_case(len(done), count)
    tags = sorted({tag for case in done for tag in case.item.tags})
    figures = _figures(done)
    return JudgementRun(
        suite=suite.name,
        cases=tuple(done),
        figures=Figures(figures.metrics, figures.confusion, tuple(notices)),
        by_tag={tag: _figures([case for case in done if tag in case.item.tags]).metrics for tag in tags},
        versions=versions(),
        models=models,
        seconds=time.perf_counter() - started,
    )


def _judged(case: EverydayCase, assistant: Assistant) -> Judged:
    if case.verdict is not None:
        found = assistant.check(case.asked)
        return Judged(judgement_json(found), claim_marks(case.verdict, found.verdict))
    turns: list[Turn] = []
    for question in case.turns:
        turns.append(Turn(question, assistant.ask(question, turns=turns).text))
    answer = assistant.ask(case.asked, turns=turns)
    return Judged(answer_json(answer), answer_marks(case.wanted, answer))


def _figures(done: Sequence[JudgedCase]) -> Figures:
    return Figures(
        metrics={name: mean_of([case.judged.scores[name] for case in done]) for name in NAMES},
        confusion={
            str(wanted): {str(found): number for found, number in _counted(done, wanted)} for wanted in _VERDICTS
        },
    )


def _counted(done: Sequence[JudgedCase], wanted: Verdict) -> Iterator[tuple[Verdict, int]]:
    """How many of the claims with this verdict were given each."""
    given = [
        case.judged.prediction["verdict"]
        for case in done
        if isinstance(case.item, EverydayCase) and case.item.verdict is wanted
    ]
    for found in _VERDICTS:
        yield found, given.count(str(found))


def _collection(folder: Path) -> Collection:
    lines = read_records(folder / _CASES, _Line, lambda line: line.id)
    return Collection(folder / _DOCUMENTS, tuple(line.case(id_, folder.name) for id_, line in lines))


class _Line(Given):
    id: str = Field(min_length=1)
    kind: str
    format: str | None = None
    question: str = Field("", pattern=r"\S|^$")
    claim: str = Field("", pattern=r"\S|^$")
    verdict: Verdict | None = Field(None, strict=False)
    turns: list[str] = Field([])
    gold: list[list[str]] = Field([])
    ordered: bool = False
    forbidden: list[str] = Field([])
    source: str | list[str] = Field([])
    conflict: bool | None = None
    max_words: int | None = None

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if self.kind == "claim" and not (self.claim and self.verdict):
            raise ValueError("a claim needs 'claim' and 'verdict'")
        if self.kind != "claim" and not self.question:
            raise ValueError("it has no 'question'")
        return self

    def case(self, id_: str | int, collection: str) -> EverydayCase:
        is_claim = self.kind == "claim"
        return EverydayCase(
            id=id_,
            asked=self.claim if is_claim else self.question,
            tags=tuple(filter(None, [f"kind {self.kind}", self.format and f"format {self.format}", collection])),
            wanted=Wanted(
                kind=self.kind,
                gold=self.gold,
                ordered=self.ordered,
                forbidden=self.forbidden,
                sources=[self.source] if isinstance(self.source, str) else self.source,
                conflict=self.conflict,
                most_words=self.max_words,
            ),
            turns=tuple(self.turns),
            verdict=self.verdict if is_claim else None,
        )
