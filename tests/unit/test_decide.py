"""Questions that ask yes or no: which sentences decide them, and what several documents come to."""

from collections.abc import Sequence
from typing import Any

import pytest

from rag.answer.disagreement import CHANGED
from rag.answer.matter import Matter
from rag.answer.rank import Ranked
from rag.answer.yes_or_no import Decided, decide
from rag.domain import Document, Origin, Passage, Span
from rag.ports import CloseReading, Entailment, Reading, Said
from rag.search.rerank import ReadPassage
from tests.answers import stated
from tests.fakes import ShelfLibrary


class Always:
    """A verifier that says the same of every claim."""

    name = "always"

    def __init__(self, supported: float, contradicted: float = 0.0) -> None:
        self._entailment = Entailment(supported, contradicted, 1 - supported - contradicted)

    def verify_closely(self, claim: str, statements: Sequence[Said]) -> list[Entailment]:
        return []

    def verify(self, claim: str, texts: Sequence[str]) -> list[Entailment]:
        return [self._entailment for _ in texts]


AGREES, DENIES = Always(0.72), Always(0.1, 0.9)


def report(text: str, day: str | None = "2024-05-02", *, points_at: str = "", relevance: float = 6.0) -> ReadPassage:
    """A report whose reader points at some words, or at its beginning."""
    document = Document(id=text, text=text, origin=Origin(path=text[:9], published=day))
    at = text.index(points_at)
    answer = Span(at, at + max(4, len(points_at)))
    return ReadPassage(Passage.cut(document, Span(0, len(text))), 0.0, Reading(relevance, (answer,), 0.4))


def decided(question: str, *reports: ReadPassage, verifier: Always = AGREES) -> Decided | None:
    return decide(Matter(question, [], reports, {}, ShelfLibrary()), verifier)


def lead(question: str, *reports: ReadPassage, verifier: Always = AGREES) -> str | None:
    found = decided(question, *reports, verifier=verifier)
    return found.lead if found else None


def test_what_the_verifier_bears_out_is_a_yes() -> None:
    assert lead("Did dockers at Anse strike?", report("In May the dockers of Anse struck for a week.")) == "Yes."


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Has the mine paid its workers?", "The mine of Hollin has not paid its workers since May."),
        ("Does the treaty define upkeep?", "Upkeep, says the judge, is nowhere defined in the treaty."),
        ("Has the panel heard the claim?", "The claim has yet to be heard by the panel."),
        ("Was the toll 650 florins in 2016?", "The toll was 410 florins in 2016."),
        ("Did Ardent ban the grain of Belmar?", "Belmar banned the grain of Ardent."),
    ],
)
def test_what_the_words_deny_is_a_no(question: str, text: str) -> None:
    assert lead(question, report(text)) == "No."


def test_what_only_the_verifier_denies_is_no_no() -> None:
    assert lead("Will Corravia obey?", report("Corravia will comply under protest."), verifier=DENIES) is None


def test_what_another_sentence_denies_is_no_no() -> None:
    text = "The mine has paid the workers. It will not reopen in June."
    assert lead("Has the mine paid its workers?", report(text)) == "Yes."


def test_what_a_sentence_denies_of_something_else_is_no_no() -> None:
    text = "The dockers of Anse struck in May, and in June the town that had no other harbour could not buy bread."
    assert lead("Did dockers at Anse strike in May?", report(text)) == "Yes."


def test_a_sentence_that_points_back_is_read_with_the_one_before() -> None:
    text = "Aldane and Verrin signed. They shook hands twice."
    found = decided("Did Verrin and Aldane shake hands?", report(text, points_at="They shook"))
    assert found is not None
    assert [proof.text for proof in found.proofs] == [text]


def test_where_the_reader_points_elsewhere_the_sentence_that_says_it_decides() -> None:
    text = "The mill at Oster burned down in May. Nobody was hurt."
    assert lead("Did the mill at Oster burn down?", report(text, points_at="Nobody")) == "Yes."


def test_a_passage_on_another_matter_decides_nothing() -> None:
    text = "In May the dockers of Anse struck for a week."
    assert lead("Did dockers at Anse strike?", report(text, relevance=2.0)) is None


@pytest.mark.parametrize(
    "question", ["Do most barges of Halvern have two hulls?", "Did 40 barges of Halvern have two hulls?"]
)
def test_what_is_said_of_some_is_not_said_of_most_nor_of_a_number(question: str) -> None:
    assert lead(question, report("The barges of Halvern that pass have two hulls.")) is None


OPEN = "The ferry to Lund is open again."
CLOSED = "The ferry to Lund is not open because of ice."


def test_of_the_present_the_newest_report_tells() -> None:
    found = decided("Is the ferry to Lund open?", report(CLOSED, "2024-05-02"), report(OPEN, "2024-06-09"))
    assert found is not None
    assert found.lead == f"Yes. {CHANGED}"
    assert [proof.day for proof in found.proofs] == ["2024-06-09", "2024-05-02"]


def test_a_newest_report_that_tells_of_no_change_still_tells_of_the_present() -> None:
    reports = report(OPEN, "2024-05-02"), report(CLOSED, "2024-06-09")
    assert lead("Is the ferry to Lund open?", *reports) == "No. Older reports say otherwise."


def test_of_the_past_what_changed_is_told_in_order() -> None:
    found = decided("Was the ferry to Lund open?", report(OPEN, "2024-06-09"), report(CLOSED, "2024-05-02"))
    assert found is not None
    assert found.lead == CHANGED
    assert [proof.day for proof in found.proofs] == ["2024-05-02", "2024-06-09"]


@pytest.mark.parametrize("day", ["2024-06-09", None])
def test_an_old_report_does_not_tell_how_it_is_now(day: str | None) -> None:
    later = report("The line to Skarne was busy.", day)
    old = report("Verrin is still the minister of Corravia.", "2024-05-02")
    assert lead("Is Verrin still the minister of Corravia?", old) == "Yes."
    assert lead("Is Verrin still the minister of Corravia?", old, later) is None


def test_who_is_not_sure_is_not_heard_against_others() -> None:
    says, denies = report("Ardent banned the grain of Belmar."), report("Ardent did not sell the old mill to Belmar.")
    assert lead("Did Ardent ban the grain of Belmar?", denies) == "No."
    assert lead("Did Ardent ban the grain of Belmar?", says, denies) == "Yes."


def test_two_sure_sides_are_a_conflict() -> None:
    found = decided(
        "Did Ardent ban the grain of Belmar?",
        report("Ardent banned the grain of Belmar."),
        report("Belmar banned the grain of Ardent."),
    )
    assert found is not None
    assert found.lead == "The documents disagree."
    assert found.conflict is not None


class Closely:
    """A close reader that says the same of every statement."""

    name = "closely"

    def __init__(self, supported: float, contradicted: float) -> None:
        self._entailment = Entailment(supported, contradicted, 1 - supported - contradicted)

    def read(self, question: str, statements: Sequence[Said]) -> list[CloseReading]:
        return [CloseReading(0.0, None) for _ in statements]

    def verify(self, claim: str, statements: Sequence[Said]) -> list[Entailment]:
        return [self._entailment for _ in statements]


def of_a_paper(
    reader: Closely,
    text: str = "Members may bring a guest on Sundays.",
    *,
    fit: float = 1.0,
    outlet: str | None = None,
) -> str | None:
    said = stated(text, outlet=outlet)[-1]
    matter = Matter("May I bring a guest?", [Ranked(said, 1.0, {"subject": fit})], [], {}, ShelfLibrary(), None, reader)
    found = decide(matter, AGREES)
    return found.lead if found else None


def test_the_best_statement_of_a_paper_decides_where_it_is_read_to_do_so() -> None:
    assert (of_a_paper(Closely(0.95, 0.02)), of_a_paper(Closely(0.05, 0.9)), of_a_paper(Closely(0.4, 0.3))) == (
        "Yes.",
        "No.",
        None,
    )


@pytest.mark.parametrize("unlike", [{"fit": 0.0}, {"outlet": "The Daily"}], ids=["about another", "of a report"])
def test_a_statement_about_another_or_of_a_report_alone_decides_nothing(unlike: dict[str, Any]) -> None:
    assert of_a_paper(Closely(0.95, 0.02), **unlike) is None


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("The club\n\nGuests: no\n", "No."),
        ("The club\n\nGuests: yes\n", "Yes."),
        ("Members may not bring a guest.", "No."),
        ("No, but a guest may wait in the hall.", ""),
        ("Only members may bring a guest.", None),
    ],
)
def test_its_own_yes_or_no_comes_before_how_it_is_read(text: str, lead: str | None) -> None:
    assert of_a_paper(Closely(0.95, 0.02), text) == lead
