"""Fusion of rankings."""

from rag.domain import Document, Origin, Passage, ScoredPassage, Span
from rag.retrieve import fuse


def scored(*names: str) -> list[ScoredPassage]:
    return [ScoredPassage(Passage.cut(Document(name, "text", Origin(name)), Span(0, 4)), 1.0) for name in names]


def order(*rankings: list[ScoredPassage]) -> list[str]:
    return [found.passage.document for found in fuse(*rankings)]


def test_a_passage_found_twice_rises_above_one_found_once_higher() -> None:
    assert order(scored("a", "b"), scored("c", "b"))[0] == "b"


def test_one_ranking_keeps_its_order() -> None:
    assert order(scored("b", "a", "c"), []) == ["b", "a", "c"]


def test_ties_are_broken_the_same_way_every_time() -> None:
    assert order(scored("b"), scored("a")) == order(scored("a"), scored("b")) == ["a", "b"]


def test_nothing_found_is_an_empty_list() -> None:
    assert fuse([], []) == []
