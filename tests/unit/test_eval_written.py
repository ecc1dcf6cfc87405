"""A run is written down for people, pull requests and build servers, and nothing in it can do harm."""

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from eval.compare import Comparison, Difference
from eval.confidence import calibration, risk_coverage
from eval.html_report import html_report
from eval.junit import junit_xml
from eval.latency import latency
from eval.markdown_report import markdown_report
from eval.metrics import METRICS
from eval.run import CaseRun, Run
from eval.written import write_run
from rag.domain import Citation, Document, Origin, Outcome, Quote, Span
from rag.errors import InputError
from tests.unit.test_eval_report import CASES, FELL, RUN, case_run

EVIL = '<script>alert(1)</script> | [link](http://example.org) "x" \x00'
OPEN = Difference("answer_match", before=0.75, now=0.7, p_value=0.3, regressed=False, more_cases=120)


def with_text(text: str) -> Run:
    done = case_run("b1", match=0.0, answer=text)
    cited = Citation(1, "d", Span(0, 1), text, Origin(text), context=(Quote(Span(0, 1), f"Under {text}"),))
    answer = replace(done.result.answer, question=text, citations=(cited,))
    return replace(
        RUN, cases=(replace(done, case=replace(done.case, question=text), result=replace(done.result, answer=answer)),)
    )


def rated(id_: str, confidence: float, *, match: float | None, outcome: Outcome = Outcome.ANSWERED) -> CaseRun:
    done = case_run(id_, match=match)
    answer = replace(done.result.answer, answerable=confidence, outcome=outcome)
    return replace(done, result=replace(done.result, answer=answer))


# -- confidence --------------------------------------------------------------------------------------------------------


def test_the_surest_answers_come_first_in_risk_over_coverage() -> None:
    cases = [rated("a", 0.5, match=0.0), rated("b", 0.9, match=1.0), rated("c", 0.7, match=1.0)]
    curve = risk_coverage(cases)
    assert curve.points == ((1 / 3, 0.0), (2 / 3, 0.0), (1.0, 1 / 3))
    assert curve.area == pytest.approx(1 / 9)


def test_a_declined_case_is_covered_by_no_point() -> None:
    cases = [rated("a", 0.9, match=1.0), rated("b", 0.1, match=0.0, outcome=Outcome.ABSTAINED)]
    assert risk_coverage(cases).points == ((0.5, 0.0),)


def test_an_answer_that_cannot_be_judged_is_unscored() -> None:
    assert risk_coverage([rated("a", 0.9, match=None)]).unscored == 1


def test_calibration_compares_what_was_told_with_what_is() -> None:
    found = calibration([rated("a", 0.9, match=1.0), rated("b", 0.7, match=1.0)])
    assert [(held.predicted, held.observed, held.cases) for held in found.bins] == [(0.7, 1.0, 1), (0.9, 1.0, 1)]
    assert found.brier == pytest.approx((0.01 + 0.09) / 2)


def test_latency_is_a_median_and_a_slow_end() -> None:
    taken = latency([replace(CASES[0], seconds=seconds / 1000) for seconds in range(1, 101)])
    assert (taken.median, taken.p95) == (50.5, 95.0)


# -- HTML --------------------------------------------------------------------------------------------------------------


def test_the_page_escapes_what_documents_and_models_say() -> None:
    page = html_report(with_text(EVIL), None)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_page_fetches_nothing_and_lets_only_its_own_script_run() -> None:
    page = html_report(RUN, Comparison((FELL,)))
    assert "default-src 'none'" in page
    assert not any(word in page for word in ("http://", "https://", "src=", "@import", "url("))


def test_the_page_says_the_verdict_first() -> None:
    page = html_report(RUN, Comparison((FELL,)))
    assert page.index("Failed: answer_match fell by 0.250") < page.index("<table>")


def test_the_page_has_a_row_for_every_metric_that_scored_a_case_and_names_the_others() -> None:
    page = html_report(RUN, None)
    rows = {metric.name for metric in METRICS if f"<td>{metric.name}</td>" in page}
    [others] = re.findall(r"Unscored in all 3 cases: (.*?)\.</p>", page)
    assert rows == {"answer_match", "abstention_accuracy"}
    assert rows | set(others.split(", ")) == {metric.name for metric in METRICS}


def test_a_metric_that_no_longer_scores_a_case_keeps_its_row() -> None:
    gone = Difference("groundedness", before=0.9, now=None, p_value=1.0, regressed=False)
    assert "<td>groundedness</td>" in html_report(RUN, Comparison((gone,)))


def test_the_page_tells_what_changed_among_the_cases_of_a_tag() -> None:
    page = html_report(RUN, Comparison((FELL,), by_tag={"a": (FELL,), "b": ()}))
    assert page.split("<h2>By tag</h2>")[1].count('<span class="change">-0.250</span>') == 1


def test_without_a_baseline_nothing_is_called_passed_and_no_column_is_empty() -> None:
    page = html_report(RUN, Comparison())
    assert '<header class="unjudged">' in page
    assert ">change</th>" not in page
    assert ">change</th>" in html_report(RUN, Comparison(differences=(FELL,)))


def test_a_quote_is_marked_among_the_words_around_it() -> None:
    text = "Before it. The canal is long. After it."
    done = case_run("a1", match=1.0, answer="The canal is long [1].")
    citation = Citation(1, "d", Span(11, 29), "The canal is long.", Origin("a.txt"))
    answer = replace(done.result.answer, citations=(citation,))
    documents = {"d": Document("d", text, Origin("a.txt"))}
    run = replace(RUN, cases=(replace(done, result=replace(done.result, answer=answer, documents=documents)),))
    assert "Before it. <mark>The canal is long.</mark> After it." in html_report(run, None)


# -- Markdown and JUnit ------------------------------------------------------------------------------------------------


def test_markdown_shows_texts_as_they_stand() -> None:
    told = markdown_report(with_text(EVIL), None)
    assert "<script>" not in told
    assert "[link](" not in told


def test_markdown_says_how_many_more_cases_would_decide() -> None:
    assert "about 120 more cases would decide" in markdown_report(RUN, Comparison((OPEN,)))


def test_a_regression_is_a_failed_test_of_the_build() -> None:
    root = ElementTree.fromstring(junit_xml(RUN, Comparison((FELL,))))
    assert [test.get("name") for test in root.iter("testcase") if test.find("failure") is not None] == ["answer_match"]


def test_an_unscored_metric_is_a_skipped_test() -> None:
    root = ElementTree.fromstring(junit_xml(RUN, None))
    skipped = {test.get("name") for test in root.iter("testcase") if test.find("skipped") is not None}
    assert {"groundedness", "contradiction_rate"} <= skipped


def test_xml_holds_what_xml_can_hold() -> None:
    ElementTree.fromstring(junit_xml(with_text(EVIL), None))


# -- files -------------------------------------------------------------------------------------------------------------


def test_a_run_is_written_as_four_files(tmp_path: Path) -> None:
    write_run(RUN, None, tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "run.jsonl",
        "report.html",
        "report.md",
        "junit.xml",
    }


def test_every_case_is_kept_with_its_answer_passages_scores_and_times(tmp_path: Path) -> None:
    write_run(RUN, None, tmp_path)
    head, *cases = map(json.loads, (tmp_path / "run.jsonl").read_text().splitlines())
    assert {"versions", "models", "settings", "timings"} <= head.keys()
    assert [case["id"] for case in cases] == ["a1", "b1", "b2"]
    assert all({"answer", "passages", "scores", "seconds", "timings_ms"} <= case.keys() for case in cases)


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="Choose another --out"):
        write_run(RUN, None, tmp_path / "file")
