"""Blocks come out of the catalog as they went in."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.chunk import passages_of
from ingest.readers.plain import blocks_of_text
from rag.domain import Block, BlockKind, Box, Document, Origin, Part, Passage, Span
from rag.library.stored_blocks import blocks_from, stored_blocks

TEXT = 'Rent\n\nMonth "March"; 🚢 850 €\n\nDie Miete ist fällig.\n日本語。\\n'
_PLACES = st.integers(0, len(TEXT))
_EDGES = st.integers(-9999, 99999).map(lambda tenths: tenths / 10)
spans = st.tuples(_PLACES, _PLACES).map(lambda ends: Span(min(ends), max(ends)))
blocks = st.builds(
    Block,
    kind=st.sampled_from(BlockKind),
    span=spans,
    level=st.integers(0, 9),
    leans_on=st.lists(spans, max_size=3).map(tuple),
    parts=st.lists(st.builds(Part, spans, st.none() | spans), max_size=3).map(tuple),
    boxes=st.lists(st.builds(Box, st.integers(1, 999), _EDGES, _EDGES, _EDGES, _EDGES), max_size=2).map(tuple),
    record=st.none() | st.integers(0, 99),
)


@given(st.lists(blocks, max_size=6), spans)
def test_blocks_of_every_kind_come_back(made: list[Block], held: Span) -> None:
    ordered = tuple(sorted(made, key=lambda block: (block.span.start, block.span.end)))
    passage = Passage.cut(Document("d", TEXT, Origin("d"), blocks=ordered), held)
    assert blocks_from(stored_blocks(passage), held.start, held.of(TEXT)) == (
        passage.blocks,
        passage.around,
        passage.head,
    )


_PIECES = (
    "# Rent\n",
    "\n",
    "- an item\n",
    "Name: Anna\n",
    "You need:\n",
    "Town  Dogs\nMolby  12\nOxholm  20\n",
    "x " * 99,
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=20).map("".join), st.integers(10, 80))
def test_the_blocks_of_passages_come_back(text: str, tokens: int) -> None:
    document = Document("d", text, Origin("d"), blocks=blocks_of_text(text))
    for span in passages_of(document, tokens=tokens):
        passage = Passage.cut(document, span)
        # The catalog hands out the search text of the passage, or of the whole document from its beginning.
        for start, search_text in ((span.start, passage.search_text), (0, text)):
            assert blocks_from(stored_blocks(passage), start, search_text) == (
                passage.blocks,
                passage.around,
                passage.head,
            )


def test_a_passage_of_the_time_before_blocks_has_none() -> None:
    assert blocks_from("", 0, "The rent is due.") == ((), (), "")
