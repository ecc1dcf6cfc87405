"""Questions on fifteen tables of five formats: what is computed is right, and nearly all of it is."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.settings import load_settings
from rag.wiring import wire
from tests.computed.asking import Asked, ask_all, filled, report
from tests.computed.questions import questions
from tests.fakes import HashEmbedder

_WRONG_AT_MOST, _RIGHT_AT_LEAST = 0.02, 0.95


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Asked]]:
    """Every question, asked without the models: what is computed needs none."""
    folder = tmp_path_factory.mktemp("computed")
    settings = load_settings(library=folder / "library")
    wired = wire(settings, create=True, embedder=HashEmbedder())
    parts = dataclasses.replace(wired, reader=None, close_reader=None, verifier=None)
    assistant = Assistant(parts, settings)
    filled(Path(folder / "documents"), assistant)
    yield ask_all(questions(), assistant)
    assistant.close()


def test_there_are_120_questions(asked: list[Asked]) -> None:
    assert len(asked) == 120


def test_wrong_results_are_rare(asked: list[Asked]) -> None:
    assert sum(one.wrong for one in asked) <= _WRONG_AT_MOST * len(asked), report(asked)


def test_most_results_are_computed(asked: list[Asked]) -> None:
    assert sum(one.right for one in asked) >= _RIGHT_AT_LEAST * len(asked), report(asked)
