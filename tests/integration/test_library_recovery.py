"""What the library does where its files, its folder or another process are not as one would wish."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from rag.domain import Document, Origin, Span
from rag.errors import LibraryBusyError, LibraryError
from rag.library.keeper import shared_keeper
from rag.library.library import DiskLibrary
from rag.library.seal import Seal
from rag.library.vectors import VectorStore
from rag.ports import Vectors
from rag.settings import load_settings
from tests.integration.test_library import DIMENSION, open_library, put, unit_vectors
from ui.doctor import examine


@pytest.fixture
def library(tmp_path: Path) -> Iterator[DiskLibrary]:
    opened = open_library(tmp_path / "library")
    yield opened
    opened.close()


def is_sealed(library: DiskLibrary) -> bool:
    return library.catalog.seal() == Seal.of(library.folder / "chroma")


def test_opening_and_searching_leave_the_seal_whole(library: DiskLibrary) -> None:
    vectors = put(library, "a.txt", [f"Sentence number {number}." for number in range(40)])
    assert is_sealed(library)
    for _ in range(3):
        library.close()
        library = open_library(library.folder)
        assert library.search_vectors(vectors[7], limit=1)[0].passage.text == "Sentence number 7."
        assert is_sealed(library)


def test_writing_opens_no_vectors_in_this_process(library: DiskLibrary) -> None:
    put(library, "a.txt", ["The bridge fell."])
    assert library._vectors is None


def test_many_vectors_are_written_while_more_is_stored(library: DiskLibrary) -> None:
    sentences = [f"Sentence number {number}." for number in range(1500)]
    with library.writing() as writer:
        for name in ("a", "b"):
            text = "\n".join([name, *sentences])
            spans = [Span(text.index(sentence), text.index(sentence) + len(sentence)) for sentence in sentences]
            document, vectors = Document(name, text, Origin(name)), unit_vectors(1500, seed=ord(name))
            writer.put(document, source=f"/{name}", sha256=name, spans=spans, vectors=vectors)
            if name == "a":
                assert writer._adding is not None
                assert writer._adding.result()
                assert not is_sealed(library)
    assert library.problems() == []
    assert library.search_vectors(vectors[7], limit=1)[0].passage.text == "Sentence number 7."


def test_what_is_gone_before_its_vectors_are_written_is_left_out(library: DiskLibrary) -> None:
    with library.writing() as writer:
        for version in range(3):  # each takes the place of the one before
            sentences = [f"Sentence number {number} of {version}." for number in range(1200)]
            text = "\n".join(sentences)
            spans = [Span(text.index(sentence), text.index(sentence) + len(sentence)) for sentence in sentences]
            document, vectors = Document("a", text, Origin("a")), unit_vectors(1200, seed=version)
            writer.put(document, source="/a", sha256=f"{version}", spans=spans, vectors=vectors)
    assert library.problems() == []
    assert library.catalog.counts() == (1, 1200)


def test_a_library_without_a_seal_gets_one(library: DiskLibrary) -> None:
    vectors = put(library, "a.txt", ["The bridge fell."])
    library.close()
    with closing(sqlite3.connect(library.folder / "catalog.sqlite3", isolation_level=None)) as catalog:
        catalog.execute("DELETE FROM meta WHERE key = 'seal'")
    again = open_library(library.folder)
    assert again.search_vectors(vectors[0], limit=1)[0].passage.text == "The bridge fell."
    assert is_sealed(again)
    again.close()


def test_an_ingest_that_changes_nothing_leaves_no_mark(library: DiskLibrary) -> None:
    put(library, "a.txt", ["The bridge fell."])
    before = library.catalog.facts()
    with library.writing():
        pass
    assert library.catalog.facts() == before


def test_passages_with_equal_vectors_are_no_damage(library: DiskLibrary) -> None:
    sentences = [f"Sentence number {number}." for number in range(60)]
    text = "\n".join(sentences)
    spans = [Span(text.index(sentence), text.index(sentence) + len(sentence)) for sentence in sentences]
    vectors = np.repeat(unit_vectors(1, seed=1), len(spans), axis=0)
    with library.writing() as writer:
        document = Document(id="a", text=text, origin=Origin("a"))
        writer.put(document, source="/a", sha256="a", spans=spans, vectors=vectors)
    assert library.problems() == []


def test_vectors_that_have_nothing_in_common_are_stored(tmp_path: Path) -> None:
    apart = np.eye(1200, dtype=np.float32)  # by the graph, hardly one is found from another
    library = DiskLibrary(tmp_path / "library", embedder="test", dimension=len(apart), create=True)
    spans = [Span(at, at + 1) for at in range(len(apart))]
    with library.writing() as writer:
        writer.put(Document("a", "a" * len(apart), Origin("a")), source="/a", sha256="a", spans=spans, vectors=apart)
    assert library.vectors() is not None
    assert is_sealed(library)
    library.close()


def test_the_vectors_are_made_anew_when_many_were_removed(library: DiskLibrary) -> None:
    for version in range(4):
        vectors = put(library, "a.txt", [f"Sentence number {number} of {version}." for number in range(400)])
    assert library.catalog.removed() == 0
    assert library.problems() == []
    assert library.search_vectors(vectors[7], limit=1)[0].passage.text == "Sentence number 7 of 3."


def test_few_removals_leave_the_vectors_as_they_are(library: DiskLibrary) -> None:
    for version in range(3):
        put(library, "a.txt", [f"Sentence number {number} of {version}." for number in range(400)])
    assert library.catalog.removed() == 800


def test_the_vectors_wait_for_a_child_whose_parent_was_killed(library: DiskLibrary) -> None:
    vectors = put(library, "a.txt", ["The bridge fell."])
    library.close()
    again = open_library(library.folder)
    with FileLock(library.folder / "child.lock"):
        assert again.vectors() is None
        assert again.search_vectors(vectors[0], limit=1)[0].passage.text == "The bridge fell."
        with pytest.raises(LibraryBusyError), again.writing():
            pass
    assert again.vectors() is not None
    again.close()


def test_a_child_that_crashes_is_replaced_and_the_vectors_made_anew(library: DiskLibrary) -> None:
    vectors = put(library, "a.txt", ["The bridge fell."])
    keeper = shared_keeper()
    with library.writing() as writer:
        document = Document(id="b", text="The tower stands.", origin=Origin("b"))
        new = unit_vectors(1, seed=2)
        writer.put(document, source="/b", sha256="b", spans=[Span(0, 17)], vectors=new)
        assert keeper._child is not None
        os.kill(keeper._child._process.pid, signal.SIGKILL)
    found = [library.search_vectors(vector, limit=1)[0].passage.text for vector in (vectors[0], new[0])]
    assert found == ["The bridge fell.", "The tower stands."]
    assert library.problems() == []


@pytest.mark.skipif(sys.platform == "win32", reason="there a child cannot see that its parent is gone")
def test_a_child_whose_parent_is_gone_lets_go_of_the_vectors(library: DiskLibrary) -> None:
    put(library, "a.txt", ["The bridge fell."])
    start = (
        "import os, sys, signal; from pathlib import Path; from rag.domain import Document, Origin, Span\n"
        "from tests.integration.test_library import open_library, unit_vectors\n"
        "library = open_library(Path(sys.argv[1]))\n"
        "with library.writing() as writer:\n"
        "    writer.put(Document('b', 'b' * 2000, Origin('b')), source='/b', sha256='b',\n"
        "        spans=[Span(at, at + 1) for at in range(2000)], vectors=unit_vectors(2000, seed=1))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", start, str(library.folder)], timeout=60)
    with FileLock(library.folder / "child.lock").acquire(timeout=60):
        pass
    assert library.vectors() is not None
    assert library.problems() == []
    assert library.catalog.counts() == (2, 2001)


def test_a_reader_finds_a_document_as_soon_as_it_is_stored(library: DiskLibrary) -> None:
    old = put(library, "old.txt", ["The bridge fell."], seed=1)
    reader = open_library(library.folder)
    new = unit_vectors(1, seed=2)
    with library.writing() as writer:
        document = Document(id="new", text="The tower stands.", origin=Origin("new"))
        writer.put(document, source="/new", sha256="new", spans=[Span(0, 17)], vectors=new)
        assert reader.vectors() is None
        found = [reader.search_vectors(vector, limit=1)[0].passage.text for vector in (old[0], new[0])]
    assert found == ["The bridge fell.", "The tower stands."]
    assert reader.search_vectors(new[0], limit=1)[0].passage.text == "The tower stands."
    assert reader.vectors() is not None
    reader.close()


def test_nobody_repairs_what_another_writes(library: DiskLibrary) -> None:
    put(library, "a.txt", ["The bridge fell."])
    second = open_library(library.folder)
    with library.writing(), pytest.raises(LibraryBusyError, match="another process"):
        second.repair()
    second.close()


@pytest.mark.parametrize("size", [0, 100, 4096, 20_000])
def test_a_truncated_catalog_is_one_clear_line(library: DiskLibrary, size: int) -> None:
    put(library, "a.txt", [f"Sentence number {number}." for number in range(200)])
    library.close()
    os.truncate(library.folder / "catalog.sqlite3", size)
    with pytest.raises(LibraryError, match=r"Cannot (open|read) the catalog|The catalog .* is empty") as refused:
        open_library(library.folder).search_keywords("sentence", limit=5)
    assert "\n" not in str(refused.value)


def test_doctor_tells_that_the_catalog_is_gone(library: DiskLibrary) -> None:
    put(library, "a.txt", ["The bridge fell."])
    library.close()
    (library.folder / "catalog.sqlite3").unlink()
    health = examine(load_settings(library=library.folder))
    assert health.exit_code == 4
    assert "is missing, though there are vectors" in health.problems[0]


def test_doctor_tells_of_a_writer_that_was_cut_short_and_repair_mends_it(library: DiskLibrary) -> None:
    put(library, "a.txt", ["The bridge fell."])
    document = Document(id="b", text="The tower stands.", origin=Origin("b"))
    library.catalog.put(document, source="/b", sha256="b", spans=[Span(0, 17)], vectors=unit_vectors(1, seed=2))
    assert [problem.split(":")[0] for problem in library.problems()] == [
        "A writer did not finish",
        "1 passages have no vector, 0 vectors have no passage (1 are counted).",
    ]
    library.repair()
    assert library.problems() == []


def test_what_the_catalog_cannot_take_is_told_with_the_documents_name(library: DiskLibrary) -> None:
    put(library, "a.txt", ["The bridge fell."])
    [[pages]] = library.catalog._connection.execute("PRAGMA page_count").fetchall()
    library.catalog._connection.execute(f"PRAGMA max_page_count = {pages + 4}")  # as if the disk held no more
    with pytest.raises(LibraryError, match=r"^b.txt was not stored. .*disk is full"):
        put(library, "b.txt", [f"Sentence number {number}." for number in range(2000)])


def test_a_catalog_that_cannot_be_opened_is_not_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite3").mkdir()
    with pytest.raises(LibraryError, match=r"^Cannot open the catalog .*: unable to open database file\.$"):
        open_library(tmp_path)


def test_nothing_is_written_into_a_library_that_was_removed(library: DiskLibrary) -> None:
    put(library, "a.txt", ["The bridge fell."])
    shutil.rmtree(library.folder)
    with pytest.raises(LibraryError, match=r"was removed while it was open\. Start again, and ingest\.$"):
        put(library, "b.txt", ["The tower stands."])


def can_mount() -> bool:
    return (
        bool(shutil.which("unshare"))
        and subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode == 0
    )


@pytest.mark.skipif(not can_mount(), reason="this machine does not let a test mount a folder anew (unshare)")
def test_a_library_that_cannot_be_written_can_be_asked(library: DiskLibrary, repository: Path) -> None:
    put(library, "a.txt", ["The bridge fell.", "Nobody was hurt."], seed=1)
    library.close()
    script = (
        "import sys; from pathlib import Path; from rag.errors import LibraryError;"
        "from tests.integration.test_library import open_library, put, unit_vectors;"
        "library = open_library(Path(sys.argv[1]), create=False);"
        "print(library.search_vectors(unit_vectors(2, seed=1)[1], limit=1)[0].passage.text)\n"
        "try: put(library, 'b.txt', ['The tower stands.'])\n"
        "except LibraryError as error: print(error)"
    )
    mount = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && exec "$2" -c "$3" "$1"'
    command = ["unshare", "-rm", "sh", "-c", mount, "sh", str(library.folder), sys.executable, script]
    environment = {**os.environ, "PYTHONPATH": str(repository)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)
    asked, refused = done.stdout.splitlines()
    assert asked == "Nobody was hurt."
    assert refused.startswith("Cannot write the library")


def test_every_vector_is_compared_where_chroma_cannot_be_asked(library: DiskLibrary) -> None:
    vectors = put(library, "a.txt", [f"Sentence number {number}." for number in range(50)])
    found = library.catalog.nearest(vectors[31], limit=3)
    expected = np.sort(vectors @ vectors[31])[::-1][:3]
    assert vectors.shape == (50, DIMENSION)
    assert np.allclose([score for _, score in found], expected, atol=1e-3)


def test_a_writer_lets_a_search_of_another_thread_end(library: DiskLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = put(library, "a.txt", [f"Sentence number {number}." for number in range(30)])
    search, begun = VectorStore.search, threading.Event()

    def slow_search(store: VectorStore, vector: Vectors, *, limit: int) -> list[tuple[int, float]]:
        begun.set()
        time.sleep(0.2)  # so long that the writer surely comes meanwhile
        return search(store, vector, limit=limit)

    monkeypatch.setattr(VectorStore, "search", slow_search)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(library.search_vectors, vectors[7], limit=1)
        begun.wait(60)
        put(library, "b.txt", ["The tower stands."], seed=1)
        assert asked.result()[0].passage.text == "Sentence number 7."


def test_a_question_does_not_wait_for_a_writer_of_its_own_process(library: DiskLibrary) -> None:
    vectors = put(library, "a.txt", ["The bridge fell."])
    with library.writing(), ThreadPoolExecutor(1) as pool:
        [found] = pool.submit(library.search_vectors, vectors[0], limit=1).result(timeout=60)
    assert found.passage.text == "The bridge fell."
