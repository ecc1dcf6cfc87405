"""What is known of a read collection: which statement tells what, of which record, and whether that can be seen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rag.evidence.statement import Statement
from training.everyday.read import pieces_said, statements_in
from training.everyday.shape import Attribute, Collection, Piece, Record, Told, Value

_TOKEN = re.compile(r"[^\W_]+")


@lru_cache(maxsize=100_000)
def tokens(text: str) -> str:
    """A text as its words alone, between blanks, so that one holds another where its words stand in a row."""
    return f" {' '.join(_TOKEN.findall(text.lower()))} "


@dataclass(frozen=True)
class Line:
    """A statement as a model reads it, with the piece of the paper that it says."""

    statement: Statement
    piece: Piece | None

    @property
    def text(self) -> str:
        return self.statement.said

    @cached_property
    def context(self) -> str:
        """All that can stand around it where somebody asks for it."""
        return " · ".join(filter(None, self.statement.around))

    @property
    def record(self) -> int | None:
        return self.piece.record if self.piece else None

    def told(self, record: int, attribute: str) -> Told | None:
        """How it tells this; None where it does not."""
        told = self.piece.told if self.piece else ()
        return next((one for one in told if one.record == record and one.attribute == attribute), None)

    def may_tell(self, record: int, attribute: Attribute, attributes: Sequence[Attribute]) -> bool:
        """Whether it tells what some would take for this attribute of the record."""
        told = self.piece.told if self.piece else ()
        return any(one.record == record and attribute.is_near(one.attribute, attributes) for one in told)

    def tells(self, attribute: str) -> bool:
        return any(one.attribute == attribute for one in (self.piece.told if self.piece else ()))

    def holds(self, value: Value) -> bool:
        """Whether its words hold the value in any form."""
        return _is_in(value, self.text)

    def shows(self, value: Value) -> bool:
        """Whether its words or what stands around them hold the value in any form."""
        return _is_in(value, f"{self.context} {self.text}")

    def place(self, words: str) -> tuple[int, int] | None:
        """Where these words stand in its text, not as part of a longer word or number."""
        found = re.search(rf"(?<![\w.,:/-]){re.escape(words)}(?![\w]|[.,:/-]\w)", self.text)
        return found.span() if found else None

    def place_of(self, told: Told) -> tuple[int, int] | None:
        """Where the value stands that it tells."""
        at = self.text.find(told.labelled) if told.labelled else -1
        end = at + len(told.labelled)
        return (end - len(told.written), end) if at >= 0 else self.place(told.written)


def _is_in(value: Value, text: str) -> bool:
    return any(tokens(form) in tokens(text) for form in value.all_forms)


@dataclass(frozen=True)
class Fact:
    """What a record has, and the lines that tell it."""

    record: int
    attribute: Attribute
    value: Value
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Known:
    """A collection as it was read, and its facts that a reader of single lines can find."""

    collection: Collection
    lines: tuple[Line, ...]

    @property
    def records(self) -> tuple[Record, ...]:
        return self.collection.records

    @cached_property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """Of each record the forms of its name that are in no other record's."""
        forms = [[tokens(form) for form in one.key.all_forms] for one in self.records]
        return tuple(
            tuple(
                form
                for form in one.key.all_forms
                if not any(
                    tokens(form) in other for at_other, others in enumerate(forms) if at_other != at for other in others
                )
            )
            for at, one in enumerate(self.records)
        )

    def is_of(self, line: Line, record: int) -> bool:
        """Whether the line can be seen to be about this record and about no other.

        What its words name counts before its path, and that before what stands beside it, which is at times another's.
        """
        path = f"{line.context.split(' · ')[0]} {line.text}"
        for seen in (line.text, path, f"{line.context} {line.text}"):
            if any(tokens(form) in tokens(seen) for form in self.names[record]):
                return not any(_is_in(one.key, seen) for at, one in enumerate(self.records) if at != record)
        return False

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """What can be asked: each line that tells it shows whose it is, and where the value stands."""
        found: list[Fact] = []
        for at, record in enumerate(self.records):
            for one in self.collection.template.attributes:
                telling = [(line, line.told(at, one.name)) for line in self.lines]
                lines = tuple(line for line, told in telling if told and line.place_of(told))
                if lines and all(self.is_of(line, at) for line in lines):
                    found.append(Fact(at, one, record.values[one.name], lines))
        return tuple(found)


def known(collection: Collection) -> Known:
    """Reads a collection's papers, and says which statement tells what."""
    lines: list[Line] = []
    for paper in collection.papers:
        statements = statements_in(paper.name, paper.data)
        said = zip(statements, pieces_said(paper, statements), strict=True)
        lines += [_line(statement, piece) for statement, piece in said]
    return Known(collection, tuple(lines))


def _line(statement: Statement, piece: Piece | None) -> Line:
    return Line(statement, piece)
