"""A language model's endpoint: every failure of it becomes one clear line that tells no secret."""

import asyncio
import socket
import threading
import time
import traceback
from collections.abc import Iterator

import openai
import pytest
from pydantic import BaseModel, ConfigDict

from rag.domain import Usage
from rag.errors import LanguageModelError, NoSchemaError, SettingsError
from rag.models.language.endpoint import OpenAiLanguageModel
from rag.models.language.reasons import REASONS
from rag.ports import Message, ReplyEnd
from tests.faulty_server import FAULTS, KEY, FaultyServer, faulty_server

END = ReplyEnd(Usage(prompt_tokens=11, reply_tokens=4))
QUESTION = [Message("system", "Answer."), Message("user", "Did prices rise?")]
PLAYS_WELL = {
    "a verdict",
    "none",
    "429 once",
    "wants max_completion_tokens",
    "wants no options",
    "honours a schema",
    "refuses a schema",
    "another JSON",
    "cut for lack of room",
    "markers that do not exist",
    "quotes that are not there",
    "a reply that ignores the passages",
}
# These end only when the client's patience does.
WAITS = {"silence", "silence after a word", "endless comments"}
FAULT_SAYS = {
    "401": "did not accept the key (status 401). Set OPENAI_API_KEY",
    "400": "refused the request (status 400): the prompt exceeds the context.",
    "403": "does not allow this key to use the model (status 403)",
    "404": "has no such model, or is no chat endpoint (status 404)",
    "429": "is asked too often, or its quota is used up (status 429): It asks to wait 600 seconds",
    "500": "failed (status 500): out of memory.",
    "cut stream": "broke off in the middle of its reply",
    "cut stream with a length": "broke the connection off",
    "not JSON": "answered nonsense",
    "JSON of another shape": "answered nonsense",
    "JSON that is a number": "answered nonsense",
    "words that are no text": "answered nonsense",
    "a web page": "no stream of events (content type text/html). Correct FOOTNOTED_MODEL or FOOTNOTED_BASE_URL",
    "no stream": "no stream of events (content type application/json)",
    "nothing": "no stream of events",
    "empty reply": "sent an empty reply.",
    "no room for words": "sent an empty reply (it used all tokens before the first word)",
    "withheld": "withheld its reply",
    "error in the stream": "failed while it wrote: the GPU is gone.",
    "endless reply": "though 20 tokens were asked for",
    "endless comments": "did not finish within 2.5 seconds",
    "silence": "was silent for 0.5 seconds",
    "silence after a word": "was silent for 0.5 seconds",
}


@pytest.fixture
def good() -> Iterator[FaultyServer]:
    with faulty_server("none") as server:
        yield server


def model_at(
    base_url: str | None, *, key: str | None = KEY, model: str | None = "some-model", timeout_seconds: float = 30.0
) -> OpenAiLanguageModel:
    return OpenAiLanguageModel(base_url=base_url, api_key=key, model=model, timeout_seconds=timeout_seconds)


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid")

    said: list[str]


def reply_of(model: OpenAiLanguageModel, schema: type[BaseModel] | None = None) -> str:
    return "".join(
        piece for piece in model.stream(QUESTION, max_tokens=20, schema=schema) if not isinstance(piece, ReplyEnd)
    )


def failure_of(model: OpenAiLanguageModel) -> LanguageModelError:
    with pytest.raises(LanguageModelError) as raised:
        reply_of(model)
    return raised.value


def exception_classes() -> list[type[BaseException]]:
    exported = [*vars(openai).values(), *vars(openai._exceptions).values()]
    found = {kind for kind in exported if isinstance(kind, type) and issubclass(kind, Exception)}
    return sorted((kind for kind in found if not kind.__name__.startswith("_")), key=lambda kind: kind.__name__)


def test_every_fault_has_its_words() -> None:
    assert set(FAULTS) - PLAYS_WELL == set(FAULT_SAYS)


@pytest.mark.parametrize("fault", FAULT_SAYS)
def test_a_fault_is_one_clear_line_without_the_key(fault: str) -> None:
    with faulty_server(fault) as server:
        error = failure_of(model_at(server.base_url, timeout_seconds=0.5 if fault in WAITS else 30))
    assert str(error).startswith(f"The language model at {server.base_url} ")
    assert FAULT_SAYS[fault] in str(error)
    assert str(error).splitlines() == [str(error)]
    assert KEY not in "".join(traceback.format_exception(error))


@pytest.mark.parametrize("kind", exception_classes(), ids=lambda kind: kind.__name__)
def test_every_exception_of_the_library_is_mapped(kind: type[BaseException]) -> None:
    assert kind.__name__ in REASONS
    assert model_at("http://localhost:1/v1")._explained(kind.__new__(kind)) is not None


def test_the_library_has_exceptions_to_map() -> None:
    assert {openai.OpenAIError, openai.APITimeoutError, openai.RateLimitError} <= set(exception_classes())


def test_an_error_of_ours_is_not_taken_for_the_endpoints() -> None:
    assert model_at("http://localhost:1/v1")._explained(KeyError("a mistake of ours")) is None


def test_a_reply_comes_in_pieces(good: FaultyServer) -> None:
    assert list(model_at(good.base_url).stream(QUESTION, max_tokens=20)) == ["Prices ", "rose [1].", END]


def test_a_reply_that_ran_out_of_room_says_so() -> None:
    with faulty_server("cut for lack of room") as server:
        *_, end = model_at(server.base_url).stream(QUESTION, max_tokens=20)
    assert end == ReplyEnd(None, cut=True)


def test_the_request_says_what_was_asked(good: FaultyServer) -> None:
    reply_of(model_at(good.base_url))
    [(path, headers, body)] = good.requests
    assert path == "/v1/chat/completions"
    assert headers["authorization"] == f"Bearer {KEY}"
    assert body == {
        "model": "some-model",
        "messages": [{"role": "system", "content": "Answer."}, {"role": "user", "content": "Did prices rise?"}],
        "stream": True,
        "max_tokens": 20,
        "temperature": 0,
        "stream_options": {"include_usage": True},
    }


def test_a_local_server_needs_no_key(good: FaultyServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "a-key-that-was-not-passed")
    assert reply_of(model_at(good.base_url, key=None)) == "Prices rose [1]."
    assert good.requests[0][1]["authorization"] == "Bearer no-key-needed"


def test_a_local_server_is_not_asked_through_a_proxy(good: FaultyServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert reply_of(model_at(good.base_url)) == "Prices rose [1]."


def test_without_a_name_the_servers_first_model_is_used(good: FaultyServer) -> None:
    model = model_at(good.base_url, model=None)
    reply_of(model)
    assert good.requests[-1][2]["model"] == "first-model"
    assert model.name == "first-model"
    assert len(good.requests) == 2


@pytest.mark.parametrize("fault", ["401", "500", "a web page", "not JSON", "nothing"])
def test_a_name_that_cannot_be_asked_for_is_a_failure(fault: str) -> None:
    with faulty_server(fault) as server, pytest.raises(LanguageModelError, match="The language model at"):
        _ = model_at(server.base_url, model=None).name


def test_openai_itself_wants_a_model_named() -> None:
    with pytest.raises(LanguageModelError, match="Name one with FOOTNOTED_MODEL"):
        _ = model_at(None, model=None).name


def test_nothing_is_asked_before_the_first_piece_is_wanted(good: FaultyServer) -> None:
    model_at(good.base_url, model=None).stream(QUESTION, max_tokens=20)
    assert not good.requests


def test_a_refused_connection_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
        error = failure_of(model_at(f"http://127.0.0.1:{taken.getsockname()[1]}/v1"))
    assert "could not be reached" in str(error)
    assert str(error).endswith("Start it, or correct FOOTNOTED_BASE_URL.")


def test_a_busy_server_is_asked_once_more() -> None:
    with faulty_server("429 once") as server:
        assert reply_of(model_at(server.base_url)) == "Prices rose [1]."


def test_a_failing_server_is_asked_twice_at_most() -> None:
    with faulty_server("500") as server:
        failure_of(model_at(server.base_url))
    assert len(server.requests) == 2


def test_a_model_that_wants_the_newer_limit_gets_it() -> None:
    with faulty_server("wants max_completion_tokens") as server:
        assert reply_of(model_at(server.base_url)) == "Prices rose [1]."
    assert server.requests[-1][2]["max_completion_tokens"] == 20
    assert "temperature" not in server.requests[-1][2]


def test_a_server_that_takes_no_options_is_asked_without_and_that_is_remembered() -> None:
    with faulty_server("wants no options") as server:
        model = model_at(server.base_url)
        assert [reply_of(model), reply_of(model)] == ["Prices rose [1]."] * 2
    assert ["stream_options" in body for _, _, body in server.requests] == [True, False, False]


def test_a_server_that_honours_a_schema_replies_in_it() -> None:
    with faulty_server("honours a schema") as server:
        model = model_at(server.base_url)
        assert reply_of(model, Form) == '{"said": ["Prices rose."]}'
    assert model.takes_schema
    assert server.requests[0][2]["response_format"]["json_schema"]["schema"]["additionalProperties"] is False


@pytest.mark.parametrize("fault", ["refuses a schema", "none", "another JSON"])
def test_that_a_server_honours_no_schema_is_found_out_once(fault: str) -> None:
    with faulty_server(fault) as server:
        model = model_at(server.base_url)
        with pytest.raises(NoSchemaError):
            reply_of(model, Form)
        assert reply_of(model)
    assert not model.takes_schema
    assert len(server.requests) == 2


def test_a_prompt_that_is_refused_with_and_without_a_schema_says_nothing_of_schemas() -> None:
    with faulty_server("400") as server:
        model = model_at(server.base_url)
        with pytest.raises(NoSchemaError):
            reply_of(model, Form)
        failure_of(model)
    assert model.takes_schema


def test_a_reply_comes_where_an_event_loop_runs_already(good: FaultyServer) -> None:
    async def notebook() -> str:
        return reply_of(model_at(good.base_url))

    assert asyncio.run(notebook()) == "Prices rose [1]."


def test_pieces_before_a_cut_arrive() -> None:
    with faulty_server("cut stream") as server:
        stream = model_at(server.base_url).stream(QUESTION, max_tokens=20)
        assert next(stream) == "Prices "
        with pytest.raises(LanguageModelError):
            next(stream)


def test_a_reply_that_nobody_wants_any_more_leaves_no_thread() -> None:
    before = threading.active_count()
    with faulty_server("silence after a word") as server:
        stream = model_at(server.base_url).stream(QUESTION, max_tokens=20)
        next(stream)
        stream.close()  # type: ignore[attr-defined]  # it is a generator
    deadline = time.monotonic() + 10  # the server's own threads take a moment on a busy machine
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert threading.active_count() == before


@pytest.mark.parametrize(
    "base_url", ["http://anna:hidden@127.0.0.1:1/v1?token=hidden", "http://anna:hidden@[::1]:1/v1/"]
)
def test_the_address_is_told_without_credentials(base_url: str) -> None:
    said = str(failure_of(model_at(base_url)))
    assert "hidden" not in said
    assert "anna" not in said
    assert ":1/v1 " in said


@pytest.mark.parametrize("base_url", ["localhost:8080/v1", "ftp://anna:hidden@host/", "http://", "http://h:x/"])
def test_an_address_that_is_none_is_a_settings_error(base_url: str) -> None:
    with pytest.raises(SettingsError, match="no http address") as raised:
        model_at(base_url)
    assert "hidden" not in str(raised.value)


@pytest.mark.parametrize("key", ["sk-two\nlines", "sk-é", "sk with spaces"])
def test_a_key_that_is_none_is_a_settings_error_that_does_not_print_it(key: str) -> None:
    with pytest.raises(SettingsError) as raised:
        model_at("http://localhost:1/v1", key=key)
    assert "sk" not in "".join(traceback.format_exception(raised.value))


def test_white_space_around_a_key_is_dropped(good: FaultyServer) -> None:
    reply_of(model_at(good.base_url, key=f" {KEY}\n"))
    assert good.requests[0][1]["authorization"] == f"Bearer {KEY}"
