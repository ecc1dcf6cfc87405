"""Which texts that share many words tell one story."""

import pytest

from rag.library.stories import retells

REPORT = (
    "The lock at Pell was shut on 4 March 2025 after a barge had torn its lower gate off. Mayor Ida Holm said "
    "that repairs would take 6 weeks and cost 48,000 crowns, which the Weser Board will pay. Until then barges have to "
    "go round by Dunmar, which takes 2 days longer. Jens Ek, who owns 12 of them, called that a scandal, since the "
    "board had known of the weak post for a year. A new gate was promised for 2023, but it was never ordered."
)
OPTIONS = "\n".join(
    f"-{name[0]} --{name} Show the {name} of each entry, and leave out what the {name} does not cover."
    for name in "age group hash inode label mode name owner path size type user".split()
)


def invoice(number: int, day: int, customer: str, amount: int) -> str:
    return (
        f"Oakmere Supplies, 12 Quay Street\nInvoice 2025-{number}\nDate: {day} May 2025\nCustomer: {customer}\n"
        f"Total: {amount}.00 EUR\n\nPlease pay the total within 30 days to the account DE12 5001 at our bank. "
        "Goods remain the property of Oakmere Supplies until they are paid in full. Complaints must be made in writing "
        "within 14 days of delivery. The place of jurisdiction is Oakmere. We thank you for your order."
    )


def test_a_shortened_copy_is_the_same_story() -> None:
    assert retells(REPORT, REPORT[: len(REPORT) // 2])


@pytest.mark.parametrize(
    "edited",
    [
        "OSTER POST\n\n"
        + REPORT.replace("had torn", "tore").replace("called that", "spoke of").replace("go round", "go"),
        REPORT.replace("48,000", "52,000"),
        REPORT[: len(REPORT) * 2 // 3]
        + " The farmers of Oster are not amused either, and have written to the minister.",
    ],
)
def test_a_lightly_edited_copy_is_the_same_story(edited: str) -> None:
    assert retells(REPORT, edited)


def test_invoices_of_one_layout_are_no_copies() -> None:
    assert not retells(invoice(417, 3, "Alder Ltd", 76), invoice(522, 19, "Birch Bros", 412))


def test_pages_that_share_their_options_are_no_copies() -> None:
    one = "fetch opens the store and prints its entries in the order in which they came"
    other = "prune asks who has used an entry since the last run and removes the others"
    assert not retells(f"{one}\n\n{OPTIONS}\n\nIt ends with 0.", f"{other}\n\n{OPTIONS}\n\nSee also fetch.")


def test_short_forms_that_share_a_list_to_choose_from_are_no_copies() -> None:
    lands = (
        "Austria Belgium Denmark Estonia Finland France Germany Greece Hungary Ireland Italy Latvia Malta Poland Spain"
    )
    first, second = (
        "Application for a licence to fish in rivers. Name:",
        "Registration of a boat. Its length in metres:",
    )
    assert not retells(f"{first} Country: {lands} Signature:", f"{second} Country: {lands} Berth number:")
