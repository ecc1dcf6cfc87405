"""The library as the page shows it: found, filtered, removed and put back; and what uploads must never do."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import fastapi
import pytest
from starlette.requests import ClientDisconnect
from starlette.testclient import TestClient

from ingest.report import Failure, IngestReport
from rag.assistant import Assistant
from rag.domain import Document, Origin, Span, Within
from rag.library.library import DiskLibrary
from rag.settings import Settings
from rag.wiring import Parts
from tests.fakes import HashEmbedder
from ui.web.library import UNDO_SECONDS, LibraryDesk
from ui.web.naming import name_of
from ui.web.uploads import Inbox

DAY = "2024-05-{:02}"


def put(assistant: Assistant, id_: str, *, source: str = "", tags: tuple[str, ...] = (), **origin: Any) -> None:
    text = f"The report {id_} tells of the mill at Oster."
    with assistant.library.writing() as writer:
        document = Document(id_, text, Origin(**{"path": f"news/{id_}.txt", **origin}))
        vectors = assistant.embedder.embed([text])
        spans = [Span(0, len(text))]
        writer.put(document, source=source or f"/news/{id_}.txt", sha256=id_, spans=spans, vectors=vectors, tags=tags)


def adding(paths: list[Path]) -> IngestReport:
    return IngestReport(failed=tuple(Failure(path.name, f"Cannot read {path.name}.") for path in paths))


class Clock:
    """A clock that tests set."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[LibraryDesk]:
    embedder = HashEmbedder()
    library = DiskLibrary(tmp_path / "lib", embedder=embedder.name, dimension=embedder.dimension, create=True)
    assistant = Assistant(Parts(library, embedder), Settings(library=tmp_path / "lib"))
    inbox = Inbox([".txt", ".csv"])
    yield LibraryDesk(assistant, inbox, adding, now=clock)
    inbox.close()
    assistant.close()


def test_many_documents_are_shown_page_by_page(desk: LibraryDesk) -> None:
    for number in range(120):
        put(desk.assistant, f"{number:03}")
    pages = [desk.listed({"first": first}) for first in (0, 50, 100)]
    assert [page.count("data-item=") for page in pages] == [50, 50, 20]
    assert "101–120 of 120" in pages[2]


def test_documents_are_found_by_words_of_title_and_path(desk: LibraryDesk) -> None:
    put(desk.assistant, "a", title="Der Bär im Hafen")
    put(desk.assistant, "b", path="letters/harbour.txt")
    assert ["data-item" in desk.listed({"words": words}) for words in ("BÄR hafen", "letters", "tram")] == [
        True,
        True,
        False,
    ]


def test_documents_are_filtered_by_kind_folder_tag_and_outlet(desk: LibraryDesk) -> None:
    put(desk.assistant, "a", outlet="Oster Post")
    put(desk.assistant, "b", path="letters/b.pdf", tags=("mine",))
    put(desk.assistant, "c", path="rows.csv#3")
    for told, fits in [({"suffix": ".pdf"}, "b"), ({"suffix": ".csv"}, "c"), ({"part": "mine"}, "b"),
                       ({"part": "letters"}, "b"), ({"part": "Oster Post"}, "a")]:  # fmt: skip
        html = desk.listed(told)
        assert html.count("data-item=") == 1
        assert f'data-item="{name_of(fits)}"' in html


def test_the_newest_stands_first_where_that_is_asked(desk: LibraryDesk) -> None:
    for day in (3, 9, 5):
        put(desk.assistant, f"d{day}", published=DAY.format(day))
    html = desk.listed({"order": "newest"})
    assert html.index("9 May") < html.index("5 May") < html.index("3 May")


@pytest.mark.parametrize("told", [{"first": -1}, {"order": "x"}, {"words": "x" * 300}, {"part": 3}, []])
def test_a_page_that_makes_no_sense_is_one_line(desk: LibraryDesk, told: Any) -> None:
    assert 'class="error"' in desk.listed(told)


def token_of(html: str) -> str:
    return html.split('data-undo="')[1].split('"')[0]


def test_a_removed_document_is_gone_from_searches_and_comes_back_as_it_was(desk: LibraryDesk) -> None:
    put(desk.assistant, "a", title="Mill", tags=("mine",))
    library = desk.assistant.library
    with library.writing() as writer:
        writer.link(source="/copy.txt", path="copy.txt", sha256="a2", document="a")
    before = library.document("a"), library.catalog.entries(), library.catalog.tags_of("a")
    told, shown = desk.changed({"remove": name_of("a")})
    assert "Removed Mill." in told
    assert shown is not None
    assert library.search_keywords("mill", limit=5) == []
    assert library.catalog.entries() == {}
    told, _ = desk.changed({"undo": token_of(told)})
    assert "Mill is back." in told
    assert (library.document("a"), library.catalog.entries(), library.catalog.tags_of("a")) == before
    assert len(library.search_vectors(desk.assistant.embedder.embed(["mill"])[0], limit=5)) == 1
    assert library.catalog.holds_any(Within(only=("mine",)))


def test_after_a_while_nothing_is_undone_and_an_uploaded_file_is_deleted(desk: LibraryDesk, clock: Clock) -> None:
    uploads = desk.assistant.library.folder / "uploads"
    uploads.mkdir()
    (uploads / "a.txt").write_text("words")
    put(desk.assistant, "a", source=str(uploads / "a.txt"))
    token = token_of(desk.changed({"remove": name_of("a")})[0])
    assert (uploads / "a.txt").exists()
    clock.seconds += UNDO_SECONDS + 1
    assert "too late" in desk.changed({"undo": token})[0]
    assert not (uploads / "a.txt").exists()


def test_a_file_that_nobody_uploaded_stays_and_that_is_told(desk: LibraryDesk, tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("words")
    put(desk.assistant, "a", source=str(file))
    assert "Its file stays where it is" in desk.changed({"remove": name_of("a")})[0]
    desk.tidy(all_=True)
    assert file.exists()


@pytest.mark.parametrize("told", [{"remove": "zz"}, {"remove": name_of("nowhere")}, {"undo": "x"}, {"remove": 3}])
def test_what_cannot_be_done_is_one_line_and_changes_nothing(desk: LibraryDesk, told: dict[str, Any]) -> None:
    put(desk.assistant, "a")
    said, shown = desk.changed(told)
    assert 'class="error"' in said
    assert shown is None
    assert desk.assistant.library.catalog.counts()[0] == 1


def test_a_file_that_failed_is_told_with_its_reason_until_it_is_dismissed(desk: LibraryDesk, tmp_path: Path) -> None:
    (tmp_path / "bad").write_text("x")
    desk.inbox.put("t", "bad.txt", tmp_path / "bad")
    list(desk.added({"tokens": ["t"]}))
    html = desk.listed({})
    assert "Cannot read bad.txt." in html
    number = html.split('data-dismiss="')[1].split('"')[0]
    desk.changed({"dismiss": number})
    assert "Cannot read bad.txt." not in desk.listed({})


def test_an_upload_leaves_the_document_that_is_open(desk: LibraryDesk) -> None:
    *_, (_, shown) = desk.added({"tokens": [], "refused": ["x was not added"], "browsed": None})
    assert shown is not None
    assert shown.pane is None


def test_a_library_that_was_removed_under_the_page_is_told(desk: LibraryDesk) -> None:
    put(desk.assistant, "a")
    for file in desk.assistant.library.folder.glob("catalog.sqlite3*"):
        file.unlink()
    assert "was removed while it was open" in desk.listed({})
    assert "was removed while it was open" in desk.greet().welcome


# -- uploads -----------------------------------------------------------------------------------------------------------


def served(inbox: Inbox) -> TestClient:
    app = fastapi.FastAPI()
    app.add_api_route("/upload", inbox.receive, methods=["POST"])
    return TestClient(app)


def test_files_of_several_visitors_wait_together_and_none_is_lost() -> None:
    inbox = Inbox([".txt"])
    client = served(inbox)
    tokens = [client.post("/upload?name=a.txt", content=b"x").json()["token"] for _ in range(60)]
    assert len(inbox.take(tokens)) == 60
    inbox.close()


def test_where_too_many_files_wait_the_next_is_refused_for_now_and_none_is_lost() -> None:
    inbox = Inbox([".txt"], most_waiting=2)
    client = served(inbox)
    replies = [client.post("/upload?name=a.txt", content=b"x") for _ in range(3)]
    assert [reply.status_code for reply in replies] == [200, 200, 503]
    assert len(inbox.take([reply.json()["token"] for reply in replies[:2]])) == 2
    inbox.close()


def test_files_that_nobody_comes_back_for_are_deleted_after_a_while(clock: Clock) -> None:
    inbox = Inbox([".txt"], most_waiting=1, now=clock)
    client = served(inbox)
    assert client.post("/upload?name=a.txt", content=b"x").status_code == 200
    clock.seconds += 4000
    assert client.post("/upload?name=a.txt", content=b"x").status_code == 200
    inbox.close()


@pytest.mark.parametrize("name", ["metadata.csv", "Metadata.CSV", "x/metadata.csv"])
def test_a_sheet_that_tells_of_other_files_is_refused(name: str) -> None:
    inbox = Inbox([".csv"])
    reply = served(inbox).post("/upload", params={"name": name}, content=b"file,title\na.txt,Mine\n")
    assert reply.status_code == 415
    assert "tells of the files beside it" in reply.json()["error"]


class BrokenOff:
    """A request whose body ends in the middle."""

    query_params = {"name": "a.txt"}  # noqa: RUF012

    async def stream(self) -> AsyncIterator[bytes]:
        yield b"x" * 1000
        raise ClientDisconnect


def test_an_upload_that_is_broken_off_leaves_nothing(tmp_path: Path) -> None:
    inbox = Inbox([".txt"])
    broken: Any = BrokenOff()
    assert asyncio.run(inbox.receive(broken)).status_code == 400
    assert inbox._folder is not None
    assert list(inbox._folder.iterdir()) == []
    inbox.close()


class Full(BrokenOff):
    """A request for which the disk has no room."""

    async def stream(self) -> AsyncIterator[bytes]:
        raise OSError(28, "No space left on device")
        yield b""


def test_a_full_disk_is_told() -> None:
    inbox = Inbox([".txt"])
    full: Any = Full()
    reply = asyncio.run(inbox.receive(full))
    assert reply.status_code == 507
    assert b"No space left on device" in reply.body
    inbox.close()
