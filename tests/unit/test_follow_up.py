"""Follow-ups made self-contained."""

import pytest

from rag.domain import Turn
from rag.question.follow_up import completions, self_contained

WANG = Turn("Where did Wang Yi speak in June?", "In Paris.")
RENT = "How much rent does Ada Krol pay?"


def asked(*earlier: str, then: str, answer: str = "") -> str:
    return self_contained(then, [Turn(question, answer) for question in earlier])


@pytest.mark.parametrize(
    ("earlier", "then", "query"),
    [
        (RENT, "And the deposit?", "How much deposit does Ada Krol pay?"),
        (RENT, "no, the deposit", "How much deposit does Ada Krol pay?"),
        ("When is the rent due?", "and the deposit", "When is the deposit due?"),
        ("Who builds the weir?", "And the new lock?", "Who builds the new lock?"),
        ("What does breakfast cost?", "what about dinner?", "What does dinner cost?"),
        ("Are dogs allowed?", "And cats?", "Are cats allowed?"),
        ("Is there a lift?", "and a car park?", "Is there a car park?"),
        ("How much is entry for adults?", "and children?", "How much is entry for children?"),
        ("Ada Krol rent", "and deposit?", "Ada Krol deposit"),
        ("Which rooms have a balcony?", "and a bath?", "Which rooms have a bath?"),
        ("What does the policy say about trains?", "And flights?", "What does the policy say about flights?"),
        ("When does the mill open?", "and close?", "When does the mill close?"),
        ("How much is the key to the flat in Weir Row?", "And the shop in Mill Lane?", None),
        ("Wie hoch ist die Miete von Frau Krol?", "Und die Kaution?", "Wie hoch ist die Kaution von Frau Krol?"),
    ],
)
def test_a_thing_takes_the_place_of_one_like_it(earlier: str, then: str, query: str | None) -> None:
    assert asked(earlier, then=then) == (query or "How much is the key to the shop in Mill Lane?")


@pytest.mark.parametrize(
    ("earlier", "then", "query"),
    [
        (RENT, "and Oduya?", "How much rent does Oduya pay?"),
        (RENT, "Benno Marsh", "How much rent does Benno Marsh pay?"),
        (RENT, "I meant Benno Marsh", "How much rent does Benno Marsh pay?"),
        (RENT, "And for Marsh?", "How much rent does Marsh pay?"),
        ("What does Ada Krol earn a month?", "and Marsh?", "What does Marsh earn a month?"),
        ("Who built the Corbel Bridge?", "And the Swan Bridge?", "Who built the Swan Bridge?"),
        ("What is the phone number of Dr. Weber?", "and Dr. Klein?", "What is the phone number of Dr. Klein?"),
        ("what does ada krol earn?", "and marsh?", "what does marsh earn?"),
        ("Is the invoice 2025-17 paid?", "and 2025-18?", "Is the invoice 2025-18 paid?"),
        ("How much is parking?", "for residents?", "How much is parking for residents?"),
    ],
)
def test_a_name_takes_the_place_of_a_name(earlier: str, then: str, query: str) -> None:
    assert asked(earlier, then=then) == query


@pytest.mark.parametrize(
    ("earlier", "then", "query"),
    [
        ("How much is the bill for April 2025?", "What about May?", "How much is the bill for May 2025?"),
        ("How much is the bill for April 2025?", "and may", "How much is the bill for May 2025?"),
        ("How much is the bill for April 2025?", "not April, June", "How much is the bill for June 2025?"),
        ("How many came in 2023?", "And in 2024?", "How many came in 2024?"),
        ("How many came in 2023?", "and the year before?", "How many came in 2022?"),
        ("How much was the bill for January 2025?", "the previous month?", "How much was the bill for December 2024?"),
        ("electricity bill May 2025", "and June?", "electricity bill June 2025"),
        ("How much is parking?", "and on Sundays?", "How much is parking on Sundays?"),
        ("Wann ist die Rechnung vom Mai fällig?", "Und im Juni?", "Wann ist die Rechnung im Juni fällig?"),
    ],
)
def test_a_time_takes_the_place_of_a_time(earlier: str, then: str, query: str) -> None:
    assert asked(earlier, then=then) == query


@pytest.mark.parametrize(
    ("earlier", "then", "query"),
    [
        ("At what time is the raft race?", "And where?", "Where is the raft race?"),
        ("When does the council meet again?", "and where?", "Where does the council meet again?"),
        ("Was the bridge closed?", "Why?", "Why was the bridge closed?"),
        ("Which room is the meeting in?", "when?", "When is the meeting?"),
        (RENT, "since when?", "Since when does Ada Krol pay rent?"),
        ("How tall is the tower?", "And how old?", "How old is the tower?"),
        ("Wann beginnt die Sitzung?", "Und wo?", "Wo beginnt die Sitzung?"),
    ],
)
def test_a_word_that_asks_takes_the_place_of_another(earlier: str, then: str, query: str) -> None:
    assert asked(earlier, then=then) == query


def test_the_reason_of_what_somebody_does_is_asked_after_it() -> None:
    assert asked("Who banned the imports?", then="Why?") == "Who banned the imports – Why?"


@pytest.mark.parametrize("then", ["Is that still so?", "is it still true?", "and now?", "Ist das noch so?"])
def test_whether_it_is_still_so_asks_for_now(then: str) -> None:
    assert asked("Is the canal open?", then=then) == "Is the canal open now?"


@pytest.mark.parametrize(
    ("earlier", "answer", "then", "query"),
    [
        (RENT, "", "When did she move in?", "When did Ada Krol move in?"),
        (RENT, "", "What is her job?", "What is Ada Krol’s job?"),
        (RENT, "", "How many hours a week does she work?", "How many hours a week does Ada Krol work?"),
        ("Where does the Ketteral Canal begin?", "", "How long is it?", "How long is the Ketteral Canal?"),
        ("How long is the lease of the mill?", "", "When does it begin?", "When does the lease of the mill begin?"),
        (
            "Who is the plumber?",
            "Anton Krill is the plumber. [1]",
            "Where does he live?",
            "Where does Anton Krill live?",
        ),
        ("Which bridge is oldest?", "It is the Corbel Bridge. [1]", "How long is it?", "How long is Corbel Bridge?"),
    ],
)
def test_a_pronoun_gives_way_to_what_it_stands_for(earlier: str, answer: str, then: str, query: str) -> None:
    assert asked(earlier, then=then, answer=answer) == query


@pytest.mark.parametrize(
    ("answer", "then", "query"),
    [
        (
            "Ada Krol pays 800. [1] Benno Marsh pays 950. [2]",
            "no, the second one",
            "How much rent does Benno Marsh pay?",
        ),
        ("Ada Krol pays 800. [1] Benno Marsh pays 950. [2]", "the first", "How much rent does Ada Krol pay?"),
    ],
)
def test_one_of_several_is_chosen_by_its_place(answer: str, then: str, query: str) -> None:
    assert asked("How much rent does the tenant pay?", then=then, answer=answer) == query


def test_the_other_one_is_whom_the_documents_name_beside() -> None:
    queries = completions("And the other tenant?", [Turn(RENT, "")], lambda noun, names: ["Benno Marsh"])
    assert queries == ["How much rent does Benno Marsh pay?"]


def test_one_of_several_others_is_left_open() -> None:
    queries = completions("And the other tenant?", [Turn(RENT, "")], lambda noun, names: ["Marsh", "Oduya"])
    assert queries == ["How much rent does the other tenant pay?"]


def test_what_can_take_two_places_gives_two_questions_and_one_without_the_rest() -> None:
    assert completions("and the flat?", [Turn("What is the rent of the shop?", "")]) == [
        "What is the flat of the shop?",
        "What is the rent of the flat?",
        "What is the flat?",
    ]


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("And who met him there?", "Where did Wang Yi speak in June – And who met him there?"),
        ("Where can I go?", "Where did Wang Yi speak in June – Where can I go?"),
        ("When was that?", "Where did Wang Yi speak in June – When was that?"),
    ],
)
def test_what_leans_on_the_talk_otherwise_is_asked_after_it(question: str, query: str) -> None:
    assert self_contained(question, [WANG]) == query


@pytest.mark.parametrize(
    "question",
    [
        "Who is Petra Lindow?",
        "Is there a toll for barges of grain?",
        "When the mill burned down, did its owner rebuild it?",
        "How many barges may pass under the Sellisburg accord?",
        "Why did Corravia close the canal?",
        "opening hours",
        "What is the year of the flood?",
        "Who are the owners of the other mill?",
    ],
)
def test_a_question_that_stands_for_itself_stays_as_it_is(question: str) -> None:
    assert self_contained(question, [WANG]) == question


@pytest.mark.parametrize("question", ["And who met him there?", "Why?", "Ok, and then?", "and the deposit?", ""])
def test_a_first_question_stays_as_it_is(question: str) -> None:
    assert self_contained(question, []) == question


def test_the_talk_goes_on_over_questions_that_lean_on_it() -> None:
    assert asked(RENT, "And the deposit?", then="and Benno Marsh?") == "How much deposit does Benno Marsh pay?"


def test_a_new_matter_takes_the_place_of_the_old() -> None:
    assert asked(RENT, "When does the Ketteral Canal open?", then="and in May?") == (
        "When does the Ketteral Canal open in May?"
    )


def test_thanks_between_questions_change_nothing() -> None:
    assert asked(RENT, "thanks", then="And the deposit?") == "How much deposit does Ada Krol pay?"


def test_only_the_last_two_questions_are_asked_with_it() -> None:
    assert asked("Who is it?", "And who then?", "And who there?", then="When was that?") == (
        "And who then – And who there – When was that?"
    )


def test_a_turn_that_was_completed_is_taken_as_it_was() -> None:
    turn = Turn("And the deposit?", "", query="How much deposit does Benno Marsh pay?")
    assert self_contained("and Krol?", [turn]) == "How much deposit does Krol pay?"
