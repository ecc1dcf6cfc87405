"""The shape of an answer: lists and steps whole, one thing said once, definitions, summaries, which document."""

import pytest

from ingest.readers.markdown import read_markdown
from ingest.readers.plain import blocks_of_text
from rag.answer.matter import Matter
from rag.answer.paths import plan
from rag.answer.plan import Plan, claims_of
from rag.answer.rank import Ranked
from rag.answer.rows import rows_asked
from rag.domain import AnswerKind, Document, Origin
from rag.evidence.cite import Footnotes
from rag.evidence.shown import shown, with_subject, written
from rag.evidence.statement import statements_of
from rag.question.answer_types import step_beside
from rag.question.kind import kind_of
from rag.question.term import defined_term
from rag.search.rerank import ReadPassage
from tests.answers import stated
from tests.fakes import ShelfLibrary

KETTLE = """Descaling the kettle

1. Empty the kettle.
2. Pour in half a litre of vinegar.
3. Wait for an hour.
4. Rinse it twice.

The kettle holds two litres.
"""
OUTING = """Outing of the choir

Please bring to the outing:
- a hat
- two sandwiches
- the blue song book

The bus leaves at nine.
"""
LEASE = """Lease of the boathouse

between Orla Quist and the Rowing Club Tarn

1. Rent. The rent is 90 crowns a month.
2. Keys. The club gets two keys.
"""


def text(path: str, written: str, **origin: str | None) -> Document:
    """A plain text as ingestion stores it, with its first line as its title."""
    title = written.strip().split("\n", 1)[0]
    return Document(path, written, Origin(path, **{"title": title, **origin}), blocks=blocks_of_text(written))


def markdown(path: str, written: str) -> Document:
    read = read_markdown(written.encode(), name=path)
    return Document(
        path, read.text, Origin(path, title=written[2:].split("\n", 1)[0]), read.search_text or "", blocks=read.blocks
    )


def asked(question: str, *documents: Document, first: str = "", answerable: bool = True) -> Plan:
    """What answers a question, where the statement that holds `first` is the best one."""
    library = ShelfLibrary(*documents)
    passages = [passage for one in documents for passage in library.passages_of(one.id)]
    said = [one for passage in passages for one in statements_of(passage)]
    said.sort(key=lambda one: first not in one.text if first else False)
    ranked = [
        Ranked(one, 9.0 - place, {"coverage": 0.0, "context": 1.0, "answer": 0.9 * (place == 0)})
        for place, one in enumerate(said)
    ]
    matter = Matter(question, ranked, [ReadPassage(one, 0.0) for one in passages], {}, library)
    return plan(matter, is_answerable=answerable)


def told(planned: Plan) -> list[str]:
    return [written(shown(one)) for one in planned.proofs]


# -- lists and steps ---------------------------------------------------------------------------------------------------


def test_all_items_of_a_list_are_told_in_order_with_how_many() -> None:
    planned = asked("What do we have to bring to the outing?", text("o.txt", OUTING), first="two sandwiches")
    assert (planned.lead, told(planned)) == ("3 items:", ["a hat", "two sandwiches", "the blue song book"])


def test_of_a_long_list_the_first_are_told_and_where_the_others_stand() -> None:
    many = "Rooms\n\nThe house has these rooms:\n" + "".join(f"- room {number}\n" for number in range(1, 16))
    planned = asked("Which rooms are there?", text("house.txt", many), first="room 3")
    assert len(planned.proofs) == 12
    assert planned.notice == "3 more in house.txt, under “The house has these rooms:”."


def test_steps_are_told_whole_and_numbered_where_their_heading_says_what_is_asked() -> None:
    planned = asked("How do I descale the kettle?", text("kettle.txt", KETTLE), first="Rinse")
    assert planned.kind is AnswerKind.STEPS
    assert list(zip(planned.marks, told(planned), strict=True))[:2] == [
        ("1.", "Empty the kettle."),
        ("2.", "Pour in half a litre of vinegar."),
    ]


def test_the_steps_that_the_best_statement_is_one_of_are_told_whatever_their_heading_calls_them() -> None:
    planned = asked("What has to be done against scale in the kettle?", text("k.txt", KETTLE), first="Pour in half")
    assert (planned.kind, len(planned.proofs)) == (AnswerKind.STEPS, 4)


def test_a_heading_is_no_answer_where_its_steps_stand_below_it() -> None:
    planned = asked("How do I descale the kettle?", text("kettle.txt", KETTLE), first="Descaling")
    assert told(planned)[0] == "Empty the kettle."


def test_steps_under_another_heading_do_not_answer() -> None:
    planned = asked("How do I paint the boat?", text("kettle.txt", KETTLE), first="The kettle holds")
    assert planned.kind is not AnswerKind.STEPS


@pytest.mark.parametrize(
    ("question", "step"),
    [
        ("What must I do after pouring in the vinegar?", "Wait for an hour."),
        ("What comes before step 2?", "Empty the kettle."),
    ],
)
def test_one_step_is_told_beside_the_one_that_is_named(question: str, step: str) -> None:
    assert told(asked(question, text("kettle.txt", KETTLE))) == [step]


def test_before_the_first_step_there_is_none() -> None:
    assert asked("What comes before step 1?", text("kettle.txt", KETTLE), answerable=False) == Plan()


def test_what_happens_after_a_time_asks_for_no_step() -> None:
    assert step_beside("How long after the trial do I pay?") is None


MENU = "# Lunch\n\n| Dish | Vegan |\n|---|---|\n| Soup | yes |\n| Pie | no |\n| Bowl | yes |\n"


@pytest.mark.parametrize(
    ("question", "dishes"), [("Which dishes are vegan?", ["Soup", "Bowl"]), ("Which dishes are not vegan?", ["Pie"])]
)
def test_rows_that_a_column_says_yes_or_no_of_are_chosen_by_it(question: str, dishes: list[str]) -> None:
    library = ShelfLibrary(markdown("menu.md", MENU))
    rows = [one for one in statements_of(library.passages_of("menu.md")[0]) if one.values]
    ranked = [Ranked(one, 1.0, {}) for one in rows]
    met = rows_asked(Matter(question, ranked, [], {}, library), rows[0], rows)
    assert [row.value(row.values[0][1]) for row in met] == dishes


def test_rows_are_chosen_by_the_amount_that_a_question_says() -> None:
    prices = (
        "# Prices\n\n| Service | Price (EUR) |\n|---|---|\n| Hull | 18.50 |\n| Mast | 95.00 |\n| Engine | 340.00 |\n"
    )
    library = ShelfLibrary(markdown("prices.md", prices))
    rows = [one for one in statements_of(library.passages_of("prices.md")[0]) if one.values]
    ranked = [Ranked(one, 1.0, {}) for one in rows]
    met = rows_asked(Matter("Which service costs 95 euros?", ranked, [], {}, library), rows[1], rows)
    assert [row.value(row.values[0][1]) for row in met] == ["Mast"]


def test_what_is_on_a_bill_is_its_rows() -> None:
    bill = "# Bill 77\n\n| Thing | Sum |\n|---|---|\n| Bench | 40 |\n| Lamp | 12 |\n"
    other = "# Bill 78\n\n| Thing | Sum |\n|---|---|\n| Rug | 5 |\n| Desk | 9 |\n"
    planned = asked("What is on bill 77?", markdown("b77.md", bill), markdown("b78.md", other), first="Rug")
    assert told(planned) == ["Bench: 40", "Lamp: 12"]


# -- one thing ---------------------------------------------------------------------------------------------------------


def test_a_further_sentence_is_told_only_where_it_adds_what_was_asked() -> None:
    said = "The ferry sails at nine. Tea is sold on the ferry. A ticket costs two crowns."
    both = asked(
        "When does the ferry sail and what does a ticket cost?", text("f.txt", said, title=None), first="sails"
    )
    one = asked("When does the ferry sail?", text("f.txt", said, title=None), first="sails")
    assert "A ticket costs two crowns." in told(both)
    assert told(one) == ["The ferry sails at nine."]


@pytest.mark.parametrize(
    ("line", "words"),
    [("2.1 Dogs stay outside.", "Dogs stay outside."), ("b) Dogs stay outside.", "Dogs stay outside.")],
)
def test_the_number_of_a_clause_stands_neither_in_the_claim_nor_in_its_quote(line: str, words: str) -> None:
    statement = next(one for one in stated(f"Rules\n\n{line}\n") if "Dogs" in one.text)
    assert (shown(statement).text, shown(statement).span.of(statement.passage.text)) == (words, words)


def test_a_number_at_the_beginning_of_a_sentence_is_no_mark() -> None:
    (said,) = stated("2.5 million people live in Tarn.\n")
    assert shown(said).text == "2.5 million people live in Tarn."


def test_a_field_is_told_with_what_the_question_names() -> None:
    fields = "Name: Ida Bergh\nBorn: 1990 in Kiel\n"
    born = next(one for one in stated(fields) if "Born" in one.text)
    assert written(with_subject("Where was Ida Bergh born?", born)) == "Born: 1990 in Kiel — Name: Ida Bergh"
    assert written(with_subject("where was she born?", born)) == "Born: 1990 in Kiel"


def test_a_field_with_its_subject_cites_both() -> None:
    library = ShelfLibrary(document := text("cv.txt", "Name: Ida Bergh\nBorn: 1990 in Kiel\n", title=None))
    planned = asked("Where was Ida Bergh born?", document, first="Born")
    notes = Footnotes(library.document)
    (claim,) = claims_of(planned, [], notes, verifier=None)
    assert claim.text == "Born: 1990 in Kiel — Name: Ida Bergh"
    assert [cited.quote for cited in notes.citations] == ["Born: 1990 in Kiel", "Name: Ida Bergh"]


def test_the_parties_of_a_contract_are_those_it_is_between() -> None:
    planned = asked("Who are the parties to the lease of the boathouse?", text("l.txt", LEASE), first="Rent")
    assert told(planned) == ["between Orla Quist and the Rowing Club Tarn"]


def test_a_clause_is_found_by_its_number() -> None:
    assert told(asked("What does clause 2 say?", text("l.txt", LEASE), first="Rent")) == [
        "Keys. The club gets two keys."
    ]


# -- definitions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("What does HPP stand for?", "HPP"),
        ("What does the term “lock” mean in the report?", "lock"),
        ("what is a sluice?", "sluice"),
        ("What is the deposit?", ""),
        ("What is on the menu?", ""),
        ("Was bedeutet Kaltmiete?", "Kaltmiete"),
    ],
)
def test_the_term_is_what_a_question_asks_the_meaning_of(question: str, term: str) -> None:
    assert defined_term(question) == term


@pytest.mark.parametrize(
    "definition",
    ["HPP stands for hydro power plant.", "HPP: hydro power plant", "We built a hydro power plant (HPP) at Lund."],
)
def test_the_statement_that_defines_a_term_comes_before_those_that_use_it(definition: str) -> None:
    planned = asked("What does HPP stand for?", text("g.txt", f"The HPP was closed.\n\n{definition}\n"), first="closed")
    assert told(planned) == [definition]


# -- summaries and documents -------------------------------------------------------------------------------------------

HOUSE = "# House rules\n\n## Noise\n\nBe quiet after ten. Ring twice.\n\n## Waste\n\nSort your waste. Bins are blue.\n"


def test_a_summary_has_one_statement_of_each_section_in_order() -> None:
    planned = asked("What are the house rules about?", markdown("rules.md", HOUSE), text("k.txt", KETTLE))
    assert told(planned) == ["Be quiet after ten.", "Sort your waste."]
    assert planned.lead == "Extract of “House rules”, one statement of each part:"


def test_the_only_document_is_meant_where_none_is_named() -> None:
    assert told(asked("What is this document about?", markdown("rules.md", HOUSE)))[0] == "Be quiet after ten."


def test_where_several_documents_fit_the_others_are_named() -> None:
    planned = asked("Summarise the lease", text("north.txt", LEASE), text("south.txt", LEASE))
    assert planned.notice == "Other documents fit too: south.txt. Name one to read of it."


def test_what_a_library_holds_is_counted_by_kind_outlet_and_time() -> None:
    first = text("north.txt", LEASE, outlet="Quist", published="2024-01-02")
    planned = asked("What documents are there?", first, markdown("rules.md", HOUSE), answerable=False)
    assert planned.lead == "2 documents: 1 txt, 1 md; of Quist (1); of 2024-01-02."


def test_which_document_says_something_is_told_with_its_title_path_and_day() -> None:
    dated = text("kettle.txt", KETTLE, published="2024-05-01")
    planned = asked("Which document mentions vinegar?", text("l.txt", LEASE), dated, answerable=False)
    assert planned.lead == "In 1 document: Descaling the kettle (kettle.txt, 2024-05-01)."


def test_where_something_is_described_is_told_with_its_headings() -> None:
    planned = asked("Where is the waste described?", markdown("rules.md", HOUSE))
    assert planned.lead == "In 1 document: House rules (rules.md) › Waste."


@pytest.mark.parametrize("question", ["Darf ich hier grillen?", "Gibt es einen Aufzug im Haus?", "Is there a lift?"])
def test_yes_or_no_is_asked_in_german_too(question: str) -> None:
    assert kind_of(question) is AnswerKind.YES_NO
