"""Passages: sized in the embedder's tokens, ending where sentences end."""

from pathlib import Path

import pytest
from tokenizers import Tokenizer

from ingest.chunk import EMBEDDER_TOKENIZER, TokenCounter, passages_of
from ingest.readers.plain import blocks_of_text
from rag.domain import Document, Origin, Span
from rag.errors import ModelError


def cut(text: str, *, tokens: int) -> list[str]:
    document = Document("d", text, Origin("d.txt"))
    return [span.of(text) for span in passages_of(document, tokens=tokens)]


def test_no_passage_is_longer_than_asked() -> None:
    counter = Tokenizer.from_file(str(EMBEDDER_TOKENIZER))
    counter.no_truncation()
    counter.no_padding()
    passages = cut("The harbour of Weser was shut again on Monday, by order of the minister. " * 60, tokens=50)
    assert max(len(counter.encode(passage, add_special_tokens=False).ids) for passage in passages) <= 50


def test_a_sentence_with_an_abbreviation_is_not_cut() -> None:
    text = "The boats were tied up in the inner harbour. On Wed. Sept. 27 Mr. Brand of the U.S. Navy came to see them."
    assert cut(text, tokens=22)[1].startswith("On Wed. Sept. 27 Mr. Brand")


def test_a_sentence_longer_than_a_passage_is_cut_between_words() -> None:
    text = "the boats and " * 100
    assert " ".join(cut(text, tokens=20)).split() == text.split()


def test_spans_count_code_points() -> None:
    text = "Ein 🚢 im Hafen von Öland. " * 40
    assert all(passage.startswith("Ein 🚢") for passage in cut(text, tokens=40))


def test_what_is_blank_in_the_search_copy_is_in_no_passage() -> None:
    text = "title: x\n\nThe harbour is shut."
    document = Document("d", text, Origin("d.md"), search_text=" " * 8 + text[8:])
    assert passages_of(document) == [Span(10, len(text))]


def test_a_missing_tokenizer_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="Cannot load the tokenizer"):
        passages_of(Document("d", "x", Origin("d")), tokenizer=tmp_path / "none.json")


def test_a_word_without_end_is_cut_all_the_same() -> None:
    assert max(map(len, cut("x" * 5000, tokens=50))) <= 1000


def test_words_without_end_are_not_remembered() -> None:
    counter = TokenCounter(Tokenizer.from_file(str(EMBEDDER_TOKENIZER)))
    counter.count("a harbour " + "x" * 5000)
    assert sorted(counter) == ["a", "harbour"]


def blocks_cut(text: str, *, tokens: int) -> list[str]:
    document = Document("d", text, Origin("d.txt"), blocks=blocks_of_text(text))
    return [" ".join(span.of(text).split()) for span in passages_of(document, tokens=tokens)]


def test_a_block_that_has_room_in_a_passage_is_whole() -> None:
    paragraph = "The harbour of Weser was shut again on Monday. Nobody knew why it was."
    passages = blocks_cut(f"{paragraph}\n\n" * 12, tokens=40)
    assert all(passage == " ".join([paragraph] * passage.count("The harbour")) for passage in passages)


def test_rows_of_a_table_are_never_cut() -> None:
    rows = [f"Molby{at}   {3000 + at}   {4000 + at}" for at in range(60)]
    passages = blocks_cut("Town     Dogs   Cats\n" + "\n".join(rows) + "\n", tokens=40)
    assert sum(passage.count(" ".join(row.split())) for row in rows for passage in passages) == len(rows)


def test_a_passage_begins_with_a_heading_where_there_is_enough_before_it() -> None:
    chapter = "{}. Rent\n\n" + "The rent is paid in advance at the office of the harbour. " * 6 + "\n\n"
    passages = blocks_cut("".join(chapter.format(at) for at in (1, 2, 3)), tokens=160)
    assert [passage[:7] for passage in passages] == ["1. Rent", "2. Rent", "3. Rent"]


@pytest.mark.parametrize(
    "leading", ["2. Deposit and keys", "Q: When is the deposit paid back?", "You have to hand in:"]
)
def test_what_leads_to_something_stands_with_it(leading: str) -> None:
    before = "The rent is paid in advance at the office. " * 3
    passages = blocks_cut(f"1. Rent\n\n{before}\n\n{leading}\n\nAll the keys of the house.\n", tokens=40)
    assert any(f"{leading} All the keys" in passage for passage in passages)


def test_headings_over_headings_stay_together() -> None:
    text = (
        "1. Rent\n\n" + "The rent is paid in advance at the office. " * 4 + "\n\n2. End\n\n2.1 Keys\n\nHand them in.\n"
    )
    assert blocks_cut(text, tokens=50)[-1] == "2. End 2.1 Keys Hand them in."


def test_a_heading_at_the_end_is_kept() -> None:
    assert blocks_cut("1. Rent\n\nIt is low.\n\n2. Deposit\n", tokens=50) == ["1. Rent It is low. 2. Deposit"]
