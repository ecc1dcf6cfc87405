"""Settings that are worse fail the gate; a program that answers the same does not."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from eval.baseline import Baseline, as_baseline
from eval.compare import compare
from eval.run import CaseRun, Run, run, score
from eval.suite import Suite
from eval.suites import find_suite
from rag.assistant import Assistant
from rag.domain import Citation
from rag.settings import load_settings
from rag.text.sentences import sentences
from rag.wiring import wire
from tests.sample_runs import asked_again, of_cases, part, part_run

# The first asks the whole sample suite, others a large part of it.
pytestmark = pytest.mark.timeout(900)

# What answers a question, and what only asks it again: the second shares more words with it, so that words and vectors
# put it first, and only reading tells them apart.
TOLD_AND_ASKED = [
    ("Who built the ferry at {}?", "The ferry at {} was built by Anna Pell, a carpenter, in 1911."),
    ("When did the mill at {} burn down?", "The mill at {} burned down on 3 May 1924, in the night."),
    ("How long is the bridge at {}?", "The bridge at {} is 240 metres long and carries two lanes."),
    ("What does the toll at {} cost?", "The toll at {} costs nine crowns for a cart and four for a horse."),
    ("How many rooms does the inn at {} have?", "The inn at {} has seventeen rooms above its stables."),
    ("Where is the market at {} held?", "The market at {} is held in the yard behind the chapel."),
]
ECHO = "{0} {0} This is what visitors to {1} ask. {0} Nobody at {1} has an answer."
PLACES = ["Oster", "Lund", "Varne", "Tolk", "Hamm", "Brill"]


@cache
def accepted() -> Baseline:
    return as_baseline(part_run(2))


def rescored(cases: Iterator[CaseRun]) -> Run:
    return of_cases([replace(one, scores=score(one.case, one.result)) for one in cases])


def top_1(library: Path) -> Assistant:
    return Assistant.open(library, create=True, chroma_url="", passages=1)


def without_reader(library: Path) -> Assistant:
    settings = load_settings(library=library, chroma_url="")
    return Assistant(replace(wire(settings, create=True), reader=None, close_reader=None), settings)


@pytest.fixture
def echoing(tmp_path: Path) -> Suite:
    """36 questions, of each of which one document says the answer and another repeats the question."""
    documents, cases = tmp_path / "documents", []
    documents.mkdir()
    for place in PLACES:
        for asked, told in TOLD_AND_ASKED:
            id_ = f"{place}-{len(cases)}"
            question, answer = asked.format(place), told.format(place)
            (documents / f"{id_}-told.txt").write_text(answer)
            (documents / f"{id_}-asked.txt").write_text(ECHO.format(question, place))
            evidence = [{"document": f"{id_}-told.txt", "quote": answer}]
            cases.append({"id": id_, "question": question, "evidence": evidence})
    (tmp_path / "cases.jsonl").write_text("".join(json.dumps(case) + "\n" for case in cases))
    found = find_suite("own", data=tmp_path)
    assert isinstance(found, Suite)
    return found


def test_a_refactoring_passes() -> None:
    assert not compare(asked_again(part(4), jobs=1), as_baseline(part_run(4))).failed


def test_retrieval_of_one_passage_fails() -> None:
    regressed = {one.metric for one in compare(asked_again(part(2), assistant=top_1), accepted()).regressions}
    assert "retrieval_recall" in regressed


def test_retrieval_that_is_not_reranked_fails(echoing: Suite) -> None:
    """What is retrieved depends on the reader through the reranking alone."""
    reranked, not_reranked = run(echoing), run(echoing, assistant=without_reader)
    regressed = {one.metric for one in compare(not_reranked, as_baseline(reranked)).regressions}
    assert {"retrieval_mrr", "retrieval_ndcg"} <= regressed


def test_answers_without_a_reader_fail() -> None:
    """On the sample suite too, where reranking alone moves the rank of the proof by less than its cases can show."""
    regressed = {one.metric for one in compare(asked_again(part(2), assistant=without_reader), accepted()).regressions}
    assert regressed & {"answer_match", "abstention_accuracy", "evidence_recall"}


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

    regressed = {one.metric for one in compare(rescored(map(moved, part_run(2).cases)), accepted()).regressions}
    assert {"citation_recall", "citation_precision", "evidence_precision"} <= regressed
