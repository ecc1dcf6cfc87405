"""What holds for every table, JSON value and number format."""

import json

from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.document import ReadDocument
from ingest.readers.nested import write_value
from ingest.readers.number_format import shown
from ingest.readers.table import Grid, write_tables
from ingest.readers.table_heads import Across, Covered
from ingest.structure import TextWriter
from tests.blocks import not_covered

WORDS = st.sampled_from(
    ["", "Lock", "Toll:", "Name", "2023", "410", "1.20", "2024-01-02", "12 EUR", "a note that is a sentence.", "Total"]
)
CELLS = st.one_of(
    WORDS, WORDS.map(Across), WORDS.map(Covered), st.text(max_size=8).map(lambda text: " ".join(text.split()))
)
ROWS = st.lists(st.lists(CELLS, max_size=6), max_size=8)
GRIDS = st.builds(
    Grid,
    rows=ROWS,
    strong=st.frozensets(st.integers(0, 3), max_size=3),
    strong_labels=st.booleans(),
    left=st.integers(0, 2),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), WORDS, st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=4)),
    max_leaves=20,
)


@given(st.lists(GRIDS, max_size=3), st.booleans())
def test_the_blocks_of_tables_cover_their_text(grids: list[Grid], named: bool) -> None:
    writer = TextWriter()
    write_tables(writer, grids, level=1, named=named)
    assert not_covered(ReadDocument(text=writer.text, blocks=writer.blocks)) == ""


@given(ROWS.filter(bool), st.booleans())
def test_no_cell_of_a_table_is_lost(rows: list[list[str]], named: bool) -> None:
    writer = TextWriter()
    write_tables(writer, [Grid([[str(cell) for cell in row] for row in rows])], level=1, named=named)
    last = [cell for cell in rows[-1] if cell]
    assert all(cell.rstrip(":") in writer.text for cell in last)


@given(VALUES)
def test_the_blocks_of_nested_values_cover_their_text(value: object) -> None:
    writer = TextWriter()
    write_value(writer, "", json.loads(json.dumps(value)))
    assert not_covered(ReadDocument(text=writer.text, blocks=writer.blocks)) == ""


@given(st.one_of(st.integers(), st.floats()), st.text(alphabet='0#?.,%;"$€-_() \\[]*@EGmdyh/', max_size=12))
def test_any_number_is_shown_in_any_format(value: float, number_format: str) -> None:
    assert isinstance(shown(value, number_format), str)
