"""Retrieval suites run end to end over five invented documents, with a real library and the real embedder."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from eval.benchmarks.retrieval import RANKINGS, RetrievalRun
from eval.gate import run_suite
from eval.report import run_json
from rag.errors import InputError
from ui.cli import app

SENTENCES = {
    "canal": "The Ketteral Canal is 61 kilometres long.",
    "toll": "The toll for a barge of grain rose to 71 crowns.",
    "mill": "A fire destroyed the old paper mill at Dunmar.",
    "choir": "The choir of Ormund sang at the harvest festival.",
    "bridge": "The stone bridge was closed for repairs in winter.",
}
QUESTIONS = {"canal": "How long is the Ketteral Canal?", "mill": "What burned down at Dunmar?"}


def as_lines(objects: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(item) + "\n" for item in objects)


@pytest.fixture
def multihop_rag(tmp_path: Path) -> Path:
    folder = tmp_path / "multihop"
    folder.mkdir()
    articles = [
        {"title": name, "source": "Lisk Post", "published_at": "2025-03-01", "url": f"https://lisk.example/{name}",
         "body": f"It was a grey morning.\n\n{sentence}\nNobody minded."}
        for name, sentence in SENTENCES.items()
    ]  # fmt: skip
    queries = [
        {"query": question, "question_type": "inference_query", "evidence_list": [{"fact": SENTENCES[name]}]}
        for name, question in QUESTIONS.items()
    ]
    silent = {"query": "Who won?", "question_type": "null_query", "evidence_list": []}
    (folder / "corpus.jsonl").write_text(as_lines(articles))
    (folder / "queries.jsonl").write_text(as_lines([silent, *queries]))
    return folder


@pytest.fixture
def scifact(tmp_path: Path) -> Path:
    folder = tmp_path / "scifact"
    (folder / "qrels").mkdir(parents=True)
    # Long enough for two passages, so that a document can be found twice.
    abstracts = [{"_id": name, "title": name, "text": " ".join([text] * 40)} for name, text in SENTENCES.items()]
    claims = [{"_id": f"about-{name}", "text": question} for name, question in QUESTIONS.items()]
    (folder / "corpus.jsonl").write_text(as_lines(abstracts))
    (folder / "queries.jsonl").write_text(as_lines(claims))
    judged = [f"about-{name}\t{name}\t1\n" for name in QUESTIONS]
    (folder / "qrels" / "train.tsv").write_text("query-id\tcorpus-id\tscore\n" + "".join(judged))
    return folder


def ranked(name: str, data: Path, predictions: Path | None = None) -> RetrievalRun:
    run, comparison = run_suite(name, data=data, predictions=predictions)
    assert isinstance(run, RetrievalRun)
    assert comparison is None
    return run


def predicted(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_multihop_rag_finds_the_evidence_of_five_articles(multihop_rag: Path) -> None:
    metrics = ranked("multihop-rag", multihop_rag).metrics
    assert {name: (mean.value, mean.n) for name, mean in metrics.items()} == {
        "hits_at_10": (1.0, 2),
        "hits_at_4": (1.0, 2),
        "mrr_at_10": (1.0, 2),
        "evidence_at_10": (1.0, 2),
    }


def test_scifact_finds_the_abstracts_of_five(scifact: Path) -> None:
    metrics = ranked("scifact", scifact).metrics
    assert {name: (mean.value, mean.n) for name, mean in metrics.items()} == {
        "ndcg_at_10": (1.0, 2),
        "recall_at_10": (1.0, 2),
    }


def test_multihop_rag_predictions_are_passages_of_the_articles(multihop_rag: Path, tmp_path: Path) -> None:
    ranked("multihop-rag", multihop_rag, tmp_path / "out.jsonl")
    bodies = {line["url"]: line["body"] for line in predicted(multihop_rag / "corpus.jsonl")}
    for line in predicted(tmp_path / "out.jsonl"):
        assert [found["text"] for found in line["passages"]] == [
            bodies[found["document"]][found["start"] : found["end"]] for found in line["passages"]
        ]


def test_multihop_rag_predictions_are_numbered_by_the_place_of_their_query(multihop_rag: Path, tmp_path: Path) -> None:
    ranked("multihop-rag", multihop_rag, tmp_path / "out.jsonl")
    assert [(line["id"], line["question"]) for line in predicted(tmp_path / "out.jsonl")] == [
        (1, QUESTIONS["canal"]),
        (2, QUESTIONS["mill"]),
    ]


def test_scifact_predictions_name_every_document_once(scifact: Path, tmp_path: Path) -> None:
    run = ranked("scifact", scifact, tmp_path / "out.jsonl")
    assert run.passages > run.documents
    for line in predicted(tmp_path / "out.jsonl"):
        assert sorted(found["document"] for found in line["passages"]) == sorted(SENTENCES)


def test_predictions_come_best_first(scifact: Path, tmp_path: Path) -> None:
    ranked("scifact", scifact, tmp_path / "out.jsonl")
    for line in predicted(tmp_path / "out.jsonl"):
        scores = [found["score"] for found in line["passages"]]
        assert scores == sorted(scores, reverse=True)


def test_a_document_without_text_is_noticed_and_stops_nothing(scifact: Path) -> None:
    with (scifact / "corpus.jsonl").open("a") as corpus:
        corpus.write('{"_id": "blank", "title": "blank", "text": " "}\n')
    run = ranked("scifact", scifact)
    assert (len(run.cases), run.notices) == (2, ("Cannot read corpus.jsonl#blank: it holds no text.",))


def test_the_report_has_every_ranking(scifact: Path) -> None:
    run = ranked("scifact", scifact)
    assert run_json(run, None)["rankings"].keys() == RANKINGS.keys()


def test_a_retrieval_suite_keeps_no_baseline(scifact: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="keeps no baseline"):
        run_suite("scifact", data=scifact, baseline=tmp_path / "baseline.json", accept=True)


def test_progress_is_told_query_by_query(scifact: Path) -> None:
    told: list[tuple[int, int]] = []
    run_suite("scifact", data=scifact, on_case=lambda done, all_of_them: told.append((done, all_of_them)))
    assert told == [(1, 2), (2, 2)]


def test_the_command_prints_the_metrics_as_json(multihop_rag: Path) -> None:
    printed = CliRunner().invoke(app, ["eval", "multihop-rag", "--data", str(multihop_rag), "--json"])
    assert printed.exit_code == 0
    assert json.loads(printed.stdout)["metrics"]["hits_at_10"] == {"value": 1.0, "n": 2, "unscored": 0}


def test_the_command_prints_a_column_for_each_ranking(multihop_rag: Path) -> None:
    printed = CliRunner().invoke(app, ["eval", "multihop-rag", "--data", str(multihop_rag)])
    assert all(name in printed.stdout for name in RANKINGS)
