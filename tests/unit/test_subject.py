"""What a question is about, which statements are about that, and which two may disagree."""

import pytest

from rag.evidence.fit import AGAINST, fit
from rag.evidence.same_subject import may_be_one_subject
from rag.evidence.statement import Statement
from rag.question.subjects import names_it, subjects_of
from tests.answers import stated


def named(text: str) -> list[list[str]]:
    """The words of what a text names, one list for what may stand for each other; moments in numbers."""
    return [
        [" ".join(one.words) or f"{one.moment and one.moment.year}-{one.moment and one.moment.month}" for one in group]
        for group in subjects_of(text, lambda _: False).groups
    ]


def fits(question: str, statement: Statement) -> float:
    return fit(subjects_of(question, lambda _: False), statement)


def last(text: str, path: str = "d.txt", **origin: str | None) -> Statement:
    return stated(text, path, **origin)[-1]


@pytest.mark.parametrize(
    ("question", "subjects"),
    [
        ("What did Arn99 carry?", [["Arn99"]]),
        ("What is due for April 2025?", [["2025-4"]]),
        ("Did Edda Falk or Nils Berg pay?", [["edda falk", "nils berg"]]),
        ("Which is heavier, the Volta K2 or the Volta K3?", [["K2", "K3"]]),
        ("How much did Ashby Theatre pay in March?", [["ashby theatre"], ["None-3"]]),
        ("Who paid 95 euros?", []),
        ("May I smoke here?", []),
        ("What can I do on the roof?", []),
    ],
)
def test_a_question_is_about_its_names_codes_and_moments(question: str, subjects: list[list[str]]) -> None:
    assert named(question) == subjects


def test_articles_may_be_numbered_by_a_roman_one() -> None:
    assert ["articl I"] in named("What does Article I say?")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What was due in April 2025?", "In April 2025 the sum of 80.10 was due."),
        ("What was due in April 2025?", "The sum of 80.10 was due on 2025-04-17."),
        ("What happened on 17 April?", "On 17.4.2025 the lock broke."),
        ("Who is Edda Falk?", "Ms Falk keeps the lock."),
        ("Who is Edda Falk?", "E. Falk keeps the lock."),
        ("What is the IBAN?", "The International Bank Account Number is DE11."),
        ("What is the VAT rate?", "The value added tax is 19 %."),
        ("What does the World Health Organization say?", "The WHO says no."),
        ("What does clause 2.2 say?", "2.2 The notice is a month."),
        ("What is error E7?", "E7: pump blocked"),
        ("What did Halvern export?", "Halvernian barges carried salt."),
    ],
)
def test_what_is_named_is_found_in_any_usual_form(question: str, text: str) -> None:
    assert fits(question, last(text)) == 1.0


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What was due in April 2025?", "In March 2025 the sum of 76.80 was due."),
        ("What was due in April 2025?", "In April 2024 the sum of 76.80 was due."),
        ("What happened on 17 April 2025?", "On 18 April 2025 the lock broke."),
        ("When was Nils Falk born?", "Edda Falk was born in 1980."),
        ("What did Arn99 carry?", "The ship Arn9 carried 12 tons of salt."),
        ("What did Arn9 carry?", "The ship Arn99 carried 12 tons of salt."),
        ("What is error E7?", "E71: door open"),
        ("What is the EU?", "Elm trees and Urban birds live here."),
    ],
)
def test_what_tells_of_something_else_does_not_fit(question: str, text: str) -> None:
    assert fits(question, last(text)) == 0.0


BILL = "Electricity bill for March 2025\n\nAmount due: 76.80\n"


@pytest.mark.parametrize(
    ("month", "is_meant"), [("March 2025", True), ("March", True), ("April 2025", False), ("March 2024", False)]
)
def test_the_heading_tells_of_which_month_a_field_is(month: str, is_meant: bool) -> None:
    assert (fits(f"What was due in {month}?", last(BILL)) > 0) is is_meant


@pytest.mark.parametrize(("month", "is_meant"), [("April 2025", True), ("May 2025", False), ("April 2024", False)])
def test_the_name_of_a_file_tells_of_which_month_it_is(month: str, is_meant: bool) -> None:
    bill = last("Electricity bill\n\nAmount due: 76.80\n", path="bills/bill_2025-04.txt")
    assert (fits(f"What was due in {month}?", bill) > 0) is is_meant


def test_the_name_of_a_file_tells_its_number() -> None:
    assert fits("What is the total of invoice 2025-0417?", last("Total: 76.80", path="inv_2025-0417.txt")) > 0


@pytest.mark.parametrize(
    ("heading", "month", "is_meant"),
    [
        ("Bills of 2024", "March 2025", False),
        ("Bills of 2025", "March 2025", True),
        ("Bills of 2025", "May 2025", False),
    ],
)
def test_a_month_and_its_year_may_stand_in_two_headings(heading: str, month: str, is_meant: bool) -> None:
    bill = last(f"1. {heading}\n\n1.1 March\n\nThe sum of 76.80 was due.\n")
    assert (fits(f"What was due in {month}?", bill) > 0) is is_meant


def test_a_month_without_its_year_may_be_the_one_that_is_asked_for() -> None:
    assert 0 < fits("What was due in March 2025?", last("In March the sum of 76.80 was due.")) < 1


def test_a_table_of_this_year_has_rows_of_other_months() -> None:
    rows = stated("Rents 2025\n\nMonth       Rent    Paid\nMarch 2025  850.00  yes\nApril 2025  870.00  no\n")[-2:]
    assert [fits("What was the rent in April 2025?", row) > 0 for row in rows] == [False, True]


def test_what_the_next_row_names_says_nothing_of_this_one() -> None:
    rows = stated("Tenant      Rent    Paid\nEdda Falk   850.00  yes\nNils Berg   870.00  no\n")
    assert [fits("What does Nils Berg pay?", row) > 0 for row in rows] == [False, True]


def test_a_field_is_about_what_the_other_fields_of_its_record_name() -> None:
    fields = stated("Tenant: Edda Falk\nRent: 850\n\nTenant: Nils Berg\nRent: 900\n")
    assert [fits("What rent does Nils Berg pay?", field) > 0 for field in fields] == [False, False, True, True]


def test_a_sentence_is_about_whom_the_one_before_it_names() -> None:
    assert 0 < fits("Where was Edda Falk born?", last("Edda Falk keeps the lock. She was born in Bremen.")) < 1


@pytest.mark.parametrize("origin", [{"title": "Lease of Ashby Theatre"}, {"path": "ashby-theatre_lease.txt"}])
def test_title_and_file_name_tell_what_a_document_is_about(origin: dict[str, str]) -> None:
    assert fits("When does the lease of Ashby Theatre end?", last("The lease ends in June.", **origin)) > 0


def test_of_two_that_are_named_either_will_do() -> None:
    cut = stated("The K2 weighs 3 kg. The K3 weighs 4 kg.")
    assert [fits("Which is heavier, the Volta K2 or the Volta K3?", one) for one in cut] == [1.0, 1.0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ship Arn92 carried 12 tons of salt.", "The ship Arn99 carried 14 tons of salt."),
        ("Oxholm has a budget of 12 million crowns.", "Dunmar has a budget of 14 million crowns."),
        ("The city of Oxholm plans a budget of 12 million.", "The city of Dunmar plans a budget of 14 million."),
        ("Version 2.1 was released on 3 May 2025.", "Version 2.2 was released on 9 July 2025."),
        ("In March the lock was shut for 3 days.", "In April the lock was shut for 5 days."),
        (
            "Lease of Edda Falk\n\nThe monthly rent is 850 euros.",
            "Lease of Nils Berg\n\nThe monthly rent is 900 euros.",
        ),
        ("Invoice 17\n\nThe total is 500 euros.", "Invoice 18\n\nThe total is 700 euros."),
        ("Tenant: Edda Falk\nRent: 850", "Tenant: Nils Berg\nRent: 900"),
        (BILL, "Electricity bill for April 2025\n\nAmount due: 80.10\n"),
    ],
)
@pytest.mark.parametrize("paths", [("a.txt", "b.txt"), ("a.txt", "a.txt")])
def test_another_ship_month_tenant_or_version_is_another_matter(one: str, other: str, paths: tuple[str, str]) -> None:
    assert not may_be_one_subject(last(one, paths[0]), last(other, paths[1]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ship Arn92 carried 12 tons of salt to Dunmar.", "The ship Arn99 brought 14 tons of wool to Dunmar."),
        ("Of order INV-17 Kestrel Printing was paid 500.", "Kestrel Printing asks for 700 in order INV-18."),
    ],
)
def test_other_codes_are_other_matters_though_both_name_a_place(one: str, other: str) -> None:
    assert not may_be_one_subject(last(one), last(other))


@pytest.mark.parametrize("paths", [("lease-falk.txt", "lease-berg.txt"), ("invoice1.txt", "invoice2.txt")])
def test_files_of_one_series_tell_of_other_matters(paths: tuple[str, str]) -> None:
    one, other = "The Tenant pays a deposit of 500 euros.", "The Tenant pays a deposit of 700 euros."
    assert not may_be_one_subject(last(one, paths[0]), last(other, paths[1]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ship Arn92 carried 12 tons of salt.", "The ship Arn92 carried 14 tons of salt."),
        ("The city of Oxholm plans a budget of 12 million.", "The city of Oxholm plans a budget of 14 million."),
        ("Ardent banned all grain from Belmar.", "Belmar banned all grain from Ardent."),
        ("The fire killed 12 people in Oxholm.", "The fire in Oxholm killed 15 people."),
    ],
)
@pytest.mark.parametrize("paths", [("harbour.md", "valley.md"), ("harbour.md", "harbour.md")])
def test_another_value_of_the_same_thing_is_the_same_matter(one: str, other: str, paths: tuple[str, str]) -> None:
    assert may_be_one_subject(last(one, paths[0]), last(other, paths[1]))


def test_two_answers_that_are_names_may_be_of_the_same_matter() -> None:
    one, other = "The bridge at Dunmar was opened by Edda Falk.", "The bridge at Dunmar was opened by Nils Berg."
    said = ("Edda Falk", "Nils Berg")
    assert may_be_one_subject(last(one, "harbour.md"), last(other, "valley.md"), apart_from=said)


@pytest.mark.parametrize(
    ("name", "text", "is_named"),
    [
        ("James Falk", "With its coach Nils Berg, Falk was here.", True),
        ("Edda Falk", "Edda was here.", True),
        ("Edda Falk", "Edda Berg was here.", False),
        ("Edda Falk", "Nils Falk was here.", False),
        ("the U.K.", "It is cold in the UK.", True),
        ("the UK", "It is cold in the U.K. today.", True),
        ("the United States", "It is cold in the U.S. today.", True),
    ],
)
def test_a_name_in_part_or_as_an_acronym_is_that_name_unless_it_is_anothers(
    name: str, text: str, is_named: bool
) -> None:
    (group,) = subjects_of(f"It is about {name}").groups
    assert names_it(group[0], text) is is_named


def test_the_month_of_a_file_name_is_no_bare_year() -> None:
    statement = last("Power bill for January 2025\n\nIt is collected on 14 February 2025.", "power-2025-01.txt")
    assert fits("What was used in February 2025?", statement) <= AGAINST


def test_the_day_of_a_month_is_no_number_of_a_version() -> None:
    ((version,),) = subjects_of("What is the price of version 3?", lambda _: False).groups
    assert not names_it(version, "The work begins on 3 March 2025 and takes 3.5 days.")
    assert names_it(version, "Quote, version 3 of 3 March 2025")
