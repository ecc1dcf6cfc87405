"""The reading order of a page: its columns one after the other, each from the top, and its tables as such.

The parser's own order and paragraphs are not used: they part the lines of a hanging indent, join list items with what
follows, and put a centred title after the text. Its pieces of text and its tables are sound.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.labels import labelled
from ingest.readers.pages.pieces import Piece, bands, line_of, runs
from ingest.readers.pages.tables import Table, aligned_table, is_number, is_prose

_GUTTER, _WIDE_GUTTER = 1.0, 2.0
"""White between columns, in heights of the type; a table of two rows needs the wide one."""
_FAR = 4.0
"""White above a line that parts it from the columns above, in heights of the type."""
_FEWEST_LINES = 3
_DEEPEST = 4
_ROW = 1.5
_SAME = 5.0
"""Columns that begin within so many points are the same."""
_ALIGNED = 0.6


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines of one column that follow each other, and where its text may end at most."""

    lines: tuple[Piece, ...]
    right: float


Region = Flow | Table
_Atom = Piece | Table
_Stretch = tuple[float, float]


def in_order(pieces: Sequence[Piece], tables: Sequence[Table]) -> list[Region]:
    """The flows and tables of a page in the order in which they are read."""
    return _in_order([*runs(pieces), *tables], 0)


def with_first_row(regions: Sequence[Region], pieces: Sequence[Piece], after: Table) -> list[Region]:
    """The regions of a page with its last line as a row, where the table at the top of the next page begins there."""
    last = regions[-1] if regions else None
    if not isinstance(last, Flow):
        return list(regions)
    line = last.lines[-1]
    cells = runs(piece for piece in pieces if line.top <= piece.middle[1] <= line.bottom)
    starts = [min(cell[0].left for cell in column if cell) for column in zip(*after.rows, strict=True) if any(column)]
    if len(cells) != len(starts) or any(
        abs(cell.left - start) > _SAME for cell, start in zip(cells, starts, strict=True)
    ):
        return list(regions)
    row = Table(line.page, line.left, line.top, line.right, line.bottom, (tuple((cell,) for cell in cells),))
    return [*regions[:-1], *([Flow(last.lines[:-1], last.right)] if len(last.lines) > 1 else []), row]


def _in_order(atoms: Sequence[_Atom], depth: int) -> list[Region]:
    right = max((atom.right for atom in atoms), default=0.0)
    found: list[Region] = []
    is_flow = False
    for group, gutters in _groups(atoms):
        regions = _columns(group, gutters, depth) if gutters and depth < _DEEPEST else None
        for region in regions or _in_rows(group, right):
            last = found[-1] if found else None
            if is_flow and regions is None and isinstance(region, Flow) and isinstance(last, Flow):
                found[-1] = Flow((*last.lines, *region.lines), right)
            else:
                found.append(region)
        is_flow = regions is None
    return found


def _in_rows(group: Iterable[_Atom], right: float) -> list[Region]:
    """The lines of a group from the top, whatever stands beside each other on one line."""
    found: list[Region] = []
    for band in _bands(group):
        if isinstance(band, Table):
            found.append(band)
            continue
        # Labels and values beside each other are one after the other.
        lines = tuple(band) if all(labelled(piece.text) for piece in band) else (line_of(band),)
        if found and isinstance(found[-1], Flow):
            found[-1] = Flow((*found[-1].lines, *lines), right)
        else:
            found.append(Flow(lines, right))
    return found


def _bands(atoms: Iterable[_Atom]) -> list[list[Piece] | Table]:
    atoms = list(atoms)
    found: list[list[Piece] | Table] = [*bands(atom for atom in atoms if isinstance(atom, Piece))]
    found += [atom for atom in atoms if isinstance(atom, Table)]
    return sorted(found, key=lambda band: band.top if isinstance(band, Table) else min(piece.top for piece in band))


def _groups(atoms: Sequence[_Atom]) -> list[tuple[list[_Atom], list[float]]]:
    """The atoms from the top, in groups through which the same gutters run; with where the gutters are."""
    groups: list[list[list[_Atom]]] = []
    covered: list[_Stretch] = []
    for found in _bands(atoms):
        band: list[_Atom] = [found] if isinstance(found, Table) else [*found]
        size = _size(band)
        own, both = _covered([], band, size), _covered(covered, band, size)
        top, bottom = (
            min(atom.top for atom in band),
            max((atom.bottom for atom in groups[-1][-1]), default=0.0) if groups else 0.0,
        )
        loses = len(covered) > 1 and len(both) == 1
        begins = len(covered) == 1 and len(own) > 1 and len(both) == 1
        if not groups or loses or begins or top - bottom > _FAR * size:
            groups.append([band])
            covered = own
            # What stood under a centred line may belong to the columns beneath, which the line hid.
            while loses and len(groups[-2]) > 1 and len(with_above := _covered(covered, groups[-2][-1], size)) > 1:
                groups[-1].insert(0, groups[-2].pop())
                covered = with_above
            while loses and len(groups[-2]) > 1 and _heads(groups[-2][-1], groups[-2][-2], groups[-1][0]):
                groups[-1].insert(0, groups[-2].pop())
                covered = _covered(covered, groups[-1][0], size)
        else:
            groups[-1].append(band)
            covered = both
    return [([atom for band in group for atom in band], _gutters(group)) for group in groups]


def _heads(band: Sequence[_Atom], above: Sequence[_Atom], below: Sequence[_Atom]) -> bool:
    """Whether a band is a heading over the words beneath it, not the end of a column above."""
    line, under = band[0], below[0]
    if len(band) > 1 or not isinstance(line, Piece) or not isinstance(under, Piece):
        return False
    stands_out = (line.is_bold and not under.is_bold) or line.size > under.size
    return stands_out and line.top - max(atom.bottom for atom in above) > under.top - line.bottom


def _size(band: Iterable[_Atom]) -> float:
    return min((atom.size for atom in band if isinstance(atom, Piece)), default=10.0)


def _gutters(group: Iterable[Sequence[_Atom]]) -> list[float]:
    covered: list[_Stretch] = []
    for band in group:
        covered = _covered(covered, band, _size(band))
    return [right for _, right in covered[:-1]]


def _covered(covered: Sequence[_Stretch], members: Iterable[_Atom], size: float) -> list[_Stretch]:
    """What the atoms cover from left to right, where the white between is as wide as a gutter."""
    found: list[_Stretch] = []
    for left, right in sorted([*covered, *((member.left, member.right) for member in members)]):
        if found and left - found[-1][1] < _GUTTER * size:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _columns(group: Sequence[_Atom], gutters: Sequence[float], depth: int) -> list[Region] | None:
    """The regions of a group whose gutters part columns of text, or cells; None where they part nothing."""
    columns: list[list[_Atom]] = [[] for _ in range(len(gutters) + 1)]
    for atom in group:
        columns[sum(gutter < atom.left for gutter in gutters)].append(atom)
    if any(isinstance(atom, Table) for atom in group) and any(map(_are_numbers, columns)):
        parts = [[part] if isinstance(part, Table) else part for part in _parted_by_tables(group)]
        return [region for part in parts for region in _in_order(part, depth + 1)]
    if _are_text(columns):
        return [region for column in columns for region in _in_order(column, depth + 1)]
    cells = [piece for piece in group if isinstance(piece, Piece)]
    lines = bands(cells)
    # A title over a table and a line beneath it have one cell.
    filled = [at for at, band in enumerate(lines) if len(band) > 1]
    if not filled:
        return None
    inner = [piece for band in lines[filled[0] : filled[-1] + 1] for piece in band]
    starts = [min(atom.left for atom in column) for column in columns if any(atom in inner for atom in column)]
    gutters = gutters[len(gutters) + 1 - len(starts) :]
    size = max(piece.size for piece in cells)
    is_wide = all(start - gutter >= _WIDE_GUTTER * size for start, gutter in zip(starts[1:], gutters, strict=True))
    table = aligned_table(inner, starts)
    if table is None or (len(table.rows) < _FEWEST_LINES and not is_wide):
        return None
    right = max(piece.right for piece in cells)
    above = [line_of(band) for band in lines[: filled[0]]]
    below = [line_of(band) for band in lines[filled[-1] + 1 :]]
    return [
        *([Flow(tuple(above), right)] if above else []),
        table,
        *([Flow(tuple(below), right)] if below else []),
    ]


def _are_numbers(column: Sequence[_Atom]) -> bool:
    """Whether a column is sums and the like, which say nothing without the labels beside them."""
    return all(isinstance(atom, Piece) and is_number(atom.text) for atom in column)


def _parted_by_tables(atoms: Iterable[_Atom]) -> list[Table | list[_Atom]]:
    """The tables from the top, and the lines between them."""
    found: list[Table | list[_Atom]] = []
    for band in _bands(atoms):
        if isinstance(band, Table):
            found.append(band)
        elif found and isinstance(found[-1], list):
            found[-1] += band
        else:
            found.append([*band])
    return found


def _are_text(columns: Sequence[Sequence[_Atom]]) -> bool:
    """Whether columns hold text to be read from the top of each, and not the cells of a table."""
    if any(isinstance(atom, Table) for column in columns for atom in column):
        return True
    texts = [[atom for atom in column if isinstance(atom, Piece)] for column in columns]
    if any(len(text) < _FEWEST_LINES for text in texts):
        return False
    if is_prose(texts):
        return True
    shortest = min(texts, key=len)
    others = [piece for text in texts if text is not shortest for piece in text]
    aligned = sum(any(abs(piece.top - other.top) < 0.3 * piece.size for other in others) for piece in shortest)
    if aligned < _ALIGNED * len(shortest):
        return True
    if len(texts) > 2 or _is_headed(texts) or _is_spaced(texts):
        return False
    labels, values = texts
    numbers = sum(is_number(piece.text) for piece in values)
    return numbers * 2 < len(values) and sum(piece.text.endswith(":") for piece in labels) * 2 < len(labels)


def _is_headed(columns: Sequence[Sequence[Piece]]) -> bool:
    """Whether only the first line of each column is bold, as the head of a table is."""
    return all(column[0].is_bold and not any(piece.is_bold for piece in column[1:]) for column in columns)


def _is_spaced(columns: Sequence[Sequence[Piece]]) -> bool:
    """Whether lines stand as far apart as rows of a table do, beside each other in all columns."""
    if len({len(column) for column in columns}) > 1:
        return False
    return all(below.top - above.top > _ROW * below.size for column in columns for above, below in pairwise(column))
