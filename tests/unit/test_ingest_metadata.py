"""What a plain text says about itself."""

import pytest

from ingest.document import document_of
from ingest.metadata import stated_in
from ingest.outlets import is_outlet, split_byline
from ingest.readers.document import ReadDocument
from ingest.stated import Stated, merged, stated_by
from ingest.structure import TextWriter
from rag.domain import BlockKind

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


@pytest.mark.parametrize(
    "line",
    [
        "ID : 1",
        "Ref. no.: 2024/17",
        "Page 1 of 3",
        "Date: 4 May 2025",
        "1947",
        "(c) 2024 Weser Press",
        "Q: May I park?",
    ],
)
def test_a_label_or_the_number_of_a_page_is_no_title(line: str) -> None:
    assert stated_in(f"{line}\n\nHarbour shut again after storm" + BODY).title == "Harbour shut again after storm"
    assert stated_in(f"# {line}" + BODY).title != line


@pytest.mark.parametrize(
    "line", ["Invoice 2025-0417", "Chapter 12: The Weser in winter", "Offer no. 12 for the roof", "Re: The gates"]
)
def test_a_number_in_a_title_is_welcome(line: str) -> None:
    assert stated_in(f"# {line}" + BODY).title == line


@pytest.mark.parametrize(
    "text",
    [
        "Rules of the port\n\n  Supersedes Version 1.8 ratified on 28 January 2022 and\n  7 October 2007, Version 1.7.",
        "Rules of the port\n\nThis version replaces that of\n4 May 2021, which nobody kept.",
        "Rules of the port\nPrevious version, 4 May 2021",
    ],
)
def test_the_date_of_an_earlier_version_is_not_that_of_this_one(text: str) -> None:
    assert stated_in(text + BODY).published is None


def test_what_follows_the_earlier_versions_may_be_the_date() -> None:
    assert (
        stated_in("Rules of the port\nReplaces: those of 4 May 2021\nDate: 3 June 2024" + BODY).published
        == "2024-06-03"
    )


@pytest.mark.parametrize("between", [" | ", "\t", "     "])
def test_a_date_in_a_row_of_a_table_says_nothing_of_publication(between: str) -> None:
    rows = [("Name", "Trade", "Began"), ("Ida Holm", "Pilot", "2 May 2016"), ("Jens Ek", "Cook", "1 June 2019")]
    assert stated_in("Crew of the tug\n\n" + "\n".join(map(between.join, rows)) + BODY).published is None


def test_a_date_in_a_block_that_is_a_row_says_nothing_of_publication() -> None:
    writer = TextWriter()
    writer.add(BlockKind.HEADING, "Crew of the tug", level=1)
    writer.row(["2 May 2016"], [])
    read = ReadDocument(writer.text, blocks=writer.blocks)
    assert document_of(read, document_id="d", shown="d").origin.published is None


def test_a_line_of_facts_under_a_headline_is_no_table() -> None:
    assert stated_in("Harbour shut again\nWeser Press | Oslo | 4 May 2024" + BODY).published == "2024-05-04"


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


HEADLINE = "Harbour shut again after storm"


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("Published On 4 Mar 2025", "2025-03-04"),
        ("First published on 4 March 2025", "2025-03-04"),
        ("Published March 4, 2025 at 3:12 PM EST", "2025-03-04"),
        ("Posted at 15:12 on 4 March 2025", "2025-03-04"),
        ("Published 24/03/2025 15:12", "2025-03-24"),
        ("Published: Aug 12, 2025 09:14 PM Updated: Aug 13, 2025 10:02 PM", "2025-08-12"),
        ("Published: 9:00am, 4 Mar 2025", "2025-03-04"),
        ("Tue 4 Mar 2025 15.12 GMT", "2025-03-04"),
        ("15:12 JST, March 4, 2025", "2025-03-04"),
        ("Weser Post | Updated: 2025-03-04 15:12", "2025-03-04"),
        ("Updated: 1 May 2025\nPublished: 28 April 2025", "2025-04-28"),
        ("Veröffentlicht am 4. März 2025", "2025-03-04"),
        ("Publié le 4 mars 2025 à 15h12", "2025-03-04"),
        ("4 de marzo de 2025", "2025-03-04"),
        ("2025年3月4日 15時12分", "2025-03-04"),
    ],
)
def test_a_line_below_the_headline_gives_the_date(head: str, published: str) -> None:
    stated = stated_in(f"{HEADLINE}\n{head}{BODY}")
    assert stated.published == published
    assert stated.title == HEADLINE


def test_a_sentence_that_begins_with_a_participle_gives_no_date() -> None:
    assert stated_in(f"{HEADLINE}\nPublished in March 2024, the report was forgotten{BODY}").published is None


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("date: 26 July 2024 The harbour was shut.", "2024-07-26"),
        ("Date 2024-07 The harbour was shut.", "2024-07"),
        ("2024-07-26 The harbour was shut.", "2024-07-26"),
        ("2024-07-26 was the day on which the harbour was shut.", None),
    ],
)
def test_a_leading_date_keeps_its_precision(text: str, published: str | None) -> None:
    assert stated_in(text + BODY).published == published


def test_the_date_of_a_meeting_below_the_text_says_nothing_of_publication() -> None:
    assert stated_in("The port was shut." + BODY * 9 + "Date: 4 May 2025").published is None


@pytest.mark.parametrize(
    ("head", "author", "outlet"),
    [
        ("By Dr. María José García and Nguyễn Văn A", "Dr. María José García and Nguyễn Văn A", None),
        ("By John F. Doe", "John F. Doe", None),
        ("March 4, 2025 by Jane Doe", "Jane Doe", None),
        ("Von Jana Muster, Weser", "Jana Muster", None),
        ("Par Jeanne Dupont (Weser, correspondante)", "Jeanne Dupont", None),
        ("By Mary Jane Sun", "Mary Jane Sun", None),
        ("By JANE DOE, Associated Press", "JANE DOE", "Associated Press"),
        ("By Jane Doe, Olaf Brand and Mary Poe, Weser Herald", "Jane Doe, Olaf Brand and Mary Poe", "Weser Herald"),
        ("By Li Wei in Weser | Updated: 2025-03-04", "Li Wei", None),
        ("JANE DOE, Weser staff writer", "JANE DOE", None),
        ("Par Jeanne Dupont", "Jeanne Dupont", None),
        ("Jane Doe\nBBC News, Weser", None, "BBC News"),
        ("By AFP", None, "AFP"),
    ],
)
def test_a_line_below_the_headline_gives_author_and_outlet(head: str, author: str | None, outlet: str | None) -> None:
    stated = stated_in(f"{HEADLINE}\n{head}{BODY}")
    assert (stated.title, stated.author, stated.outlet) == (HEADLINE, author, outlet)


@pytest.mark.parametrize(
    "line", ["(By Jane Doe and Olaf Brand)", "Reporting by Jane Doe and Olaf Brand; Editing by A. Poe"]
)
def test_who_reported_is_told_below_the_text(line: str) -> None:
    assert stated_in(HEADLINE + BODY + line).author == "Jane Doe and Olaf Brand"


@pytest.mark.parametrize("masthead", ["NIKKEI ASIA", "The Weser Shimbun", "THE WESER PILOT"])
def test_a_masthead_gives_the_outlet_and_is_no_title(masthead: str) -> None:
    stated = stated_in(f"{masthead}\nMarch 4, 2025 15:12 JST\n{HEADLINE}\nJane Doe{BODY}")
    assert (stated.outlet, stated.title) == (masthead, HEADLINE)


def test_an_underlined_line_is_the_title() -> None:
    assert stated_in("Storm\n=====" + BODY).title == "Storm"


def test_a_comment_of_markup_is_no_title() -> None:
    assert stated_in(f"<!-- draft 2 -->\n{HEADLINE}{BODY}").title == HEADLINE


@pytest.mark.parametrize(
    "kicker",
    [
        "FILE - The gate on March 3, 2020. (AP Photo/Jane Doe)",
        "PRESS RELEASE",
        "WORLD NEWS",
        "FOREIGN AFFAIRS",
        "Opinion",
        "3 days ago",
        "Tuesday, March 4, 15:12",
        "Leaders | The sea",
        "- buy fish",
        "Gates ........ 3",
    ],
)
def test_a_section_above_the_headline_is_neither_outlet_nor_title(kicker: str) -> None:
    stated = stated_in(f"{kicker}\n{HEADLINE}\nBy Jane Doe{BODY}")
    assert (stated.outlet, stated.title) == (None, HEADLINE)


@pytest.mark.parametrize(
    ("dateline", "outlet"),
    [("Taipei, March 4 (CNA) The", "CNA"), ("MOSCOW, March 4. /TASS/. The", "TASS"),
     ("Tokyo, March 4 (Jiji Press)--The", "Jiji Press"),
     ("In Oslo, Jane Doe (Weser) said that the", None)],
)  # fmt: skip
def test_datelines_of_several_agencies_name_them(dateline: str, outlet: str | None) -> None:
    assert stated_in(f"{dateline} harbour was shut.{BODY}").outlet == outlet


def test_a_date_in_numbers_is_read_by_the_custom_of_its_language() -> None:
    german = "Der Hafen wurde am Montag geschlossen, und niemand kann sagen, wie lange es dauern wird, sagte sie.\n"
    assert stated_in(f"Hafen geschlossen\n04.03.2025, 15.12 Uhr\n\n{german}").published == "2025-03-04"
    assert stated_in(f"{HEADLINE}\n04/03/2025 15:12{BODY}").published is None
    assert stated_in(f"{HEADLINE}\n24/03/2025 15:12{BODY}").published == "2025-03-24"


def test_a_headline_may_end_with_any_word_where_no_prose_follows() -> None:
    assert stated_in("Quota talks drag on\nBy Jane Doe" + BODY).title == "Quota talks drag on"


@pytest.mark.parametrize("line", ["Weser Courier", "ASSOCIATED PRESS"])
def test_a_name_among_the_paragraphs_is_no_outlet(line: str) -> None:
    assert stated_in(f"The port was shut.{BODY}\n{line}{BODY}").outlet is None


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("© 2025 The Weser Union. All rights reserved. This material may not be " + "published or broadcast " * 6,
         "The Weser Union"),
        ("Copyright © 2019-2025 Weser Media Ltd.", "Weser Media Ltd"),
        ("© Getty Images 2024", None),
        ("© Photo: Jane Doe/AFP", None),
    ],
)  # fmt: skip
def test_a_copyright_line_names_its_owner(line: str, outlet: str | None) -> None:
    assert stated_in(HEADLINE + BODY + line).outlet == outlet
