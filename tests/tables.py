"""Tables of few rows, for tests that care for what is in them."""

from ingest.document import document_of
from ingest.readers.markdown import markdown_of
from rag.domain import Passage, Span
from rag.evidence.tables.table import Table, tables_of


def passage_of(text: str, path: str = "d.md") -> Passage:
    """A Markdown text as one passage with its blocks."""
    document = document_of(markdown_of(text), document_id=path, shown=path)
    return Passage.cut(document, Span(0, len(document.text)))


def tables(rows: str, *, title: str = "Papers", path: str = "d.md") -> list[Table]:
    """The tables of rows written with `|`, the names of the columns first, under a title."""
    lines = [line.strip() for line in rows.strip().splitlines()]
    marked = [f"| {line} |" for line in lines]
    marked.insert(1, "|" + "---|" * (lines[0].count("|") + 1))
    return tables_of([passage_of(f"# {title}\n\n" + "\n".join(marked) + "\n", path)])
