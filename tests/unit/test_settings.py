"""Flag, then environment, then the person's own file or the one that is named, then default."""

from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.settings import load_settings, own_config_file, unread_config_file


@pytest.fixture(autouse=True)
def in_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def own_file() -> Path:
    file = own_config_file()
    file.parent.mkdir(parents=True)
    return file


def test_a_flag_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTED_PASSAGES", "5")
    assert load_settings(passages=3).passages == 3


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, own_file: Path) -> None:
    own_file.write_text("passages = 4")
    monkeypatch.setenv("FOOTNOTED_PASSAGES", "5")
    assert load_settings().passages == 5


def test_the_file_wins_over_the_default(own_file: Path) -> None:
    own_file.write_text("passages = 4")
    assert load_settings().passages == 4


def test_a_file_of_the_current_folder_is_not_read(in_folder: Path) -> None:
    (in_folder / "footnoted.toml").write_text("base_url = 'http://127.0.0.1:9/v1'")
    assert load_settings().base_url is None
    assert unread_config_file() == Path("footnoted.toml")


def test_a_file_that_is_named_is_read_in_place_of_the_own_one(
    monkeypatch: pytest.MonkeyPatch, in_folder: Path, own_file: Path
) -> None:
    own_file.write_text("passages = 4")
    (in_folder / "footnoted.toml").write_text("passages = 6")
    monkeypatch.setenv("FOOTNOTED_CONFIG", "footnoted.toml")
    assert load_settings().passages == 6
    assert unread_config_file() is None


def test_a_file_that_is_named_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTED_CONFIG", "gone.toml")
    with pytest.raises(SettingsError, match=r"gone\.toml: there is no such file"):
        load_settings()


def test_a_flag_that_was_not_given_changes_nothing() -> None:
    assert load_settings(passages=None).passages == load_settings().passages


@pytest.mark.parametrize("text", ["passages = 'many'", "pasages = 4", "passages = = 4", "passages = 0"])
def test_a_wrong_file_is_one_clear_line(own_file: Path, text: str) -> None:
    own_file.write_text(text)
    with pytest.raises(SettingsError, match=r"footnoted\.toml"):
        load_settings()


def test_the_key_is_read_from_one_variable_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    settings = load_settings()
    assert settings.api_key == "secret"
    assert "secret" not in repr(settings)


def test_without_key_and_endpoint_answers_are_extractive() -> None:
    assert load_settings().generative is False
