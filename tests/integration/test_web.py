"""The page's server: what it answers, what it refuses, and what it does with uploads."""

import asyncio
import json
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from eval.sample import load_own
from ingest.readers.kind import SUFFIXES, Kind, kind_of
from ingest.report import Failure, IngestReport
from rag.assistant import Assistant
from rag.domain import (
    Answer,
    AnswerEvent,
    Claim,
    Document,
    Finished,
    Mode,
    Origin,
    Outcome,
    Preliminary,
    Span,
    TextDelta,
    Turn,
    Verdict,
)
from rag.errors import InputError, LibraryBusyError, SettingsError
from rag.library.library import DiskLibrary
from rag.settings import Settings
from rag.wiring import Parts
from tests.answers import answered
from tests.fakes import HashEmbedder
from ui.serving import listen
from ui.web.conversation import Conversation
from ui.web.feedback import Feedback
from ui.web.guard import Guard
from ui.web.library import LibraryDesk
from ui.web.line import Line
from ui.web.naming import name_of, opener
from ui.web.page import create_app
from ui.web.uploads import MAX_FILE_BYTES, Inbox, keep, safe_name

MILL = "The mill at Oster burned down on 3 May 2024. A lamp fell over in the storeroom."
PAGE = "http://127.0.0.1:7860"


class Files:
    """Stands for ingest: remembers what it was given, and says what it is told to."""

    def __init__(self) -> None:
        self.given: list[Path] = []
        self.failing: tuple[str, ...] = ()
        self.error: Exception | None = None

    def __call__(self, paths: list[Path]) -> IngestReport:
        self.given += paths
        if self.error:
            raise self.error
        good = tuple(path.name for path in paths if path.name not in self.failing)
        bad = tuple(Failure(name, f"Cannot read {name}: it is empty (0 bytes).") for name in self.failing)
        return IngestReport(added=good, failed=bad)


def made(folder: Path) -> Assistant:
    """An assistant over a library of one document."""
    embedder = HashEmbedder()
    library = DiskLibrary(folder, embedder=embedder.name, dimension=embedder.dimension, create=True)
    with library.writing() as writer:
        document = Document("d1", MILL, Origin("mill.txt", title="Mill burns", outlet="Oster Post"))
        writer.put(document, source="/mill", sha256="x", spans=[Span(0, len(MILL))], vectors=embedder.embed([MILL]))
    return Assistant(Parts(library, embedder), Settings(library=folder, answerable_at=0.0))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    assistant = made(tmp_path_factory.mktemp("served"))
    yield create_app(assistant, add_files=Files(), examples=["When did the mill burn?"], hosts=["notes.example"])
    assistant.close()


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url=PAGE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def desk(tmp_path: Path, files: Files) -> Iterator[LibraryDesk]:
    assistant = made(tmp_path / "library")
    inbox = Inbox(SUFFIXES)
    yield LibraryDesk(assistant, inbox, files)
    inbox.close()
    assistant.close()


def talking(assistant: Any, folder: Path, *, at_once: int = 2, longest: int = 9) -> Conversation:
    return Conversation(assistant, Feedback(folder), Line(at_once=at_once, longest=longest))


@pytest.fixture
def conversation(desk: LibraryDesk) -> Conversation:
    return talking(desk.assistant, desk.assistant.library.folder)


# -- who may ask for what ----------------------------------------------------------------------------------------------


def test_the_page_answers(client: TestClient) -> None:
    assert "gradio-app" in client.get("/").text


def directives(client: TestClient) -> dict[str, str]:
    policy = client.get("/").headers["content-security-policy"]
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))


def test_nothing_may_be_fetched_from_elsewhere(client: TestClient) -> None:
    allowed = {word for sources in directives(client).values() for word in sources.split() if "sha256" not in word}
    assert allowed == {"'none'", "'self'", "'unsafe-eval'", "'unsafe-inline'", "data:"}


def test_scripts_in_the_page_run_by_their_hash_only(client: TestClient) -> None:
    scripts = directives(client)["script-src"]
    assert "'unsafe-inline'" not in scripts
    assert scripts.count("'sha256-") == len(re.findall(r"<script(?![^>]* src=)", client.get("/").text))


@pytest.mark.parametrize("path", ["/", "/page.css", "/theme.css", "/nothing", "/gradio_api/startup-events"])
def test_every_reply_carries_the_protecting_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "default-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize(
    "host", ["evil.invalid", "127.0.0.1.evil.invalid", "localhost.evil.invalid:7860", "", "[", "10.0.0.9"]
)
def test_a_foreign_host_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:7860", "127.0.0.1:9", "[::1]:7860"])
def test_this_machine_is_known_by_its_names(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_a_host_that_is_served_is_known(client: TestClient) -> None:
    assert client.get("/", headers={"host": "notes.example:7860"}).status_code == 200


@pytest.mark.parametrize(("host", "status"), [("10.0.0.9:7860", 200), ("evil.invalid:7860", 400)])
def test_a_server_for_everyone_answers_to_addresses_only(
    app: FastAPI, client: TestClient, host: str, status: int
) -> None:
    app.state.hosts.add("0.0.0.0")
    answered = client.get("/", headers={"host": host}).status_code
    app.state.hosts.discard("0.0.0.0")
    assert answered == status


@pytest.mark.parametrize("origin", ["http://evil.invalid", "null", "http://127.0.0.1:1", "http://localhost:7860"])
def test_a_foreign_origin_is_refused(client: TestClient, origin: str) -> None:
    assert client.post("/gradio_api/queue/join", json={"data": []}, headers={"origin": origin}).status_code == 403


def test_a_request_that_another_site_makes_is_refused(client: TestClient) -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert client.get("/page.css", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=http://evil.invalid/x",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file/etc/passwd",
        "/gradio_api/proxy=https://evil.hf.space/x",
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/runs",
        "/gradio_api/deep_link",
        "/gradio_api/queue/status",
        "/gradio_api/mcp/sse",
        "/gradio_api/vibe-code",
        "/config",
        "/monitoring",
        "/monitoring/summary",
        "/manifest.json",
        "/docs",
        "/openapi.json",
        "/svelte/x",
        "/login",
    ],
)
def test_a_route_that_the_page_does_not_use_is_closed(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/gradio_api/upload", "/gradio_api/run/predict", "/gradio_api/component_server", "/login"]
)
def test_a_route_that_takes_what_the_page_does_not_send_is_closed(client: TestClient, path: str) -> None:
    assert client.post(path, json={}).status_code == 404


@pytest.mark.parametrize("query", ["__theme=dark", "view=api", "deep_link=x"])
def test_no_other_face_of_the_page_can_be_asked_for(client: TestClient, query: str) -> None:
    reply = client.get(f"/?{query}")
    assert (reply.status_code, reply.headers["location"]) == (303, "/")


@pytest.mark.parametrize("path", ["/etc/passwd", "http://evil.invalid/x"])
def test_a_message_cannot_name_a_file(client: TestClient, path: str) -> None:
    file = {"path": path, "meta": {"_type": "gradio.FileData"}}
    for data in ([file], [[file]], {"a": file}):
        body = {"data": data, "fn_index": 0, "session_hash": "s"}
        assert client.post("/gradio_api/queue/join", json=body).status_code == 400


@pytest.mark.parametrize("body", ["", "x", "[]", "null", "[" * 60_000])
def test_a_message_that_makes_no_sense_is_refused(client: TestClient, body: str) -> None:
    assert client.post("/gradio_api/queue/join", content=body).status_code == 400


def test_an_endless_message_is_refused(client: TestClient) -> None:
    body = json.dumps({"data": ["x" * 100_000], "fn_index": 0, "session_hash": "s"})
    assert client.post("/gradio_api/queue/join", content=body).status_code == 413


def test_the_page_names_no_document_before_its_script_asks(client: TestClient) -> None:
    assert "Mill burns" not in client.get("/").text


# -- uploads -----------------------------------------------------------------------------------------------------------


def send(client: TestClient, name: str, content: bytes = b"words") -> Any:
    return client.post("/upload", params={"name": name}, content=content)


def test_a_file_of_a_kind_that_has_a_reader_is_taken(client: TestClient) -> None:
    assert send(client, "notes.txt").json()["token"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_kind_that_is_taken_has_a_reader(suffix: str) -> None:
    assert kind_of(b"words", suffix, name="a") in Kind


@pytest.mark.parametrize("name", ["virus.exe", "noending", "", "notes.txt.exe", ".txt"])
def test_a_file_without_a_reader_is_refused_in_one_line(client: TestClient, name: str) -> None:
    reply = send(client, name)
    assert reply.status_code == 415
    assert "Readers exist for" in reply.json()["error"]


def test_a_file_that_is_too_large_is_refused_in_one_line(client: TestClient) -> None:
    assert send(client, "a.txt", b"x" * MAX_FILE_BYTES).status_code == 200
    reply = send(client, "a.txt", b"x" * (MAX_FILE_BYTES + 1))
    assert (reply.status_code, "larger than" in reply.json()["error"]) == (413, True)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/cron.d/x.txt", "x.txt"),
        ("C:\\Users\\x.txt", "x.txt"),
        (".hidden.txt", "hidden.txt"),
        ("a\0b\u202etxt.pdf", "abtxt.pdf"),
        ('<b>"x"?.txt', "bx.txt"),
        ("…", "…"),
        ("..", "document"),
        ("", "document"),
        ("Überblick (2).md", "Überblick (2).md"),
        ("ü" * 300 + ".txt", "ü" * 60 + ".txt"),
    ],
)
def test_an_uploaded_name_is_a_plain_file_name(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_another_file_of_the_same_name_is_kept_beside_the_first(tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    first.write_text("one")
    second.write_text("two")
    places = [keep(file, tmp_path / "uploads", "notes.txt")[0] for file in (first, second, first)]
    assert places[0] == places[2] != places[1]
    assert [place.read_text() for place in places] == ["one", "two", "one"]


def wait(desk: LibraryDesk, tmp_path: Path, *names: str) -> list[str]:
    """Puts files into the inbox, as an upload does; gives their tokens."""
    for name in names:
        (tmp_path / f"waiting-{name}").write_text(f"words of {name}")
        desk.inbox.put(name, name, tmp_path / f"waiting-{name}")
    return list(names)


def told(desk: LibraryDesk, **data: Any) -> str:
    """What the page says after an upload."""
    *_, (status, _) = desk.added(data)
    return status


def test_uploads_lie_beside_the_library_and_are_ingested(desk: LibraryDesk, files: Files, tmp_path: Path) -> None:
    assert "Added a.txt, b.txt." in told(desk, tokens=wait(desk, tmp_path, "a.txt", "b.txt"))
    uploads = desk.assistant.library.folder / "uploads"
    assert files.given == [uploads / "a.txt", uploads / "b.txt"]
    assert (uploads / "a.txt").read_text() == "words of a.txt"


def test_an_upload_leaves_nothing_behind(desk: LibraryDesk, tmp_path: Path) -> None:
    told(desk, tokens=wait(desk, tmp_path, "a.txt"))
    assert not (tmp_path / "waiting-a.txt").exists()


def test_a_file_that_cannot_be_read_is_not_kept_and_the_others_are(
    desk: LibraryDesk, files: Files, tmp_path: Path
) -> None:
    files.failing = ("bad.txt",)
    assert "Not added: Cannot read bad.txt" in told(desk, tokens=wait(desk, tmp_path, "bad.txt", "good.txt"))
    assert [path.name for path in (desk.assistant.library.folder / "uploads").iterdir()] == ["good.txt"]


@pytest.mark.parametrize("error", [LibraryBusyError("The library is busy. Try again."), RuntimeError("inner workings")])
def test_an_upload_that_fails_says_so_in_one_line(
    desk: LibraryDesk, files: Files, tmp_path: Path, error: Exception
) -> None:
    files.error = error
    said = told(desk, tokens=wait(desk, tmp_path, "a.txt"))
    assert ("Try again." in said) is isinstance(error, LibraryBusyError)
    assert "inner workings" not in said
    assert not list((desk.assistant.library.folder / "uploads").iterdir())


def test_a_name_that_is_taken_is_told(desk: LibraryDesk, tmp_path: Path) -> None:
    told(desk, tokens=wait(desk, tmp_path, "a.txt"))
    (tmp_path / "other").write_text("other words")
    desk.inbox.put("token", "a.txt", tmp_path / "other")
    assert "Both are kept" in told(desk, tokens=["token"])


def test_more_files_than_twenty_are_not_added_at_once(desk: LibraryDesk, files: Files, tmp_path: Path) -> None:
    said = told(desk, tokens=wait(desk, tmp_path, *(f"{number}.txt" for number in range(23))))
    assert len(files.given) == 20
    assert "Only 20 files" in said


@pytest.mark.parametrize("data", [{}, {"tokens": ["unknown"]}, {"tokens": None, "refused": None}])
def test_an_upload_of_nothing_adds_nothing(desk: LibraryDesk, files: Files, data: dict[str, Any]) -> None:
    told(desk, **data)
    assert not files.given


# -- the conversation --------------------------------------------------------------------------------------------------


def ask(conversation: Conversation, question: str, **told: Any) -> list[str]:
    """Every state of a question's turn."""

    async def states() -> list[str]:
        return [html async for html in conversation.answer({"question": question} | told)]

    return asyncio.run(states())


def test_an_answer_is_streamed_and_ends_checked(conversation: Conversation) -> None:
    shown = ask(conversation, "When did the mill at Oster burn down?")
    assert "Searching" in shown[0]
    assert any("not yet checked" in html for html in shown)
    assert "not yet checked" not in shown[-1]
    assert 'class="marker"' in shown[-1]


def test_a_turn_is_done_with_its_answer_and_no_sooner(conversation: Conversation) -> None:
    shown = ask(conversation, "When did the mill at Oster burn down?")
    assert [html.count('data-state="done"') for html in shown] == [0] * (len(shown) - 1) + [1]


def test_an_empty_question_changes_nothing(conversation: Conversation) -> None:
    assert ask(conversation, "  \n ") == []


def test_a_question_leans_on_the_exchanges_that_the_page_tells(conversation: Conversation) -> None:
    earlier = {"question": "When did the mill at Oster burn down?", "answer": "On 3 May 2024."}
    assert "Searched for: <q>" in ask(conversation, "And why?", turns=[earlier])[-1]


@pytest.mark.parametrize(
    "told", [{"turns": "x"}, {"only": [7]}, {"only": ["x" * 501]}, {"only": ["x"] * 51}, {"since": "2" * 21}]
)
def test_what_makes_no_sense_is_one_line(conversation: Conversation, told: dict[str, Any]) -> None:
    [shown] = ask(conversation, "When did the mill burn?", **told)
    assert "makes no sense" in shown
    assert 'data-state="done"' in shown


def test_only_the_documents_chosen_are_asked_and_the_choice_stands_above_the_question(
    conversation: Conversation,
) -> None:
    text = "The mill at Ferring burned down on 9 June 2023."
    assistant = conversation.assistant
    with assistant.library.writing() as writer:
        document = Document("d2", text, Origin("old/ferring.txt", published="2023-06-10"))
        vectors = assistant.embedder.embed([text])
        writer.put(document, source="/old", sha256="z", spans=[Span(0, len(text))], vectors=vectors)
    shown = ask(conversation, "When did the mill burn down?", only=["old"], since="2023", until="2023-12")[-1]
    assert "9 June 2023" in shown
    assert "3 May 2024" not in shown
    assert "Only old · since 2023 · until December 2023</p><h2" in shown


def test_a_choice_of_no_document_is_told(conversation: Conversation) -> None:
    assert "No document fits &#39;nowhere&#39;" in ask(conversation, "When?", only=["nowhere"])[-1]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, ""),
        ({"only": ["Oster Post"]}, '<p class="meant">1 of 1 document</p>'),
        ({"only": ["nowhere"]}, "No document fits"),
        ({"since": "yesterday"}, "no day, month or year"),
        ({"only": 7}, "makes no sense"),
    ],
)
def test_what_a_choice_means_is_told(desk: LibraryDesk, told: dict[str, Any], words: str) -> None:
    assert words in desk.meant(told)


def test_the_welcome_has_three_questions_of_the_library_itself(desk: LibraryDesk) -> None:
    texts = ["Harbour rules\n\nNo fires.", "Tram times\n\nEvery hour.", "Pool prices\n\nFour euros."]
    with desk.assistant.library.writing() as writer:
        for place, text in enumerate(texts):
            document = Document(f"t{place}", text, Origin(f"{place}.txt", title=text.split("\n")[0]))
            vectors = desk.assistant.embedder.embed([text])
            writer.put(document, source=f"/{place}", sha256=text, spans=[Span(0, len(text))], vectors=vectors)
    welcome = desk.greet().welcome
    assert welcome.count("data-ask=") == 3
    assert all(title in welcome for title in ("Harbour rules", "Tram times", "Pool prices"))


def test_small_talk_offers_questions_to_click(conversation: Conversation) -> None:
    shown = ask(conversation, "Hello!")[-1]
    assert 'data-ask="' in shown
    assert 'class="rating"' not in shown


class Failing:
    """An assistant that fails after its first words."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def stream(self, question: str, **_: Any) -> Iterator[AnswerEvent]:
        yield TextDelta("The mill")
        raise self._error


class Writing:
    """An assistant whose language model is about to write."""

    def stream(self, question: str, **_: Any) -> Iterator[AnswerEvent]:
        claim = Claim("The mill burned down on 3 May 2024.", Verdict.SUPPORTED)
        yield Preliminary(answered(claim, text=claim.text))
        yield TextDelta("It was in May")
        yield Finished(answered(Claim("It burned in May.", Verdict.SUPPORTED), mode=Mode.GENERATIVE))


def test_the_documents_own_answer_stands_until_the_models_is_checked(tmp_path: Path) -> None:
    _, first, drafted, last = ask(talking(Writing(), tmp_path), "When did the mill burn?")
    assert all("burned down on 3 May 2024" in html for html in (first, drafted))
    assert "It was in May" in drafted
    assert "burned down on 3 May 2024" not in last


def test_an_error_of_ours_is_one_line(tmp_path: Path) -> None:
    failing = Failing(InputError("The question is odd. Ask another."))
    assert "The question is odd. Ask another.</p>" in ask(talking(failing, tmp_path), "Why?")[-1]


def test_any_other_error_shows_no_inner_workings(tmp_path: Path) -> None:
    shown = ask(talking(Failing(RuntimeError("secret path")), tmp_path), "Why?")[-1]
    assert "Something went wrong" in shown
    assert "secret path" not in shown


class Waiting:
    """An assistant that answers when it may."""

    def __init__(self) -> None:
        self.may_end = threading.Event()

    def stream(self, question: str, **_: Any) -> Iterator[AnswerEvent]:
        self.may_end.wait(20)
        yield Finished(answered(Claim("It burned in May.", Verdict.SUPPORTED)))


def test_who_waits_is_told_how_many_are_answered_first(tmp_path: Path) -> None:
    waiting = Waiting()
    conversation = talking(waiting, tmp_path, at_once=1)

    async def seen() -> list[str]:
        first = conversation.answer({"question": "When?"})
        await anext(first)
        second = conversation.answer({"question": "Who?"})
        shown = [await anext(second)]
        waiting.may_end.set()
        async for _ in first:
            pass
        return [*shown, *[html async for html in second]]

    shown = asyncio.run(seen())
    assert "1 other question is answered first" in shown[0]
    assert "It burned in May." in shown[-1]


def test_who_leaves_the_line_gives_way(tmp_path: Path) -> None:
    conversation = talking(Waiting(), tmp_path, at_once=1)

    async def seen() -> str:
        first = conversation.answer({"question": "When?"})
        await anext(first)
        await first.aclose()  # type: ignore[attr-defined]
        return await anext(conversation.answer({"question": "Who?"}))

    assert "Searching" in asyncio.run(seen())


def test_a_line_that_is_too_long_says_so(tmp_path: Path) -> None:
    assert "Too many questions" in ask(talking(Waiting(), tmp_path, longest=0), "Who?")[-1]


@pytest.mark.parametrize(
    "data",
    [
        {"document": name_of("nowhere"), "start": 0, "end": 1},
        {"document": "nowhere", "start": 0, "end": 1},
        {"document": name_of("d1"), "start": -1, "end": 1},
        {"document": name_of("d1"), "start": "x", "end": 1},
        {"document": name_of("d1"), "start": None},
        {"document": None},
        {},
    ],
)
def test_a_place_that_does_not_exist_is_one_line(desk: LibraryDesk, data: dict[str, Any]) -> None:
    assert 'class="error"' in desk.opened(data)


def test_the_document_opens_at_the_quote(desk: LibraryDesk) -> None:
    assert ">mill</mark>" in desk.opened({"document": name_of("d1"), "start": 4, "end": 8})


@pytest.mark.parametrize("odd", ["d1\u202e", "d1\x07", "d1\x08", "d1\r", " d1"])
def test_a_footnote_opens_its_own_document_whatever_the_id(desk: LibraryDesk, odd: str) -> None:
    text = "The mill at Ferring stands."
    with desk.assistant.library.writing() as writer:
        document = Document(odd, text, Origin("other.txt"))
        vectors = desk.assistant.embedder.embed([text])
        writer.put(document, source="/other", sha256="y", spans=[Span(0, len(text))], vectors=vectors)
    for id_, words in (("d1", "mill at Oster"), (odd, "mill at Ferring")):
        name = re.findall(r'data-document="(.*?)"', opener(id_, Span(0, 0), "x", "source"))[0]
        assert words in desk.opened({"document": name})


# -- verdicts ----------------------------------------------------------------------------------------------------------


class Rated:
    """An answer of the page, and the route that takes a verdict on it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "feedback.jsonl"
        self.feedback = Feedback(folder)
        answer = Answer("Why?", "Why?", Outcome.ABSTAINED, 0.1, Mode.EXTRACTIVE, "The documents do not answer this.")
        self.html = self.feedback.offer("Why?", [Turn("When?", "On 3 May. [1]")], answer)
        self.token = re.findall(r'data-answer="(\w+)"', self.html)[0]
        app = FastAPI()
        app.add_middleware(Guard, hosts={"127.0.0.1"})
        app.add_api_route("/rate", self.feedback.receive, methods=["POST"])
        self.client = TestClient(app, base_url=PAGE)

    def told(self, **said: Any) -> Any:
        return self.client.post("/rate", json={"answer": self.token, "good": True} | said)


@pytest.fixture
def rated(tmp_path: Path) -> Rated:
    return Rated(tmp_path)


def test_every_finished_answer_asks_for_a_verdict(conversation: Conversation) -> None:
    shown = ask(conversation, "When did the mill burn?")
    assert [html.count('class="rating"') for html in (shown[0], shown[-1])] == [0, 1]


def test_a_verdict_is_kept_beside_the_library_as_a_case(rated: Rated) -> None:
    assert "kept" in rated.told(good=False, comment=" No.\n").json()
    [line] = map(json.loads, rated.file.read_text().splitlines())
    assert (line["question"], line["turns"], line["answer"], line["comment"], line["draft"]) == (
        "Why?", [{"question": "When?", "answer": "On 3 May. [1]"}], "The documents do not answer this.", "No.", True,
    )  # fmt: skip


def test_cases_of_the_page_are_read_by_the_suite_own(rated: Rated) -> None:
    rated.told()
    [case] = load_own(rated.file, rated.file.parent).cases
    assert (case.question, case.unanswerable) == ("Why?", True)


def test_a_second_verdict_on_an_answer_is_refused(rated: Rated) -> None:
    statuses = [rated.told().status_code, rated.told(good=False).status_code]
    assert (statuses, len(rated.file.read_text().splitlines())) == ([200, 409], 1)


@pytest.mark.parametrize(
    "said",
    [{"answer": "0" * 32}, {"answer": 7}, {"answer": "x" * 99}, {"good": "yes"}, {"comment": "x" * 2001}, {"more": 1}],
    ids=["unknown", "number", "long", "no verdict", "long comment", "another field"],
)
def test_a_verdict_that_makes_no_sense_is_refused_in_one_line(rated: Rated, said: dict[str, Any]) -> None:
    reply = rated.told(**said)
    assert 400 <= reply.status_code < 500
    assert "\n" not in reply.json()["error"]
    assert not rated.file.exists()


def test_a_verdict_of_another_site_is_refused(rated: Rated) -> None:
    said = {"answer": rated.token, "good": True}
    assert rated.client.post("/rate", json=said, headers={"origin": "http://evil.invalid"}).status_code == 403


def test_a_verdict_that_cannot_be_written_is_told_and_may_be_given_again(rated: Rated) -> None:
    rated.file.mkdir()
    assert "could not be kept" in rated.told().json()["error"]
    rated.file.rmdir()
    assert rated.told().status_code == 200


def test_the_page_forgets_the_oldest_answers(rated: Rated) -> None:
    answer = Answer("Why?", "Why?", Outcome.ABSTAINED, 0.1, Mode.EXTRACTIVE, "No.")
    for _ in range(500):
        rated.feedback.offer("Why?", [], answer)
    assert "no longer known" in rated.told().json()["error"]


# -- the port ----------------------------------------------------------------------------------------------------------


def test_a_port_that_is_taken_gives_way_to_the_next() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with listen("127.0.0.1", port) as next_one:
            assert port < next_one.getsockname()[1] < port + 20


def test_a_name_that_is_no_address_of_this_machine_is_one_line() -> None:
    with pytest.raises(SettingsError, match="--host"):
        listen("192.0.2.1", 0)


def test_no_free_port_is_one_line() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(SettingsError, match="all taken"):
        listen("127.0.0.1", taken.getsockname()[1], tried=1)


def test_a_listening_socket_is_a_tcp_one() -> None:
    with listen("127.0.0.1", 0) as listener:
        assert listener.type == socket.SOCK_STREAM
