"""What kind of thing a question asks for, and whether a sentence holds it."""

import pytest

from rag.question.answer_types import (
    asks_for_a_total,
    asks_how,
    asks_to_describe,
    has_answer_type,
    holds_amount,
    is_at_asked_rate,
    is_of_asked_kind,
)


@pytest.mark.parametrize(
    ("sentence", "held"),
    [
        ("Ardent closed the port because the quay was sinking.", 1.0),
        ("Fearing a second flood, the council moved the town.", 1.0),
        ("Ardent closed the port after divers found cracks in the quay.", 0.5),
        ("The port was shut, the minister saying that its quay was sinking.", 0.5),
        ("Ships turned back a day after Ardent closed the port.", 0.0),
        ("Ardent closed the port in March.", 0.0),
    ],
)
def test_a_reason_is_more_than_what_was_asked_about(sentence: str, held: float) -> None:
    assert has_answer_type("Why did Ardent close the port?", sentence) == held


@pytest.mark.parametrize(("word", "held"), [("in March", 1.0), ("in May", 1.0), ("2 may", 1.0), ("it may", 0.0)])
def test_a_month_is_a_day_and_what_only_begins_like_one_is_none(word: str, held: float) -> None:
    assert has_answer_type("When did the market open?", f"They decided {word} to mark it.") == held


def test_a_day_does_not_say_how_long() -> None:
    assert is_of_asked_kind("How long is the canal?", "61 kilometres")
    assert not is_of_asked_kind("How long is the canal?", "9 September 2024")


def test_how_many_is_not_how() -> None:
    assert asks_how("How did Oster spend the money?")
    assert not asks_how("How many boats did Oster buy?")


@pytest.mark.parametrize("question", ["Who is Petra Lindow?", "What is Hollin Deep", "who was Ann of Lund?"])
def test_who_somebody_is_asks_to_describe_him(question: str) -> None:
    assert asks_to_describe(question)


@pytest.mark.parametrize("question", ["Who is Oster's mayor?", "What is the toll at Oster?", "Who won?"])
def test_who_holds_an_office_has_one_answer(question: str) -> None:
    assert not asks_to_describe(question)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("How many boats a day may pass?", "Up to 12 boats a day may pass.", True),
        ("How many boats may pass daily?", "It let 12 pass each day.", True),
        ("How many boats may pass a day?", "Eight pass on three days a week.", False),
        ("How many boats a day may pass?", "Five sailed under forged papers.", False),
        ("How many boats may pass?", "Five sailed under forged papers.", True),
        ("How many boats sank a year ago?", "Five sank.", True),
        ("How many boats sank in a year?", "Five sank.", True),
        ("How much is its annual budget?", "It spends 900 crowns every year.", True),
        ("How much is its annual budget?", "It spent 900 crowns on a bridge.", False),
        ("Who opened the annual fair?", "Ann Vell opened it.", True),
    ],
)
def test_what_is_asked_by_the_day_is_told_by_the_day(question: str, text: str, expected: bool) -> None:
    assert is_at_asked_rate(question, text) == expected


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Total due: 41.00 EUR", True),
        ("Balance: -850,00", True),
        ("£61.11", True),
        ("Invoice no. G-2077", False),
        ("Date: 2 April 2026", False),
        ("Policy number: HC/2290", False),
    ],
)
def test_a_date_or_an_identifier_is_no_amount(text: str, holds: bool) -> None:
    assert holds_amount(text) is holds


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How much is the April invoice?", True),
        ("Wie hoch ist die Rechnung für März?", True),
        ("How much is the rent?", False),
        ("When is the bill due?", False),
    ],
)
def test_a_bill_is_asked_for_its_total(question: str, asked: bool) -> None:
    assert asks_for_a_total(question) is asked
