"""What the reader's judgement does to the order of passages."""

from collections.abc import Sequence

from rag.domain import Document, Origin, Passage, ScoredPassage, Span
from rag.ports import Reading
from rag.search.rerank import CANDIDATES, ReadPassage, rerank, spread


def found(count: int) -> list[ScoredPassage]:
    texts = [f"Passage number {place}." for place in range(count)]
    cut = [
        Passage.cut(Document(id=f"d{place:02}", text=text, origin=Origin(f"{place}.txt")), Span(0, len(text)))
        for place, text in enumerate(texts)
    ]
    return [ScoredPassage(passage, 1 / (1 + place)) for place, passage in enumerate(cut)]


class Favouring:
    """A reader to whom one passage alone is relevant."""

    def __init__(self, favourite: str) -> None:
        self.favourite = favourite
        self.read_count = 0

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        self.read_count += len(passages)
        return [Reading(8.0 if passage.document == self.favourite else -4.0, (), 0.5) for passage in passages]


def test_what_the_reader_finds_relevant_rises() -> None:
    ranked = rerank("?", found(10), reader=Favouring("d07"), limit=3)
    assert [one.passage.document for one in ranked] == ["d07", "d00", "d01"]
    assert ranked[0].reading == Reading(8.0, (), 0.5)


def test_a_question_in_parts_keeps_its_order() -> None:
    ranked = rerank("?", found(10), reader=Favouring("d07"), limit=8, keep_order=True)
    assert [one.passage.document for one in ranked] == [f"d{place:02}" for place in range(8)]
    assert ranked[7].reading == Reading(8.0, (), 0.5)


def test_without_a_reader_the_order_stays() -> None:
    ranked = rerank("?", found(10), reader=None, limit=3)
    assert [one.passage.document for one in ranked] == ["d00", "d01", "d02"]
    assert all(one.reading is None for one in ranked)


def test_only_so_many_passages_are_read() -> None:
    reader = Favouring("d00")
    ranked = rerank("?", found(CANDIDATES + 20), reader=reader, limit=CANDIDATES + 10)
    assert reader.read_count == CANDIDATES
    assert [one.passage.document for one in ranked[CANDIDATES:]] == [f"d{CANDIDATES + place}" for place in range(10)]


def test_nothing_found_is_nothing_ranked() -> None:
    assert rerank("?", [], reader=Favouring("d00"), limit=8) == []


def of_documents(*documents: str, scores: Sequence[float] = ()) -> list[ReadPassage]:
    text = "A passage."
    return [
        ReadPassage(Passage.cut(Document(id=name, text=text, origin=Origin(name)), Span(0, len(text))), score)
        for name, score in zip(documents, scores or [1.0] * len(documents), strict=True)
    ]


def test_one_document_gives_two_of_the_passages_while_others_are_about_as_good() -> None:
    best = spread(of_documents("a", "a", "a", "b", "a", "c"), {}, limit=4)
    assert [one.passage.document for one in best] == ["a", "a", "b", "c"]


def test_copies_of_one_story_count_as_one_document() -> None:
    best = spread(of_documents("a", "b", "c", "d"), {"a": "a", "b": "a", "c": "a"}, limit=3)
    assert [one.passage.document for one in best] == ["a", "b", "d"]


def test_a_passage_that_says_much_more_does_not_wait_for_worthless_ones() -> None:
    read = of_documents("manual", "manual", "manual", "b", "c", scores=[9.0, 8.5, 8.0, 7.5, -4.0])
    assert [one.passage.document for one in spread(read, {}, limit=4)] == ["manual", "manual", "b", "manual"]


def test_further_copies_of_a_story_wait_however_well_they_fit() -> None:
    read = of_documents("a", "b", "c", "other", scores=[9.0, 9.0, 9.0, -4.0])
    best = spread(read, {"a": "a", "b": "a", "c": "a"}, limit=3)
    assert [one.passage.document for one in best] == ["a", "b", "other"]


def test_where_there_is_nothing_else_a_document_gives_more() -> None:
    assert len(spread(of_documents("a", "a", "a"), {}, limit=3)) == 3
