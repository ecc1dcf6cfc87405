"""Retrieval over a real library: sources, days, parts, the newest, the same document twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.domain import Document, Origin, Span, Within
from rag.library.library import DiskLibrary
from rag.library.scoped import ScopedLibrary
from rag.search.retrieve import retrieve
from tests.fakes import HashEmbedder

DOCUMENTS = {
    "lisk-may": (Origin("a", outlet="Lisk Post", published="2025-05-30"), "The canal was closed to barges of grain."),
    "lisk-june": (Origin("b", outlet="Lisk Post", published="2025-06-20"), "The canal was opened to barges of grain."),
    "dunmar": (Origin("c", outlet="Dunmar News", published="2025-05-31"), "The canal was closed to barges of coal."),
    "month": (Origin("d", outlet="Oster Review", published="2025-06"), "Barges of grain queued at the canal."),
    "undated": (Origin("e", author="Petra Lindow"), "Barges of grain may pass the canal by night."),
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[DiskLibrary]:
    embedder = HashEmbedder()
    opened = DiskLibrary(tmp_path / "library", embedder=embedder.name, dimension=embedder.dimension, create=True)
    with opened.writing() as writer:
        for name, (origin, text) in DOCUMENTS.items():
            document = Document(name, text, origin)
            spans = [Span(0, len(text))]
            writer.put(document, source=f"/{name}", sha256=name, spans=spans, vectors=embedder.embed([text]))
    yield opened
    opened.close()


def found(library: DiskLibrary, question: str, *, limit: int = 10, as_of: str | None = None) -> list[str]:
    scoped = ScopedLibrary(library, Within(as_of=as_of))
    hits = retrieve(question, library=scoped, embedder=HashEmbedder(), limit=limit)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    return [hit.passage.document for hit in hits]


def test_without_a_cue_every_document_is_searched(library: DiskLibrary) -> None:
    assert sorted(found(library, "Which barges pass the canal?")) == sorted(DOCUMENTS)


def test_a_source_is_searched_alone(library: DiskLibrary) -> None:
    assert found(library, "Was the canal closed to barges, according to Dunmar News?") == ["dunmar"]


def test_sources_take_turns(library: DiskLibrary) -> None:
    question = "Do the Lisk Post and Dunmar News articles both say that the canal was closed to barges of grain?"
    assert found(library, question, limit=2) == ["lisk-may", "dunmar"]


def test_an_author_named_as_the_source_is_searched_alone(library: DiskLibrary) -> None:
    assert found(library, "When may barges pass, as reported by Petra Lindow?") == ["undated"]


def test_the_day_of_a_report_decides(library: DiskLibrary) -> None:
    assert found(library, "What did the Lisk Post article of June 20, 2025 say of barges?") == ["lisk-june"]


def test_a_day_on_which_the_source_published_nothing_shuts_nothing_out(library: DiskLibrary) -> None:
    hits = found(library, "What did the Lisk Post article of 1 January 2020 say of barges?")
    assert sorted(hits) == ["lisk-june", "lisk-may"]


def test_a_period_comes_first_and_shuts_nothing_out(library: DiskLibrary) -> None:
    hits = found(library, "Which barges of grain did the canal see in May 2025?")
    assert hits[0] == "lisk-may"
    assert len(hits) == len(DOCUMENTS)


def test_the_latest_comes_first(library: DiskLibrary) -> None:
    assert found(library, "What is the latest on the canal: barges of grain?", limit=1) != ["lisk-may"]


@pytest.mark.parametrize(
    ("day", "left"),
    [
        ("2025-05-30", ["lisk-may"]),
        ("2025-06-15", ["dunmar", "lisk-may"]),  # a document of June may be later
        ("2025-06-30", ["dunmar", "lisk-june", "lisk-may", "month"]),
        ("1999-01-01", []),
    ],
)
def test_as_of_a_day_uses_only_what_was_published_for_certain(library: DiskLibrary, day: str, left: list[str]) -> None:
    assert sorted(found(library, "Which barges pass the canal?", as_of=day)) == left


def test_as_of_a_day_holds_for_sources_and_periods_too(library: DiskLibrary) -> None:
    assert found(library, "What do the Lisk Post articles say of barges in June 2025?", as_of="2025-06-01") == [
        "lisk-may"
    ]


def test_a_source_with_nothing_by_then_gives_what_others_have(library: DiskLibrary) -> None:
    assert found(library, "What did the Dunmar News report say of barges?", as_of="2025-05-30") == ["lisk-may"]


@pytest.mark.parametrize("question", ["?", "the", "according to", "'\"", "zzz qqq", "in 2025"])
def test_any_question_can_be_asked(library: DiskLibrary, question: str) -> None:
    assert isinstance(found(library, question), list)


def test_of_passages_as_good_those_of_other_documents_come_first(tmp_path: Path) -> None:
    embedder = HashEmbedder()
    library = DiskLibrary(tmp_path / "library", embedder=embedder.name, dimension=embedder.dimension, create=True)
    sentence = "The mill at Oster burned. "
    with library.writing() as writer:
        for name, times in (("long", 3), ("short", 1)):
            spans = [Span(at * len(sentence), (at + 1) * len(sentence)) for at in range(times)]
            vectors = embedder.embed([sentence] * times)
            document = Document(name, sentence * times, Origin(name))
            writer.put(document, source=name, sha256=name, spans=spans, vectors=vectors)
    order = found(library, "When did the mill at Oster burn?")
    library.close()
    assert order == ["long", "short", "long", "long"]


def test_an_empty_library_finds_nothing(tmp_path: Path) -> None:
    embedder = HashEmbedder()
    library = DiskLibrary(tmp_path / "library", embedder=embedder.name, dimension=embedder.dimension, create=True)
    assert found(library, "Who closed the canal, according to Reuters?") == []
    library.close()
