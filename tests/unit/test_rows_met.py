"""Which rows of a table meet what a question says of them: amounts, days, yes and no, what is out of stock."""

import pytest

from rag.evidence.tables.met import RowsMet, rows_met
from rag.question.operation import rows_wanted
from tests.tables import tables

KENNEL = """Dog | Breed | Weight | Born | Chipped | Owner
Bruno | Beagle | 12.5 kg | 2019-04-02 | yes | Ada Krol
Cleo | Collie | 19 kg | 2021-11-15 | no | Tom Reed
Tilly | Beagle | 11 kg | 2016-01-30 | no | Ada Krol
Odin | Mastiff | n/a | 2020-07-08 | yes | Rosa Falk"""
STORE = """No. | Feed | Bags left
7701 | Puppy mix | 14
7702 | Senior mix | 0
7703 | Biscuits | 0
7704 | Senior mix | 6"""
BOOKED = """Course | Free
Agility | yes
Tracking | no"""


def met(question: str, rows: str = KENNEL, title: str = "Dogs of the kennel") -> RowsMet | None:
    wanted = rows_wanted(question)
    assert wanted is not None
    (table,) = tables(rows, title=title)
    return rows_met(wanted, table)


def names(found: RowsMet | None) -> list[str]:
    return [row.value(row.values[0][1]) for row in found.rows] if found else []


@pytest.mark.parametrize(
    ("question", "dogs"),
    [
        ("Which dogs are heavier than 12 kg?", ["Bruno", "Cleo"]),
        ("Which dogs were born before 2020?", ["Bruno", "Tilly"]),
        ("Which dogs are not chipped?", ["Cleo", "Tilly"]),
        ("List all unchipped dogs", ["Cleo", "Tilly"]),
        ("Show me the beagles that are chipped", ["Bruno"]),
        ("Which dogs belong to Ada Krol?", ["Bruno", "Tilly"]),
        ("Who has a dog born after 2020?", ["Cleo"]),
    ],
)
def test_the_rows_that_meet_the_question_are_told(question: str, dogs: list[str]) -> None:
    assert names(met(question)) == dogs


@pytest.mark.parametrize("question", ["Which feed is out of stock?", "What's sold out right now?"])
def test_nothing_left_is_none_in_the_column_that_counts_what_is_left(question: str) -> None:
    assert names(met(question, STORE, "Feed store")) == ["7702", "7703"]


def test_nothing_left_may_be_a_plain_no() -> None:
    assert names(met("Which courses are not available?", BOOKED, "Courses")) == []
    assert names(met("Which courses are sold out?", BOOKED.replace("Free", "Available"), "Courses")) == ["Tracking"]


def test_what_has_no_number_is_left_out_and_told() -> None:
    found = met("Which dogs weigh less than 12 kg?", KENNEL.replace("n/a", ""))
    assert found is not None
    assert (names(found), found.left_out) == (["Tilly"], ("Odin",))


def test_a_row_is_shown_by_its_name_and_by_what_is_asked_of() -> None:
    found = met("Which dogs are heavier than 12 kg?")
    assert found is not None
    assert found.columns == ("Dog", "Weight")


def test_who_is_shown_by_the_people() -> None:
    found = met("Who has a dog born after 2020?")
    assert found is not None
    assert "Owner" in found.columns


def test_a_number_that_tells_rows_apart_is_shown_with_their_words() -> None:
    found = met("Which feed is out of stock?", STORE, "Feed store")
    assert found is not None
    assert found.columns == ("No.", "Feed", "Bags left")


@pytest.mark.parametrize(
    "question",
    [
        "Which dogs have fleas?",
        "Which cats are heavier than 12 kg?",
        "Which dogs are taller than 40 cm?",
        "Which dogs weigh more than 100 kg?",
    ],
)
def test_what_the_table_does_not_say_meets_nothing(question: str) -> None:
    assert met(question) is None


@pytest.mark.parametrize("question", ["How many dogs are there?", "When was Bruno born?"])
def test_what_asks_for_no_rows_wants_none(question: str) -> None:
    assert rows_wanted(question) is None
