"""Suites are found by name, with their documents."""

from pathlib import Path

import pytest

from eval.sample import sample_documents
from eval.suite import Suite
from eval.suites import BENCHMARKS, find_suite
from rag.errors import InputError

LINE = '{"id": "one", "question": "How long?", "answers": ["61"]}\n'


def test_the_sample_suite_has_its_documents() -> None:
    suite = find_suite("sample")
    named = {entry.document for case in suite.cases for part in case.evidence for entry in part}
    files = (path for path in suite.documents.rglob("*") if path.is_file())
    assert named == {path.relative_to(suite.documents).as_posix() for path in files}


def test_an_unknown_suite_is_answered_with_the_known_ones() -> None:
    with pytest.raises(InputError, match=r"no suite 'simple'. Suites: claims, clapnq, .*, own, .*, squad\."):
        find_suite("simple")


@pytest.mark.parametrize("name", BENCHMARKS)
def test_a_suite_without_data_of_its_own_asks_for_their_folder(name: str) -> None:
    with pytest.raises(InputError, match=f"'{name}' brings no data.*--data"):
        find_suite(name)


@pytest.mark.parametrize("name", ["multihop-rag", "scifact", "seeds"])
def test_a_suite_of_a_folder_is_not_given_a_file(name: str, tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text("")
    with pytest.raises(InputError, match="Give their folder"):
        find_suite(name, data=tmp_path / "corpus.jsonl")


@pytest.mark.parametrize("name", ["squad", "claims", "ragtruth"])
def test_a_suite_of_a_file_is_not_given_a_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Give their file"):
        find_suite(name, data=tmp_path)


def test_a_suite_that_nothing_is_trained_on_holds_nothing_out() -> None:
    with pytest.raises(InputError, match=r"No model learns.*'sample'"):
        find_suite("sample", held_out=True)


def test_a_file_gives_other_cases_over_the_sample_documents(tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text(LINE)
    suite = find_suite("sample", data=tmp_path / "mine.jsonl")
    assert ([case.id for case in suite.cases], suite.documents) == (["one"], sample_documents())


def test_a_folder_gives_other_cases_and_documents(tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text(LINE)
    (tmp_path / "documents").mkdir()
    assert find_suite("sample", data=tmp_path).documents == tmp_path / "documents"


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text(LINE)
    with pytest.raises(InputError, match="no folder 'documents'"):
        find_suite("sample", data=tmp_path)


def test_other_cases_have_no_baseline_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text(LINE)
    assert find_suite("sample", data=tmp_path / "mine.jsonl").baseline is None


def test_an_installed_wheel_uses_the_documents_packed_with_it(tmp_path: Path) -> None:
    packed, checkout = tmp_path / "packed", tmp_path / "examples"
    packed.mkdir()
    checkout.mkdir()
    assert sample_documents(packed, checkout) == packed


def test_a_checkout_uses_its_examples(tmp_path: Path) -> None:
    (tmp_path / "examples").mkdir()
    assert sample_documents(tmp_path / "packed", tmp_path / "examples") == tmp_path / "examples"


def test_a_missing_sample_corpus_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="sample corpus is missing"):
        sample_documents(tmp_path / "packed", tmp_path / "examples")


def test_own_cases_keep_their_baseline_beside_them(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "cases.jsonl").write_text(LINE)
    suite = find_suite("own", data=tmp_path)
    assert isinstance(suite, Suite)
    assert (suite.documents, suite.baseline) == (tmp_path / "documents", tmp_path / "baseline.json")


def test_own_cases_may_ask_a_library_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text(LINE)
    suite = find_suite("own", data=tmp_path / "mine.jsonl", library=tmp_path / "library")
    assert isinstance(suite, Suite)
    assert (suite.documents, suite.library) == (None, tmp_path / "library")


def test_own_cases_without_documents_or_a_library_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text(LINE)
    with pytest.raises(InputError, match="no folder 'documents'"):
        find_suite("own", data=tmp_path / "mine.jsonl")


def test_the_sample_is_asked_over_no_other_library(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Leave --library out"):
        find_suite("sample", library=tmp_path)
