"""Suites of judgements run end to end over small files, from the command line and with a reader of their own."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from eval.benchmarks.judgement import JudgementRun
from eval.gate import run_suite
from rag.assistant import Assistant
from rag.domain import Passage, Span
from rag.errors import InputError
from rag.library.library import DiskLibrary
from rag.ports import Reading
from rag.settings import Settings
from rag.wiring import Parts
from tests.fakes import HashEmbedder
from ui.cli import app

CANAL = "The Ketteral Canal is 61 kilometres long."
CLAIMS = [
    {"unique_id": "yes", "claim": CANAL, "evidence": CANAL, "label": "SUPPORTS", "page": "Tarn"},
    {"unique_id": "no", "claim": CANAL, "evidence": "It rained.", "label": "REFUTES", "page": "Harlow_Bridge"},
]
ANSWERS = [{"id": "1", "d1": f"passage 1:{CANAL}", "d2": CANAL, "labels": [], "label": "entailment", "model": "scribe"}]
QUESTIONS = [
    {"id": "q", "title": "Odel", "context": CANAL, "question": "What is it?", "answers": [{"text": "The Ketteral"}]}
]


class FirstWordsReader:
    """Answers with the first twelve letters, and is sure of it."""

    name = "first words"

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        return [Reading(1.0, (Span(0, 12),), 0.25) for _ in passages]


def reading_assistant(folder: Path) -> Assistant:
    embedder = HashEmbedder()
    library = DiskLibrary(folder, embedder=embedder.name, dimension=embedder.dimension, create=True)
    return Assistant(Parts(library, embedder, reader=FirstWordsReader()), Settings(library=folder))


def written(path: Path, objects: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(item) + "\n" for item in objects))
    return path


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    return written(tmp_path / "claims.jsonl", CLAIMS)


def test_claims_print_their_metrics_as_json(claims: Path) -> None:
    printed = CliRunner().invoke(app, ["eval", "claims", "--data", str(claims), "--json"])
    assert printed.exit_code == 0
    report = json.loads(printed.stdout)
    assert report["metrics"]["accuracy"] == {"value": 0.5, "n": 2, "unscored": 0}
    assert report["confusion"]["supported"] == {"supported": 1, "contradicted": 0, "unsupported": 0}


def test_held_out_claims_alone_are_judged(claims: Path) -> None:
    printed = CliRunner().invoke(app, ["eval", "claims", "--data", str(claims), "--json", "--held-out"])
    assert [case["id"] for case in json.loads(printed.stdout)["cases"]] == ["yes"]


def test_claims_print_tables_for_people(claims: Path) -> None:
    printed = CliRunner().invoke(app, ["eval", "claims", "--data", str(claims)])
    assert [word for word in ("macro_f1", "contradicted", "0.500") if word not in printed.stdout] == []


def test_predictions_are_written_in_the_order_of_the_file(claims: Path, tmp_path: Path) -> None:
    run_suite("claims", data=claims, predictions=tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [(line["id"], line["verdict"]) for line in map(json.loads, lines)] == [
        ("yes", "supported"),
        ("no", "unsupported"),
    ]


def test_ragtruth_runs_from_the_command_line(tmp_path: Path) -> None:
    data = written(tmp_path / "answers.jsonl", ANSWERS)
    printed = CliRunner().invoke(app, ["eval", "ragtruth", "--data", str(data), "--json"])
    report = json.loads(printed.stdout)
    assert (report["metrics"]["accuracy"]["value"], list(report["by_tag"])) == (1.0, ["scribe"])


def test_squad_asks_the_assistants_own_reader(tmp_path: Path) -> None:
    data = written(tmp_path / "questions.jsonl", QUESTIONS)
    run, comparison = run_suite("squad", data=data, assistant=reading_assistant)
    assert isinstance(run, JudgementRun)
    assert comparison is None
    assert (run.models, run.figures.metrics["f1"].value) == ({"reader": "first words"}, 1.0)


def test_collections_of_everyday_documents_are_asked_and_checked(tmp_path: Path) -> None:
    (tmp_path / "canal" / "docs").mkdir(parents=True)
    (tmp_path / "canal" / "docs" / "canal.txt").write_text(f"{CANAL} It was dug in 1871 by order of the Weser Board.")
    question = {"question": "How long is the Ketteral Canal?", "gold": [["61"]], "source": "canal.txt"}
    written(
        tmp_path / "canal" / "cases.jsonl",
        [
            {"id": "q", "kind": "number", **question},
            {"id": "f", "kind": "followup", "question": "How long is it?", "turns": ["What is the Ketteral Canal?"]},
            {"id": "c", "kind": "claim", "claim": CANAL, "verdict": "supported"},
        ],
    )
    out = tmp_path / "out.jsonl"
    printed = CliRunner().invoke(
        app, ["eval", "everyday", "--data", str(tmp_path), "--json", "--predictions", str(out)]
    )
    report = json.loads(printed.stdout)
    assert report["metrics"]["claims_true_accepted"] == {"value": 1.0, "n": 1, "unscored": 2}
    assert report["by_tag"]["kind number"]["right"]["value"] == 1.0
    question_line, follow_up, claim_line = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert (question_line["id"], "61" in question_line["answer"]) == ("q", True)
    assert follow_up["query"] != "How long is it?"
    assert (claim_line["id"], claim_line["verdict"]) == ("c", "supported")


def test_a_suite_of_judgements_keeps_no_baseline(claims: Path) -> None:
    with pytest.raises(InputError, match="keeps no baseline"):
        run_suite("claims", data=claims, accept=True)


def test_predictions_into_a_missing_folder_are_refused(claims: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no folder"):
        run_suite("claims", data=claims, predictions=tmp_path / "nowhere" / "out.jsonl")


def test_progress_is_told_case_by_case(claims: Path) -> None:
    told: list[tuple[int, int]] = []
    run_suite("claims", data=claims, on_case=lambda done, all_of_them: told.append((done, all_of_them)))
    assert told == [(1, 2), (2, 2)]
