"""What speaks of all of something holds only where the rest of the table bears it out."""

import pytest

from ingest.readers.plain import blocks_of_text
from rag.domain import Document, Origin, Passage
from rag.evidence.extremes import is_borne_out
from rag.evidence.statement import Statement, statements_of
from tests.answers import stated

TABLE = """Month | Water | Paid on
--- | --- | ---
January | 41 | 5.2.2025
February | 38 | 4.3.2025
March | 52 | 7.4.2025
"""
PROSE = "The east gate is the oldest of the town. The north gate was built in 1410."


def borne_out(text: str, words: str, claim: str, question: str) -> bool:
    proof: Statement = next(one for one in stated(text) if words in one.said)
    document = Document("d.txt", text, Origin("d.txt"), blocks=blocks_of_text(text))
    alone = Passage.cut(document, proof.span)  # the other rows stand in other passages
    [proof] = statements_of(alone)
    return is_borne_out(claim, question, proof, document)


@pytest.mark.parametrize(
    ("row", "claim", "holds"),
    [
        ("March", "The most water was used in March.", True),
        ("January", "The most water was used in January.", False),
        ("February", "The lowest use of water was 38 in February.", True),
        ("March", "The lowest use of water was 52 in March.", False),
        ("March", "All months used 52 of water.", False),
    ],
)
def test_a_superlative_holds_for_the_row_that_no_other_exceeds(row: str, claim: str, holds: bool) -> None:
    assert borne_out(TABLE, row, claim, "How was the water?") is holds


@pytest.mark.parametrize(("row", "holds"), [("March", True), ("January", False)])
def test_a_plain_sentence_that_answers_a_superlative_is_held_to_it(row: str, holds: bool) -> None:
    assert borne_out(TABLE, row, f"It was {row}.", "Which month used the most water?") is holds


@pytest.mark.parametrize(("row", "holds"), [("March", True), ("February", False)])
def test_the_last_is_the_row_of_the_latest_day(row: str, holds: bool) -> None:
    assert borne_out(TABLE, row, f"The last to be paid was {row}.", "What was paid last?") is holds


def test_a_number_of_another_column_counts_nothing() -> None:
    table = "Town | Staff\n--- | ---\nElm | 5\nAsh | 7\nOak | 9\n"
    assert not borne_out(table, "Elm", "There are 5 branches.", "How many branches are there?")


def test_a_number_of_the_column_that_is_asked_for_counts() -> None:
    table = "Town | Staff\n--- | ---\nElm | 5\nAsh | 7\nOak | 9\n"
    assert borne_out(table, "Elm", "There are 5 staff in Elm.", "How many staff are in Elm?")


def test_a_sentence_that_says_so_itself_bears_a_superlative_out() -> None:
    assert borne_out(PROSE, "east", "The east gate is the oldest.", "Which gate is the oldest?")


def test_a_sentence_that_does_not_say_so_bears_no_superlative_out() -> None:
    assert not borne_out(PROSE, "north", "The north gate is the oldest, of 1410.", "Which gate is the oldest?")
