"""Whatever text goes in, the page is made of our own tags, and says exactly that text."""

import re

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.readers.plain import blocks_of_text
from rag.domain import Answer, Citation, Claim, Conflict, Document, Mode, Origin, Outcome, Passage, Side, Span, Verdict
from rag.library.catalog_shelf import Shelved
from ui.web.answer import answer_html, draft_html, turn_html
from ui.web.document import document_html
from ui.web.frame import welcome_html
from ui.web.html import error_html, notes_html, progress_html
from ui.web.naming import name_of
from ui.web.shelf import Shelf, library_html
from ui.web.sources import closest_html
from ui.web.told import Browsed

TAGS = set(
    "article blockquote button div em q strong time footer h2 h3 h4 header li mark p pre section span sup ul b "
    "table thead tbody tr th td input select option nav".split()
)
ATTRIBUTES = set("class dir title type role name value placeholder maxlength selected disabled".split())
# Pieces that HTML, Markdown or Gradio's template would act on, among any characters at all.
PIECES = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=y>",
        "![a](https://evil.invalid/a.png)",
        "</article>",
        "<!--",
        "]]>",
        "&lt;",
        "&#0;",
        "${alert(1)}",
        "{{value}}",
        '" onclick="',
        "javascript:",
        "\r\n",
        "\u202e",
        "\0",
        "\ud83d",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(st.characters(), max_size=30)), max_size=6).map("".join)
plain_texts = st.lists(
    st.sampled_from(
        [*"- * 1. 2. Q: A: Name: Make: | ; The rent is due. 今日は。 <b> TERMS".split(" "), "\n", "\n\n", "\t", "  "]
    ),
    max_size=40,
).map(" ".join)
WORDS = TEXTS.filter(lambda text: text.strip() != "")


def shown(text: str) -> str:
    """What a person sees of a text: reordering controls gone, shapeless characters replaced one for one."""
    visible = re.sub("[\u202a-\u202e\u2066-\u2069]", "", text)
    return re.sub("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", visible)


def parsed(html: str) -> LexborHTMLParser:
    """The HTML as a browser reads it; only our own tags and attributes may be in it."""
    tree = LexborHTMLParser(f"<main>{html}</main>")
    main = tree.css_first("main")
    assert main is not None
    assert main.next is None
    for node in main.traverse():
        if node.mem_id != main.mem_id:
            assert node.tag in TAGS
            for name in node.attributes:
                assert name in ATTRIBUTES or name.startswith(("data-", "aria-"))
    return tree


def text_of(node: LexborNode | None) -> str:
    assert node is not None
    return node.text(deep=True)


@given(TEXTS, st.data())
def test_a_document_reads_as_it_is_stored_and_its_quote_as_it_is_cited(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    pages = data.draw(st.lists(st.integers(0, len(text)), max_size=3, unique=True).map(sorted))
    document = Document("d", text, Origin("a.txt"), pages=tuple(pages))
    tree = parsed(document_html(document, [Span(start, end)]))
    assert "".join(text_of(part) for part in tree.css(".part")) == shown(text)
    assert "".join(text_of(mark) for mark in tree.css("mark")) == shown(text[start:end])


@given(st.one_of(TEXTS, plain_texts), st.data())
def test_a_document_with_its_blocks_shows_every_word_in_order_and_all_of_its_quote(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    document = Document("d", text, Origin("a.txt"), blocks=blocks_of_text(text))
    tree = parsed(document_html(document, [Span(start, end)]))
    assert words(" ".join(text_of(part) for part in tree.css(".part"))) == words(shown(text))
    marked = "".join(words("".join(text_of(mark) for mark in tree.css("mark"))))
    quoted = "".join(words(shown(text[start:end])))
    assert marked == quoted or not document.blocks


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]", text)


@given(st.lists(st.text("a\n", max_size=40), max_size=60).map("".join), st.integers(1, 40), st.data())
def test_a_window_shows_the_quote_and_the_whole_shows_all(text: str, size: int, data: st.DataObject) -> None:
    long = text * 300
    start = data.draw(st.integers(0, len(long)))
    span = Span(start, min(len(long), start + size))
    document = Document("d", long, Origin("a.txt"))
    window, whole = (parsed(document_html(document, [span], whole=whole)) for whole in (False, True))
    assert "".join(text_of(mark) for mark in window.css("mark")) == span.of(long)
    assert "".join(text_of(part) for part in whole.css(".part")) == long


@given(WORDS, WORDS, WORDS, st.sampled_from(Verdict))
def test_an_answer_reads_as_it_was_given(claim: str, name: str, notice: str, verdict: Verdict) -> None:
    origin = Origin(path=name, title=name, outlet=name, published=name, author=name)
    citation = Citation(1, name, Span(0, 1), claim, origin, 3)
    answer = Answer(
        question=name,
        query=name,
        outcome=Outcome.ANSWERED,
        answerable=1.0,
        mode=Mode.GENERATIVE,
        text=claim,
        claims=(Claim(claim, verdict, (1,)),),
        citations=(citation,),
        conflicts=(Conflict(notice, (Side(claim, (1,)),)),),
        notices=(notice,),
    )
    tree = parsed(turn_html(name, answer_html(answer)))
    assert text_of(tree.css_first(".question")) == shown(name)
    assert shown(claim) in text_of(tree.css_first(".claim"))
    assert text_of(tree.css_first(".conflict p")) == shown(notice)
    assert text_of(tree.css_first(".remarks p")) == shown(notice)
    assert (tree.css_first("button.marker").attributes["data-document"] or "") == name_of(name)
    assert text_of(tree.css_first(".source")) == shown(f"{name} — {name}, {name}, page 3")


@given(WORDS, TEXTS)
def test_an_abstention_reads_as_it_was_given(text: str, name: str) -> None:
    passage = Passage.cut(Document("d", text, Origin(name or "a.txt", title=name)), Span(0, len(text)))
    tree = parsed(closest_html([passage]))
    assert text_of(tree.css_first(".excerpt")).split() == shown(" ".join(text.split())).split()


@given(TEXTS)
def test_other_parts_of_the_page_are_made_of_our_own_tags(text: str) -> None:
    origin = Origin(text, title=text, outlet=text, published=text)
    for html in (
        draft_html(text),
        progress_html(text),
        error_html(text),
        notes_html([text]),
        library_html(
            Shelf(
                [Shelved(text, origin, 10, 1)],
                99,
                (1, 1),
                Browsed(words=shown(text)[:200]),
                [(text, 1)],
                [],
                [(text, 3), ("b", 1)],
                [("1", text)],
            )
        ),
        welcome_html(1, [text]),
    ):
        parsed(html)


@given(TEXTS)
def test_the_page_can_always_be_sent(text: str) -> None:
    draft_html(text).encode("utf-8")
