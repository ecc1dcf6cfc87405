"""SciFact: its folder is read whole, or refused with the file and the line that is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.benchmarks.retrieval import Query, RetrievalSuite
from eval.benchmarks.scifact import load_scifact
from rag.domain import Document, Origin, Passage, Span
from rag.errors import InputError

Json = dict[str, Any]
ABSTRACTS: list[Json] = [
    {"_id": "d1", "title": "Moss", "text": "Moss is green."},
    {"_id": "d2", "text": "Rust is red."},
]
CLAIMS: list[Json] = [{"_id": "q1", "text": "Moss is green."}, {"_id": "q2", "text": "Rust is blue."}]
HEADING = "query-id\tcorpus-id\tscore\n"


def load(
    folder: Path,
    *,
    abstracts: list[Json] = ABSTRACTS,
    claims: list[Json] = CLAIMS,
    train: str = "q1\td1\t1\n",
    test: str | None = None,
) -> RetrievalSuite:
    (folder / "qrels").mkdir(exist_ok=True)
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, abstracts)))
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, claims)))
    for name, judged in (("train", train), ("test", test)):
        if judged is not None:
            (folder / "qrels" / f"{name}.tsv").write_text(HEADING + judged)
    return load_scifact(folder)


def test_a_query_wants_the_documents_judged_for_it(tmp_path: Path) -> None:
    suite = load(tmp_path, train="q2\td2\t1\nq2\td1\t2\n")
    assert suite.queries == (Query("q2", "Rust is blue.", {"d2": 1.0, "d1": 2.0}, ("train",)),)


def test_a_document_judged_zero_is_not_wanted(tmp_path: Path) -> None:
    suite = load(tmp_path, train="q1\td1\t1\nq1\td2\t0\nq2\td2\t0\n")
    assert [(query.id, query.wanted) for query in suite.queries] == [("q1", {"d1": 1.0})]


def test_every_file_of_judgements_is_read_and_is_a_tag(tmp_path: Path) -> None:
    suite = load(tmp_path, test="q2\td2\t1\n")
    assert [(query.id, query.tags) for query in suite.queries] == [("q1", ("train",)), ("q2", ("test",))]


def test_lines_may_end_as_on_windows(tmp_path: Path) -> None:
    assert load(tmp_path, train="q1\td1\t1\r\n").queries[0].wanted == {"d1": 1.0}


def test_a_passage_holds_its_document_where_that_is_wanted(tmp_path: Path) -> None:
    suite = load(tmp_path)
    found = [
        suite.holds(Passage.cut(Document(id_, "Moss.", Origin("corpus.jsonl")), Span(0, 5)), suite.queries[0])
        for id_ in ("d1", "d2")
    ]
    assert found == [{"d1"}, set()]


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"abstracts": [*ABSTRACTS, {"_id": "d3"}]}, "corpus.jsonl, line 3: text"),
        ({"abstracts": [*ABSTRACTS, ABSTRACTS[0]]}, "corpus.jsonl, line 3: the _id 'd1' is already that of line 1"),
        ({"claims": [{"_id": 1, "text": "Moss."}]}, "queries.jsonl, line 1: _id"),
        ({"train": "q1\td1\t1\nq1 d2 1\n"}, "train.tsv, line 3: it is not a query-id"),
        ({"train": "q1\td1\tyes\n"}, "train.tsv, line 2: it is not a query-id"),
        ({"train": "q9\td1\t1\n"}, "train.tsv, line 2: there is no query 'q9'"),
        ({"train": "q1\td9\t1\n"}, "train.tsv, line 2: there is no document 'd9'"),
        ({"train": "q1\td1\t0\n"}, "no judged documents"),
    ],
    ids=[
        "no text", "id twice", "id no text", "no tabs", "grade no number", "unknown query", "unknown document",
        "nothing judged",
    ],
)  # fmt: skip
def test_a_wrong_line_is_named_with_its_fault(tmp_path: Path, given: dict[str, Any], fault: str) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, **given)
    assert fault in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"queries\.jsonl"):
        load_scifact(tmp_path)
