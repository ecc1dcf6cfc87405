"""Statements counted by hand: documents of ten formats, and what each of them says, piece by piece.

`tests/data/statements` holds what is said in each document, one statement a line, and the documents that are text; the
others are made by `tests/office.py`. A line after `& ` is a statement that today runs on from the one before it: wrong.
"""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from ingest.chunk import passages_of
from ingest.document import document_of
from ingest.readers.choose import read_corpus, read_file
from ingest.readers.document import ReadDocument
from ingest.readers.kind import HEAD_BYTES, Kind, kind_of
from rag.domain import Passage
from rag.evidence.statement import statements_of
from tests.office import made

FOLDER = Path(__file__).parent.parent / "data" / "statements"
DOCUMENTS = sorted(path.name.removesuffix(".said") for path in FOLDER.glob("*.said"))
MOST_WRONG = 0.03


def read(name: str) -> ReadDocument:
    path = FOLDER / name
    data = path.read_bytes() if path.exists() else made(path.suffix)
    kind = kind_of(data[:HEAD_BYTES], path.suffix, name=name)
    if kind is not Kind.TABLE:
        return read_file(kind, data, name=name, most_pages=9)
    with path.open("rb") as stream:
        (found,) = read_corpus(kind, stream, name=name, text_field=None, longest=100_000)
    assert isinstance(found, ReadDocument)
    return found


@cache
def said(name: str) -> list[str]:
    document = document_of(read(name), document_id=name, shown=name)
    passages = [Passage.cut(document, span) for span in passages_of(document)]
    return [statement.text for passage in passages for statement in statements_of(passage)]


def counted(name: str) -> str:
    return (FOLDER / f"{name}.said").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_says_what_a_person_counts(name: str) -> None:
    assert said(name) == counted(name).replace("\n& ", " ").splitlines()


def test_hardly_a_statement_of_ten_formats_is_cut_or_joined_wrongly() -> None:
    every = [(name, one) for name in DOCUMENTS for one in counted(name).replace("\n& ", "\n").splitlines()]
    wrong = Counter(every) - Counter((name, one) for name in DOCUMENTS for one in said(name))
    share = wrong.total() / len(every)
    print(f"{wrong.total()} of {len(every)} statements of {len(DOCUMENTS)} formats cut or joined wrongly: {share:.3f}")
    assert len(every) >= 200
    assert len({Path(name).suffix for name in DOCUMENTS}) == 10
    assert share <= MOST_WRONG
