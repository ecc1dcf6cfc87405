"""A library of the earlier version: nothing is lost when it is opened, asked, and read again."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ingest.pipeline import ingest, renew
from ingest.report import IngestReport
from rag.assistant import Assistant
from rag.domain import BlockKind, Document
from rag.errors import LibraryMismatchError
from rag.library.library import DiskLibrary
from rag.settings import load_settings
from rag.wiring import Parts
from tests.earlier import make_earlier
from tests.fakes import HashEmbedder

_BILL = "Bill of the Weser Board\n\nMonth: April 2025\nAmount due: 410 florins\n"
_NOTES = "# Locks\n\nThe lock of Dunmar is shut.\n\n- Its toll is 12 florins.\n- Its gate is oak.\n"


@dataclass
class Place:
    """A folder with a library and files; the library is opened anew for each thing that is done."""

    folder: Path
    embedder: HashEmbedder

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def open(self) -> DiskLibrary:
        embedder = self.embedder
        return DiskLibrary(self.folder / "library", embedder=embedder.name, dimension=embedder.dimension, create=True)

    def ingest(self, *names: str, **options: Any) -> IngestReport:
        return self._with(lambda parts: ingest([self.folder / name for name in names], into=parts, **options))

    def renew(self) -> IngestReport:
        return self._with(renew)

    def _with(self, do: Callable[[Parts], IngestReport]) -> IngestReport:
        library = self.open()
        try:
            report = do(Parts(library, self.embedder))
            assert library.vectors().ids() == set(library.catalog.passage_ids())
            return report
        finally:
            library.close()

    def age(self) -> None:
        make_earlier(self.folder / "library")

    def outdated(self) -> int:
        library = self.open()
        try:
            return library.catalog.outdated_count()
        finally:
            library.close()

    def documents(self) -> dict[str, Document]:
        library = self.open()
        try:
            return {origin.path: library.document(id_) for id_, origin in library.catalog.documents()}
        finally:
            library.close()

    def sources(self) -> dict[str, str]:
        library = self.open()
        try:
            return {entry.source: entry.document for entry in library.catalog.entries().values()}
        finally:
            library.close()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path, HashEmbedder())


def kinds(document: Document) -> set[BlockKind]:
    return {block.kind for block in document.blocks}


# -- opening ---------------------------------------------------------------------------------------------------------


def test_an_earlier_library_is_opened_with_all_it_holds(place: Place) -> None:
    place.write("docs/bill.txt", _BILL)
    place.write("docs/notes.md", _NOTES)
    place.ingest("docs")
    documents, sources = place.documents(), place.sources()
    place.age()
    assert (place.documents(), place.sources(), place.outdated()) == (documents, sources, 2)


def test_opening_an_earlier_library_embeds_nothing(place: Place) -> None:
    place.write("docs/bill.txt", _BILL)
    place.ingest("docs")
    place.age()
    place.embedder.embedded.clear()
    place.open().close()
    assert place.embedder.embedded == []


def test_passages_of_an_earlier_library_are_found_by_words_by_meaning_and_by_the_files_name(place: Place) -> None:
    place.write("docs/bill_0417.txt", _BILL)
    place.ingest("docs")
    place.age()
    library = place.open()
    found = [
        *library.search_keywords("florins", limit=3),
        *library.search_keywords("0417", limit=3),
        *library.search_vectors(place.embedder.embed(["Amount due: 410 florins"])[0], limit=3),
    ]
    library.close()
    assert ["410" in hit.passage.text for hit in found] == [True, True, True]


def test_an_earlier_library_is_upgraded_once(place: Place) -> None:
    place.write("docs/bill.txt", _BILL)
    place.ingest("docs")
    place.age()
    first, second = place.open(), place.open()
    schemas = [library.catalog.facts()["schema"] for library in (first, second)]
    first.close()
    second.close()
    assert schemas == ["4", "4"]


def test_an_earlier_library_of_another_embedder_is_refused_and_left_as_it_is(place: Place) -> None:
    place.write("docs/bill.txt", _BILL)
    place.ingest("docs")
    place.age()
    before = (place.folder / "library/catalog.sqlite3").read_bytes()
    with pytest.raises(LibraryMismatchError, match="made by the embedder hash"):
        DiskLibrary(place.folder / "library", embedder="other", dimension=384)
    assert (place.folder / "library/catalog.sqlite3").read_bytes() == before


def test_a_library_of_this_version_is_not_touched(place: Place) -> None:
    place.write("docs/bill.txt", _BILL)
    place.ingest("docs")
    place.embedder.embedded.clear()
    report = place.ingest("docs")
    assert (report.unchanged, report.notices, place.renew().passages, place.embedder.embedded) == (1, (), 0, [])


def test_an_earlier_library_that_cannot_be_written_is_asked_as_it_is(place: Place) -> None:
    place.write("docs/bill.txt", _BILL)
    place.ingest("docs")
    place.age()
    folder = place.folder / "library"
    folder.chmod(0o555)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("this user may write everywhere")
        library = place.open()
        [hit] = library.search_keywords("florins", limit=3)
        facts = (hit.passage.blocks, library.catalog.outdated_count(), library.catalog.facts()["schema"])
        library.close()
    finally:
        folder.chmod(0o755)
    assert facts == ((), 1, "2")


# -- reading again ---------------------------------------------------------------------------------------------------


def test_a_file_under_the_path_is_read_again_though_it_is_unchanged(place: Place) -> None:
    place.write("docs/notes.md", _NOTES)
    place.ingest("docs")
    place.age()
    report = place.ingest("docs")
    assert (report.updated, report.unchanged, report.notices) == (
        ("docs/notes.md",),
        0,
        ("1 document of an earlier version was read again.",),
    )
    assert BlockKind.ITEM in kinds(place.documents()["docs/notes.md"])


def test_what_was_read_again_is_unchanged_the_next_time(place: Place) -> None:
    place.write("docs/notes.md", _NOTES)
    place.ingest("docs")
    place.age()
    place.ingest("docs")
    report = place.ingest("docs")
    assert (report.unchanged, report.notices) == (1, ())


def test_a_file_elsewhere_is_read_again_with_what_stands_beside_it(place: Place) -> None:
    place.write("docs/bill.txt", _BILL)
    place.write("other/deep/notes.md", _NOTES)
    place.write("other/metadata.csv", "path,outlet\ndeep/notes.md,Weser Board\n")
    place.ingest("docs", "other")
    before = place.documents()
    place.age()
    report = place.ingest("docs")
    assert report.notices == ("2 documents of an earlier version were read again.",)
    after = place.documents()
    assert after == before
    assert after["other/deep/notes.md"].known_by["outlet"] == "metadata.csv"


def test_a_document_whose_file_is_gone_is_cut_again_from_its_stored_text(place: Place) -> None:
    place.write("docs/bill.txt", _BILL)
    place.write("docs/notes.md", _NOTES).unlink(missing_ok=place.ingest("docs").exit_code == 0)
    before, sources = place.documents(), place.sources()
    place.age()
    report = place.ingest("docs")
    assert report.notices[-1] == "2 documents of an earlier version were read again, 1 of them from their stored text."
    assert (place.documents(), place.sources(), place.outdated()) == (before, sources, 0)
    assert BlockKind.ITEM in kinds(place.documents()["docs/notes.md"])


def test_a_document_whose_file_can_no_longer_be_read_keeps_its_text(place: Place) -> None:
    place.write("docs/bill.txt", _BILL)
    lost = place.write("other/notes.md", _NOTES)
    place.ingest("docs", "other")
    place.age()
    lost.write_text("")
    report = place.ingest("docs")
    told = "Cannot read other/notes.md: it is empty (0 bytes). Its stored text is kept."
    assert (told in report.notices, report.failed) == (True, ())
    assert "Dunmar" in place.documents()["other/notes.md"].text


def test_records_are_read_again_with_their_file(place: Place) -> None:
    place.write("docs/ships.jsonl", '{"id": "a", "text": "One ship sails."}\n{"text": "Another ship sinks."}\n')
    place.ingest("docs")
    before = place.documents()
    place.age()
    report = place.ingest("docs")
    assert (report.removed, report.notices) == ((), ("2 documents of an earlier version were read again.",))
    assert (place.documents(), place.outdated()) == (before, 0)


def test_records_of_a_corpus_elsewhere_are_cut_again_from_their_stored_texts(place: Place) -> None:
    place.write("docs/bill.txt", _BILL)
    place.write("other/table.csv", "note,who\nThe mill stands.,Lindow\nThe weir leaks.,Arn\n")
    place.ingest("docs")
    place.ingest("other/table.csv", text_field="note")
    before = place.documents()
    place.age()
    report = place.ingest("docs")
    assert report.notices == ("3 documents of an earlier version were read again, 2 of them from their stored text.",)
    assert (place.documents(), place.outdated()) == (before, 0)


def test_the_text_field_of_a_run_is_none_of_tables_elsewhere(place: Place) -> None:
    place.write("other/table.csv", "note,who\nThe mill stands.,Lindow\nThe weir leaks.,Arn\n")
    place.ingest("other")
    before = place.documents()
    place.age()
    place.write("docs/new.csv", "note,day\nThe dam holds.,Monday\n")
    place.ingest("docs/new.csv", text_field="note")
    assert place.documents()["other/table.csv"] == before["other/table.csv"]


def test_copies_of_an_earlier_document_stay_copies_and_are_read_once(place: Place) -> None:
    place.write("docs/a.txt", _BILL)
    place.write("docs/b.txt", _BILL)
    place.ingest("docs")
    sources = place.sources()
    place.age()
    report = place.ingest("docs")
    assert (report.updated, report.unchanged, place.sources()) == (("docs/a.txt",), 1, sources)


def test_a_moved_file_is_read_again_where_it_lies_now(place: Place) -> None:
    path = place.write("docs/notes.md", _NOTES)
    place.ingest("docs")
    place.age()
    path.rename(path.with_name("moved.md"))
    report = place.ingest("docs")
    assert (list(place.documents()), report.notices) == (
        ["docs/moved.md"],
        ("1 document of an earlier version was read again.",),
    )


def test_what_is_pruned_is_not_read_again(place: Place) -> None:
    place.write("docs/bill.txt", _BILL)
    place.write("docs/notes.md", _NOTES).unlink(missing_ok=place.ingest("docs").exit_code == 0)
    place.age()
    report = place.ingest("docs", prune=True)
    assert (report.removed, report.notices) == (
        ("docs/notes.md",),
        ("1 document of an earlier version was read again.",),
    )


def test_a_run_that_is_broken_off_leaves_the_rest_for_the_next(place: Place) -> None:
    for number in range(300):  # more than one batch
        place.write(f"docs/{number}.txt", f"Report {number} tells of the lock. {'It is shut. ' * 20}")
    place.ingest("docs")
    before = place.documents()
    place.age()
    place.embedder = _BrokenEmbedder(2)
    with pytest.raises(RuntimeError, match="broken"):
        place.renew()
    place.embedder = HashEmbedder()
    assert 0 < place.outdated() < 300
    place.renew()
    assert (place.documents(), place.outdated()) == (before, 0)


class _BrokenEmbedder(HashEmbedder):
    """Embeds so many batches, then fails."""

    def __init__(self, batches: int) -> None:
        super().__init__()
        self._left = batches

    def embed(self, texts: Sequence[str]) -> Any:
        self._left -= 1
        if self._left < 0:
            raise RuntimeError("broken")
        return super().embed(texts)


# -- telling ---------------------------------------------------------------------------------------------------------


def test_the_first_question_alone_is_told_that_documents_are_of_an_earlier_version(place: Place) -> None:
    place.write("docs/bill.txt", _BILL)
    place.ingest("docs")
    place.age()
    assistant = Assistant(Parts(place.open(), place.embedder), load_settings())
    answers = [assistant.ask("What is the amount due for April 2025?") for _ in range(2)]
    assistant.close()
    told = "1 document was read by an earlier version: run `footnoted ingest` or `footnoted doctor --repair`."
    assert [told in answer.notices for answer in answers] == [True, False]
