"""Passages: sized in the embedder's tokens, ending where sentences end."""

from pathlib import Path

import pytest
from tokenizers import Tokenizer

from ingest.chunk import EMBEDDER_TOKENIZER, TokenCounter, passages_of
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
