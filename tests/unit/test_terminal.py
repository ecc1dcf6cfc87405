"""What the terminal shows."""

import io
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from rag.domain import (
    Answer,
    AnswerKind,
    Citation,
    Claim,
    Conflict,
    Judgement,
    Origin,
    Outcome,
    Passage,
    Quote,
    Side,
    Span,
    Verdict,
)
from tests.answers import answered
from ui.terminal import print_answer, print_judgement, printable

ORIGIN = Origin("news/a.txt", title="Mill burns", outlet="Oster Post", published="2024-05-04")
CITATION = Citation(1, "a", Span(0, 16), "The mill burned.", ORIGIN, page=3)


def shown(value: Answer | Judgement) -> str:
    console = Console(file=io.StringIO(), width=200)
    print_answer(value, console) if isinstance(value, Answer) else print_judgement(value, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def answer(**changes: Any) -> Answer:
    claims = changes.pop("claims", (Claim("The mill burned.", Verdict.SUPPORTED, (1,)),))
    fields = {
        "query": "What happened?",
        "question": "What happened?",
        "text": "The mill burned. [1]",
        "citations": (CITATION,),
    }
    return answered(*claims, **{**fields, **changes})


@pytest.mark.parametrize(
    "words", ["The mill burned. [1]", "Mill burns", "Oster Post", "2024-05-04", "page 3", "news/a.txt"]
)
def test_an_answer_shows_its_proof(words: str) -> None:
    assert words in shown(answer())


@pytest.mark.parametrize("verdict", [Verdict.UNSUPPORTED, Verdict.CONTRADICTED, Verdict.UNCHECKED])
def test_a_doubtful_sentence_is_marked_with_a_word(verdict: Verdict) -> None:
    assert f"The mill burned. ({verdict})" in shown(answer(claims=(Claim("The mill burned.", verdict),)))


def test_an_abstention_lists_the_closest_passages_apart() -> None:
    passage = Passage("a", Span(0, 16), "The mill burned.", "The mill burned.", ORIGIN)
    declined = answer(
        outcome=Outcome.ABSTAINED, text="The documents do not answer this.", claims=(), closest=(passage,)
    )
    assert "Closest passages, which do not answer it:" in shown(declined)


def test_a_conflict_shows_both_sides() -> None:
    conflict = Conflict("whether it burned", (Side("It burned.", (1,)), Side("It stands.", (2,))))
    assert "It burned. [1]" in shown(answer(conflicts=(conflict,)))
    assert "It stands. [2]" in shown(answer(conflicts=(conflict,)))


def test_a_judgement_shows_the_verdict_and_the_words() -> None:
    text = shown(Judgement("The mill burned.", Verdict.SUPPORTED, (CITATION,)))
    assert "supported: The mill burned." in text
    assert "“The mill burned.”" in text


def under(*context: str) -> Citation:
    return replace(CITATION, context=tuple(Quote(Span(0, 1), one) for one in context))


def test_what_a_quote_stands_under_is_told_above_it() -> None:
    lines = shown(answer(citations=(under("Mill burns", "Damage", "At night"),))).splitlines()
    assert lines[lines.index("    “The mill burned.”") - 1] == "    Damage › At night"


@pytest.mark.parametrize("character", ["\x1b", "\x07", "\u202e", "\x9b"])
def test_a_heading_cannot_move_the_cursor(character: str) -> None:
    text = shown(answer(citations=(under(f"Damage{character}[2J"),)))
    assert "Damage[2J" in text
    assert character not in text


def test_markup_in_a_heading_is_only_text() -> None:
    assert "[bold]Damage[/bold]" in shown(answer(citations=(under("[bold]Damage[/bold]"),)))


@pytest.mark.parametrize("character", ["\x1b", "\x07", "\u202e", "\u200b", "\x9b", "\r"])
def test_no_character_that_moves_the_cursor_is_printed(character: str) -> None:
    assert character not in printable(f"mill{character}[31mburned")


def test_markup_of_the_console_is_only_text() -> None:
    assert "[bold]mill[/bold]" in shown(answer(claims=(Claim("[bold]mill[/bold]", Verdict.SUPPORTED, (1,)),)))


def test_a_list_is_shown_one_item_below_the_other_and_steps_with_their_numbers() -> None:
    claims = (Claim("a hat", Verdict.SUPPORTED, (1,)), Claim("a map", Verdict.SUPPORTED, (1,), mark="2."))
    text = shown(answer(claims=claims, kind=AnswerKind.LIST, lead="2 items:"))
    assert text.startswith("2 items:\n  • a hat [1]\n  2. a map [1]\n")
