"""Answers that are kept are not asked again, and change nothing."""

import json
from pathlib import Path

import pytest

from eval.library import open_assistant
from eval.run import Run, run
from eval.suite import Suite
from eval.suites import find_suite
from rag.assistant import Assistant

TEXT = "The canal is 61 kilometres long. It was dug by hand.\n"
LENGTH = {"id": "length", "question": "How long is the canal?", "answers": ["61 kilometres"]}
DUG = {"id": "dug", "question": "How was the canal dug?", "answers": ["by hand"]}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "documents").mkdir(parents=True)
    (folder / "documents" / "canal.txt").write_text(TEXT)
    return folder


def suite(data: Path, *cases: dict[str, object]) -> Suite:
    (data / "cases.jsonl").write_text("".join(json.dumps(case) + "\n" for case in cases))
    found = find_suite("sample", data=data)
    assert isinstance(found, Suite)
    return found


def outcomes(done: Run) -> list[object]:
    return [(case.case.id, case.scores, case.result.answer) for case in done.cases]


def test_an_unchanged_suite_is_not_asked_again(data: Path, tmp_path: Path) -> None:
    wanted = suite(data, LENGTH, DUG)
    first, second = (run(wanted, cache=tmp_path / "cache") for _ in range(2))
    assert (first.reused, second.reused) == (0, 2)
    assert outcomes(first) == outcomes(second)


def test_a_new_case_alone_is_asked(data: Path, tmp_path: Path) -> None:
    run(suite(data, LENGTH), cache=tmp_path / "cache")
    assert run(suite(data, LENGTH, DUG), cache=tmp_path / "cache").reused == 1


def test_corrected_gold_is_scored_without_asking(data: Path, tmp_path: Path) -> None:
    run(suite(data, LENGTH), cache=tmp_path / "cache")
    done = run(suite(data, LENGTH | {"answers": ["61 miles"]}), cache=tmp_path / "cache")
    assert (done.reused, done.metrics["answer_match"].value) == (1, 0.0)


def test_a_changed_document_is_asked_again(data: Path, tmp_path: Path) -> None:
    run(suite(data, LENGTH), cache=tmp_path / "cache")
    (data / "documents" / "canal.txt").write_text(TEXT.replace("61", "62"))
    done = run(suite(data, LENGTH), cache=tmp_path / "cache")
    assert (done.reused, done.metrics["answer_match"].value) == (0, 0.0)


def test_other_settings_are_asked_again(data: Path, tmp_path: Path) -> None:
    def with_one_passage(library: Path) -> Assistant:
        return Assistant.open(library, create=True, chroma_url="", passages=1)

    run(suite(data, LENGTH), cache=tmp_path / "cache")
    assert run(suite(data, LENGTH), cache=tmp_path / "cache", assistant=with_one_passage).reused == 0


def test_fresh_asks_every_case_again(data: Path, tmp_path: Path) -> None:
    wanted = suite(data, LENGTH)
    run(wanted, cache=tmp_path / "cache")
    assert run(wanted, cache=tmp_path / "cache", fresh=True).reused == 0


def test_a_damaged_answer_is_asked_again(data: Path, tmp_path: Path) -> None:
    wanted = suite(data, LENGTH)
    run(wanted, cache=tmp_path / "cache")
    [kept] = (tmp_path / "cache" / "answers").iterdir()
    kept.write_text("{")
    assert run(wanted, cache=tmp_path / "cache").reused == 0


def test_an_interrupted_run_goes_on_where_it_was(data: Path, tmp_path: Path) -> None:
    wanted = suite(data, LENGTH, DUG)

    def stop(done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(wanted, cache=tmp_path / "cache", jobs=1, on_case=stop)
    assert run(wanted, cache=tmp_path / "cache").reused >= 1


def test_one_job_or_several_give_the_same(data: Path) -> None:
    wanted = suite(data, LENGTH, DUG, LENGTH | {"id": "again"})
    one, three = (run(wanted, jobs=jobs) for jobs in (1, 3))
    assert [(id_, scores) for id_, scores, _ in outcomes(one)] == [(id_, scores) for id_, scores, _ in outcomes(three)]


def test_a_case_that_brings_documents_is_asked_over_them_alone(data: Path, tmp_path: Path) -> None:
    own = {"id": "own", "question": "How long is the canal?", "answers": ["9 leagues"],
           "documents": [{"id": "a", "text": "The canal is 9 leagues long."}],
           "evidence": [{"document": "a", "quote": "9 leagues long"}]}  # fmt: skip
    wanted = Suite("own", suite(data, own).cases)
    first, second = (run(wanted, cache=tmp_path / "cache", assistant=open_assistant) for _ in range(2))
    assert [first.metrics[name].value for name in ("answer_match", "evidence_precision", "quote_exactness")] == [
        1.0
    ] * 3
    assert outcomes(first) == outcomes(second)


OTHER = [{"id": "a", "text": "The canal is 9 leagues long."}, {"id": "b", "text": "The moon has no canals. " * 9}]


@pytest.mark.parametrize(
    ("documents", "opened"), [([OTHER, OTHER], 1), ([OTHER, OTHER[:1]], 2)], ids=["the same", "others"]
)
def test_cases_that_bring_the_same_documents_share_a_library(
    data: Path, documents: list[list[dict[str, str]]], opened: int
) -> None:
    libraries: list[Path] = []

    def counted(library: Path) -> Assistant:
        libraries.append(library)
        return open_assistant(library)

    asked = [LENGTH | {"id": str(place), "documents": brought} for place, brought in enumerate(documents)]
    done = run(Suite("own", suite(data, *asked).cases), assistant=counted)
    # One more, empty, is that of the suite.
    assert len(libraries) == opened + 1
    assert ["9 leagues" in case.result.answer.text for case in done.cases] == [True, True]
    assert not any(library.exists() for library in libraries)


def test_of_a_library_that_a_case_brings_only_what_is_judged_is_kept(data: Path, tmp_path: Path) -> None:
    moons = [{"id": f"moon {number}", "text": f"Moon {number} has no canals."} for number in range(60)]
    own = LENGTH | {"documents": [*OTHER[:1], *moons], "evidence": [{"document": "moon 59"}]}
    [case] = run(Suite("own", suite(data, own).cases), cache=tmp_path / "cache").cases
    kept = {document.origin.path for document in case.result.documents.values()}
    judged = {found.passage.document for found in case.result.retrieved}
    assert judged <= case.result.documents.keys()
    assert case.notices == ()
    assert len(kept) < 61


def test_the_turns_of_a_case_are_given_to_the_assistant(data: Path, tmp_path: Path) -> None:
    turn = {"question": "How was the canal dug?", "answer": "By hand."}
    run(suite(data, LENGTH), cache=tmp_path / "cache")
    assert run(suite(data, LENGTH | {"turns": [turn]}), cache=tmp_path / "cache").reused == 0


def test_drafts_are_counted_and_not_asked(data: Path) -> None:
    done = run(suite(data, LENGTH, {"id": "why", "question": "Why?", "draft": True}))
    assert ([case.case.id for case in done.cases], done.notices) == (["length"], ("Drafts that were not asked: 1.",))
