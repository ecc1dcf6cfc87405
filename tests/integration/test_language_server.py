"""A real OpenAI-compatible server (llama.cpp, in this process, on this machine only) through our language model."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.domain import Mode, Outcome
from rag.errors import LanguageModelError
from rag.generate.reply import WrittenReply
from rag.models.language.endpoint import OpenAiLanguageModel
from rag.ports import Message, ReplyEnd
from tests.tiny_gguf import CONTEXT_TOKENS, NAME
from tests.tiny_server import tiny_server

QUESTION = [Message("system", "Answer."), Message("user", "Did prices rise?")]


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with tiny_server(tmp_path_factory.mktemp("model")) as address:
        yield address


@pytest.fixture
def model(base_url: str) -> OpenAiLanguageModel:
    return OpenAiLanguageModel(base_url=base_url, api_key=None, model=None, timeout_seconds=60)


def test_a_reply_streams_from_a_real_server(model: OpenAiLanguageModel) -> None:
    *pieces, end = model.stream(QUESTION, max_tokens=12)
    assert len(pieces) > 1
    assert 1 <= len("".join(map(str, pieces))) <= 12
    assert isinstance(end, ReplyEnd)
    assert end.cut
    assert end.usage is not None
    assert end.usage.reply_tokens == 12


def test_a_real_server_honours_a_schema(model: OpenAiLanguageModel) -> None:
    pieces = model.stream(QUESTION, max_tokens=60, schema=WrittenReply)
    reply = "".join(piece for piece in pieces if isinstance(piece, str))
    assert re.match(r'\{\s*"sentences"\s*:\s*\[', reply)
    assert model.takes_schema


def test_the_same_question_gets_the_same_reply(model: OpenAiLanguageModel) -> None:
    first, second = (list(model.stream(QUESTION, max_tokens=12)) for _ in range(2))
    assert first == second


def test_a_real_server_names_its_model(model: OpenAiLanguageModel) -> None:
    assert model.name == NAME


def test_a_prompt_larger_than_the_context_is_a_failure_with_advice(model: OpenAiLanguageModel) -> None:
    with pytest.raises(LanguageModelError, match=r"exceeds the available context size.*FOOTNOTED_PASSAGES"):
        list(model.stream([Message("user", "price " * CONTEXT_TOKENS)], max_tokens=12))


def test_a_server_goes_on_after_a_reply_that_nobody_waited_for(model: OpenAiLanguageModel) -> None:
    stream = model.stream(QUESTION, max_tokens=500)
    next(stream)
    stream.close()  # type: ignore[attr-defined]  # it is a generator
    assert list(model.stream(QUESTION, max_tokens=3))


def test_nonsense_of_a_real_server_is_seen_as_such_and_the_documents_answer(base_url: str, tmp_path: Path) -> None:
    (tmp_path / "mill.txt").write_text("The mill burned on 3 May.")
    assistant = Assistant.open(tmp_path / "library", create=True, base_url=base_url, max_answer_tokens=40)
    ingest([tmp_path / "mill.txt"], into=assistant)
    answer = assistant.ask("When did the mill burn?")
    assistant.close()
    assert "could not be reached" not in answer.notices[0]
    assert (answer.mode, answer.outcome, len(answer.notices)) == (Mode.EXTRACTIVE, Outcome.ANSWERED, 1)
