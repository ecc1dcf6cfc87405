"""The judge behind real servers, and in a run."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.gate import run_suite
from eval.judge import Judge
from eval.report import run_json
from eval.run import Run
from rag.errors import InputError
from rag.models.language.endpoint import OpenAiLanguageModel
from tests.faulty_server import faulty_server
from tests.tiny_server import tiny_server
from ui.cli import app


def model(base_url: str) -> OpenAiLanguageModel:
    return OpenAiLanguageModel(base_url, None, None, timeout_seconds=60)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of own cases: one that is answered, one that is declined."""
    (tmp_path / "evals" / "documents").mkdir(parents=True)
    (tmp_path / "evals" / "documents" / "canal.txt").write_text(
        "The canal is 61 kilometres long. It was dug by hand.\n"
    )
    cases = [
        {"id": "length", "question": "How long is the canal?", "answers": ["61 kilometres"]},
        {"id": "moons", "question": "How many moons does the planet Neptune have?", "unanswerable": True},
    ]
    (tmp_path / "evals" / "cases.jsonl").write_text("".join(json.dumps(case) + "\n" for case in cases))
    return tmp_path / "evals"


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    """Two answers in the form of RAGTruth, of which people marked one."""
    lines = [
        {"id": f"{marks}", "d1": "passage 1:It rained.", "d2": "It snowed." if marks else "It rained.", "model": "m",
         "label": "contradiction" if marks else "entailment", "labels": [{"start": 3, "end": 9}] * marks}
        for marks in (0, 1)
    ]  # fmt: skip
    (tmp_path / "labels.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return tmp_path / "labels.jsonl"


def test_what_cannot_be_read_of_a_real_server_is_unscored(tmp_path: Path) -> None:
    with tiny_server(tmp_path) as base_url:
        judge = Judge(model(base_url), cache=tmp_path / "cache")
        assert judge.is_supported("It rained.", ["It rained in Oster."]) is None
    [reply] = (tmp_path / "cache" / "judged").iterdir()
    assert (judge.name, reply.read_text().isalpha(), judge.notices) == ("tiny-random", True, ())


def test_a_verdict_comes_over_the_wire_and_is_kept(tmp_path: Path) -> None:
    with faulty_server("a verdict") as server:
        judged = OpenAiLanguageModel(server.base_url, None, "named", timeout_seconds=5)
        verdicts = [Judge(judged, cache=tmp_path).is_supported("It snowed.", ["It rained."]) for _ in range(2)]
        assert (verdicts, len(server.requests)) == ([False, False], 1)


def test_a_run_with_a_judge_tells_what_it_agrees_on(data: Path, labels: Path, tmp_path: Path) -> None:
    with faulty_server("a verdict") as server:  # calls everything unsupported
        judge = OpenAiLanguageModel(server.base_url, None, "named", timeout_seconds=5)
        done, comparison = run_suite("own", data=data, judge=judge, judge_labels=labels, cache=tmp_path / "cache")
    assert isinstance(done, Run)
    mean = done.metrics["judged_groundedness"]
    assert (mean.value, mean.n, mean.unscored) == (0.0, 1, 1)
    assert run_json(done, comparison)["judge_agreement"] == {"share": 0.5, "kappa": 0.0, "answers": 2, "unscored": 0}
    assert done.notices[-1].startswith("The judge named agrees with people on 0.500 of 2 answers (kappa 0.000")


def test_a_run_without_a_judge_scores_nothing_by_one(data: Path) -> None:
    done, _ = run_suite("own", data=data)
    assert done.metrics["judged_groundedness"].value is None


def test_a_suite_that_answers_nothing_has_nothing_to_judge(labels: Path) -> None:
    with pytest.raises(InputError, match="no answers to judge"):
        run_suite("ragtruth", data=labels, judge=model("http://127.0.0.1:9/v1"))


def test_labels_without_a_judge_are_refused(labels: Path) -> None:
    result = CliRunner().invoke(app, ["eval", "sample", "--judge-labels", str(labels)])
    assert isinstance(result.exception, InputError)


def test_a_judge_that_is_not_there_ends_the_run(data: Path) -> None:
    result = CliRunner().invoke(app, ["eval", "own", "--data", str(data), "--judge", "http://127.0.0.1:9/v1"])
    assert getattr(result.exception, "exit_code", None) == 5
