"""Runs a suite: asks every case in a library of its own, and scores what came back."""

import json
import platform
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from eval.cases import Case
from eval.corpus import Corpus, read_corpus
from eval.metrics import METRICS
from eval.result import Result
from eval.suites import Suite
from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.contract import answer_json
from rag.domain import Finished, Retrieved
from rag.errors import InputError

Json = dict[str, Any]
OpenAssistant = Callable[[Path], Assistant]
_VERSIONS_OF = ("footnoted", "chromadb", "numpy", "onnxruntime")


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


@dataclass(frozen=True, slots=True)
class Mean:
    """A metric over several cases: the mean of the `n` that were scored, None where none was."""

    value: float | None
    n: int
    unscored: int


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


def open_assistant(library: Path) -> Assistant:
    """The assistant of the person's settings, over a new library in this folder."""
    # No Chroma server, whatever the settings say: it holds the vectors of the person's own library.
    return Assistant.open(library, create=True, chroma_url="")


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
    # Windows keeps Chroma's files open for a while; a library left in the temporary folder harms nobody.
    with tempfile.TemporaryDirectory(prefix="footnoted-eval-", ignore_cleanup_errors=True) as folder:
        asked = assistant(Path(folder) / "library")
        try:
            corpus = _ingest(suite, asked)
            cases = []
            for case in suite.cases:
                cases.append(_run_case(case, asked, corpus))
                if on_case:
                    on_case(len(cases), len(suite.cases))
            embedder = asked.embedder.name
        finally:
            asked.close()
    modes = sorted({str(case.result.answer.mode) for case in cases})
    return Run(
        suite=suite.name,
        cases=tuple(cases),
        metrics=means(cases),
        by_tag={tag: means(tagged(cases, tag)) for tag in sorted({tag for case in suite.cases for tag in case.tags})},
        versions=_versions(),
        models={"embedder": embedder, "mode": "+".join(modes)},
        notices=tuple(_missing_quotes(suite, corpus)),
        seconds=time.perf_counter() - started,
    )


def means(cases: Sequence[CaseRun]) -> dict[str, Mean]:
    """Every metric over these cases."""
    found = {}
    for metric in METRICS:
        scores = [case.scores[metric.name] for case in cases]
        scored = [score for score in scores if score is not None]
        found[metric.name] = Mean(sum(scored) / len(scored) if scored else None, len(scored), len(scores) - len(scored))
    return found


def tagged(cases: Sequence[CaseRun], tag: str) -> list[CaseRun]:
    """The cases that carry a tag."""
    return [case for case in cases if tag in case.case.tags]


def write_predictions(run: Run, path: Path) -> None:
    """Writes every case's raw answer, one JSON object a line: its `id`, then the fields of `footnoted ask --json`."""
    lines = [json.dumps({"id": done.case.id, **done.ask}, ensure_ascii=False) + "\n" for done in run.cases]
    try:
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise InputError(f"Cannot write the predictions {path}: {error.strerror}. Choose another file.") from error


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


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in _VERSIONS_OF:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:  # run from a checkout that is not installed
            found[name] = "not installed"
    return found
