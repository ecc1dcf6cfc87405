"""Settings that are worse fail the gate; a program that answers the same does not."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from eval.baseline import Baseline, as_baseline
from eval.compare import compare
from eval.run import CaseRun, Run, means, run, score
from eval.suite import Suite
from eval.suites import find_suite
from rag.assistant import Assistant
from rag.domain import Citation
from rag.words import sentences


@cache
def suite() -> Suite:
    found = find_suite("sample")
    assert isinstance(found, Suite)
    return found


@cache
def usual() -> Run:
    return run(suite())


@cache
def accepted() -> Baseline:
    return as_baseline(usual())


def rescored(cases: Iterator[CaseRun]) -> Run:
    done = tuple(replace(one, scores=score(one.case, one.result)) for one in cases)
    return replace(usual(), cases=done, metrics=means(done))


def top_1(library: Path) -> Assistant:
    return Assistant.open(library, create=True, chroma_url="", passages=1)


def test_a_refactoring_passes() -> None:
    assert not compare(run(suite(), jobs=1), accepted()).failed


def test_retrieval_of_one_passage_fails() -> None:
    regressed = {one.metric for one in compare(run(suite(), assistant=top_1), accepted()).regressions}
    assert "retrieval_recall" in regressed


def test_citations_off_by_one_fail() -> None:
    """Each quote is the sentence after the one that is meant."""

    def next_sentence(citation: Citation, done: CaseRun) -> Citation:
        document = done.result.documents[citation.document]
        after = [span for span in sentences(document.search_text) if span.start >= citation.span.end]
        span = after[0] if after else citation.span
        return replace(citation, span=span, quote=span.of(document.text))

    def moved(done: CaseRun) -> CaseRun:
        answer = done.result.answer
        citations = tuple(next_sentence(citation, done) for citation in answer.citations)
        return replace(done, result=replace(done.result, answer=replace(answer, citations=citations)))

    regressed = {one.metric for one in compare(rescored(map(moved, usual().cases)), accepted()).regressions}
    assert {"citation_recall", "citation_precision", "evidence_precision"} <= regressed
