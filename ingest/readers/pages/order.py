"""The reading order of a page: its columns one after the other, each from the top, and its tables as such.

The parser's own order and paragraphs are not used: they part the lines of a hanging indent, join list items with what
follows, and put a centred title after the text. Its pieces of text and its tables are sound.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.readers.pages.pieces import Piece, bands, line_of, runs
from ingest.readers.pages.tables import Table, aligned_table, is_number, is_prose

_GUTTER, _WIDE_GUTTER = 1.0, 2.0
"""White between columns, in heights of the type; a table of two rows needs the wide one."""
_FAR = 4.0
"""White above a line that parts it from the columns above, in heights of the type."""
_FEWEST_LINES = 3
_DEEPEST = 4
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
        elif found and isinstance(found[-1], Flow):
            found[-1] = Flow((*found[-1].lines, line_of(band)), right)
        else:
            found.append(Flow((line_of(band),), right))
    return found


def _bands(atoms: Iterable[_Atom]) -> list[list[Piece] | Table]:
    atoms = list(atoms)
    found: list[list[Piece] | Table] = [*bands(atom for atom in atoms if isinstance(atom, Piece))]
    found += [atom for atom in atoms if isinstance(atom, Table)]
    return sorted(found, key=lambda band: band.top if isinstance(band, Table) else min(piece.top for piece in band))


def _groups(atoms: Sequence[_Atom]) -> list[tuple[list[_Atom], list[float]]]:
    """The atoms from the top, in groups through which the same gutters run; with where the gutters are."""
    groups: list[tuple[list[_Atom], list[float]]] = []
    covered: list[_Stretch] = []
    for band in _bands(atoms):
        members: list[_Atom] = [band] if isinstance(band, Table) else [*band]
        size = min((piece.size for piece in members if isinstance(piece, Piece)), default=10.0)
        own = _covered([], members, size)
        both = _covered(covered, members, size)
        top = min(member.top for member in members)
        is_far = bool(groups) and top - max(atom.bottom for atom in groups[-1][0]) > _FAR * size
        loses = len(covered) > 1 and len(both) == 1
        begins = len(covered) == 1 and len(own) > 1 and len(both) == 1
        if not groups or loses or begins or is_far:
            groups.append(([], []))
            both = own
        covered = both
        groups[-1][0].extend(members)
        groups[-1][1][:] = [right for _, right in covered[:-1]]
    return groups


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
    if _are_text(columns):
        return [region for column in columns for region in _in_order(column, depth + 1)]
    cells = [piece for piece in group if isinstance(piece, Piece)]
    lines = bands(cells)
    # A title over a table and a line beneath it have one cell.
    filled = [at for at, band in enumerate(lines) if len(band) > 1]
    if not filled:
        return None
    inner = [piece for band in lines[filled[0] : filled[-1] + 1] for piece in band]
    starts = [min(atom.left for atom in column) for column in columns]
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
    if len(texts) > 2:
        return False
    labels, values = texts
    numbers = sum(is_number(piece.text) for piece in values)
    return numbers * 2 < len(values) and sum(piece.text.endswith(":") for piece in labels) * 2 < len(labels)
