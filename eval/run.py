"""Runs a suite: asks every case, and scores what came back."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from eval.cases import Case
from eval.corpus import Corpus
from eval.judge import Agreement, Judge
from eval.kept import Asked, Kept, digest_of
from eval.library import CaseLibraries, OpenAssistant, named_by_case, open_assistant
from eval.mean import Mean, mean_of
from eval.metrics import METRICS
from eval.ready import ready
from eval.result import Result
from eval.suite import Suite
from eval.versions import versions, weights
from rag.assistant import Assistant
from rag.contract import answer_json
from rag.domain import Finished, Retrieved
from rag.errors import InputError
from rag.ports import Verifier

Json = dict[str, Any]
JOBS = 2


@dataclass(frozen=True, slots=True)
class CaseRun:
    """One case, what came back, and its scores by metric; None is unscored."""

    case: Case
    result: Result
    scores: Mapping[str, float | None]
    seconds: float
    notices: tuple[str, ...] = ()

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
    settings: Mapping[str, object] = field(default_factory=dict)
    reused: int = 0
    """How many answers were kept from an earlier run."""
    agreement: Agreement | None = None
    """How far the judge, where there is one, agrees with people."""


def run(
    suite: Suite,
    *,
    assistant: OpenAssistant = open_assistant,
    cache: Path | None = None,
    fresh: bool = False,
    jobs: int = JOBS,
    judge: Judge | None = None,
    on_case: Callable[[int, int], None] | None = None,
) -> Run:
    """Asks every case of a suite, over its documents or the case's own, and scores it.

    `assistant` opens one over a library folder; `cache` is a folder for answers and libraries, which later runs reuse,
    all but the answers with `fresh`; `jobs` cases are asked at a time; `judge` says whether answers are grounded;
    `on_case` hears how many are done, of how many.
    The same suite and the same assistant give the same scores. Raises InputError where documents and cases do not fit.
    """
    started = time.perf_counter()
    accepted = [case for case in suite.cases if not case.draft]
    if not accepted:
        raise InputError(f"The suite '{suite.name}' has no case that a person has accepted. Take 'draft' out of some.")
    with (
        ready(suite, assistant=assistant, cache=cache) as (asked, corpus),
        CaseLibraries(assistant, accepted) as libraries,
    ):
        configuration = asked.configuration
        kept = Kept(cache, configuration=configuration, corpus=_content(corpus), fresh=fresh)
        asker = _Asker(asked, libraries, corpus, kept, judge, suite.prepared)
        cases: list[CaseRun] = []
        threads = ThreadPoolExecutor(jobs)
        try:
            # In the order of the cases, whichever is done first: the same bytes for the same answers.
            for done in threads.map(asker.run, accepted):
                cases.append(done)
                if on_case:
                    on_case(len(cases), len(accepted))
        finally:
            threads.shutdown(cancel_futures=True)
    modes = sorted({str(case.result.answer.mode) for case in cases})
    drafts = len(suite.cases) - len(accepted)
    tags = Counter(tag for case in accepted for tag in case.tags)
    return Run(
        suite=suite.name,
        cases=tuple(cases),
        metrics=means(cases),
        by_tag={tag: means(tagged(cases, tag)) for tag, _ in tags.most_common()},  # the large parts first
        versions=versions(),
        models={
            kind: str(name)
            for kind in ("embedder", "reader", "close_reader", "verifier")
            if (name := configuration[kind])
        }
        | {"mode": "+".join(modes)}
        | ({"judge": judge.name} if judge else {}),
        notices=(
            *(notice for case in cases for notice in case.notices),
            *([f"Drafts that were not asked: {drafts}."] if drafts else []),
            *(judge.notices if judge else ()),
        ),
        seconds=time.perf_counter() - started,
        settings=configuration | {"weights": weights()},
        reused=asker.reused,
    )


def means(cases: Sequence[CaseRun]) -> dict[str, Mean]:
    """Every metric over these cases."""
    return {metric.name: mean_of([case.scores[metric.name] for case in cases]) for metric in METRICS}


def tagged(cases: Sequence[CaseRun], tag: str) -> list[CaseRun]:
    """The cases that carry a tag."""
    return [case for case in cases if tag in case.case.tags]


def score(case: Case, result: Result) -> dict[str, float | None]:
    """Every metric of one case."""
    return {metric.name: metric.measure(case, result) for metric in METRICS}


def judged(case: Case, asked: Asked, corpus: Corpus, verifier: Verifier | None) -> Result:
    """What the metrics look at."""
    located = tuple(tuple(gold for entry in part if (gold := corpus.locate(entry))) for part in case.evidence)
    return Result(asked.answer, asked.passages, located, corpus.documents, corpus.files, verifier)


def missing_quotes(case: Case, corpus: Corpus) -> list[str]:
    """One line for each gold quote that the stored text does not hold: it can prove nothing."""
    entries = dict.fromkeys(entry for part in case.evidence for entry in part)
    return [
        f"The quote of case '{case.id}' is not in the stored text of {entry.document}: {entry.quote}"
        for entry in entries
        if corpus.locate(entry) is None
    ]


class _Asker:
    """Asks one case at a time, in several threads."""

    def __init__(
        self,
        shared: Assistant,
        libraries: CaseLibraries,
        corpus: Corpus,
        kept: Kept,
        judge: Judge | None,
        prepared: Callable[[Case, Assistant], Assistant] | None,
    ) -> None:
        self._shared, self._libraries, self._corpus, self._kept = shared, libraries, corpus, kept
        self._judge, self._prepared = judge, prepared
        self.reused = 0

    def run(self, case: Case) -> CaseRun:
        """The case, asked unless its answer is kept, and scored."""
        found = self._kept.find(case)
        self.reused += found is not None
        if found is None:
            found = self._ask(case)
            self._kept.keep(case, found)
        self._libraries.done(case)
        corpus = self._corpus
        if case.documents:
            stored = {document.id: document for document in found.documents}
            corpus = named_by_case(case.documents, Corpus({}, stored, {}))
        result = judged(case, found, corpus, self._shared.verifier)
        if self._judge is not None:
            result = replace(result, judged=self._judge.judge(result))
        return CaseRun(case, result, score(case, result), found.seconds, tuple(missing_quotes(case, corpus)))

    def _ask(self, case: Case) -> Asked:
        if not case.documents:
            return _answer(case, self._shared)
        own, corpus = self._libraries.of(case)
        asked = _answer(case, self._prepared(case, own) if self._prepared else own)
        # Of the library only what is judged: cases that share a large one would each keep all of it.
        named = {corpus.ids[entry.document] for part in case.evidence for entry in part if entry.document in corpus.ids}
        named |= {found.passage.document for found in asked.passages}
        named |= {citation.document for citation in asked.answer.citations}
        return Asked(asked.passages, asked.answer, asked.seconds, tuple(corpus.documents[id_] for id_ in sorted(named)))


def _answer(case: Case, assistant: Assistant) -> Asked:
    started = time.perf_counter()
    first, *_, last = assistant.stream(case.question, turns=case.turns, as_of=case.as_of)
    assert isinstance(first, Retrieved)
    assert isinstance(last, Finished)
    return Asked(first.passages, last.answer, round(time.perf_counter() - started, 4))


def _content(corpus: Corpus) -> str:
    """A digest of the documents, for answers that depend on them."""
    return digest_of(sorted([id_, document.text, str(document.origin)] for id_, document in corpus.documents.items()))
