"""The report says what was measured, what is weak, and whether it is good enough."""

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from eval.cases import Case
from eval.compare import Comparison, Difference
from eval.metrics import METRICS
from eval.report import run_json, run_text, verdict, weakest
from eval.result import Result
from eval.run import CaseRun, Run, means, tagged
from rag.domain import Answer, Mode, Outcome

FELL = Difference("answer_match", before=0.75, now=0.5, p_value=0.004, regressed=True)
STAYED = Difference("answer_match", before=0.75, now=0.75, p_value=1.0, regressed=False)


def case_run(id_: str, *, match: float | None, accuracy: float = 1.0, answer: str = "Because [1].") -> CaseRun:
    scores: dict[str, float | None] = dict.fromkeys((metric.name for metric in METRICS), None)
    reply = Answer(f"Why {id_}?", f"Why {id_}?", Outcome.ANSWERED, 0.9, Mode.EXTRACTIVE, answer)
    case = Case(id_, f"Why {id_}?", () if match is None else ((f"cause of {id_}",),), tags=(id_[0],))
    return CaseRun(case, Result(reply), {**scores, "answer_match": match, "abstention_accuracy": accuracy}, 0.1)


CASES = (case_run("a1", match=1.0), case_run("b1", match=0.0), case_run("b2", match=None, accuracy=0.0))
RUN = Run(
    suite="sample",
    cases=CASES,
    metrics=means(CASES),
    by_tag={tag: means(tagged(CASES, tag)) for tag in ("a", "b")},
    versions={"python": "3"},
    models={"embedder": "fake"},
    notices=("A notice.",),
    seconds=1.24,
)


def printed(run: Run, comparison: Comparison | None, width: int = 200) -> str:
    console = Console(file=io.StringIO(), width=width)
    console.print(run_text(run, comparison))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_mean_leaves_unscored_cases_out_and_counts_them() -> None:
    assert run_json(RUN, None)["metrics"]["answer_match"] == {"value": 0.5, "n": 2, "unscored": 1}


def test_a_metric_that_scored_no_case_has_no_value() -> None:
    assert run_json(RUN, None)["metrics"]["retrieval_mrr"] == {"value": None, "n": 0, "unscored": 3}


def test_a_tag_has_the_means_of_its_cases() -> None:
    assert run_json(RUN, None)["by_tag"]["b"]["answer_match"] == {"value": 0.0, "n": 1, "unscored": 1}


def test_the_json_can_be_written_as_json() -> None:
    assert json.loads(json.dumps(run_json(RUN, Comparison((FELL,)))))["comparison"]["failed"] is True


def test_the_weakest_cases_come_lowest_score_first() -> None:
    assert [done.case.id for done in weakest(RUN)] == ["b2", "b1"]


@pytest.mark.parametrize("name", [metric.name for metric in METRICS])
def test_every_metric_is_printed(name: str) -> None:
    assert name in printed(RUN, None)


def test_the_weakest_cases_are_printed_with_what_was_wanted() -> None:
    assert "cause of b1" in printed(RUN, None)


def test_notices_are_printed() -> None:
    assert "A notice." in printed(RUN, None)


def test_markup_in_an_answer_is_printed_as_it_stands() -> None:
    odd = replace(RUN, cases=(case_run("b1", match=0.0, answer="[bold]x[/nothing]"),))
    assert "[bold]x[/nothing]" in printed(odd, None)


def test_the_change_of_a_metric_is_printed() -> None:
    assert "-0.250" in printed(RUN, Comparison((FELL,)))


def test_the_figures_of_a_comparison_fit_a_terminal_of_80_columns() -> None:
    named = replace(FELL, metric="abstention_accuracy", low=-0.375, high=-0.125, visible=0.111)
    [row] = [line for line in printed(RUN, Comparison((named,)), 80).splitlines() if "abstention_accuracy  0." in line]
    figures = ["abstention_accuracy", "0.667", "0", "-0.250", "-0.375", "to", "-0.125", "0.0040", "0.111"]
    assert row.split() == figures


@pytest.mark.parametrize(
    ("comparison", "words"),
    [
        (None, "Accepted as the new baseline."),
        (Comparison(), "No baseline to compare with. Make one with --accept."),
        (Comparison((STAYED,)), "Passed: no metric is worse than the baseline."),
        (Comparison((FELL,)), "Failed: answer_match fell by 0.250 (p = 0.0040)."),
        (Comparison(inexact=("a1", "b1")), "Failed: quotes are not in their document in a1, b1."),
        (
            Comparison((STAYED,), unpaired=("b1",)),
            "Passed: no metric is worse than the baseline. New, gone or changed, so not compared: b1.",
        ),
    ],
    ids=["accepted", "no baseline", "passed", "regressed", "inexact", "unpaired"],
)
def test_the_verdict_is_one_sentence(comparison: Comparison | None, words: str) -> None:
    assert verdict(comparison) == words
