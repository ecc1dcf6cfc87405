"""Follow-ups over everyday papers, with the models of the package: each is understood, and answered."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.domain import Answer, Turn

_FOLDER = Path(__file__).parent.parent / "data/dialogues"
_DIALOGUES = [json.loads(line) for line in (_FOLDER / "dialogues.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    opened = Assistant.open(tmp_path_factory.mktemp("library"), create=True)
    assert not ingest([_FOLDER / "docs"], into=opened).failed
    yield opened
    opened.close()


def _named(dialogue: dict[str, Any]) -> str:
    return " | ".join([*dialogue["turns"], dialogue["question"]])


def _last(assistant: Assistant, dialogue: dict[str, Any]) -> Answer:
    turns: list[Turn] = []
    for question in dialogue["turns"]:
        turns.append(Turn(question, assistant.ask(question, turns=turns).text))
    return assistant.ask(dialogue["question"], turns=turns)


@pytest.mark.parametrize("dialogue", [one for one in _DIALOGUES if "says" in one], ids=_named)
def test_a_follow_up_is_answered(assistant: Assistant, dialogue: dict[str, Any]) -> None:
    assert dialogue["says"] in _last(assistant, dialogue).text


@pytest.mark.parametrize("dialogue", [one for one in _DIALOGUES if "query" in one], ids=_named)
def test_a_follow_up_is_searched_as_a_person_would_ask_it(assistant: Assistant, dialogue: dict[str, Any]) -> None:
    assert _last(assistant, dialogue).query == dialogue["query"]
