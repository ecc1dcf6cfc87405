"""Web pages: main text and what the page states about itself."""

from ingest.readers.document import ReadDocument
from ingest.readers.html import read_html

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
