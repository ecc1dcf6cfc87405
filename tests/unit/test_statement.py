"""What a statement says on one line."""

import pytest

from ingest.document import document_of
from ingest.readers.markdown import read_markdown
from rag.domain import Passage, Span
from rag.evidence.statement import statements_of


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("The lock is **shut**.", "The lock is shut."),
        ("Ask [the pilot](https://pilot.example.org), then wait.", "Ask the pilot, then wait."),
        ("Il est *fermé* !", "Il est fermé !"),
        ("It is **shut** (_today_) .", "It is shut (today) ."),
    ],
)
def test_marks_leave_no_gap_before_a_stop(written: str, said: str) -> None:
    document = document_of(read_markdown(written.encode(), name="a.md"), document_id="d", shown="a.md")
    (statement,) = statements_of(Passage.cut(document, Span(0, len(written))))
    assert statement.text == said
