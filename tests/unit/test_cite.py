"""The verbatim gate: no marker for words that are not in the stored document."""

from dataclasses import replace

import pytest

from rag.domain import Document, Origin, Passage, Span
from rag.evidence.cite import Footnotes

DOCUMENT = Document(id="d", text="The mill burned.\fNobody was hurt.", origin=Origin("d.pdf"), pages=(0, 17))
PASSAGE = Passage.cut(DOCUMENT, Span(0, 33))


def footnotes() -> Footnotes:
    return Footnotes({"d": DOCUMENT}.__getitem__)


def test_a_quote_is_the_stored_text() -> None:
    notes = footnotes()
    notes.add(PASSAGE, Span(0, 16))
    assert notes.citations[0].quote == "The mill burned."


def test_a_citation_names_its_page() -> None:
    notes = footnotes()
    notes.add(PASSAGE, Span(17, 33))
    assert notes.citations[0].page == 2


def test_the_same_words_have_one_marker() -> None:
    notes = footnotes()
    assert [notes.add(PASSAGE, span) for span in (Span(0, 16), Span(17, 33), Span(0, 16))] == [1, 2, 1]


@pytest.mark.parametrize(
    ("passage", "span"),
    [
        pytest.param(replace(PASSAGE, text=PASSAGE.text.replace("mill", "moll")), Span(0, 16), id="other words"),
        pytest.param(Passage.cut(DOCUMENT, Span(0, 16)), Span(0, 20), id="outside the passage"),
        pytest.param(PASSAGE, Span(16, 17), id="nothing visible"),
        pytest.param(PASSAGE, Span(20, 90), id="beyond the text"),
    ],
)
def test_words_that_are_not_there_get_no_marker(passage: Passage, span: Span) -> None:
    notes = footnotes()
    assert notes.add(passage, span) is None
    assert notes.citations == []
