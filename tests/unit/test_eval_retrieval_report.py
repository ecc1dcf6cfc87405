"""The report of a retrieval suite has every ranking, and says how much was searched."""

import io
import json

from rich.console import Console

from eval.benchmarks.retrieval import Query, QueryRun, RetrievalRun
from eval.mean import Mean
from eval.report import run_json, run_text
from rag.domain import Document, Origin, Passage, ScoredPassage, Span

PASSAGE = Passage.cut(Document("moss", "Moss is green. It is wet.", Origin("corpus.jsonl#moss")), Span(15, 25))
CASE = QueryRun(
    Query("q1", "Is moss wet?", {"moss": 1.0}, ("train",)),
    (ScoredPassage(PASSAGE, 0.03),),
    {"keywords": {"ndcg_at_10": 0.5}, "vectors": {"ndcg_at_10": 0.25}, "reranked": {"ndcg_at_10": 1.0}},
)
RUN = RetrievalRun(
    suite="scifact",
    cases=(CASE,),
    rankings={name: {"ndcg_at_10": Mean(scores["ndcg_at_10"], 1, 0)} for name, scores in CASE.scores.items()},
    by_tag={"train": {"ndcg_at_10": Mean(1.0, 1, 0)}},
    documents=5,
    passages=7,
    versions={"python": "3"},
    models={"embedder": "fake"},
    notices=("Cannot read [bold]corpus.jsonl#[/nothing].",),
    ingest_seconds=1.04,
    seconds=2.06,
)


def printed() -> str:
    console = Console(file=io.StringIO(), width=120)
    console.print(run_text(RUN, None))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_metrics_are_those_of_the_assistants_own_ranking() -> None:
    assert run_json(RUN, None)["metrics"] == {"ndcg_at_10": {"value": 1.0, "n": 1, "unscored": 0}}


def test_every_ranking_has_its_metrics() -> None:
    rankings = run_json(RUN, None)["rankings"]
    assert {name: means["ndcg_at_10"]["value"] for name, means in rankings.items()} == {
        "keywords": 0.5,
        "vectors": 0.25,
        "reranked": 1.0,
    }


def test_every_query_has_the_scores_of_the_assistants_own_ranking() -> None:
    assert run_json(RUN, None)["cases"] == [{"id": "q1", "scores": {"ndcg_at_10": 1.0}}]


def test_the_json_can_be_written_as_json() -> None:
    assert json.loads(json.dumps(run_json(RUN, None)))["passages"] == 7


def test_every_ranking_is_a_column() -> None:
    assert [figure for figure in ("0.500", "0.250", "1.000") if figure not in printed()] == []


def test_how_much_was_searched_is_printed() -> None:
    assert "5 documents in 7 passages. 2.1 s, of which 1.0 s to read the documents." in printed()


def test_markup_in_a_notice_is_printed_as_it_stands() -> None:
    assert "Cannot read [bold]corpus.jsonl#[/nothing]." in printed()


def test_a_prediction_is_what_was_found_best_first() -> None:
    assert CASE.prediction == {
        "id": "q1",
        "question": "Is moss wet?",
        "passages": [{"document": "moss", "start": 15, "end": 25, "text": "It is wet.", "score": 0.03}],
    }
