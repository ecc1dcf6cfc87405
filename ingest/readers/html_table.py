"""Tables of a web page: rows that name their columns, fields where there are but labels and values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from selectolax.lexbor import LexborNode

from ingest.readers.html_words import HEADINGS, words_of
from ingest.structure import TextWriter
from rag.domain import BlockKind, Span

_BESIDE = ("table", "ul", "ol", "dl", "pre", "blockquote", "hr", "figure", "article", "section", *HEADINGS)
"""What makes the cells of a table without a head places on the page."""
_MOST_COLUMNS = 100
_LONGEST_NAME = 80
_LONGEST_LABEL = 60
_MOST_COPIED = 100_000
"""How many characters of cells that span rows and columns are repeated in a table."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is written, before it is spread over the rows and columns that it spans."""

    node: LexborNode
    words: str
    is_head: bool
    is_bold: bool
    columns: int
    rows: int


Row = tuple[Cell, ...]


def rows_of(table: LexborNode) -> list[tuple[Row, bool]]:
    """The table's own rows, each with whether it stands in the table's head; those of tables within it are not."""
    found = []
    for child in table.iter():
        groups = [child] if child.tag == "tr" else child.iter() if child.tag in ("thead", "tbody", "tfoot") else ()
        for row in groups:
            cells = tuple(_cell(node) for node in row.iter() if node.tag in ("td", "th")) if row.tag == "tr" else ()
            if any(cell.words for cell in cells):
                found.append((cells, child.tag == "thead"))
    return found


def is_layout(table: LexborNode, rows: Sequence[tuple[Row, bool]]) -> bool:
    """Whether the table but places things on a page: no head, and blocks or one column in it."""
    if table.attributes.get("role") in ("presentation", "none"):
        return True
    cells = [cell for row, _ in rows for cell in row]
    if any(cell.is_head for cell in cells):
        return False
    return all(len(row) < 2 for row, _ in rows) or any(holds_blocks(cell.node) for cell in cells)


def holds_blocks(cell: LexborNode) -> bool:
    """Whether a cell holds more than words."""
    tags = [node.tag for node in cell.traverse()]
    return any(tag in _BESIDE for tag in tags) or tags.count("p") > 1


def as_field(row: Row) -> tuple[str, str] | None:
    """The label and the value of a row that is nothing else; None of any other row."""
    cells = [cell for cell in row if cell.words]
    if len(cells) != 2 or not _is_label(cells[0].words) or any(holds_blocks(cell.node) for cell in cells):
        return None
    return cells[0].words, cells[1].words


def write_table(writer: TextWriter, rows: Sequence[tuple[Row, bool]], leans_on: Sequence[Span] = ()) -> None:
    """Writes the rows, in which a cell counts for each row and column that it spans, or the fields of one record."""
    spread = _spread([row for row, _ in rows])
    width = max((len(row) for row in spread), default=0)
    heads = _heads(rows, spread)
    if not any(heads) and width == 2:
        fields = [as_field(row) for row, _ in rows]
        if all(fields) and len({field[0] for field in fields if field}) == len(fields):
            record = writer.record()
            for label, value in filter(None, fields):
                writer.pair(BlockKind.FIELD, label, value, leans_on=leans_on, record=record)
            return
    columns: list[str] = []
    unused: list[list[str]] = []
    section: list[Span] = []
    for at, (cells, is_head) in enumerate(zip(spread, heads, strict=True)):
        words = [cell.words if cell else "" for cell in cells]
        is_one = len({id(cell) for cell in cells if cell}) == 1 < width
        if is_head and is_one:
            writer.add(BlockKind.CAPTION, words[0], leans_on=leans_on)
        elif is_head:
            if at == 0 or not heads[at - 1]:
                columns, unused = [], []
            columns = [_joined(above, below) for above, below in zip_longest(columns, words, fillvalue="")]
            unused.append(words)
        elif is_one:  # a line over all columns heads the rows below it
            section = list(filter(None, [writer.row(words[:1], leans_on=leans_on)]))
        else:
            named = ["" if len(column) > _LONGEST_NAME else column for column in columns]
            writer.row(words, named, leans_on=(*leans_on, *section))
            unused = []
    for words in unused:  # heads of nothing
        writer.row(words, leans_on=leans_on)


def _cell(node: LexborNode) -> Cell:
    words = words_of(node, between="; ")
    bold = node.css_first("b, strong")
    return Cell(
        node=node,
        words=words,
        is_head=node.tag == "th",
        is_bold=bool(words) and bold is not None and words_of(bold) == words,
        columns=_spanned(node, "colspan", most=_MOST_COLUMNS),
        rows=_spanned(node, "rowspan", most=65_534),
    )


def _spanned(node: LexborNode, attribute: str, *, most: int) -> int:
    written = (node.attributes.get(attribute) or "").strip()
    if not (written.isascii() and written.isdigit()) or len(written) > 5:
        return 1
    return min(int(written), most) or (most if attribute == "rowspan" else 1)


def _spread(rows: Sequence[Row]) -> list[list[Cell | None]]:
    """The rows with each cell in every place that it spans."""
    left = _MOST_COPIED
    carried: dict[int, tuple[Cell, int]] = {}
    found = []
    for row in rows:
        places: list[Cell | None] = []
        waiting: Iterator[Cell] = iter(row)
        last = max(carried, default=-1)
        while True:
            at = len(places)
            if at in carried:
                cell, more = carried.pop(at)
                places.append(cell)
                left -= len(cell.words) + 1
                if more > 1 and left > 0:
                    carried[at] = cell, more - 1
                continue
            new = next(waiting, None)
            if new is None:
                if at > last:
                    break
                places.append(None)
                continue
            for _ in range(new.columns if left > 0 else 1):
                if len(places) > at:
                    left -= len(new.words) + 1
                if new.rows > 1 and left > 0:
                    carried[len(places)] = new, new.rows - 1
                places.append(new)
        found.append(places)
    return found


def _heads(rows: Sequence[tuple[Row, bool]], spread: Sequence[list[Cell | None]]) -> list[bool]:
    """Which rows name the columns below them."""
    marked = [in_head or (len(row) > 1 and all(cell.is_head for cell in row if cell.words)) for row, in_head in rows]
    if any(marked) or any(cell.is_head for row, _ in rows for cell in row) or len(rows) < 2:
        return marked
    first, rest = spread[0], spread[1:]
    words = [cell.words if cell else "" for cell in first]
    names = len(first) > 1 and all(words) and len(set(words)) == len(words) and not any(map(_has_digit, words))
    bold = all(cell and cell.is_bold for cell in first) and not all(cell.is_bold for row, _ in rows[1:] for cell in row)
    numbers = len(rest) > 1 and any(
        all(at < len(row) and (cell := row[at]) is not None and _has_digit(cell.words) for row in rest)
        for at in range(1, len(first))
    )
    marked[0] = bold or (names and numbers)
    return marked


def _joined(above: str, below: str) -> str:
    """The name of a column whose head has several rows."""
    return above if below == above else f"{above} {below}".strip()


def _is_label(words: str) -> bool:
    return len(words) <= _LONGEST_LABEL and any(map(str.isalpha, words))


def _has_digit(words: str) -> bool:
    return any(map(str.isdigit, words))
