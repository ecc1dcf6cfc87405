"""Flag, then environment, then footnoted.toml, then default."""

from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.settings import load_settings


@pytest.fixture(autouse=True)
def in_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_flag_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTED_PASSAGES", "5")
    assert load_settings(passages=3).passages == 3


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, in_folder: Path) -> None:
    (in_folder / "footnoted.toml").write_text("passages = 4")
    monkeypatch.setenv("FOOTNOTED_PASSAGES", "5")
    assert load_settings().passages == 5


def test_the_file_wins_over_the_default(in_folder: Path) -> None:
    (in_folder / "footnoted.toml").write_text("passages = 4")
    assert load_settings().passages == 4


def test_a_flag_that_was_not_given_changes_nothing() -> None:
    assert load_settings(passages=None).passages == load_settings().passages


@pytest.mark.parametrize("text", ["passages = 'many'", "pasages = 4", "passages = = 4", "passages = 0"])
def test_a_wrong_file_is_one_clear_line(in_folder: Path, text: str) -> None:
    (in_folder / "footnoted.toml").write_text(text)
    with pytest.raises(SettingsError, match=r"footnoted\.toml"):
        load_settings()


def test_the_key_is_read_from_one_variable_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    settings = load_settings()
    assert settings.api_key == "secret"
    assert "secret" not in repr(settings)


def test_without_key_and_endpoint_answers_are_extractive() -> None:
    assert load_settings().generative is False
