"""Runs a suite: asks every case in a library of its own, and scores what came back."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.cases import Case
from eval.corpus import Corpus, read_corpus
from eval.library import OpenAssistant, open_assistant, temporary_assistant
from eval.mean import Mean, mean_of
from eval.metrics import METRICS
from eval.result import Result
from eval.suites import Suite
from eval.versions import versions
from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.contract import answer_json
from rag.domain import Finished, Retrieved
from rag.errors import InputError

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CaseRun:
    """One case, what came back, and its scores by metric; None is unscored."""

    case: Case
    result: Result
    scores: Mapping[str, float | None]
    seconds: float

    @property
    def ask(self) -> Json:
        """The object that `footnoted ask --json` prints for the case's question."""
        return answer_json(self.result.answer)

    @property
    def prediction(self) -> Json:
        """The raw answer: the `id` of the case, then the fields of `ask`."""
        return {"id": self.case.id, **self.ask}


@dataclass(frozen=True, slots=True)
class Run:
    """All that came of running a suite."""

    suite: str
    cases: tuple[CaseRun, ...]
    metrics: Mapping[str, Mean]
    by_tag: Mapping[str, Mapping[str, Mean]]
    versions: Mapping[str, str]
    models: Mapping[str, str]
    notices: tuple[str, ...]
    seconds: float


def run(
    suite: Suite,
    *,
    assistant: OpenAssistant = open_assistant,
    on_case: Callable[[int, int], None] | None = None,
) -> Run:
    """Ingests the suite's documents into a temporary library, asks every case and scores it.

    `assistant` opens one over an empty library folder; `on_case` hears how many cases are done, of how many. The same
    suite and the same assistant give the same scores. Raises InputError where documents and cases do not fit together.
    """
    started = time.perf_counter()
    with temporary_assistant(assistant) as asked:
        corpus = _ingest(suite, asked)
        cases = []
        for case in suite.cases:
            cases.append(_run_case(case, asked, corpus))
            if on_case:
                on_case(len(cases), len(suite.cases))
        embedder = asked.embedder.name
    modes = sorted({str(case.result.answer.mode) for case in cases})
    return Run(
        suite=suite.name,
        cases=tuple(cases),
        metrics=means(cases),
        by_tag={tag: means(tagged(cases, tag)) for tag in sorted({tag for case in suite.cases for tag in case.tags})},
        versions=versions(),
        models={"embedder": embedder, "mode": "+".join(modes)},
        notices=tuple(_missing_quotes(suite, corpus)),
        seconds=time.perf_counter() - started,
    )


def means(cases: Sequence[CaseRun]) -> dict[str, Mean]:
    """Every metric over these cases."""
    return {metric.name: mean_of([case.scores[metric.name] for case in cases]) for metric in METRICS}


def tagged(cases: Sequence[CaseRun], tag: str) -> list[CaseRun]:
    """The cases that carry a tag."""
    return [case for case in cases if tag in case.case.tags]


def _ingest(suite: Suite, assistant: Assistant) -> Corpus:
    """The suite's documents, now in the assistant's library; raises InputError where one that a case names is not."""
    report = ingest([suite.documents], into=assistant)
    corpus = read_corpus(assistant.library, suite.documents)
    named = {entry.document: case.id for case in suite.cases for part in case.evidence for entry in part}
    missing = sorted(named.keys() - corpus.ids.keys())
    if missing:
        why = "; ".join(f"{failure.path}: {failure.error}" for failure in report.failed) or "it is not there"
        raise InputError(
            f"The case '{named[missing[0]]}' names {missing[0]}, which {suite.documents} did not give: {why}."
        )
    return corpus


def _run_case(case: Case, assistant: Assistant, corpus: Corpus) -> CaseRun:
    started = time.perf_counter()
    first, *_, last = assistant.stream(case.question)
    assert isinstance(first, Retrieved)
    assert isinstance(last, Finished)
    located = tuple(tuple(gold for entry in part if (gold := corpus.locate(entry))) for part in case.evidence)
    result = Result(last.answer, first.passages, located, corpus.texts)
    scores = {metric.name: metric.measure(case, result) for metric in METRICS}
    return CaseRun(case, result, scores, time.perf_counter() - started)


def _missing_quotes(suite: Suite, corpus: Corpus) -> list[str]:
    """One line for each gold quote that the library's text does not hold: it can prove nothing."""
    entries = {(case.id, entry): entry for case in suite.cases for part in case.evidence for entry in part}
    return [
        f"The quote of case '{id_}' is not in the stored text of {entry.document}: {entry.quote}"
        for (id_, entry) in entries
        if corpus.locate(entry) is None
    ]
