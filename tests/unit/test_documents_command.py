"""The documents of a library in the terminal: listed, shown, removed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.domain import Within
from rag.errors import InputError, LibraryError
from rag.library.library import DiskLibrary
from tests.fakes import HashEmbedder
from ui.documents import listed, meant, removed, shown, shown_json

PAPERS = {
    "leases/mill.txt": "Lease of the mill\n\nThe rent is 900 crowns.\n",
    "leases/tower.txt": "Lease of the tower\n\nThe rent is 300 crowns.\n",
    "notes/mill.txt": "Notes on the millstone\n\nIt is cracked.\n",
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[DiskLibrary]:
    for name, text in PAPERS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assistant = Assistant.open(tmp_path / "library", create=True, embedder=HashEmbedder())
    ingest([tmp_path / "leases", tmp_path / "notes"], into=assistant)
    yield assistant.library
    assistant.close()


def paths(library: DiskLibrary, words: str = "", limit: int | None = None) -> list[str]:
    return [one.origin.path for one in listed(library, words, Within(), limit=limit).documents]


def test_documents_are_listed_by_words_of_title_or_path(library: DiskLibrary) -> None:
    assert sorted(paths(library)) == sorted(PAPERS)
    assert paths(library, "tower") == ["leases/tower.txt"]
    assert paths(library, "cracked") == []


def test_how_many_more_there_are_is_told(library: DiskLibrary) -> None:
    found = listed(library, "", Within(), limit=1)
    assert (len(found.documents), found.found) == (1, 3)
    assert found.lines[-1].startswith("… and 2 more")


@pytest.mark.parametrize("name", ["leases/mill.txt", "tower", "lease of the tower", "tower.txt"])
def test_a_document_is_named_by_its_path_or_its_words(library: DiskLibrary, name: str) -> None:
    assert meant(library, name).origin.path == ("leases/mill.txt" if "mill" in name else "leases/tower.txt")


def test_a_document_is_named_by_its_id(library: DiskLibrary) -> None:
    one = meant(library, "tower")
    assert meant(library, one.document) == one


@pytest.mark.parametrize(("name", "told"), [("castle", "No document"), ("mill.txt", "2 documents fit")])
def test_a_name_that_fits_none_or_several_is_refused(library: DiskLibrary, name: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        meant(library, name)


def test_the_text_is_shown_as_it_is_stored_with_its_blocks(library: DiskLibrary) -> None:
    document = shown(library, "tower")
    told = shown_json(document)
    assert told["text"] == PAPERS["leases/tower.txt"]
    assert [told["text"][one["start"] : one["end"]] for one in told["blocks"]][-1] == "The rent is 300 crowns."


def test_a_document_that_is_removed_is_gone_and_its_file_is_not(library: DiskLibrary, tmp_path: Path) -> None:
    one = removed(library, "tower")
    assert sorted(paths(library)) == ["leases/mill.txt", "notes/mill.txt"]
    assert (tmp_path / "leases/tower.txt").exists()
    with pytest.raises(LibraryError):
        library.document(one.document)
