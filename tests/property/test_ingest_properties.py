"""What holds for every text."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from ingest.chunk import EMBEDDER_TOKENIZER, TokenCounter, passages_of
from ingest.clean import search_copy, storable
from ingest.dates import iso_date
from ingest.metadata import stated_in
from ingest.readers.text import read_text
from rag.domain import Document, Origin, Passage

PIECES = st.sampled_from(
    ["Mr. ", "The harbour is shut. ", "\n", "\n\n", "\r\n", "🚢", " ", "ā", "Māori ", "Weserās ", "āx", "y.ā ",
     "![a](b)", "[l](u)", "![]() |", "\u00ad", "\u200b", "\ufeff", "e\u0301", "日本語。", "- item\n", "# head\n",
     "U.S. ", "\t", "x" * 80]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


@given(TEXTS)
@example("the a[](\n)")
def test_the_search_copy_keeps_the_length(text: str) -> None:
    assert len(search_copy(text)) == len(text)


@given(TEXTS)
def test_the_search_copy_keeps_the_lines(text: str) -> None:
    copy = search_copy(text)
    assert [at for at, character in enumerate(copy) if character == "\n"] == [
        at for at, character in enumerate(text) if character == "\n"
    ]


MARKS = set("-*•·‣◦▪●○–+o#%;/")


@settings(deadline=None)
@given(TEXTS, st.integers(min_value=5, max_value=60))
@example("- :", 5)
def test_passages_are_in_order_and_hold_all_but_marks_of_items(text: str, tokens: int) -> None:
    document = Document("d", text, Origin("d.txt"), search_text=search_copy(text))
    position = 0
    for span in passages_of(document, tokens=tokens):
        assert span.start >= position
        assert span.start < span.end
        assert set("".join(document.search_text[position : span.start].split())) <= MARKS
        position = span.end
    assert set("".join(document.search_text[position:].split())) <= MARKS


TOKENIZER = Tokenizer.from_file(str(EMBEDDER_TOKENIZER))
TOKENIZER.no_truncation()
TOKENIZER.no_padding()
COUNTER = TokenCounter(TOKENIZER)


@given(st.lists(st.one_of(st.text(alphabet=st.characters(exclude_categories=["Cs"])), PIECES), max_size=20))
@example(["a\u0301 ", "\u0301b", "[SEP]", " [CLS]x", "x" * 101])
def test_tokens_counted_word_by_word_are_those_of_the_text(parts: list[str]) -> None:
    text = " ".join("".join(parts).split())
    assert COUNTER.count(text) == len(TOKENIZER.encode(text, add_special_tokens=False))


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])), st.lists(PIECES))
def test_a_span_of_the_file_gives_the_passage(words: str, pieces: list[str]) -> None:
    file = words.lstrip("\ufeff") + "".join(pieces)
    read = read_text(file.encode(), name="a.txt")
    document = Document("d", read.text, Origin("a.txt"), search_text=search_copy(read.text))
    decoded = file.encode().decode("utf-8-sig")
    for span in passages_of(document, tokens=30):
        assert decoded[span.start : span.end] == Passage.cut(document, span).text


@given(st.text(alphabet=st.characters()))
def test_a_storable_text_can_be_stored_and_keeps_its_length(text: str) -> None:
    assert len(storable(text).encode()) >= len(text)


@settings(deadline=None)
@given(TEXTS)
def test_metadata_is_found_or_not_but_never_fails(text: str) -> None:
    stated = stated_in(search_copy(text))
    assert stated.published is None or iso_date(stated.published) == stated.published


@given(st.one_of(st.text(), st.from_regex(r"[0-9./ -]{4,12}"), st.dates().map(str)))
def test_a_date_is_iso_or_unknown(written: str) -> None:
    found = iso_date(written)
    assert found is None or iso_date(found) == found
