"""A conversation in the terminal."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from rag.assistant import Assistant
from tests.unit.test_talk import library_of
from ui.asking import Options
from ui.chat import converse

_TEXTS = {
    "krol": "The rent of Ada Krol is 812 florins a month.",
    "marsh": "The rent of Benno Marsh is 940 florins a month.",
}


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    return library_of(tmp_path, **_TEXTS)


def told(assistant: Assistant, *lines: str, **options: str) -> tuple[str, str]:
    """What a conversation prints: its results, and its notices."""
    out, err = (Console(file=io.StringIO(), width=200) for _ in range(2))
    converse(assistant, Options(**options), lines, as_json=False, out=out, err=err)
    assert isinstance(out.file, io.StringIO)
    assert isinstance(err.file, io.StringIO)
    return out.file.getvalue(), err.file.getvalue()


def objects(assistant: Assistant, *lines: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    console = Console(file=io.StringIO())
    converse(assistant, Options(), lines, as_json=True, out=console, err=console)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_question_leans_on_the_one_before(assistant: Assistant) -> None:
    out, err = told(assistant, "What is the rent of Ada Krol?", "and of Benno Marsh?")
    assert ("940 florins" in out, "Searched for: What is the rent of Benno Marsh?" in err) == (True, True)


def test_after_new_nothing_is_leant_on(assistant: Assistant) -> None:
    _, err = told(assistant, "What is the rent of Ada Krol?", "/new", "and of Benno Marsh?")
    assert "Searched for" not in err


def test_sources_shows_the_footnotes_of_the_last_answer(assistant: Assistant) -> None:
    out, _ = told(assistant, "What is the rent of Ada Krol?", "/sources")
    assert out.count("“The rent of Ada Krol is 812 florins a month.”") == 2


def test_sources_before_any_answer_says_so(assistant: Assistant) -> None:
    assert told(assistant, "/sources") == ("", "There is no answer yet.\n")


def test_quit_ends_it(assistant: Assistant) -> None:
    assert told(assistant, "/quit", "What is the rent of Ada Krol?") == ("", "")


def test_an_unknown_command_is_told(assistant: Assistant) -> None:
    assert told(assistant, "/stop")[1] == "There is no /stop. Type /help for what there is.\n"


def test_a_question_that_cannot_be_asked_does_not_end_it(assistant: Assistant) -> None:
    out, err = told(assistant, "x" * 3000, "What is the rent of Ada Krol?")
    assert ("812 florins" in out, err.startswith("footnoted: The question has 3000 characters.")) == (True, True)


def test_each_line_gives_one_object(assistant: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    lines = ("hi", "/sources", "", "What is the rent of Ada Krol?", "/what")
    told_ = objects(assistant, *lines, capsys=capsys)
    assert [sorted(one)[0] for one in told_] == ["answer", "citations", "answer", "command"]
