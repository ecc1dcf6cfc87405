"""What stands beside documents, what was cleaned, and which documents tell one story, in a real library."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from ingest.report import IngestReport
from rag.library.library import DiskLibrary
from tests.fakes import HashEmbedder

STORY = " ".join(
    f"The {thing} of Weser was shut on Monday, and the {other} said that the {thing} will open in May."
    for thing, other in zip(
        "harbour lock gate canal bridge quay dock pier ferry tower mill market".split(),
        "mayor pilot minister captain porter farmer miller baker ferryman teacher banker clerk".split(),
        strict=True,
    )
)


class Place:
    """A folder of news and a library."""

    def __init__(self, folder: Path) -> None:
        self.embedder = HashEmbedder()
        self.library = DiskLibrary(folder / "library", embedder="hash", dimension=384, create=True)
        self.news = folder / "news"
        self.news.mkdir()

    def write(self, **files: str) -> None:
        for name, text in files.items():
            (self.news / f"{name}.txt").write_text(text)

    def metadata(self, *rows: str) -> None:
        (self.news / "metadata.csv").write_text("\n".join(["path,outlet,date", *rows]))

    def ingest(self) -> IngestReport:
        return ingest([self.news], into=self)

    def documents(self) -> dict[str, str]:
        return {origin.path: id_ for id_, origin in self.library.catalog.documents()}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path)
    yield place
    assert place.library.problems() == []
    place.library.close()


def test_a_sheet_beside_the_files_says_what_they_are(place: Place) -> None:
    place.write(a="Source: Oster Post\n\nThe harbour is shut.")
    place.metadata("a.txt,Weser Gazette,2024-05")
    assert place.ingest().added == ("news/a.txt",)
    document = place.library.document(place.documents()["news/a.txt"])
    assert (document.origin.outlet, document.origin.published) == ("Weser Gazette", "2024-05")
    assert document.known_by["outlet"] == "metadata.csv"


def test_a_sheet_with_other_delimiters_and_names_is_understood(place: Place) -> None:
    place.write(a="The harbour is shut.")
    (place.news / "metadata.csv").write_text(
        "\ufeffFile name;Publication;Date published\r\na.txt;Weser Gazette;May 2024\r\n"
    )
    assert place.ingest().added == ("news/a.txt",)
    origin = place.library.document(place.documents()["news/a.txt"]).origin
    assert (origin.outlet, origin.published) == ("Weser Gazette", "2024-05")


def test_a_changed_row_updates_its_document_alone(place: Place) -> None:
    place.write(a="The harbour is shut.", b="The lock is open.")
    place.metadata("a.txt,Weser Gazette,2024")
    place.ingest()
    place.metadata("a.txt,Oster Post,2024")
    report = place.ingest()
    assert (report.updated, report.unchanged) == (("news/a.txt",), 1)
    assert place.library.document(place.documents()["news/a.txt"]).origin.outlet == "Oster Post"


def test_a_copy_survives_when_a_row_changes(place: Place) -> None:
    place.write(a="The harbour is shut.", b="The harbour is shut.")
    place.ingest()
    place.metadata("a.txt,Oster Post,2024")
    place.ingest()
    assert set(place.library.catalog.entries()) == {str((place.news / name).resolve()) for name in ("a.txt", "b.txt")}
    assert place.ingest().unchanged == 2


def test_a_sheet_that_names_no_files_is_a_table_like_any_other(place: Place) -> None:
    (place.news / "metadata.csv").write_text("lock,toll\nDunmar,410\n")
    assert place.ingest().added == ("news/metadata.csv",)


def test_a_row_cannot_reach_out_of_its_folder(place: Place) -> None:
    place.write(a="The harbour is shut.")
    place.metadata("../news/a.txt,Weser Gazette,2024", "../../a.txt,Oster Post,2024")
    assert place.ingest().added == ("news/a.txt",)


def test_a_story_printed_by_several_is_linked(place: Place) -> None:
    half = STORY[: len(STORY) * 2 // 3]
    place.write(a=STORY, b=f"OSTER POST\n\n{STORY}\n\nRead more.", c=half, d="Nothing of it is said here. " * 30)
    report = place.ingest()
    documents = place.documents()
    assert [retold.path for retold in report.retold] == ["news/b.txt", "news/c.txt"]
    stories = place.library.stories(list(documents.values()))
    assert {stories[documents[f"news/{name}.txt"]] for name in "abc"} == {documents["news/a.txt"]}
    assert stories[documents["news/d.txt"]] == documents["news/d.txt"]


def test_invoices_of_one_layout_are_stories_of_their_own(place: Place) -> None:
    terms = (
        "Please pay within 30 days. Goods remain ours until they are paid in full. Complaints must be in writing. " * 3
    )
    place.write(
        **{
            f"i{at}": f"Invoice {at}\n\nCustomer: No{at}\nTotal: {at * 7} EUR\nDue: {at} May\n\n{terms}"
            for at in range(9)
        }
    )
    assert place.ingest().retold == ()


def test_a_story_that_is_rewritten_is_linked_no_more(place: Place) -> None:
    place.write(a=STORY, b=STORY + " The end.")
    place.ingest()
    place.write(b="Nothing of it is said here, and all of it is new to the reader of this paper. " * 3)
    assert place.ingest().retold == ()
    document = place.documents()["news/b.txt"]
    assert place.library.stories([document]) == {document: document}


def test_what_was_cleaned_is_told_and_kept(place: Place) -> None:
    place.write(
        a="The board of it said that this is **it**, and that was the port’s word, not ours.".replace("’", "â€™")
    )
    (told,) = place.ingest().cleaned
    assert (told.path, told.cleaned) == ("news/a.txt", {"double_encoded": 1, "emphasis": 1})
    assert place.library.document(place.documents()["news/a.txt"]).cleaned == told.cleaned


def test_a_question_with_the_sound_word_finds_the_broken_one(place: Place) -> None:
    place.write(a="It was said that Norlandâ€™s harbour is shut.")
    place.ingest()
    (hit,) = place.library.search_keywords("Norland’s", limit=5)
    assert hit.passage.text == "It was said that Norlandâ€™s harbour is shut."
