"""Whatever the text, its blocks lie in it in order and leave out nothing but the marks of items and comments."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.plain import blocks_of_text

_PIECES = (
    "- * o 1. 2. (a) a) ii. § 3 Step 1. 4.2 A. # > ---- ==== .... : :: | ; Q: A: Name: Date: 9:15 The rent is due. "
    'and so on TERMS Article I 12/03/2025, 09:15 - Rent 850.00 https://a.example/b 今日は。 "Term" means'
).split(" ")
texts = st.one_of(
    st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(" \n\t-.:")), max_size=120),
    st.lists(st.sampled_from([*_PIECES, "\n", "\n\n", "\r\n", "  ", "\t", "\n    ", "\f"]), max_size=60).map(" ".join),
    st.lists(st.sampled_from([*_PIECES, "\n", "\n", "\n\n", "   "]), max_size=60).map("".join),
)


@given(texts)
def test_blocks_are_in_order_and_do_not_overlap(text: str) -> None:
    blocks = blocks_of_text(text)
    assert all(one.span.end <= two.span.start for one, two in pairwise(blocks))
    assert all(block.span.start < block.span.end <= len(text) for block in blocks)


@given(texts)
def test_only_the_marks_of_items_and_comments_stand_between_blocks(text: str) -> None:
    end, between = 0, []
    for block in blocks_of_text(text):
        between.append(text[end : block.span.start])
        end = block.span.end
    between.append(text[end:])
    assert set("".join("".join(between).split())) <= set("-*•·‣◦▪●○–+o#%;/")


@given(texts)
def test_parts_and_what_is_leant_on_lie_in_the_text(text: str) -> None:
    for block in blocks_of_text(text):
        assert all(part.value.within(block.span) and part.value.start < part.value.end for part in block.parts)
        assert all(part.name is None or part.name.end <= len(text) for part in block.parts)
        assert all(span.end <= len(text) for span in block.leans_on)
