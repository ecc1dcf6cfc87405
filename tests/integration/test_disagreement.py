"""Where documents disagree: both sides, counted and cited; what changed is told in order. With the models we ship."""

from collections.abc import Iterator
from datetime import date

import pytest

from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.domain import Answer, Outcome

REPORTS = {
    "harbour.md": (
        "The Harbour Post",
        "2024-03-02",
        "Ardent banned all grain from Belmar on 1 March. Ships turned back.",
    ),
    "valley.md": (
        "The Valley Sun",
        "2024-03-03",
        "Ardent has banned grain imports from Belmar, merchants in Oster said.",
    ),
    "coast.md": (
        "The Coast Mail",
        "2024-03-04",
        "Because of rust in the wheat, Ardent banned the grain of Belmar in March.",
    ),
    "lonely.md": ("The Lonely Bell", "2024-03-05", "Belmar banned all grain from Ardent in March, farmers said."),
    "mill.md": ("The Harbour Post", "2024-02-01", "The mill at Oster burned down on 30 January 2024. Nobody was hurt."),
    "ferry1.md": ("The Valley Sun", "2024-05-02", "The ferry to Lund is closed because of ice on the lake."),
    "ferry2.md": ("The Valley Sun", "2024-06-09", "The ferry to Lund is no longer closed: it is open again."),
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("reports")
    for name, (outlet, published, text) in REPORTS.items():
        front = f"---\ntitle: {name}\noutlet: {outlet}\npublished: {published}\n---\n"
        (folder / name).write_text(f"{front}{text}\n", encoding="utf-8")
    opened = Assistant.open(tmp_path_factory.mktemp("library"), create=True)
    ingest([folder], into=opened)
    yield opened
    opened.close()


def outlets(answer: Answer, markers: tuple[int, ...]) -> set[str | None]:
    return {citation.origin.outlet for citation in answer.citations if citation.marker in markers}


def test_the_lonely_side_is_named_and_counted(assistant: Assistant) -> None:
    answer = assistant.ask("Who banned grain from whom?")
    (conflict,) = answer.conflicts
    assert "Only The Lonely Bell says the latter" in conflict.statement
    assert "3 reports" in conflict.statement


def test_each_side_cites_its_own_documents(assistant: Assistant) -> None:
    answer = assistant.ask("Who banned grain from whom?")
    many, few = answer.conflicts[0].sides
    assert outlets(answer, many.markers) == {"The Harbour Post", "The Valley Sun", "The Coast Mail"}
    assert outlets(answer, few.markers) == {"The Lonely Bell"}


def test_the_answer_begins_with_the_side_of_most_reports(assistant: Assistant) -> None:
    answer = assistant.ask("Who banned grain from whom?")
    assert outlets(answer, answer.claims[0].markers) <= {"The Harbour Post", "The Valley Sun", "The Coast Mail"}


@pytest.mark.parametrize("question", ["Who banned whose grain?", "Which country banned grain from the other?"])
def test_who_to_whom_is_answered_by_one_sentence_of_each_side(assistant: Assistant, question: str) -> None:
    many, few = assistant.ask(question).claims
    assert "Ardent" in many.text
    assert few.text == "Belmar banned all grain from Ardent in March, farmers said."


def test_what_fits_the_question_best_stays_in_the_answer_though_it_is_outnumbered(assistant: Assistant) -> None:
    answer = assistant.ask("Who banned grain from whom?")
    assert "The Lonely Bell" in {outlet for claim in answer.claims for outlet in outlets(answer, claim.markers)}


def test_every_marker_of_a_conflict_stands_in_the_text(assistant: Assistant) -> None:
    answer = assistant.ask("Who banned grain from whom?")
    assert all(f"[{citation.marker}]" in answer.text for citation in answer.citations)


def test_a_question_for_yes_or_no_is_answered_yes(assistant: Assistant) -> None:
    answer = assistant.ask("Did the mill at Oster burn down on 30 January 2024?")
    assert answer.lead == "Yes."
    assert answer.text.startswith("Yes. The mill at Oster burned down")


def test_where_documents_disagree_neither_yes_nor_no_is_said(assistant: Assistant) -> None:
    answer = assistant.ask("Did Ardent ban all grain from Belmar?")
    assert answer.lead == "The documents disagree."
    assert len(answer.conflicts) == 1


@pytest.mark.parametrize("question", ["did ardent ban all grain from belmar", "DID ARDENT BAN ALL GRAIN FROM BELMAR?"])
def test_who_did_what_does_not_hang_on_how_the_question_is_typed(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.lead == "The documents disagree."
    assert answer.query == question  # what was searched, and nobody needs to be told of another


def test_documents_that_agree_have_no_conflict(assistant: Assistant) -> None:
    assert assistant.ask("When did the mill at Oster burn down?").conflicts == ()


def test_how_things_stand_the_newest_report_tells_first(assistant: Assistant) -> None:
    answer = assistant.ask("Is the ferry to Lund closed?")
    assert answer.lead == "No. This changed over time."
    assert [citation.origin.published for citation in answer.citations] == ["2024-06-09", "2024-05-02"]


def test_what_changed_is_told_in_order_and_is_no_conflict(assistant: Assistant) -> None:
    answer = assistant.ask("Was the ferry to Lund closed?")
    assert answer.conflicts == ()
    days = [citation.origin.published for citation in answer.citations]
    assert days == sorted(days, key=str)
    assert answer.lead == "This changed over time."


def test_the_words_that_were_asked_for_stand_out(assistant: Assistant) -> None:
    claim = assistant.ask("When did the mill at Oster burn down?").claims[0]
    assert claim.short is not None
    assert "30 January 2024" in claim.short.of(claim.text)


def test_a_timeline_is_in_the_order_of_days(assistant: Assistant) -> None:
    answer = assistant.ask("What happened with the ferry to Lund?", timeline=True)
    days = [claim.day for claim in answer.claims]
    assert days == ["2024-05-02", "2024-06-09"]


def test_a_timeline_takes_the_day_that_a_sentence_names(assistant: Assistant) -> None:
    answer = assistant.ask("What happened at the mill in Oster?", timeline=True)
    assert answer.claims[0].day == "2024-01-30"
    assert answer.text.startswith("2024-01-30: The mill")


def test_an_old_source_for_a_question_on_today_is_called_old(assistant: Assistant) -> None:
    assert any("newest source is of 2024-06-09" in notice for notice in assistant.ask("Is the ferry open now?").notices)


def test_as_of_a_day_soon_after_it_is_not_called_old(assistant: Assistant) -> None:
    answer = assistant.ask("Is the ferry to Lund open now?", as_of="2024-06-20")
    assert answer.outcome is Outcome.ANSWERED
    assert answer.notices == ()


def test_the_answer_carries_the_day_of_its_newest_source(assistant: Assistant) -> None:
    newest = assistant.ask("When did the mill at Oster burn down?").newest_source
    assert newest is not None
    assert date.fromisoformat(newest) == date(2024, 2, 1)
