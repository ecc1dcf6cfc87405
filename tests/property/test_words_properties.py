"""Whatever the text, sentences lose nothing and verdicts do not fall over."""

from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from rag.domain import Document, Origin, Passage, Span, Verdict
from rag.evidence.verify import verify
from rag.text.sentences import sentences

texts = st.text(
    alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(" .!?\n\r\t\"'’[]()-12aAbB")),
    max_size=200,
)


@given(texts)
def test_sentences_are_in_order_and_do_not_overlap(text: str) -> None:
    spans = sentences(text)
    assert all(first.end <= second.start for first, second in pairwise(spans))


@given(texts)
def test_sentences_hold_every_visible_character(text: str) -> None:
    assert "".join("".join(span.of(text).split()) for span in sentences(text)) == "".join(text.split())


@given(texts, texts)
def test_a_verdict_points_into_the_passage(claim: str, text: str) -> None:
    passage = Passage.cut(Document(id="d", text=text, origin=Origin("d")), Span(0, len(text)))
    check = verify(claim, passage)
    assert check.span is None or check.span.end <= len(text)


@given(
    st.lists(st.sampled_from("Ardent banned grain from Belmar in 2023 not 12 crowns".split()), min_size=3, max_size=12)
)
def test_a_sentence_supports_itself(chosen: list[str]) -> None:
    text = " ".join(chosen) + "."
    passage = Passage.cut(Document(id="d", text=text, origin=Origin("d")), Span(0, len(text)))
    assume(set(chosen) != {"in"})  # a sentence without matter claims nothing
    assert verify(text, passage).verdict is Verdict.SUPPORTED
