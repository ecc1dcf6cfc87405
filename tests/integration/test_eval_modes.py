"""A suite run in the documents' own words and by a language model of a real server, side by side."""

import json
from pathlib import Path

import pytest

from eval.modes import both_json, run_both
from rag.domain import Mode
from rag.errors import InputError, SettingsError
from tests.tiny_gguf import CONTEXT_TOKENS
from tests.tiny_server import tiny_server


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "mill/docs").mkdir(parents=True)
    (tmp_path / "mill/docs/mill.txt").write_text("The mill at Oster burned down on 3 May 2024.")
    case = {"id": "a", "kind": "date", "question": "When did the mill at Oster burn down?", "gold": [["3 May 2024"]]}
    (tmp_path / "mill/cases.jsonl").write_text(json.dumps(case) + "\n")
    return tmp_path


def test_both_modes_are_measured_on_the_same_cases(
    data: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTED_CONTEXT_TOKENS", str(CONTEXT_TOKENS))
    monkeypatch.setenv("FOOTNOTED_MAX_ANSWER_TOKENS", "40")
    with tiny_server(tmp_path_factory.mktemp("model")) as base_url:
        monkeypatch.setenv("FOOTNOTED_BASE_URL", base_url)
        told = both_json(run_both("everyday", data=data, predictions=data / "out.jsonl"))
    assert {mode: run["metrics"]["right"]["n"] for mode, run in told["modes"].items()} == {
        "extractive": 1,
        "generative": 1,
    }
    assert all((data / f"out.{mode}.jsonl").is_file() for mode in Mode)


def test_without_a_language_model_there_is_no_second_mode(data: Path) -> None:
    with pytest.raises(SettingsError, match="There is no language model"):
        run_both("everyday", data=data)


def test_two_modes_have_no_baseline(data: Path) -> None:
    with pytest.raises(InputError, match="with no baseline"):
        run_both("everyday", data=data, accept=True)
