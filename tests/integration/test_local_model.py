"""A model file in a process of our own: started when asked, ended when idle, and its crash costs one answer."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.domain import Mode, Outcome
from rag.errors import LanguageModelError, SettingsError
from rag.models.language.local import LocalLanguageModel
from rag.ports import Message, ReplyEnd
from tests.tiny_gguf import CONTEXT_TOKENS, write_tiny_gguf

QUESTION = [Message("user", "Did prices rise?")]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_gguf(tmp_path_factory.mktemp("model") / "tiny.gguf")


@pytest.fixture
def model(file: Path) -> Iterator[LocalLanguageModel]:
    opened = LocalLanguageModel(file, context_tokens=CONTEXT_TOKENS, timeout_seconds=30)
    yield opened
    opened.end()


def process_of(model: LocalLanguageModel) -> int:
    assert model._child is not None
    return model._child._process.pid


def test_its_process_starts_with_the_first_question(model: LocalLanguageModel) -> None:
    assert not model.is_running
    *pieces, end = model.stream(QUESTION, max_tokens=5)
    assert model.is_running
    assert (len(pieces), isinstance(end, ReplyEnd)) == (5, True)


def test_its_process_stays_for_the_next_question(model: LocalLanguageModel) -> None:
    list(model.stream(QUESTION, max_tokens=2))
    first = process_of(model)
    list(model.stream(QUESTION, max_tokens=2))
    assert process_of(model) == first


def test_its_process_ends_when_nobody_asks(file: Path) -> None:
    model = LocalLanguageModel(file, context_tokens=CONTEXT_TOKENS, timeout_seconds=30, idle_seconds=0.05)
    list(model.stream(QUESTION, max_tokens=2))
    deadline = time.monotonic() + 20
    while model.is_running and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not model.is_running


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_crash_costs_one_reply(model: LocalLanguageModel) -> None:
    reply = model.stream(QUESTION, max_tokens=500)
    next(reply)
    os.kill(process_of(model), signal.SIGSEGV)
    with pytest.raises(LanguageModelError, match="ended while it wrote"):
        list(reply)
    assert list(model.stream(QUESTION, max_tokens=2))


def test_nobody_else_is_answered(model: LocalLanguageModel) -> None:
    list(model.stream(QUESTION, max_tokens=2))
    assert model._endpoint is not None
    said = {"messages": [{"role": "user", "content": "Hello"}], "max_tokens": 2}
    assert httpx.post(f"{model._endpoint.endpoint}/chat/completions", json=said, timeout=20).status_code == 401


def test_a_file_that_cannot_be_loaded_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "broken.gguf").write_bytes(b"GGUF" + b"\0" * 100)
    model = LocalLanguageModel(tmp_path / "broken.gguf", context_tokens=CONTEXT_TOKENS, timeout_seconds=30)
    with pytest.raises(LanguageModelError, match="could not be loaded"):
        list(model.stream(QUESTION, max_tokens=2))


def test_a_file_that_is_no_model_is_a_wrong_setting(tmp_path: Path) -> None:
    (tmp_path / "notes.gguf").write_text("Not a model.")
    with pytest.raises(SettingsError, match="is no GGUF model"):
        LocalLanguageModel(tmp_path / "notes.gguf", context_tokens=CONTEXT_TOKENS, timeout_seconds=30)


def test_a_question_is_asked_of_a_model_file_and_the_documents_answer_its_nonsense(file: Path, tmp_path: Path) -> None:
    (tmp_path / "mill.txt").write_text("The mill burned on 3 May.")
    assistant = Assistant.open(
        tmp_path / "library", create=True, model_file=file, max_answer_tokens=40, context_tokens=CONTEXT_TOKENS
    )
    ingest([tmp_path / "mill.txt"], into=assistant)
    answer = assistant.ask("When did the mill burn?")
    assistant.close()
    assert (answer.mode, answer.outcome) == (Mode.EXTRACTIVE, Outcome.ANSWERED)
    assert "language model" in answer.notices[0]
