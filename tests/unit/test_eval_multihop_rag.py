"""MultiHop-RAG: its folder is read whole, or refused with the file and the line that is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.benchmarks.multihop_rag import load_multihop_answers, load_multihop_rag
from eval.benchmarks.retrieval import Query, RetrievalSuite
from rag.domain import Document, Origin, Passage, Span
from rag.errors import InputError

Json = dict[str, Any]
ARTICLE: Json = {"title": "Locks", "source": "Lisk Post", "url": "https://lisk.example/1", "body": "Three locks."}
QUERY: Json = {
    "query": "How many locks?",
    "answer": "Three",
    "question_type": "inference_query",
    "evidence_list": [{"fact": "Three locks\nwere dug.", "url": "https://lisk.example/1"}],
}
SILENT: Json = {"query": "Who?", "answer": "-", "question_type": "null_query", "evidence_list": []}


def load(folder: Path, articles: list[Json | str], queries: list[Json | str]) -> RetrievalSuite:
    for name, lines in (("corpus.jsonl", articles), ("queries.jsonl", queries)):
        written = (line if isinstance(line, str) else json.dumps(line) for line in lines)
        (folder / name).write_text("\n".join(written), encoding="utf-8")
    return load_multihop_rag(folder)


def passage_of(text: str) -> Passage:
    origin = Origin("corpus.jsonl#1", url="https://lisk.example/1")
    return Passage.cut(Document("0a1b", text, origin), Span(0, len(text)))


def test_a_query_wants_its_evidence_sentences(tmp_path: Path) -> None:
    assert load(tmp_path, [ARTICLE], [QUERY]).queries == (
        Query(0, "How many locks?", {"Threelocksweredug.": 1.0}, ("inference_query",)),
    )


def test_a_null_query_is_left_out_and_the_others_keep_their_place(tmp_path: Path) -> None:
    assert [query.id for query in load(tmp_path, [ARTICLE], [SILENT, QUERY, SILENT, QUERY]).queries] == [1, 3]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("It rained. Three  locks were\ndug. Then it stopped.", True),
        ("It rained. Three locks were", False),
        ("Four locks were dug.", False),
    ],
    ids=["other white space", "cut in two", "other words"],
)
def test_a_passage_counts_when_it_holds_a_whole_sentence(tmp_path: Path, text: str, counts: bool) -> None:
    suite = load(tmp_path, [ARTICLE], [QUERY])
    assert bool(suite.holds(passage_of(text), suite.queries[0])) is counts


def test_asked_for_answers_every_query_is_a_case_and_a_null_query_has_none(tmp_path: Path) -> None:
    load(tmp_path, [ARTICLE], [SILENT, QUERY])
    silent, told = load_multihop_answers(tmp_path).cases
    assert (silent.unanswerable, silent.answers, silent.tags) == (True, (), ("null_query",))
    assert (told.unanswerable, told.answers, told.tags) == (False, (("Three",),), ("inference_query",))


def test_the_id_of_an_article_is_its_url(tmp_path: Path) -> None:
    assert load(tmp_path, [ARTICLE], [QUERY]).document(passage_of("Three locks.")) == "https://lisk.example/1"


@pytest.mark.parametrize(
    ("articles", "queries", "fault"),
    [
        ([ARTICLE, "{"], [QUERY], "corpus.jsonl, line 2: Invalid JSON"),
        ([ARTICLE, {"url": "https://lisk.example/2"}], [QUERY], "corpus.jsonl, line 2: body"),
        ([ARTICLE, "", ARTICLE], [QUERY], "corpus.jsonl, line 3: the url 'https://lisk.example/1' is already"),
        ([], [QUERY], "no articles"),
        ([ARTICLE], [QUERY, "[]"], "queries.jsonl, line 2:"),
        ([ARTICLE], [QUERY | {"query": " "}], "queries.jsonl, line 1: query"),
        ([ARTICLE], [QUERY | {"evidence_list": [{"url": "x"}]}], "queries.jsonl, line 1: evidence_list.0.fact"),
        ([ARTICLE], [QUERY | {"evidence_list": [{"fact": " "}]}], "queries.jsonl, line 1: evidence_list.0.fact"),
        ([ARTICLE], [SILENT, QUERY | {"evidence_list": []}], "queries.jsonl, line 2: only a 'null_query'"),
        ([ARTICLE], [SILENT], "no queries with evidence"),
    ],
    ids=[
        "broken JSON", "no body", "url twice", "no articles", "no object", "empty query", "no fact", "empty fact",
        "no evidence", "null queries alone",
    ],
)  # fmt: skip
def test_a_wrong_line_is_named_with_its_fault(
    tmp_path: Path, articles: list[Json | str], queries: list[Json | str], fault: str
) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, articles, queries)
    assert fault in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"corpus\.jsonl"):
        load_multihop_rag(tmp_path)
