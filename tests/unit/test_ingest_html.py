"""Web pages: main text and what the page states about itself."""

import json

import pytest

from ingest.readers.document import ReadDocument
from ingest.readers.html import blocks_of, read_html

STORY = "".join(
    f"<p>Paragraph {n} tells how the harbour was shut and what the town made of it that week.</p>" for n in range(6)
)
FURNITURE = '<nav><a href="/">Home</a></nav><footer>Subscribe to our newsletter</footer>'


def page(head: str = "", body: str = STORY) -> ReadDocument:
    html = f"<!doctype html><html><head>{head}</head><body>{FURNITURE}<article>{body}</article></body></html>"
    return read_html(html.encode(), name="a.html")


def test_the_main_text_is_read_without_the_furniture() -> None:
    read = page()
    assert read.text.startswith("Paragraph 0 tells")
    assert "newsletter" not in read.text


def test_paragraphs_are_parted_by_blank_lines() -> None:
    assert len(page().text.split("\n\n")) == 6


def test_a_very_short_page_is_read_too() -> None:
    assert "shut" in page(body="<p>The harbour is shut.</p>").text


def test_meta_elements_give_the_metadata() -> None:
    read = page(
        '<title>Harbour shut - Weser Gazette</title><meta property="og:title" content="Harbour shut">'
        '<meta property="og:site_name" content="Weser Gazette"><meta name="author" content="Jane Doe">'
        '<meta property="article:published_time" content="2024-03-15T05:30:00+01:00">'
        '<link rel="canonical" href="https://weser.invalid/1">'
    )
    assert (read.title, read.outlet, read.published, read.author, read.url) == (
        "Harbour shut", "Weser Gazette", "2024-03-15", "Jane Doe", "https://weser.invalid/1",
    )  # fmt: skip


def test_linked_data_gives_the_metadata() -> None:
    read = page(
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", '
        '"headline": "Harbour shut", "datePublished": "2024-03-15", "dateModified": "2025-01-01", '
        '"author": [{"name": "Jane Doe"}, {"name": "Olaf Brand"}], "publisher": {"name": "Weser Gazette"}}]}</script>'
    )
    assert (read.title, read.outlet, read.published, read.author) == (
        "Harbour shut", "Weser Gazette", "2024-03-15", "Jane Doe, Olaf Brand",
    )  # fmt: skip


def test_a_time_element_of_the_article_gives_the_date() -> None:
    assert page(body=f'<h1>Harbour shut</h1><time datetime="2024-03-15">today</time>{STORY}').published == "2024-03-15"


def test_a_page_without_a_date_has_none() -> None:
    assert page("<title>Harbour shut</title>").published is None


def test_a_link_to_an_author_is_no_name() -> None:
    assert page('<meta property="article:author" content="https://weser.invalid/jane">').author is None


def test_the_declared_encoding_is_used() -> None:
    head, story = '<meta charset="windows-1251">', f"<article>{STORY}<p>Порт закрыт</p></article>"
    html = f"<html><head>{head}</head><body>{story}</body></html>"
    assert "Порт закрыт" in read_html(html.encode("cp1251"), name="a.html").text


def test_damaged_linked_data_is_passed_over() -> None:
    assert (
        page('<script type="application/ld+json">{"@type": </script><title>Harbour shut</title>').title
        == "Harbour shut"
    )


ARTICLE = {"@type": "NewsArticle", "headline": "Harbour shut", "datePublished": "2024-03-15"}


def linked(described: object, kind: str = "application/ld+json") -> ReadDocument:
    return page(f'<script type="{kind}">{json.dumps(described)}</script>')


@pytest.mark.parametrize(
    "described",
    [
        [{"@type": "BreadcrumbList"}, {**ARTICLE, "@type": ["Article", "NewsArticle"]}],
        {"@graph": [{"@type": "WebPage", "datePublished": "2020-01-01"}, ARTICLE]},
        {"@type": "WebPage", "datePublished": "2020-01-01", "mainEntity": ARTICLE},
        {"@graph": [{"@type": "ItemList", "itemListElement": [{**ARTICLE, "headline": "Another"}]}, ARTICLE]},
    ],
)
def test_the_article_is_found_among_what_a_page_describes(described: object) -> None:
    read = linked(described)
    assert (read.title, read.published, read.known_by["title"]) == ("Harbour shut", "2024-03-15", "JSON-LD")


def test_linked_data_that_refers_to_other_things_names_them() -> None:
    read = linked(
        {"@graph": [{**ARTICLE, "author": {"@id": "#jane"}, "publisher": {"@id": "#us"}},
                    {"@id": "#jane", "name": "Jane Doe"}, {"@id": "#us", "name": "Weser Gazette"}]}
    )  # fmt: skip
    assert (read.author, read.outlet) == ("Jane Doe", "Weser Gazette")


@pytest.mark.parametrize(
    "script",
    ['//<![CDATA[\n{"@type": "NewsArticle", "headline": "<b>Tom</b> &amp; Ann"}\n//]]>',
     '{"@type": "NewsArticle", "headline": "Tom &amp; Ann", "description": "one\ntwo"}'],
)  # fmt: skip
def test_linked_data_with_common_faults_is_read(script: str) -> None:
    assert page(f'<script type="application/ld+json; charset=utf-8">{script}</script>').title == "Tom & Ann"


def test_marks_of_microdata_give_the_metadata() -> None:
    read = page(
        body='<h1>Oh</h1><b itemprop="headline">Harbour shut</b><i itemprop="author">'
        '<b itemprop="name">Jane Doe</b></i>'
        f'<i itemprop="datePublished" content="2024-03-15">yesterday</i>{STORY}'
    )
    assert (read.title, read.author, read.published) == ("Harbour shut", "Jane Doe", "2024-03-15")


def test_what_the_page_shows_around_its_heading_gives_the_metadata() -> None:
    read = page(
        "<title>Harbour shut | Weser Gazette</title>",
        '<h1>Harbour shut</h1><div class="meta"><span class="author">Jane Doe</span> '
        f'<span class="date">30 May 2025</span></div>{STORY}',
    )
    assert (read.title, read.outlet, read.author, read.published) == (
        "Harbour shut", "Weser Gazette", "Jane Doe", "2025-05-30",
    )  # fmt: skip


def test_the_name_of_the_site_is_not_the_headline() -> None:
    read = page("<title>Harbour shut - Weser Gazette</title>", f"<h1>Weser Gazette</h1><h2>Harbour shut</h2>{STORY}")
    assert read.title == "Harbour shut"


def test_the_foot_of_the_page_names_the_outlet() -> None:
    html = (
        f"<html><body><article><h1>Harbour shut</h1>{STORY}</article><footer>© 2025 Weser Press</footer></body></html>"
    )
    assert read_html(html.encode(), name="a.html").outlet == "Weser Press"


@pytest.mark.parametrize("place", ["<aside>{}</aside>", '<div class="related">{}</div>', '<ul id="comments">{}</ul>'])
def test_the_time_of_another_story_is_not_this_one(place: str) -> None:
    other = place.format('<time datetime="2020-01-01">old</time>')
    assert page(body=f"<h1>Harbour shut</h1>{STORY}{other}").published is None


def test_the_date_of_a_change_is_not_that_of_publication() -> None:
    assert page(body=f'<h1>Harbour shut</h1><p class="date-updated">30 May 2025</p>{STORY}').published is None


def test_several_authors_in_meta_elements_are_all_told() -> None:
    read = page('<meta name="citation_author" content="Doe, Jane"><meta name="citation_author" content="Brand, Olaf">')
    assert read.author == "Doe, Jane; Brand, Olaf"


def test_author_and_outlet_in_one_meta_element_are_parted() -> None:
    read = page('<meta name="author" content="By Jane Doe, Weser Gazette">')
    assert (read.author, read.outlet) == ("Jane Doe", "Weser Gazette")


def test_lines_parted_by_breaks_do_not_run_into_one_another() -> None:
    assert blocks_of("<p>The lock is shut.<br>Nobody knows why.") == "The lock is shut.\n\nNobody knows why."


def test_the_rule_below_the_head_of_a_table_is_no_text() -> None:
    table = "<table><tr><th>Lock</th><th>Toll</th></tr><tr><td>Dunmar</td><td>410</td></tr></table>"
    assert "---" not in page(body=STORY + table).text


def test_the_encoding_of_an_xml_declaration_is_used() -> None:
    html = f'<?xml version="1.0" encoding="iso-8859-2"?><html><body><article>{STORY}<p>Łódź</p></article></body></html>'
    assert "Łódź" in read_html(html.encode("iso8859-2"), name="a.html").text


def test_the_heading_of_another_story_is_not_this_ones() -> None:
    read = page(body=f'<div class="related"><article><h1>Another</h1></article></div><h1>Harbour shut</h1>{STORY}')
    assert read.title == "Harbour shut"
