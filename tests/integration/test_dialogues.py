"""Follow-ups over everyday papers, with the models of the package: each is understood, and answered."""

import json
from collections.abc import Callable, Iterator
from functools import cache
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


def _case(dialogue: dict[str, Any]) -> Any:
    """A dialogue as a case; `not_yet` says why it is not answered today."""
    known = [pytest.mark.xfail(reason=dialogue["not_yet"])] if "not_yet" in dialogue else []
    return pytest.param(dialogue, id=_named(dialogue), marks=known)


@pytest.fixture(scope="module")
def answer_to(assistant: Assistant) -> Callable[..., Answer]:
    """The answer to the last of some questions, after those before it; dialogues that begin alike are begun once."""

    @cache
    def answer(*questions: str) -> Answer:
        turns = [Turn(question, answer(*questions[: place + 1]).text) for place, question in enumerate(questions[:-1])]
        return assistant.ask(questions[-1], turns=turns)

    return answer


@pytest.mark.parametrize("dialogue", [_case(one) for one in _DIALOGUES if "says" in one])
def test_a_follow_up_is_answered(answer_to: Callable[..., Answer], dialogue: dict[str, Any]) -> None:
    assert dialogue["says"] in answer_to(*dialogue["turns"], dialogue["question"]).text


@pytest.mark.parametrize("dialogue", [one for one in _DIALOGUES if "query" in one], ids=_named)
def test_a_follow_up_is_searched_as_a_person_would_ask_it(
    answer_to: Callable[..., Answer], dialogue: dict[str, Any]
) -> None:
    assert answer_to(*dialogue["turns"], dialogue["question"]).query == dialogue["query"]
