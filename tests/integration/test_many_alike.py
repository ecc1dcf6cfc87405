"""Many documents that say the like of different things: the one that is asked about answers, and no two disagree."""

from collections.abc import Iterator

import pytest

from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.domain import Answer, Outcome

CARGOES = ("salt", "timber", "grain", "glass", "copper", "wool")
CITIES = (
    "Oxholm", "Dunmar", "Castrel", "Molby", "Pardessa", "Lisk", "Ketter", "Ostero", "Belmar", "Ardent", "Lund", "Weser",
)  # fmt: skip
MONTHS = ("January", "February", "March", "April", "May", "June")


def documents() -> Iterator[tuple[str, str]]:
    """The name and the text of each."""
    for at in range(150):
        tons, cargo = 100 + 7 * at, CARGOES[at % len(CARGOES)]
        yield f"arn{at}.txt", f"The ship Arn{at} carried {tons} tons of {cargo} to Dunmar in the spring.\n"
    for at, city in enumerate(CITIES):
        yield f"{city.lower()}.txt", f"The city of {city} has a budget of {11 + 3 * at} million crowns for schools.\n"
    for at, month in enumerate(MONTHS):
        yield (
            f"bill-{at}.txt",
            f"Electricity bill for {month} 2025\n\nCustomer: Edda Falk\nAmount due: {70 + at}.80 GBP\n",
        )


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("alike")
    for name, text in documents():
        (folder / name).write_text(text, encoding="utf-8")
    opened = Assistant.open(tmp_path_factory.mktemp("library"), create=True)
    ingest([folder], into=opened)
    yield opened
    opened.close()


def cited(answer: Answer) -> set[str]:
    return {citation.origin.path.rpartition("/")[2] for citation in answer.citations}


@pytest.mark.parametrize("ship", [99, 9, 142])
def test_asked_for_one_ship_the_answer_names_that_one_only(assistant: Assistant, ship: int) -> None:
    answer = assistant.ask(f"How many tons did the ship Arn{ship} carry?")
    assert (cited(answer), answer.conflicts) == ({f"arn{ship}.txt"}, ())
    assert f"{100 + 7 * ship} tons" in answer.text


@pytest.mark.parametrize(("place", "city"), [(0, "Oxholm"), (11, "Weser")])
def test_the_budget_of_one_city_is_answered_by_that_city(assistant: Assistant, place: int, city: str) -> None:
    answer = assistant.ask(f"What is the budget of the city of {city} for schools?")
    assert f"{11 + 3 * place} million" in answer.claims[0].text
    assert answer.conflicts == ()


def test_twelve_cities_with_a_budget_each_do_not_disagree(assistant: Assistant) -> None:
    answer = assistant.ask("How large is the budget of a city for schools?")
    assert answer.conflicts == ()


@pytest.mark.parametrize(("place", "month"), [(0, "January"), (3, "April")])
def test_the_bill_of_one_month_is_not_that_of_another(assistant: Assistant, place: int, month: str) -> None:
    answer = assistant.ask(f"What is the amount due for electricity in {month} 2025?")
    assert (cited(answer), answer.conflicts) == ({f"bill-{place}.txt"}, ())
    assert f"{70 + place}.80" in answer.text


def test_a_ship_that_no_document_names_is_not_answered_by_another(assistant: Assistant) -> None:
    answer = assistant.ask("How many tons did the ship Arn777 carry?")
    assert answer.outcome is Outcome.ABSTAINED
