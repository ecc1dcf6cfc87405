"""What is computed of records, and of which of their cells."""

from dataclasses import dataclass
from decimal import Decimal

from rag.evidence.tables.table import Cell


@dataclass(frozen=True, slots=True)
class Operand:
    """A cell that is computed with, and what its record is called; no value where it is only counted."""

    name: str
    cell: Cell
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What is computed, and of which cells."""

    operation: str
    operands: tuple[Operand, ...]
    """Of a superlative, the winners first."""
    value: Decimal
    unit: str = ""
    column: str = ""
    """What the values are called; of a count, what is counted."""
    winners: int = 0
    """Of a superlative, how many share it."""
    group: str = ""
    """What the operands have in common, where their sum is the highest of several."""
    left_out: tuple[str, ...] = ()
    """What has no number in the column, and meets the conditions all the same."""
    weight: int = 0
    """How many words of the question the table itself says."""
    reason: str = ""
    """Why nothing is computed of the operands, though they are what is meant; empty where something is."""
    is_certain: bool = True
    """Whether every word of the question has its place in the table."""

    @property
    def documents(self) -> frozenset[str]:
        """The documents that it rests on."""
        return frozenset(one.cell.statement.passage.document for one in self.operands)
