"""Tables that are drawn with lines: their cells, with those that reach over several rows or columns."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from liteparse import VectorGraphics

from ingest.readers.pages.pieces import Piece, bands, line_of
from ingest.readers.pages.tables import Cell, Row, Table, may_name, table_of, words_of

_NEAR = 2.5
"""Lines nearer than so many points meet."""
_MOST_LINES, _MOST_CELLS = 1500, 6000
_LONGEST_CELL = 15
_MOST_MERGED = 0.5

_Place = tuple[int, int]
"""A row and a column."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across a page or down it: where it stands, and from where to where it goes."""

    at: float
    start: float
    end: float

    def covers(self, place: float) -> bool:
        """Whether it passes this place."""
        return self.start - _NEAR <= place <= self.end + _NEAR


@dataclass(frozen=True, slots=True)
class Rules:
    """The lines of a page."""

    across: Sequence[Rule] = ()
    down: Sequence[Rule] = ()


def rules_of(graphics: VectorGraphics | None) -> Rules:
    """The lines of a page; none where there are so many that they draw a picture."""
    if graphics is None or len(graphics.lines) > _MOST_LINES:
        return Rules()
    across, down = [], []
    for line in graphics.lines:
        (left, right), (top, bottom) = sorted((line.x1, line.x2)), sorted((line.y1, line.y2))
        if right - left > bottom - top:
            across.append(Rule((top + bottom) / 2, left, right))
        else:
            down.append(Rule((left + right) / 2, top, bottom))
    return Rules(across, down)


def ruled_tables(rules: Rules, pieces: Sequence[Piece]) -> list[Table]:
    """The tables whose cells are drawn, with the pieces that stand in them."""
    found = []
    for across, down in _crossing(rules):
        tops, lefts = _places(across), _places(down)
        if len(tops) < 3 or len(lefts) < 3 or len(tops) * len(lefts) > _MOST_CELLS:
            continue
        inside = [piece for piece in pieces if _within(piece, tops, lefts)]
        table = _table(_Grid(across, down, tops, lefts), inside)
        if table is not None:
            found.append(table)
    return found


def _within(piece: Piece, tops: Sequence[float], lefts: Sequence[float]) -> bool:
    x, y = piece.middle
    return lefts[0] < x < lefts[-1] and tops[0] < y < tops[-1]


def _crossing(rules: Rules) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The lines in groups of those that meet."""
    left = set(range(len(rules.down)))
    across = set(range(len(rules.across)))
    while across:
        new, mine, theirs = {across.pop()}, set(), set()
        while new:
            mine |= new
            met = {at for at in left if any(_meet(rules.across[each], rules.down[at]) for each in new)}
            left -= met
            theirs |= met
            new = {each for each in across if any(_meet(rules.across[each], rules.down[at]) for at in met)}
            across -= new
        yield [rules.across[at] for at in mine], [rules.down[at] for at in theirs]


def _meet(across: Rule, down: Rule) -> bool:
    return across.covers(down.at) and down.covers(across.at)


def _places(rules: Iterable[Rule]) -> list[float]:
    """Where the lines stand, those that are near each other as one."""
    found: list[float] = []
    for place in sorted(rule.at for rule in rules):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


class _Grid:
    """The cells between lines; a cell is known by the first of its row and column."""

    def __init__(self, across: Sequence[Rule], down: Sequence[Rule], tops: Sequence[float], lefts: Sequence[float]):
        self.tops, self.lefts = tops, lefts
        self.height, self.width = len(tops) - 1, len(lefts) - 1
        self._first = {(row, at): (row, at) for row in range(self.height) for at in range(self.width)}
        for row in range(self.height):
            for at in range(self.width):
                middle = (lefts[at] + lefts[at + 1]) / 2, (tops[row] + tops[row + 1]) / 2
                if row and not _is_drawn(across, tops[row], middle[0]):
                    self._merge((row - 1, at), (row, at))
                if at and not _is_drawn(down, lefts[at], middle[1]):
                    self._merge((row, at - 1), (row, at))

    def cell(self, row: int, at: int) -> _Place:
        """The cell that this place belongs to."""
        place = (row, at)
        while self._first[place] != place:
            place = self._first[place]
        return place

    @property
    def number(self) -> int:
        """How many cells there are."""
        return sum(place == first for place, first in self._first.items())

    def _merge(self, one: _Place, other: _Place) -> None:
        first, second = sorted((self.cell(*one), self.cell(*other)))
        self._first[second] = first


def _is_drawn(rules: Iterable[Rule], at: float, middle: float) -> bool:
    return any(abs(rule.at - at) <= _NEAR and rule.covers(middle) for rule in rules)


def _table(grid: _Grid, pieces: Sequence[Piece]) -> Table | None:
    held: dict[_Place, list[Piece]] = {}
    for piece in pieces:
        x, y = piece.middle
        row = sum(top <= y for top in grid.tops[1:-1])
        held.setdefault(grid.cell(row, sum(left <= x for left in grid.lefts[1:-1])), []).append(piece)
    cells = {place: tuple(line_of(band) for band in bands(found)) for place, found in held.items()}
    # A form, or a frame around a page, has few cells that are no larger than its lines allow.
    if (
        any(len(cell) > _LONGEST_CELL for cell in cells.values())
        or grid.number < _MOST_MERGED * grid.height * grid.width
    ):
        return None
    first = 0
    while first < grid.height and len({grid.cell(first, at) for at in range(grid.width)}) == 1:
        first += 1  # a title over the whole width stands above the table
    rows = [_row(grid, row, cells.get, is_first=row == first) for row in range(first, grid.height)]
    rows = [row for row in rows if any(row)]
    filled = [at for at in range(grid.width) if any(row[at] for row in rows)]
    if len(filled) < 2 or not rows:
        return None
    rows = [tuple(row[at] for at in filled) for row in rows]
    return table_of(rows, head=_head(grid, first, rows))


def _row(grid: _Grid, row: int, cell: Callable[[_Place], Cell | None], *, is_first: bool) -> Row:
    """The cells of a row; one that reaches over several rows or columns is in each of them."""
    found: list[Cell] = []
    for at in range(grid.width):
        place = grid.cell(row, at)
        # The label of a total reaches over the columns before it and is named by none of them.
        is_repeated = at and not is_first and place == grid.cell(row, 0)
        found.append(() if is_repeated else cell(place) or ())
    return tuple(found)


def _head(grid: _Grid, first: int, rows: Sequence[Row]) -> int:
    """How many rows name the columns by how the cells at the top reach over each other."""
    over_columns = any(grid.cell(first, at) == grid.cell(first, at - 1) for at in range(1, grid.width))
    below = [
        row
        for row in range(first + 1, grid.height)
        if any(grid.cell(row, at) == grid.cell(first, at) for at in range(grid.width))
    ]
    head = max(2 if over_columns else 0, len(below) + 1 if below else 0)
    is_named = head < len(rows) and all(may_name(words_of(cell)) for row in rows[:head] for cell in row)
    return head if is_named else 0
