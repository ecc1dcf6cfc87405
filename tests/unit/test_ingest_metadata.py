"""What a plain text says about itself."""

import pytest

from ingest.metadata import is_outlet, split_byline, stated_in
from ingest.stated import Stated, merged, stated_by

BODY = "\n\nThe harbour was shut on Monday. Nobody could say for how long.\n"


def test_a_published_line_gives_the_date() -> None:
    assert stated_in("Harbour shut again\nPublished: May 30, 2025 12:02 PM" + BODY).published == "2025-05-30"


def test_a_leading_date_gives_the_date() -> None:
    assert stated_in(" date 2024-07-26 The harbour was shut on Friday, the port said.\n").published == "2024-07-26"


def test_a_date_in_a_sentence_says_nothing_of_publication() -> None:
    assert stated_in("The two sides met on Saturday, April 12, 2025. They talked.\n\nMore followed.").published is None


def test_a_copyright_line_gives_the_outlet_alone() -> None:
    assert stated_in("The port was shut." + BODY + "\n© Weser Press 2024.") == Stated(outlet="Weser Press")


def test_a_photo_credit_is_no_outlet() -> None:
    assert stated_in("The port was shut.\nPhoto: Weser Press" + BODY).outlet is None


def test_the_first_line_is_the_title_where_it_looks_like_a_headline() -> None:
    assert stated_in("Harbour shut again after storm" + BODY).title == "Harbour shut again after storm"


def test_the_line_after_a_section_line_is_the_title() -> None:
    assert (
        stated_in("TRADE / SHIPPING\nHarbour shut again after storm" + BODY).title == "Harbour shut again after storm"
    )


def test_a_heading_is_the_title() -> None:
    assert stated_in("# A storm, and after." + BODY).title == "A storm, and after."


@pytest.mark.parametrize(
    "text",
    [
        "The harbour was shut on Monday.\nNobody could say for how long.",
        "The harbour was shut on Monday after the\nstorm had torn the gate from its post. It\nwill stay shut.",
        "Only one line without a full stop",
        "The harbour was shut by order of the\nminister. It will stay shut.",
        "",
    ],
)
def test_prose_is_no_title(text: str) -> None:
    assert stated_in(text).title is None


def test_a_byline_gives_the_author() -> None:
    assert (
        stated_in("Harbour shut again\nBy Jane Doe and Olaf van der Berg" + BODY).author
        == "Jane Doe and Olaf van der Berg"
    )


def test_a_sentence_that_begins_with_by_is_no_byline() -> None:
    assert stated_in("By Monday evening the harbour was shut. Nobody knew." + BODY).author is None


def test_a_line_of_outlet_and_date_gives_both() -> None:
    stated = stated_in("Weser Courier, 15 March 2025\nHarbour shut again\nBy Jane Doe" + BODY)
    assert stated == Stated("Harbour shut again", "Weser Courier", "2025-03-15", "Jane Doe")


def test_an_emphasised_line_below_the_heading_gives_outlet_date_and_author() -> None:
    stated = stated_in("# Harbour shut\n\n*Weser Valley Herald, 3 December 2024. By Olaf Brand*" + BODY)
    assert stated == Stated("Harbour shut", "Weser Valley Herald", "2024-12-03", "Olaf Brand")


def test_a_dateline_gives_the_agency() -> None:
    assert stated_in("PORT ANSEL, May 30 (Weserpress) - The harbour was shut on Monday.\n").outlet == "Weserpress"


@pytest.mark.parametrize("name", ["GLOBAL TIMES", "The Weser Gazette", "Weser News Service"])
def test_a_publication_is_known_by_its_words(name: str) -> None:
    assert is_outlet(name)


@pytest.mark.parametrize("name", ["Jane Doe", "CHINA / SOCIETY", "Weekly briefing", "Herald", "told the Times"])
def test_other_names_are_no_publication(name: str) -> None:
    assert not is_outlet(name)


def test_a_field_with_author_and_outlet_is_split() -> None:
    assert split_byline("Wenzel Auer, The Weser Gazette") == ("Wenzel Auer", "The Weser Gazette")


def test_a_signature_at_the_end_gives_the_author() -> None:
    assert stated_in("The port was shut." + BODY + "Jane Doe (According to Weserpress)").author == "Jane Doe"


def test_each_field_is_known_by_where_it_stands() -> None:
    stated = stated_in(" date 2024-07-26 The harbour was shut, the port said." + BODY + "© Weser Press 2024.")
    assert stated.known_by == {"published": "a leading date", "outlet": "a copyright line"}


def test_the_first_place_that_states_a_field_is_believed() -> None:
    found = merged(None, stated_by("a", title="One"), stated_by("b", title="Two", author="Jane Doe"))
    assert (found.title, found.author, found.known_by) == ("One", "Jane Doe", {"title": "a", "author": "b"})
