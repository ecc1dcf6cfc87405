"""The library on a real SQLite file and real Chroma."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rag.domain import Document, Origin, Span
from rag.errors import LibraryBusyError, LibraryError, LibraryMismatchError
from rag.library.library import DiskLibrary
from rag.ports import Vectors

DIMENSION = 8


def unit_vectors(count: int, *, seed: int) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def open_library(folder: Path, *, embedder: str = "test", create: bool = True) -> DiskLibrary:
    return DiskLibrary(folder, embedder=embedder, dimension=DIMENSION, create=create)


def put(library: DiskLibrary, name: str, sentences: list[str], *, seed: int = 0, title: str | None = None) -> Vectors:
    """Stores a document whose passages are its sentences, one a line; returns their vectors."""
    text = "\n".join(sentences)
    starts = [sum(len(before) + 1 for before in sentences[:index]) for index in range(len(sentences))]
    spans = [Span(start, start + len(sentence)) for start, sentence in zip(starts, sentences, strict=True)]
    vectors = unit_vectors(len(sentences), seed=seed)
    document = Document(id=name, text=text, origin=Origin(path=name, title=title, published="2025-05-30"))
    with library.writing() as writer:
        writer.put(document, source=f"/{name}", sha256=f"sha of {text}", spans=spans, vectors=vectors)
    return vectors


@pytest.fixture
def library(tmp_path: Path) -> Iterator[DiskLibrary]:
    opened = open_library(tmp_path / "library")
    yield opened
    opened.close()


def test_a_passage_is_found_by_its_own_vector(library: DiskLibrary) -> None:
    vectors = put(library, "a.txt", ["The bridge fell.", "Nobody was hurt.", "It rained."])
    assert library.search_vectors(vectors[1], limit=1)[0].passage.text == "Nobody was hurt."


def test_a_passage_is_found_by_an_inflected_word(library: DiskLibrary) -> None:
    put(library, "a.txt", ["The bridges fell.", "Nobody was hurt."])
    assert [found.passage.text for found in library.search_keywords("Which bridge?", limit=5)] == ["The bridges fell."]


def test_a_passage_is_found_by_the_month_of_its_document(library: DiskLibrary) -> None:
    put(library, "a.txt", ["The bridge fell."])
    assert len(library.search_keywords("reports of May", limit=5)) == 1


@pytest.mark.parametrize(
    "query", ['"', "NEAR(a b)", "a* OR -b", "col:x", "(((", "'); DROP TABLE passages; --", "", "the of"]
)
def test_a_query_of_odd_characters_is_only_words(library: DiskLibrary, query: str) -> None:
    put(library, "a.txt", ["The bridge fell."])
    assert isinstance(library.search_keywords(query, limit=5), list)


def test_replacing_a_document_leaves_nothing_of_the_old_one(library: DiskLibrary) -> None:
    old = put(library, "a.txt", ["The bridge fell."], seed=1)
    put(library, "a.txt", ["The tower stands."], seed=2)
    assert library.search_keywords("bridge", limit=5) == []
    assert [found.passage.text for found in library.search_vectors(old[0], limit=5)] == ["The tower stands."]


def test_forgetting_one_of_two_copies_keeps_the_document(library: DiskLibrary) -> None:
    put(library, "a.txt", ["The bridge fell."])
    with library.writing() as writer:
        writer.link(source="/copy.txt", path="copy.txt", sha256="same", document="a.txt")
        writer.forget("/a.txt")
    assert (library.document("a.txt").text, library.document("a.txt").origin.path) == ("The bridge fell.", "copy.txt")


def test_forgetting_the_last_copy_removes_the_document(library: DiskLibrary) -> None:
    vectors = put(library, "a.txt", ["The bridge fell."])
    with library.writing() as writer:
        writer.forget("/a.txt")
    assert library.search_keywords("bridge", limit=5) == library.search_vectors(vectors[0], limit=5) == []


def test_half_a_document_is_never_stored(library: DiskLibrary) -> None:
    document = Document(id="a", text="One. Two.", origin=Origin("a"))
    with pytest.raises(ValueError, match="zip"), library.writing() as writer:
        writer.put(document, source="/a", sha256="a", spans=[Span(0, 4), Span(5, 9)], vectors=unit_vectors(1, seed=0))
    assert library.catalog.counts() == (0, 0)


def test_a_library_of_another_embedder_is_refused(tmp_path: Path) -> None:
    open_library(tmp_path, embedder="one").close()
    with pytest.raises(LibraryMismatchError, match="made by the embedder one, this one is other"):
        open_library(tmp_path, embedder="other")


def test_a_missing_library_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="There is no library"):
        open_library(tmp_path / "nowhere", create=False)
    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_is_no_catalog_is_named(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite3").write_bytes(b"this is no database, however long it goes on" * 100)
    with pytest.raises(LibraryError, match="Cannot open the catalog"):
        open_library(tmp_path)


def test_a_second_writer_is_told_to_wait(library: DiskLibrary) -> None:
    second = open_library(library.folder)
    with library.writing(), pytest.raises(LibraryBusyError, match="another process"), second.writing():
        pytest.fail("two writers at once")


def test_a_reader_sees_what_another_process_wrote(library: DiskLibrary) -> None:
    put(library, "a.txt", ["The bridge fell."], seed=1)
    library.search_vectors(unit_vectors(1, seed=1)[0], limit=1)  # the reader's Chroma is open by now
    script = (
        "import sys; from pathlib import Path; from tests.integration.test_library import open_library, put;"
        "put(open_library(Path(sys.argv[1])), 'b.txt', ['The tower stands.'], seed=2)"
    )
    subprocess.run([sys.executable, "-c", script, str(library.folder)], check=True, timeout=60)
    assert library.search_vectors(unit_vectors(1, seed=2)[0], limit=1)[0].passage.text == "The tower stands."


def test_vectors_that_vanished_are_rebuilt(library: DiskLibrary) -> None:
    vectors = put(library, "a.txt", ["The bridge fell.", "Nobody was hurt."])
    library.close()
    shutil.rmtree(library.folder / "chroma")
    again = open_library(library.folder)
    assert again.search_vectors(vectors[0], limit=1)[0].passage.text == "The bridge fell."


def test_a_writer_that_died_between_catalog_and_vectors_is_mended(library: DiskLibrary) -> None:
    put(library, "a.txt", ["The bridge fell."], seed=1)
    document = Document(id="b", text="The tower stands.", origin=Origin("b"))
    library.catalog.put(document, source="/b", sha256="b", spans=[Span(0, 17)], vectors=unit_vectors(1, seed=2))
    library.close()
    again = open_library(library.folder)
    assert again.search_vectors(unit_vectors(1, seed=2)[0], limit=1)[0].passage.document == "b"


@pytest.mark.parametrize("damage", ["empty database", "zeroed files"])
def test_damaged_vectors_are_found_and_repaired(library: DiskLibrary, damage: str) -> None:
    vectors = put(library, "a.txt", [f"Sentence number {number}." for number in range(40)])
    library.close()
    for path in (library.folder / "chroma").rglob("*"):
        if path.is_file():
            path.write_bytes(b"" if damage == "empty database" else bytes(path.stat().st_size))
    damaged = open_library(library.folder)
    assert damaged.problems()
    damaged.repair()
    assert damaged.problems() == []
    assert damaged.search_vectors(vectors[7], limit=1)[0].passage.text == "Sentence number 7."
    damaged.close()


def test_a_sound_library_has_no_problems(library: DiskLibrary) -> None:
    put(library, "a.txt", ["The bridge fell."])
    assert library.problems() == []


def test_linking_a_source_to_its_own_document_keeps_it(library: DiskLibrary) -> None:
    put(library, "a.txt", ["The bridge fell."])
    with library.writing() as writer:
        writer.link(source="/a.txt", path="a.txt", sha256="touched", document="a.txt")
    assert library.document("a.txt").text == "The bridge fell."


def test_more_passages_than_one_call_to_chroma_takes_all_go_in(library: DiskLibrary) -> None:
    vectors = put(library, "a.txt", [f"Sentence number {number}." for number in range(2600)])
    assert library.problems() == []
    assert library.search_vectors(vectors[2599], limit=1)[0].passage.text == "Sentence number 2599."


def test_a_full_disk_is_one_clear_error_and_keeps_what_was_there(library: DiskLibrary) -> None:
    put(library, "a.txt", ["The bridge fell."])
    [[pages]] = library.catalog._connection.execute("PRAGMA page_count").fetchall()
    library.catalog._connection.execute(f"PRAGMA max_page_count = {pages + 4}")  # as if the disk held no more
    with pytest.raises(LibraryError, match="disk is full"):
        put(library, "b.txt", [f"Sentence number {number}." for number in range(2000)])
    assert [found.passage.text for found in library.search_keywords("bridge", limit=5)] == ["The bridge fell."]
    assert library.catalog.counts() == (1, 1)
