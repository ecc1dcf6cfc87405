"""Web pages: main text and what the page states about itself."""

import json

import pytest

from ingest.readers.document import ReadDocument
from ingest.readers.html import read_html
from rag.domain import BlockKind

STORY = "".join(
    f"<p>Paragraph {n} tells how the harbour was shut and what the town made of it that week.</p>" for n in range(6)
)
FURNITURE = '<nav><a href="/">Home</a></nav><footer>Subscribe to our newsletter</footer>'


def page(head: str = "", body: str = STORY) -> ReadDocument:
    html = f"<!doctype html><html><head>{head}</head><body>{FURNITURE}<article>{body}</article></body></html>"
    return read_html(html.encode(), name="a.html")


def said(read: ReadDocument, *kinds: BlockKind) -> list[str]:
    """The words of the blocks of these kinds; without any, of all that are no furniture."""
    wanted = kinds or [kind for kind in BlockKind if kind is not BlockKind.FURNITURE]
    return [block.span.of(read.text) for block in read.blocks if block.kind in wanted]


def test_the_main_text_is_read_without_the_furniture() -> None:
    read = page()
    assert (read.search_text or "").lstrip().startswith("Paragraph 0 tells")
    assert "newsletter" not in (read.search_text or "")


def test_furniture_is_kept_in_the_text() -> None:
    assert said(page(), BlockKind.FURNITURE) == ["Home", "Subscribe to our newsletter"]


def test_each_paragraph_is_a_block() -> None:
    assert len(said(page(), BlockKind.PARAGRAPH)) == 6


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
    assert said(page(body="<p>The lock is shut.<br>Nobody knows why.")) == ["The lock is shut. Nobody knows why."]


def test_the_rule_below_the_head_of_a_table_is_no_text() -> None:
    table = "<table><tr><th>Lock</th><th>Toll</th></tr><tr><td>Dunmar</td><td>410</td></tr></table>"
    assert "---" not in page(body=STORY + table).text


def test_the_encoding_of_an_xml_declaration_is_used() -> None:
    html = f'<?xml version="1.0" encoding="iso-8859-2"?><html><body><article>{STORY}<p>Łódź</p></article></body></html>'
    assert "Łódź" in read_html(html.encode("iso8859-2"), name="a.html").text


def test_the_heading_of_another_story_is_not_this_ones() -> None:
    read = page(body=f'<div class="related"><article><h1>Another</h1></article></div><h1>Harbour shut</h1>{STORY}')
    assert read.title == "Harbour shut"


def parts(read: ReadDocument) -> list[dict[str, str]]:
    """The parts of each row, field and term by their names."""
    return [
        {part.name.of(read.text) if part.name else "": part.value.of(read.text) for part in block.parts}
        for block in read.blocks
        if block.parts
    ]


def context(read: ReadDocument, words: str) -> list[str]:
    """What the block of these words leans on."""
    block = next(block for block in read.blocks if block.span.of(read.text) == words)
    return [span.of(read.text) for span in block.leans_on]


def test_line_breaks_of_the_source_are_spaces() -> None:
    assert said(page(body="<p>The lock\nis shut\n  until May.</p>")) == ["The lock is shut until May."]


def test_words_stand_under_their_headings() -> None:
    read = page(body="<h1>Locks</h1><h2>Tolls</h2><p>A barge pays 410.</p>")
    assert context(read, "A barge pays 410.") == ["Locks", "Tolls"]


def test_an_item_is_its_own_words_without_those_of_the_list_in_it() -> None:
    read = page(body="<ol><li>Tie up.<ul><li>Use two ropes.</li></ul></li><li>Pay.</li></ol>")
    assert (said(read, BlockKind.STEP), said(read, BlockKind.ITEM)) == (["Tie up.", "Pay."], ["Use two ropes."])


def test_an_item_of_a_nested_list_leans_on_the_item_above() -> None:
    read = page(body="<ol><li>Tie up.<ul><li>Use two ropes.</li></ul></li></ol>")
    assert context(read, "Use two ropes.") == ["Tie up."]


def test_the_paragraphs_of_an_item_are_one_item() -> None:
    assert said(page(body="<ul><li><p>Tie up.</p><p>Wait.</p></li></ul>"), BlockKind.ITEM) == ["Tie up. Wait."]


def test_terms_are_paired_with_their_definitions() -> None:
    read = page(body="<dl><dt>Pound</dt><dd>A reach between locks.</dd><dt>Sill</dt><dd>A step.</dd></dl>")
    assert parts(read) == [{"Pound": "A reach between locks."}, {"Sill": "A step."}]


def test_several_definitions_of_a_term_are_one() -> None:
    assert parts(page(body="<dl><dt>Open</dt><dd>May to June</dd><dd>in winter</dd></dl>")) == [
        {"Open": "May to June; in winter"}
    ]


def test_a_question_in_a_list_of_definitions_is_one_and_its_answer_leans_on_it() -> None:
    read = page(body="<dl><dt>Is it open?</dt><dd>From May on.</dd></dl>")
    assert (said(read, BlockKind.QUESTION), context(read, "From May on.")) == (["Is it open?"], ["Is it open?"])


TABLE = "<table><tr><th>Lock</th><th>Toll</th></tr>{}</table>"


def test_a_row_names_its_columns() -> None:
    read = page(body=TABLE.format("<tr><td>Dunmar</td><td>410</td></tr>"))
    assert (said(read), parts(read)) == (["Lock: Dunmar; Toll: 410"], [{"Lock": "Dunmar", "Toll": "410"}])


def test_a_cell_counts_in_every_row_and_column_that_it_spans() -> None:
    rows = '<tr><td rowspan="2">Dunmar</td><td>410</td></tr><tr><td>620</td></tr><tr><td colspan="2">shut</td></tr>'
    assert parts(page(body=TABLE.format(rows)))[:2] == [
        {"Lock": "Dunmar", "Toll": "410"},
        {"Lock": "Dunmar", "Toll": "620"},
    ]


def test_columns_with_two_rows_of_heads_are_named_by_both() -> None:
    read = page(
        body='<table><tr><th rowspan="2">Lock</th><th colspan="2">Toll</th></tr><tr><th>summer</th><th>winter</th></tr>'
        "<tr><td>Dunmar</td><td>410</td><td>300</td></tr></table>"
    )
    assert parts(read) == [{"Lock": "Dunmar", "Toll summer": "410", "Toll winter": "300"}]


def test_a_line_over_all_columns_heads_the_rows_below_it() -> None:
    rows = '<tr><th colspan="2">In winter</th></tr><tr><td>Dunmar</td><td>300</td></tr>'
    assert context(page(body=TABLE.format(rows)), "Lock: Dunmar; Toll: 300") == ["In winter"]


def test_rows_lean_on_the_caption_of_their_table() -> None:
    read = page(body=TABLE.format("<caption>Tolls of 2024</caption><tr><td>Dunmar</td><td>410</td></tr>"))
    assert context(read, "Lock: Dunmar; Toll: 410") == ["Tolls of 2024"]


def test_labels_and_values_without_a_head_are_fields_of_one_record() -> None:
    read = page(body="<table><tr><td>Lock</td><td>Dunmar</td></tr><tr><th>Toll</th><td>410</td></tr></table>")
    assert (said(read, BlockKind.FIELD), {block.record for block in read.blocks if block.parts}) == (
        ["Lock: Dunmar", "Toll: 410"],
        {1},
    )


def test_a_table_that_holds_blocks_is_no_table() -> None:
    read = page(body="<table><tr><td><h2>Locks</h2><p>Shut.</p></td><td><p>Rain.</p><p>Wind.</p></td></tr></table>")
    assert [block.kind for block in read.blocks][2:] == [BlockKind.HEADING, *[BlockKind.PARAGRAPH] * 3]


def test_a_first_row_of_words_above_numbers_names_the_columns() -> None:
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in [("Lock", "Toll"), ("Dunmar", 410), ("Pell", 9)])
    assert parts(page(body=f"<table>{rows}</table>"))[0] == {"Lock": "Dunmar", "Toll": "410"}


def test_spans_of_cells_cannot_make_a_page_grow_without_end() -> None:
    word = "x" * 5_000
    rows = f'<tr><td rowspan="9999" colspan="99">{word}</td><td>1</td></tr>' + "<tr><td>2</td></tr>" * 2_000
    assert len(page(body=f"<table><tr><th>a</th><th>b</th></tr>{rows}</table>").text) < 2_000_000


def test_code_keeps_its_lines() -> None:
    assert said(page(body="<pre><code>lock --shut\n  --now</code></pre>"), BlockKind.CODE) == ["lock --shut\n  --now"]


def test_a_summary_that_asks_is_a_question() -> None:
    read = page(body="<details><summary>Is it open?</summary><p>From May on.</p></details>")
    assert context(read, "From May on.") == ["Is it open?"]


def test_captions_of_figures_are_told_from_the_text() -> None:
    read = page(body="<figure><img src=x><figcaption>The lock in May</figcaption></figure><p>Shut.</p>")
    assert said(read, BlockKind.CAPTION) == ["The lock in May"]


def test_lines_of_labels_and_values_are_fields() -> None:
    assert parts(page(body="<p>Lock: Dunmar<br>Toll: 410</p>")) == [{"Lock": "Dunmar"}, {"Toll": "410"}]


def test_an_address_stays_in_one_block() -> None:
    assert said(page(body="<address>Lock House<br>Quay 4<br>Weser</address>")) == ["Lock House Quay 4 Weser"]


def test_a_bold_label_names_its_value() -> None:
    assert parts(page(body="<p><b>Toll:</b> 410 florins</p>")) == [{"Toll": "410 florins"}]


@pytest.mark.parametrize(
    "around",
    [
        '<div id="cookies"><p>We use cookies.</p><button>Accept</button></div>',
        '<div class="share-bar"><a href="/f">Share</a> <a href="/m">Mail</a></div>',
        '<ul><li><a href="#a">Tolls</a></li><li><a href="#b">Locks</a></li><li><a href="#c">Gates</a></li></ul>',
        "<aside>Another story.</aside>",
        '<a class="skip-link" href="#content">Skip to content</a>',
    ],
)
def test_what_stands_around_the_words_is_furniture(around: str) -> None:
    assert said(page(body=f"{around}<p>The lock is shut.</p>")) == ["The lock is shut."]


def test_links_that_a_sentence_leads_to_are_items() -> None:
    links = "".join(f'<li><a href="/{lock}">{lock}</a></li>' for lock in ("Dunmar", "Pell", "Weser"))
    assert said(page(body=f"<p>These locks are shut:</p><ul>{links}</ul>"), BlockKind.ITEM) == [
        "Dunmar", "Pell", "Weser",
    ]  # fmt: skip


def test_an_aside_that_warns_is_the_pages_own() -> None:
    assert said(page(body='<aside class="warning"><p>Mind the gate.</p></aside>')) == ["Mind the gate."]


def test_a_page_of_nothing_but_links_is_read() -> None:
    html = '<body><ul><li><a href="/a">Dunmar</a><li><a href="/b">Pell</a><li><a href="/c">Weser</a></ul></body>'
    assert said(read_html(html.encode(), name="a.html")) == ["Dunmar", "Pell", "Weser"]


def test_of_a_news_page_what_is_not_of_the_story_is_furniture() -> None:
    head = '<meta property="article:published_time" content="2024-03-15">'
    html = (
        f'<html><head>{head}</head><body><div><h1>Harbour shut</h1></div><div class="x1">{STORY}</div>'
        '<div class="x2"><div>Most read</div><div>A cat was found.</div></div></body></html>'
    )
    assert "A cat was found." not in said(read_html(html.encode(), name="a.html"))


def test_all_that_a_manual_says_is_its_own() -> None:
    parts = "".join(f"<section><h2>Part {n}</h2><dl><dt>Term {n}</dt><dd>Words.</dd></dl></section>" for n in range(9))
    html = f"<html><body><h1>Manual</h1><p>Short.</p>{parts}</body></html>"
    assert len(said(read_html(html.encode(), name="a.html"), BlockKind.TERM)) == 9


def test_blocks_cover_the_text_in_order() -> None:
    read = page(body=f"<h1>Locks</h1>{STORY}{TABLE.format('<tr><td>Dunmar</td><td>410</td></tr>')}<ul><li>x</ul>")
    assert "".join("".join(said(read, *BlockKind)).split()) == "".join(read.text.split())
