"""Benchmarks of one model's judgement: is an answer in this passage, does this text support a claim?

Every case brings its own texts, so nothing is retrieved. The models are the assistant's own.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from eval.library import OpenAssistant, open_assistant, temporary_assistant
from eval.mean import Mean
from eval.versions import versions
from rag.errors import InputError
from rag.models.reader import OnnxReader
from rag.ports import Reader, Verifier

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judges:
    """The models that judge. Without a verifier, the exact checks of `rag.evidence.verify` judge alone."""

    reader: Reader | None = None
    verifier: Verifier | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one case; an adapter's own adds what its metrics need."""

    prediction: Json
    """The raw outcome without the `id`, from which anyone can compute the figures again."""
    scores: Mapping[str, float | None]
    """By metric, of those that are means over the cases; None is unscored."""


class Listed(Protocol):
    """One case as reports name it."""

    @property
    def id(self) -> str | int:
        """The record's own id, or its place in its file, from 0."""

    @property
    def tags(self) -> tuple[str, ...]:
        """Groups for which the figures are also given."""


class Item(Listed, Protocol):
    """One case of a suite."""

    @property
    def held_out(self) -> bool:
        """Whether training leaves it out."""

    def judge(self, judges: Judges) -> Judged:
        """What the model, or the exact checks, say of it."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What some cases come to: metrics, and how often each was judged to be what."""

    metrics: Mapping[str, Mean]
    confusion: Mapping[str, Mapping[str, int]]
    """For what a case is, how many were judged to be what."""
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgementSuite:
    """Cases, the model that judges them, and the figures of what it says."""

    name: str
    model: Literal["reader", "verifier"]
    items: tuple[Item, ...]
    measure: Callable[[Sequence[Any]], Figures]
    """Takes the adapter's own `Judged`."""

    def held_out(self) -> "JudgementSuite":
        """The cases that training leaves out; raises InputError where there are none."""
        items = tuple(item for item in self.items if item.held_out)
        if not items:
            raise InputError(f"None of these cases of '{self.name}' is held out of training. Leave --held-out out.")
        return replace(self, items=items)


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """One case and what came of it."""

    item: Listed
    judged: Judged

    @property
    def prediction(self) -> Json:
        """The raw outcome, with the case's `id`."""
        return {"id": self.item.id, **self.judged.prediction}


@dataclass(frozen=True, slots=True)
class JudgementRun:
    """All that came of running a suite of judgements."""

    suite: str
    cases: tuple[JudgedCase, ...]
    figures: Figures
    by_tag: Mapping[str, Mapping[str, Mean]]
    versions: Mapping[str, str]
    models: Mapping[str, str]
    seconds: float


def open_judges(suite: JudgementSuite, *, assistant: OpenAssistant = open_assistant) -> Judges:
    """The models of the assistant that `assistant` opens; where it has no reader, the one that the package ships.

    Raises ModelError where the manifest of one is damaged; damaged weights raise it when they are first asked.
    """
    with temporary_assistant(assistant) as opened:
        reader, verifier = opened.reader, opened.verifier
    if reader is None and suite.model == "reader":
        reader = OnnxReader()
    return Judges(reader, verifier)


def run_judgements(
    suite: JudgementSuite, judges: Judges, *, on_case: Callable[[int, int], None] | None = None
) -> JudgementRun:
    """Has every case judged; `on_case` hears how many are done, of how many."""
    started = time.perf_counter()
    done: list[JudgedCase] = []
    for item in suite.items:
        done.append(JudgedCase(item, item.judge(judges)))
        if on_case:
            on_case(len(done), len(suite.items))
    model = judges.reader if suite.model == "reader" else judges.verifier
    tags = sorted({tag for item in suite.items for tag in item.tags})
    return JudgementRun(
        suite=suite.name,
        cases=tuple(done),
        figures=suite.measure([case.judged for case in done]),
        by_tag={tag: suite.measure([case.judged for case in done if tag in case.item.tags]).metrics for tag in tags},
        versions=versions(),
        models={suite.model: "none" if model is None else model.name},
        seconds=time.perf_counter() - started,
    )


def known(value: float | None, of: int) -> Mean:
    """A figure that is no mean, over `of` cases; they are unscored where it cannot be computed."""
    return Mean(value, 0, of) if value is None else Mean(value, of, 0)
