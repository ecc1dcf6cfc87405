"""A part of the library: by path, tag, outlet, title and days."""

import sqlite3
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from rag.domain import Period, Within
from rag.errors import InputError
from rag.library.library import DiskLibrary
from rag.library.scope import scope_of
from rag.library.scoped import ScopedLibrary
from rag.wiring import Parts
from tests.fakes import HashEmbedder

_METADATA = "path,title,outlet,published\nleases/amari.txt,Lease of Rope Walk 4,Brandt Homes,2025-03-02\n"
_FILES = {
    "docs/metadata.csv": _METADATA + "leases/oduya.txt,Miete Ölmühle,Weser Wohnbau,2025-05\n",
    "docs/leases/amari.txt": "The rent of the flat is 812 florins a month.",
    "docs/leases/oduya.txt": "The rent of the flat is 940 florins a month.",
    "docs/bills/2025/water.txt": "The rent of the meter is 3 florins a month.",
    "docs/lease notes.txt": "The rent of the garage is 55 florins a month.",
}


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DiskLibrary:
    for name, text in _FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.chdir(tmp_path)
    return opened(tmp_path)


def opened(folder: Path) -> DiskLibrary:
    embedder = HashEmbedder()
    library = DiskLibrary(folder / "library", embedder=embedder.name, dimension=embedder.dimension, create=True)
    put(library, "docs")
    return library


def put(library: DiskLibrary, *paths: str, tags: tuple[str, ...] = ()) -> None:
    ingest(paths, into=Parts(library, HashEmbedder()), tags=tags)


def found(library: DiskLibrary, within: Within) -> set[str]:
    """The files that are found by words, which are those found by meaning."""
    scoped = ScopedLibrary(library, within)
    by_words = {hit.passage.origin.path for hit in scoped.search_keywords("rent", limit=9)}
    near = scoped.search_vectors(HashEmbedder().embed(["the rent of the flat"])[0], limit=9)
    assert {hit.passage.origin.path for hit in near} == by_words
    return {Path(path).stem for path in by_words}


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("docs/leases", {"amari", "oduya"}),
        ("leases/", {"amari", "oduya"}),
        ("2025", {"water"}),
        ("amari.txt", {"amari"}),
        ("LEASES/Amari.txt", {"amari"}),
        ("docs/bills/2025/water.txt", {"water"}),
        ("leases/*.txt", {"amari", "oduya"}),
        ("*notes*", {"lease notes"}),
        ("lease", {"amari"}),  # a word of its title; the folder `leases` is another word
        ("rope walk", {"amari"}),
        ("ölmühle", {"oduya"}),
        ("weser wohnbau", {"oduya"}),
    ],
)
def test_documents_are_named_by_path_tag_outlet_or_title(library: DiskLibrary, name: str, files: set[str]) -> None:
    assert found(library, Within(only=(name,))) == files


def test_a_folder_is_named_by_where_it_lies_on_the_disk(library: DiskLibrary, tmp_path: Path) -> None:
    assert found(library, Within(only=(str(tmp_path / "docs/bills"),))) == {"water"}


def test_of_several_names_any_will_do(library: DiskLibrary) -> None:
    assert found(library, Within(only=("bills", "amari.txt"))) == {"water", "amari"}


def test_names_and_days_both_hold(library: DiskLibrary) -> None:
    assert found(library, Within(only=("leases",), published=Period("2025-05-10", None))) == {"oduya"}


def test_a_part_that_a_question_names_stays_within_bounds(library: DiskLibrary) -> None:
    scoped = ScopedLibrary(library, Within(only=("leases",), published=Period(None, "2025-04-30")))
    within = Within(by=frozenset({"Weser Wohnbau"}), published=Period("2025-01-01", None))
    assert scoped.search_keywords("rent", limit=9, within=within) == []


@pytest.mark.parametrize(
    ("word", "within", "paths"),
    [
        ("note", Within(), ["docs/lease notes.txt"]),
        ("Waters", Within(), ["docs/bills/2025/water.txt"]),
        ("lease", Within(), ["docs/lease notes.txt"]),  # what an outlet published is no paper
        ("water", Within(only=("lease notes.txt",)), []),
        ("rent", Within(), []),  # a word of the text is none of the name
    ],
)
def test_papers_are_found_by_a_word_of_their_name(
    library: DiskLibrary, word: str, within: Within, paths: list[str]
) -> None:
    called = ScopedLibrary(library, within).called([word], limit=9)
    assert [origin.path for _, origin in called] == paths


def test_a_tag_is_given_also_to_what_is_unchanged(library: DiskLibrary) -> None:
    put(library, "docs/bills", tags=("paid", "home"))
    assert found(library, Within(only=("Paid",))) == {"water"}


def test_a_tag_outlasts_a_change_of_the_file(library: DiskLibrary) -> None:
    put(library, "docs/bills", tags=("paid",))
    Path("docs/bills/2025/water.txt").write_text("The rent of the meter is 4 florins a month.")
    put(library, "docs/bills")
    assert found(library, Within(only=("paid",))) == {"water"}


def test_a_tag_goes_with_a_file_that_is_moved(library: DiskLibrary) -> None:
    put(library, "docs/bills", tags=("paid",))
    Path("docs/bills/2025/water.txt").rename("docs/water_2025.txt")
    put(library, "docs")
    assert found(library, Within(only=("paid",))) == {"water_2025"}


def test_the_tags_of_a_document_are_its_folders_and_those_given(library: DiskLibrary) -> None:
    put(library, "docs/bills", tags=("paid",))
    [document] = [id_ for id_, origin in library.catalog.documents() if "water" in origin.path]
    assert library.catalog.tags_of(document) == ("2025", "bills", "docs", "paid")


def test_a_tag_of_no_letters_is_refused(library: DiskLibrary) -> None:
    with pytest.raises(InputError, match="is no tag"):
        put(library, "docs", tags=(" ",))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"only": ["leases", "lorries"]}, "No document fits 'lorries'."),
        ({"only": [" "]}, "No document fits ' '."),
        ({"since": "2026"}, "No document says that it was published since 2026."),
        ({"only": ["leases"], "until": "2024-12"}, "None of these documents says"),
        ({"since": "yesterday"}, "'yesterday' is no day, month or year for since."),
        ({"as_of": "2025"}, "'2025' is no day."),
    ],
)
def test_what_matches_nothing_is_told(library: DiskLibrary, options: dict[str, str], told: str) -> None:
    with pytest.raises(InputError, match=told.replace(".", r"\.")):
        scope_of(library.catalog, **options)


def test_a_library_of_the_version_before_gets_tags(library: DiskLibrary, tmp_path: Path) -> None:
    library.close()
    connection = sqlite3.connect(tmp_path / "library/catalog.sqlite3")
    connection.executescript("DROP TABLE tags; UPDATE meta SET value = '3' WHERE key = 'schema'")
    connection.close()
    again = opened(tmp_path)
    put(again, "docs/bills", tags=("paid",))
    assert (found(again, Within(only=("paid",))), again.catalog.facts()["schema"]) == ({"water"}, "4")
