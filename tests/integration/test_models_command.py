"""`footnoted model`, and which language model a question is asked of."""

from pathlib import Path

import pytest
from rich.console import Console

from rag.errors import InputError, LanguageModelError, SettingsError
from rag.models.language.kept import Choice, remember
from rag.models.language.local import LocalLanguageModel
from rag.settings import load_settings, own_data_folder
from rag.wiring import language_model_of
from tests.tiny_gguf import CONTEXT_TOKENS, NAME, write_tiny_gguf
from tests.tiny_server import tiny_server
from ui.models import Action, Outcome, act


def done(action: Action, what: str | None = None, *, sha256: str | None = None, **settings: object) -> Outcome:
    loaded = load_settings(context_tokens=CONTEXT_TOKENS, max_answer_tokens=40, **settings)
    return act(action, what, loaded, sha256=sha256, console=Console(stderr=True))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_tiny_gguf(tmp_path / "tiny-0.5b.gguf")


def test_a_model_that_was_added_is_listed_with_its_size(file: Path) -> None:
    done(Action.ADD, str(file))
    [listed] = done(Action.LIST).as_json["models"]
    assert (listed["name"], listed["billions"], listed["chosen"]) == ("tiny-0.5b", 0.5, False)


def test_a_model_that_is_used_is_the_one_that_is_asked(file: Path) -> None:
    done(Action.ADD, str(file))
    done(Action.USE, "tiny-0.5b")
    found = language_model_of(load_settings(), find=True)
    assert isinstance(found.model, LocalLanguageModel)
    assert (found.model.name, found.prompt_tokens) == ("tiny-0.5b", 700)
    assert "tiny-0.5b" in found.told


def test_a_model_is_forgotten(file: Path) -> None:
    done(Action.ADD, str(file))
    done(Action.USE, "tiny-0.5b")
    done(Action.USE, "none")
    assert language_model_of(load_settings(), find=True).model is None


def test_a_model_that_was_added_is_taken_by_its_name(file: Path) -> None:
    done(Action.ADD, str(file))
    model = language_model_of(load_settings(model="tiny-0.5b"), find=True).model
    assert isinstance(model, LocalLanguageModel)


def test_a_model_that_is_removed_is_gone(file: Path) -> None:
    done(Action.ADD, str(file))
    done(Action.REMOVE, "tiny-0.5b")
    assert done(Action.LIST).as_json["models"] == []


def test_a_model_that_is_nowhere_cannot_be_used() -> None:
    with pytest.raises(InputError, match="There is no model 'large'"):
        done(Action.USE, "large")


@pytest.mark.parametrize("action", [Action.USE, Action.ADD, Action.REMOVE])
def test_what_to_use_or_add_must_be_said(action: Action) -> None:
    with pytest.raises(InputError, match="Say which model"):
        done(action)


def test_a_model_is_tested_for_speed_and_form(tmp_path: Path) -> None:
    with tiny_server(tmp_path) as base_url:
        told = done(Action.TEST, base_url=base_url).as_json
    assert (told["model"], told["right"]) == (NAME, False)
    assert told["tokens_per_second"] > 0


def test_a_server_that_is_gone_cannot_write_answers() -> None:
    with pytest.raises(LanguageModelError, match="So it cannot write answers"):
        done(Action.TEST, base_url="http://127.0.0.1:9/v1")


def test_without_a_model_there_is_none_to_test() -> None:
    with pytest.raises(SettingsError, match="There is no language model"):
        done(Action.TEST)


def test_nothing_is_looked_for_where_only_the_documents_are_to_answer() -> None:
    remember(own_data_folder(), Choice("http://127.0.0.1:9/v1", "some-model"))
    assert language_model_of(load_settings(mode="extractive"), find=True).model is None
    assert language_model_of(load_settings(), find=True).model is not None


def test_what_is_configured_counts_more_than_what_was_chosen(file: Path) -> None:
    done(Action.ADD, str(file))
    done(Action.USE, "tiny-0.5b")
    model = language_model_of(load_settings(base_url="http://127.0.0.1:9/v1", model="named"), find=True).model
    assert model is not None
    assert model.name == "named"


def test_a_program_that_asks_for_no_search_gets_none() -> None:
    remember(own_data_folder(), Choice("http://127.0.0.1:9/v1", "some-model"))
    assert language_model_of(load_settings()).model is None
