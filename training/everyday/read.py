"""Reads made papers with the product's own readers, and finds which statement says which piece."""

import io
from collections import Counter
from collections.abc import Sequence

from ingest.chunk import passages_of
from ingest.document import document_of
from ingest.limits import Limits
from ingest.readers.choose import read_corpus, read_file
from ingest.readers.document import ReadDocument
from ingest.readers.kind import CORPORA, HEAD_BYTES, kind_of
from rag.domain import Passage
from rag.evidence.statement import Statement, statements_of
from rag.text.words import words
from training.everyday.shape import Paper, Piece

_ALIKE = 0.55
"""A statement says a piece where so much of their words is the same."""


def statements_in(name: str, data: bytes) -> list[Statement]:
    """What a file states, in order, as the product reads and cuts it."""
    limits = Limits()
    kind = kind_of(data[:HEAD_BYTES], "." + name.rpartition(".")[2], name=name)
    if kind in CORPORA:
        reads = list(read_corpus(kind, io.BytesIO(data), name=name, text_field=None, longest=limits.bytes))
    else:
        reads = [read_file(kind, data, name=name, most_pages=limits.pages)]
    found: list[Statement] = []
    for read in reads:
        assert isinstance(read, ReadDocument)
        document = document_of(read, document_id=name, shown=name)
        found += [one for span in passages_of(document) for one in statements_of(Passage.cut(document, span))]
    return found


def pieces_said(paper: Paper, statements: Sequence[Statement]) -> list[Piece | None]:
    """For each statement the piece that it says, in the paper's order; None where it says none."""
    bags = [_bag(one.said) for one in statements]
    pieces = [_bag(piece.text) for piece in paper.pieces]
    best = [[0.0] * (len(pieces) + 1)]
    for bag in bags:
        above, row = best[-1], [best[-1][0]]
        for at, piece in enumerate(pieces, 1):
            row.append(max(row[-1], above[at], above[at] + _alike(bag, piece)))
        best.append(row)
    found: list[Piece | None] = []
    at = len(pieces)
    for number in range(len(bags), 0, -1):
        while at and best[number][at] == best[number][at - 1]:
            at -= 1
        # A piece may be cut into several statements, so that the one before may say it too.
        found.append(paper.pieces[at - 1] if at and best[number][at] > best[number - 1][at] else None)
    return found[::-1]


def _bag(text: str) -> Counter[str]:
    return Counter(word.lower() for word in words(text))


def _alike(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1) - _ALIKE
