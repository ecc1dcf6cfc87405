"""Of whom, or of what, something is so: told beside what a record says, where a question asks just that."""

from collections.abc import Sequence

import pytest

from ingest.readers.markdown import read_markdown
from rag.domain import Document, Origin, Passage, Span
from rag.evidence.bearer import with_bearer
from rag.evidence.statement import Statement, statements_of
from tests.answers import stated

VITA = "# Ada Krol\n\nMaster carpenter\n\n## LANGUAGES\n\nPolish, English\n\n## FREE TIME\n\nChess, rowing\n"
NAMELESS = "## FREE TIME\n\nChess, rowing\n"
CHANGES = "# Changes of Loomweaver\n\n## 2.4.0 (2025-02-18)\n\n- Dark theme\n- Faster search\n"
FORM = "Application\n\nName: Ada Krol\nLanguages: Polish, English\nStart: 4 May 2025\n"


def statements(text: str) -> Sequence[Statement]:
    if not text.startswith("#"):
        return stated(text)
    read = read_markdown(text.encode(), name="d.md")
    document = Document("d", read.text, Origin("d.md"), read.search_text or "", blocks=read.blocks)
    return statements_of(Passage.cut(document, Span(0, len(read.text))))


def told(question: str, text: str, words: str) -> str:
    return with_bearer(question, next(one for one in statements(text) if words in one.text)).asked


@pytest.mark.parametrize(
    ("question", "text", "words", "answer"),
    [
        ("Which applicant likes rowing?", VITA, "Chess", "Chess, rowing — Ada Krol"),
        ("Who speaks Polish?", FORM, "Languages", "Languages: Polish, English — Name: Ada Krol"),
    ],
)
def test_who_it_is_is_told_beside_what_is_so(question: str, text: str, words: str, answer: str) -> None:
    assert told(question, text, words) == answer


def test_which_one_is_told_by_what_stands_over_it() -> None:
    assert told("Which version brought the dark theme?", CHANGES, "Dark") == "Dark theme — 2.4.0 (2025-02-18)"


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("When does she start?", FORM, "Start"),
        ("Which languages are spoken?", FORM, "Languages"),
        ("Which applicant likes rowing?", NAMELESS, "Chess"),
        ("Who opened the workshop?", "The workshop of Ada Krol opened in 2010.", "workshop"),
    ],
)
def test_what_asks_for_something_else_is_told_as_it_is(question: str, text: str, words: str) -> None:
    assert told(question, text, words) == ""


def test_which_one_is_told_beside_a_whole_sentence_that_does_not_say_it() -> None:
    text = "# Loomweaver\n\n## 2.4.0 (2025-02-18)\n\n- A dark theme can be chosen in the settings.\n"
    said = "A dark theme can be chosen in the settings. — 2.4.0 (2025-02-18)"
    assert told("Which version brought the dark theme?", text, "dark") == said
