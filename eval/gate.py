"""Runs a suite by name and holds it against its baseline: what `footnoted eval` does."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from eval.baseline import Baseline, as_baseline, read_baseline, write_baseline
from eval.benchmarks.everyday import EverydaySuite, run_everyday
from eval.benchmarks.judgement import JudgementRun, open_judges, run_judgements
from eval.benchmarks.ragtruth import load_answers
from eval.benchmarks.retrieval import RetrievalRun, RetrievalSuite, run_retrieval
from eval.compare import MARGIN, Comparison, compare
from eval.json_lines import write_predictions
from eval.judge import Agreement, Judge, agreement, agreement_text
from eval.library import OpenAssistant, given, open_assistant
from eval.mutate import Mutation, mutate
from eval.ready import ready
from eval.run import JOBS, Run, run
from eval.suite import Suite
from eval.suites import find_suite
from eval.written import write_run
from rag.domain import Mode
from rag.errors import InputError
from rag.ports import LanguageModel


def run_suite(
    name: str,
    *,
    data: Path | None = None,
    held_out: bool = False,
    library: Path | None = None,
    predictions: Path | None = None,
    out: Path | None = None,
    baseline: Path | None = None,
    accept: bool = False,
    margin: float = MARGIN,
    cache: Path | None = None,
    fresh: bool = False,
    jobs: int = JOBS,
    judge: LanguageModel | None = None,
    judge_labels: Path | None = None,
    assistant: OpenAssistant = open_assistant,
    on_case: Callable[[int, int], None] | None = None,
) -> tuple[Run | RetrievalRun | JudgementRun, Comparison | None]:
    """Runs a suite and compares it with its baseline; with `accept` it becomes the baseline and nothing is compared.

    `data` is another file of cases, or another folder of cases and documents; `held_out` leaves out what the models
    were trained on; `library` is one that is there already, for the suite `own`; `predictions` a file for the raw
    answers; `out` a folder for the whole run and its reports; `baseline` a file other than the suite's own; `margin`
    how far a metric may fall; `cache`, `fresh` and `jobs` as in `eval.run`; `judge` a language model that judges the
    answers, and `judge_labels` a file of RAGTruth, to know how far it agrees with people. The build should fail where
    the comparison `failed`. Raises InputError for an unknown suite or an unreadable file, before anything is asked.
    """
    suite = find_suite(name, data=data, held_out=held_out, library=library)
    if not isinstance(suite, Suite):
        if accept or baseline is not None or out is not None or judge is not None:
            left = "Leave --accept, --baseline, --out and --judge out."
            raise InputError(f"The suite '{name}' keeps no baseline or report, and no answers to judge. {left}")
        _require_folders(predictions)
        measured: RetrievalRun | JudgementRun
        if isinstance(suite, RetrievalSuite):
            measured = run_retrieval(suite, assistant=assistant, on_case=on_case)
        elif isinstance(suite, EverydaySuite):
            measured = run_everyday(suite, assistant=assistant, on_case=on_case)
        else:
            measured = run_judgements(suite, open_judges(suite, assistant=assistant), on_case=on_case)
        if predictions is not None:
            write_predictions((case.prediction for case in measured.cases), predictions)
        return measured, None
    place = baseline or suite.baseline
    if accept and place is None:
        raise InputError("Other data has no baseline of its own. Say with --baseline where to keep it.")
    _require_folders(predictions, place if accept else None)
    accepted = None if accept else _accepted(suite, baseline)
    judging = None if judge is None else Judge(judge, cache=cache, fresh=fresh)
    known = None if judging is None else _agreement(judging, judge_labels, jobs)
    done = run(suite, assistant=assistant, cache=cache, fresh=fresh, jobs=jobs, judge=judging, on_case=on_case)
    if judging is not None:
        done = replace(done, agreement=known, notices=(*done.notices, agreement_text(judging.name, known)))
    if predictions is not None:
        write_predictions((case.prediction for case in done.cases), predictions)
    if accept and place is not None:
        write_baseline(as_baseline(done), place)
    comparison = None if accept else compare(done, accepted, margin=margin)
    if out is not None:
        write_run(done, comparison, out)
    return done, comparison


def mutate_suite(
    name: str, *, data: Path | None = None, library: Path | None = None, cache: Path | None = None
) -> Mutation:
    """Damages the right answers to a suite's cases, and measures whether its metrics notice (`eval.mutate`)."""
    suite = find_suite(name, data=data, library=library)
    if not isinstance(suite, Suite):
        raise InputError(f"The suite '{name}' has no answers to damage. Use a suite that answers, such as 'sample'.")
    with ready(suite, cache=cache) as (asked, corpus):
        cases = [(case, given(case.documents) if case.documents else corpus) for case in suite.cases if not case.draft]
        return mutate(name, cases, mode=Mode(str(asked.configuration["mode"])), verifier=asked.verifier)


def _agreement(judge: Judge, labels: Path | None, jobs: int) -> Agreement | None:
    """How far a judge agrees with the people who marked the answers of a file; None without one."""
    return None if labels is None else agreement(judge, load_answers(labels), jobs=jobs)


def _require_folders(*files: Path | None) -> None:
    """Raises InputError where the folder of a file that is to be written is not there."""
    for file in files:
        if file is not None and not file.parent.is_dir():
            raise InputError(f"Cannot write {file}: there is no folder {file.parent}. Make it first.")


def _accepted(suite: Suite, named: Path | None) -> Baseline | None:
    """The baseline to compare with: the one that was named, or the suite's own where it has one."""
    if named is not None:
        return read_baseline(named)
    return read_baseline(suite.baseline) if suite.baseline is not None and suite.baseline.exists() else None
