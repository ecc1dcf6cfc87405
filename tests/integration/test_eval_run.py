"""Suites run end to end: real documents, a real library, the real embedder."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.gate import run_suite
from eval.metrics import METRICS
from eval.run import run
from eval.suites import find_suite
from rag.errors import InputError
from tests.sample_runs import sample_run, sample_suite

# The first test asks the whole sample suite: a minute or two on two cores that do nothing else.
pytestmark = pytest.mark.timeout(900)

QUESTION = {
    "id": "length",
    "question": "How long is the canal?",
    "answers": ["61 kilometres"],
    "evidence": [{"document": "canal.txt", "quote": "The canal is 61 kilometres long."}],
    "tags": ["fact"],
}
SILENT = {"id": "moons", "question": "How many moons does the planet Neptune have?", "unanswerable": True}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder for `--data`: two questions about one document."""
    folder = tmp_path / "data"
    (folder / "documents").mkdir(parents=True)
    (folder / "documents" / "canal.txt").write_text("The canal is 61 kilometres long. It was dug by hand.\n")
    (folder / "cases.jsonl").write_text(json.dumps(QUESTION) + "\n" + json.dumps(SILENT) + "\n")
    return folder


def predicted(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def test_every_sample_case_is_asked() -> None:
    assert [done.case for done in sample_run().cases] == list(sample_suite().cases)


def test_every_gold_quote_of_the_sample_stands_in_the_library() -> None:
    assert sample_run().notices == ()


def test_every_quote_of_the_sample_answers_is_exact() -> None:
    assert sample_run().metrics["quote_exactness"].value == 1.0


def test_every_tag_of_the_sample_has_figures() -> None:
    kinds = "compare conflicting count date definition fact latest list lookup several steps unanswerable value why-how"
    assert set(sample_run().by_tag) == {"news", "everyday", "yes-no", *kinds.split()}


def test_the_parts_of_the_sample_stand_before_its_smaller_tags() -> None:
    assert list(sample_run().by_tag)[:2] == ["news", "everyday"]


def test_a_run_leaves_the_persons_own_library_alone(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTED_LIBRARY", str(tmp_path / "library"))
    run(find_suite("sample", data=data))
    assert not (tmp_path / "library").exists()


def test_a_run_never_goes_to_the_persons_chroma_server(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTED_CHROMA_URL", "http://127.0.0.1:9")
    assert len(run(find_suite("sample", data=data)).cases) == 2


def test_the_same_run_gives_the_same_scores(data: Path) -> None:
    one, two = (run(find_suite("sample", data=data)) for _ in range(2))
    assert [done.scores for done in one.cases] == [done.scores for done in two.cases]


def test_the_same_run_gives_the_same_answers(data: Path) -> None:
    one, two = (run(find_suite("sample", data=data)) for _ in range(2))
    assert [done.ask | {"timings_ms": {}} for done in one.cases] == [
        done.ask | {"timings_ms": {}} for done in two.cases
    ]


def test_own_documents_answer_own_questions(data: Path) -> None:
    done, _ = run_suite("sample", data=data)
    assert done.metrics["answer_match"].value == 1.0


def test_progress_is_told_case_by_case(data: Path) -> None:
    told: list[tuple[int, int]] = []
    run_suite("sample", data=data, on_case=lambda done, all_cases: told.append((done, all_cases)))
    assert told == [(1, 2), (2, 2)]


def test_predictions_start_with_the_id_of_their_case(data: Path, tmp_path: Path) -> None:
    run_suite("sample", data=data, predictions=tmp_path / "out.jsonl")
    assert [next(iter(line.items())) for line in predicted(tmp_path / "out.jsonl")] == [
        ("id", "length"),
        ("id", "moons"),
    ]


def test_predictions_are_what_ask_prints(data: Path, tmp_path: Path) -> None:
    done, _ = run_suite("sample", data=data, predictions=tmp_path / "out.jsonl")
    assert [{**line, "id": None} for line in predicted(tmp_path / "out.jsonl")] == [
        {"id": None, **case.ask} for case in done.cases
    ]


def test_a_quote_is_compared_with_the_file_without_its_byte_order_mark(data: Path) -> None:
    document = data / "documents" / "canal.txt"
    document.write_text(document.read_text(), encoding="utf-8-sig")
    done, _ = run_suite("sample", data=data)
    assert done.metrics["quote_exactness"].value == 1.0


def test_other_data_has_no_baseline(data: Path) -> None:
    _, comparison = run_suite("sample", data=data)
    assert comparison is not None
    assert comparison.differences == ()


def test_a_run_passes_beside_its_own_baseline(data: Path, tmp_path: Path) -> None:
    run_suite("sample", data=data, baseline=tmp_path / "baseline.json", accept=True)
    _, comparison = run_suite("sample", data=data, baseline=tmp_path / "baseline.json")
    assert comparison is not None
    assert (len(comparison.differences), comparison.failed) == (len(METRICS), False)


def test_accepting_other_data_needs_a_place_for_the_baseline(data: Path) -> None:
    with pytest.raises(InputError, match="--baseline"):
        run_suite("sample", data=data, accept=True)


def test_a_missing_baseline_is_refused(data: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.json"):
        run_suite("sample", data=data, baseline=tmp_path / "nowhere.json")


def test_a_case_about_a_missing_document_is_named(data: Path) -> None:
    (data / "documents" / "canal.txt").rename(data / "documents" / "river.txt")
    with pytest.raises(InputError, match="'length' names canal"):
        run_suite("sample", data=data)


def test_a_gold_quote_that_is_not_in_its_document_is_noticed(data: Path) -> None:
    (data / "documents" / "canal.txt").write_text("The canal is 16 kilometres long. It was dug by hand.\n")
    done, _ = run_suite("sample", data=data)
    assert [notice.split(":")[0] for notice in done.notices] == [
        "The quote of case 'length' is not in the stored text of canal.txt"
    ]


def test_a_document_that_cannot_be_read_stops_nothing(data: Path) -> None:
    (data / "documents" / "broken.pdf").write_bytes(b"")
    done, _ = run_suite("sample", data=data)
    assert len(done.cases) == 2


def test_predictions_into_a_missing_folder_are_refused_before_anything_is_asked(data: Path, tmp_path: Path) -> None:
    told: list[int] = []
    with pytest.raises(InputError, match="there is no folder"):
        run_suite("sample", data=data, predictions=tmp_path / "no" / "out", on_case=lambda done, _: told.append(done))
    assert told == []
