"""What the page shows, and that none of it can be anything but text."""

from dataclasses import replace

import pytest

from rag.domain import (
    AnswerKind,
    Block,
    BlockKind,
    Citation,
    Claim,
    Conflict,
    Document,
    Origin,
    Outcome,
    Passage,
    Quote,
    Side,
    Span,
    Usage,
    Verdict,
)
from rag.library.catalog_shelf import Shelved
from tests.answers import answered
from ui.web.answer import answer_html, draft_html, turn_html
from ui.web.document import document_html
from ui.web.frame import welcome_html
from ui.web.html import error_html, named, notes_html, progress_html
from ui.web.naming import date_words, name_of
from ui.web.shelf import Shelf, library_html
from ui.web.sources import sources_html
from ui.web.told import Browsed

TEXT = "The mill at Oster burned down on 3 May 2024. Nobody was hurt."
ORIGIN = Origin("news/mill.txt", title="Mill burns", outlet="Oster Post", published="2024-05-04")
DOCUMENT = Document("d1", TEXT, ORIGIN)
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</button></article></section><h1>fooled</h1>",
    "<style>*{background:url(https://evil.invalid/)}</style>",
    "<form action=https://evil.invalid><input name=q></form>",
]


def cited(
    marker: int, span: Span, *, origin: Origin = ORIGIN, document: str = "d1", page: int | None = None
) -> Citation:
    return Citation(marker, document, span, span.of(TEXT), origin, page)


def everything(text: str) -> str:
    """Every kind of HTML there is, with `text` wherever others' text can stand."""
    origin = Origin(path=text, title=text, outlet=text, published=text, author=text, url=text)
    heading, said = Span(0, len(text)), Span(len(text) + 1, len(text) + 1 + len(TEXT))
    blocks = (Block(BlockKind.HEADING, heading), Block(BlockKind.PARAGRAPH, said, leans_on=(heading,)))
    document = Document(text, f"{text} {TEXT}", origin, blocks=blocks)
    context = (Quote(heading, text), Quote(heading, f"Part of {text}"))
    citation = Citation(1, text, heading, text, origin, 2, context)
    claims = [Claim(text, verdict, (1,)) for verdict in Verdict]
    sides = (Side(text, (1,)), Side(text, ()))
    full = answered(
        *claims, citations=(citation,), query=text, notices=(text,), as_of=text, conflicts=(Conflict(text, sides),)
    )
    passage = Passage.cut(document, Span(0, len(document.text)))
    return "".join(
        [
            turn_html(text, answer_html(full)),
            answer_html(answered(outcome=Outcome.ABSTAINED, text=text, closest=(passage,))),
            draft_html(text),
            document_html(document, [heading]),
            document_html(replace(document, origin=Origin("d.txt")), [said]),
            library_html(
                Shelf(
                    [Shelved(text, origin, 10, 1)],
                    99,
                    (1, 1),
                    Browsed(words=text[:200]),
                    [(text, 1)],
                    [(text, 2)],
                    [(text, 3), ("b", 1)],
                    [("1", text)],
                )
            ),
            welcome_html(1, [text]),
            progress_html(text),
            error_html(text),
            notes_html([text]),
        ]
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_escaped_everywhere(text: str) -> None:
    assert text not in everything(text)
    assert "<script" not in everything(text)
    assert "<img" not in everything(text)


def test_markdown_stays_text() -> None:
    assert "![x](https://evil.invalid/x.png)" in document_html(
        Document("d", "![x](https://evil.invalid/x.png)", ORIGIN)
    )


def test_nothing_ever_links_or_loads() -> None:
    html = everything("javascript:alert(1)")
    assert not any(attribute in html for attribute in ("href", "src=", "action", "style="))


@pytest.mark.parametrize("control", ["\0", "\x1b", "\x9d", "\ud800"])
def test_a_character_that_html_cannot_hold_is_shown_as_unknown(control: str) -> None:
    assert error_html(f"a{control}b") == '<p class="error" role="alert">a\ufffdb</p>'


@pytest.mark.parametrize("control", ["\u202e", "\u202d", "\u2066", "\u2069"])
def test_a_file_name_cannot_show_in_another_order_than_it_is_stored(control: str) -> None:
    assert control not in everything(f"annual{control}fdp.exe")


def test_a_carriage_return_survives() -> None:
    assert "a&#13;\nb" in document_html(Document("d", "a\r\nb", ORIGIN))


def test_a_marker_is_a_button_that_names_its_source() -> None:
    html = answer_html(answered(Claim("It burned.", Verdict.SUPPORTED, (1,)), citations=(cited(1, Span(0, 44)),)))
    assert 'aria-label="Footnote 1: Mill burns — Oster Post, 4 May 2024"' in html
    assert f'data-document="{name_of("d1")}" data-start="0" data-end="44"' in html


def test_a_marker_without_a_citation_is_left_out() -> None:
    assert "<button" not in answer_html(answered(Claim("It burned.", Verdict.SUPPORTED, (7,))))


def test_a_supported_sentence_carries_no_verdict() -> None:
    assert "verdict" not in answer_html(answered(Claim("It burned.", Verdict.SUPPORTED, ())))


@pytest.mark.parametrize("verdict", [Verdict.UNSUPPORTED, Verdict.CONTRADICTED, Verdict.UNCHECKED])
def test_a_doubtful_sentence_says_so_in_a_word(verdict: Verdict) -> None:
    assert f">{verdict}</em>" in answer_html(answered(Claim("It burned.", verdict, ())))


def test_a_document_cited_twice_is_one_source() -> None:
    html = sources_html([cited(1, Span(0, 3)), cited(2, Span(4, 8))])
    assert (html.count("<li>"), html.count('class="marker"')) == (1, 2)


def test_the_pages_of_a_source_are_named() -> None:
    assert ", pages 2, 5</button>" in sources_html([cited(1, Span(0, 3), page=5), cited(2, Span(4, 8), page=2)])


def under(marker: int, *context: str) -> Citation:
    return replace(cited(marker, Span(marker, marker + 3)), context=tuple(Quote(Span(0, 1), one) for one in context))


def test_a_source_tells_what_its_quote_stands_under() -> None:
    html = sources_html([under(1, "Mill burns", "At night")])
    assert '<span class="context">At night</span>' in html


def test_quotes_of_one_source_tell_each_what_it_stands_under() -> None:
    html = sources_html([under(1, "At night"), under(2, "By day"), under(3, "At night")])
    assert '<b>1</b> <span class="context">At night</span>' in html
    assert '<b>2</b> <span class="context">By day</span>' in html


def test_a_quote_under_no_heading_has_no_path() -> None:
    assert "context" not in sources_html([under(1, "Mill burns")])


def test_a_source_shows_the_first_words_of_its_quote() -> None:
    assert "<q>The mill at Oster</q>" in sources_html([cited(1, Span(0, 17))])


def test_a_title_that_several_documents_have_is_told_with_its_file() -> None:
    assert "mill.txt</span>" in sources_html([cited(1, Span(0, 3))], {"Mill burns"})
    assert "mill.txt</span>" not in sources_html([cited(1, Span(0, 3))])
    other = replace(ORIGIN, path="news/other.txt")
    both = sources_html([cited(1, Span(0, 3)), cited(2, Span(0, 3), document="d2", origin=other)])
    assert "mill.txt</span>" in both
    assert "other.txt</span>" in both


def test_the_sheets_of_a_workbook_are_named_so() -> None:
    workbook = replace(ORIGIN, path="a/orders.xlsx")
    assert ", sheets 1, 3</button>" in sources_html(
        [cited(1, Span(0, 3), page=3, origin=workbook), cited(2, Span(4, 8), page=1, origin=workbook)]
    )


def test_a_marker_tells_what_stands_behind_it() -> None:
    html = answer_html(answered(Claim("It burned.", Verdict.SUPPORTED, (1,)), citations=(under(1, "At night"),)))
    assert 'data-quote="he" data-name="Mill burns — Oster Post, 4 May 2024" data-path="news/mill.txt"' in html
    assert 'data-under="At night"' in html


def test_an_opened_document_tells_what_the_quote_stands_under() -> None:
    heading, said = Span(0, 8), Span(9, 17)
    blocks = (Block(BlockKind.HEADING, heading), Block(BlockKind.PARAGRAPH, said, leans_on=(heading,)))
    document = Document("d", "At night\nIt burns.", ORIGIN, blocks=blocks)
    assert '<p class="context" dir="auto">At night</p>' in document_html(document, [said])


def test_closest_passages_of_an_abstention_are_no_footnotes() -> None:
    passage = Passage.cut(DOCUMENT, Span(0, 44))
    html = answer_html(
        answered(outcome=Outcome.ABSTAINED, text="The documents do not answer this.", closest=(passage,))
    )
    assert "Closest passages, not an answer" in html
    assert 'class="marker"' not in html


def test_a_draft_says_that_it_is_not_checked() -> None:
    assert "not yet checked" in draft_html("The mill")


def test_a_conflict_shows_both_sides_with_their_markers() -> None:
    conflict = Conflict("When?", (Side("On 3 May.", (1,)), Side("On 4 May.", (2,))))
    html = answer_html(answered(conflicts=(conflict,), citations=(cited(1, Span(0, 3)), cited(2, Span(4, 8)))))
    assert html.count("<li dir") == 2
    assert html.split("</ul>")[0].count('class="marker"') == 2


def test_a_quote_is_marked_where_it_stands() -> None:
    assert 'The <mark data-of="0" class="here">mill</mark> at Oster' in document_html(DOCUMENT, [Span(4, 8)])


def test_a_quote_over_a_page_break_is_marked_on_both_pages() -> None:
    document = Document("d", "one two", ORIGIN, pages=(0, 4))
    assert document_html(document, [Span(2, 6)]).count("<mark ") == 2


def test_the_head_of_a_document_says_where_it_is_from() -> None:
    html = document_html(DOCUMENT)
    assert all(words in html for words in ("Mill burns", "Oster Post", "4 May 2024", "news/mill.txt"))


def test_a_span_beyond_the_text_marks_nothing() -> None:
    assert "<mark" not in document_html(DOCUMENT, [Span(0, 999)])


def test_a_long_document_is_shown_around_its_quote() -> None:
    long = Document("d", "before\n" * 50_000 + "the quote" + "\nafter" * 50_000, ORIGIN)
    html = document_html(long, [Span(350_000, 350_009)])
    assert ">the quote</mark>" in html
    assert len(html) < 30_000
    assert 'data-whole="1"' in html


def test_a_long_document_is_shown_whole_when_asked() -> None:
    long = Document("d", "before\n" * 50_000 + "the quote" + "\nafter" * 50_000, ORIGIN)
    html = document_html(long, [Span(350_000, 350_009)], whole=True)
    assert (html.count("before"), html.count("after")) == (50_000, 50_000)


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("2025-05-30", "30 May 2025"),
        ("2025-05-03", "3 May 2025"),
        ("2025-05", "May 2025"),
        ("2025", "2025"),
        (None, "date unknown"),
        ("last May", "last May"),
        ("2025-13", "2025-13"),
    ],
)
def test_a_date_is_written_as_precisely_as_it_is_known(published: str | None, words: str) -> None:
    assert date_words(published) == words


def test_an_empty_library_says_what_to_do() -> None:
    assert "footnoted ingest PATH" in welcome_html(0, ["A question?"])


def test_examples_are_offered_once_there_is_something_to_ask() -> None:
    assert ('data-ask="A question?"' in welcome_html(1, ["A question?"])) is True
    assert "A question?" not in welcome_html(0, ["A question?"])


def test_many_names_are_cut_short() -> None:
    assert named([f"x/{number}.txt" for number in range(7)]).endswith("4.txt and 2 more")


def test_what_was_searched_instead_of_the_question_is_told_once() -> None:
    completed = answered(question="And why?", query="Why did the mill burn?")
    assert answer_html(completed).count("Why did the mill burn?</q>") == 1
    assert answer_html(completed).count("Searched for") == 1


def test_a_question_that_was_only_tidied_was_searched_as_it_is() -> None:
    assert "Searched for" not in answer_html(answered(question="Why  did it burn? ", query="Why did it burn?"))


def test_what_a_language_model_used_is_shown() -> None:
    shown = answer_html(answered(usage=Usage(prompt_tokens=1210, reply_tokens=31)))
    assert "The language model read 1,210 tokens and wrote 31" in shown


def test_a_list_is_a_list_on_the_page_and_its_words_are_escaped() -> None:
    claims = (Claim("<b>a hat", Verdict.SUPPORTED), Claim("a map", Verdict.SUPPORTED, mark="2."))
    html = answer_html(answered(*claims, kind=AnswerKind.STEPS, lead="2 steps:"))
    assert html.count("<li") == 2
    assert "<b>a hat" not in html


def test_each_side_of_a_comparison_stands_under_its_name() -> None:
    claims = (Claim("12 euros.", Verdict.SUPPORTED, (1,)), Claim("29 euros.", Verdict.SUPPORTED, (2,)))
    sides = (under(1, "Plans", "Standard"), under(2, "Plans", "Premium"))
    html = answer_html(answered(*claims, citations=sides, kind=AnswerKind.COMPARE))
    assert '<b class="side-of">Standard</b>' in html
    assert '<b class="side-of">Premium</b>' in html
    alike = (under(1, "Plans", "Standard"), under(2, "Plans", "Standard"))
    assert "side-of" not in answer_html(answered(*claims, citations=alike, kind=AnswerKind.COMPARE))
