"""Gold quotes are found in the stored text, white space aside."""

from eval.cases import Evidence
from eval.corpus import Corpus, Gold
from rag.domain import Document, Origin, Span

TEXT = "It is 61\nkilometres  long (in all)."
CORPUS = Corpus({"deep/a.pdf": "id-of-a"}, {"id-of-a": Document("id-of-a", TEXT, Origin("a.pdf"))}, {})


def test_a_quote_is_found_across_line_breaks() -> None:
    gold = CORPUS.locate(Evidence("deep/a.pdf", "61 kilometres long"))
    assert gold == Gold("id-of-a", Span(6, 25), "61\nkilometres  long")


def test_a_quote_is_words_and_no_pattern() -> None:
    assert CORPUS.locate(Evidence("deep/a.pdf", "long (in all).")) == Gold("id-of-a", Span(21, 35), "long (in all).")


def test_a_quote_that_is_not_there_is_not_found() -> None:
    assert CORPUS.locate(Evidence("deep/a.pdf", "62 kilometres long")) is None


def test_a_quote_of_an_unknown_document_is_not_found() -> None:
    assert CORPUS.locate(Evidence("a.pdf", "61 kilometres long")) is None


def test_evidence_without_a_quote_is_the_whole_document() -> None:
    assert CORPUS.locate(Evidence("deep/a.pdf")) == Gold("id-of-a", Span(0, len(TEXT)), TEXT)
