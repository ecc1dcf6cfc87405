"""The chat page: questions on the left, the cited document on the right."""

import asyncio
import base64
import errno
import hashlib
import ipaddress
import json
import logging
import os
import re
import secrets
import shutil
import socket
import tempfile
import threading
import time
import unicodedata
import webbrowser
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import fastapi
import uvicorn
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.report import IngestReport
from rag.assistant import Assistant
from rag.domain import Answer, Finished, Retrieved, Span, TextDelta, Turn
from rag.errors import FootnotedError, SettingsError
from ui import render

# Both are read by the import below. Without the second, Gradio makes statistics of all past events with pandas after
# each event, for a monitoring page that is closed here.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = "1000000000"
import gradio as gr

MAX_FILE_BYTES = 25 * 1024 * 1024
MAX_FILES = 20
SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx", ".csv", ".tsv", ".jsonl", ".ndjson")
_HERE = Path(__file__).parent
_ANSWERS_AT_ONCE = 2
_TURNS_SHOWN = 50
_TURNS_REMEMBERED = 6
_DRAFT_SECONDS = 0.06
"""A draft is sent at most this often: a model may write hundreds of words a second."""
_PORTS_TRIED = 20
_SEE_LOG = "The terminal that serves this page says what."
_log = logging.getLogger(__name__)


def create_app(
    assistant: Assistant,
    *,
    add_files: Callable[[list[Path]], IngestReport],
    examples: Sequence[str] = (),
    suffixes: Collection[str] = SUFFIXES,
    hosts: Collection[str] = (),
) -> fastapi.FastAPI:
    """The page over an assistant.

    `add_files` ingests files that were uploaded, which lie in `uploads` of the library's folder. `suffixes` are the
    kinds of file taken. Requests are answered only when they name this machine or one of `hosts`.
    """
    inbox = _Inbox(suffixes)

    @asynccontextmanager
    async def lifespan(_: fastapi.FastAPI) -> AsyncIterator[None]:
        yield
        inbox.close()

    app = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.hosts = {"localhost", "127.0.0.1", "::1", *hosts}
    app.add_middleware(_Guard, hosts=app.state.hosts)
    app.add_api_route("/page.css", lambda: FileResponse(_HERE / "page.css"), methods=["GET"])
    app.add_api_route("/upload", inbox.receive, methods=["POST"])
    _in_a_loop(lambda: _mount(app, _Desk(assistant, inbox, add_files, tuple(examples))))
    return app


def _mount(app: fastapi.FastAPI, desk: "_Desk") -> None:
    gr.mount_gradio_app(
        app,
        _blocks(desk),
        path="/",
        head='<link rel="stylesheet" href="page.css">',
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        max_file_size=1,  # the page has an upload of its own
    )


def _in_a_loop(work: Callable[[], None]) -> None:
    """Does the work while an event loop runs: without one Gradio makes several, sets them, and never closes them."""

    async def working() -> None:
        work()

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(working())
    else:
        work()


def serve(
    app: fastapi.FastAPI,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = False,
    announce: Callable[[str], None] = print,
) -> None:
    """Serves the page until it is interrupted; tells `announce` its address.

    A port that is taken gives way to the next free one of twenty. Raises SettingsError where none is free.
    """
    listener = listen(host, port)
    app.state.hosts.add(host.strip("[]"))
    address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1, server_header=False)
    server = _Server(config, lambda: _announce(address, announce, open_browser))
    with listener, suppress(KeyboardInterrupt):
        server.run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """A socket on the port, or on the next free one of twenty; raises SettingsError where there is none."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    except OSError as error:
        raise SettingsError(f"Cannot serve on {host}: {error.strerror}. Choose another --host.") from None
    last = min(port + _PORTS_TRIED, 65536) if port else 1
    for tried in range(port, last):
        listener = socket.socket(family, socket.SOCK_STREAM)
        if os.name == "posix":  # elsewhere this would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, tried))
            listener.listen()
        except OSError as error:
            listener.close()
            if error.errno != errno.EADDRINUSE:
                problem = f"Cannot serve on {host}:{tried}: {error.strerror}. Choose another --host or --port."
                raise SettingsError(problem) from None
        else:
            return listener
    raise SettingsError(f"The ports {port} to {last - 1} of {host} are all taken. Choose another --port.")


class _Server(uvicorn.Server):
    """Tells when it answers."""

    def __init__(self, config: uvicorn.Config, on_start: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_start = on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_start()


def _announce(address: str, announce: Callable[[str], None], open_browser: bool) -> None:
    announce(address)
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


# -- the page --------------------------------------------------------------------------------------------------------


def _blocks(desk: "_Desk") -> gr.Blocks:
    # Not gr.Chatbot: it renders Markdown and HTML and fetches the images that a document or a model names. gr.HTML puts
    # its value on the page as it is, and every value here is made by `ui.render`, which escapes. Its template must stay
    # the default `${value}`: with `{{value}}` Gradio runs `${...}` in the value as a script.
    bare: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
    blocks: gr.Blocks = gr.Blocks(title="footnoted", fill_width=True, analytics_enabled=False)
    with blocks:
        conversation = gr.State(_Conversation())
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="chat"):
                gr.HTML(render.masthead_html(), elem_id="masthead", **bare)
                with gr.Column(elem_id="conversation"):
                    welcome = gr.HTML(**bare)
                    earlier = gr.HTML(**bare)
                    current = gr.HTML(**bare)
                status = gr.HTML(elem_id="status", **bare)
                with gr.Row(elem_id="composer"):
                    question = gr.Textbox(
                        elem_id="question",
                        placeholder="Ask a question",
                        label="Question",
                        show_label=False,
                        container=False,
                        autofocus=True,
                        max_lines=6,
                        submit_btn="Ask",
                    )
                    stop = gr.Button("Stop", elem_id="stop")
                gr.HTML(render.uploader_html(desk.inbox.suffixes), elem_id="uploader", **bare)
            with gr.Column(elem_id="pane"):
                # The pane's script hears every click and raises these events: `click` opens a document, `clear` shows
                # the library, `submit` asks a question of the welcome, `upload` brings files.
                pane = gr.HTML(apply_default_css=False, js_on_load=(_HERE / "page.js").read_text(encoding="utf-8"))
        shown = [question, status, earlier, current, conversation]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        asked: list[dict[str, Any]] = [
            question.submit(desk.answer, [question, conversation], shown, concurrency_id="answers", **quiet),
            pane.submit(desk.answer_example, [conversation], shown, concurrency_id="answers", **quiet),
        ]
        stop.click(desk.stop, [conversation], [current, conversation], cancels=asked, concurrency_limit=8, **quiet)
        pane.click(desk.open, None, pane, trigger_mode="always_last", concurrency_limit=8, **quiet)
        pane.clear(desk.library, None, pane, **quiet)
        pane.upload(desk.add, None, [status, welcome, pane], concurrency_limit=1, trigger_mode="multiple", **quiet)
        blocks.load(desk.greet, None, [welcome, pane], **quiet)
        blocks.queue(default_concurrency_limit=_ANSWERS_AT_ONCE, max_size=64)
    return blocks


@dataclass(frozen=True, slots=True)
class _Conversation:
    """What one visitor's conversation holds: HTML of its turns, and the turn that is under way."""

    finished: tuple[str, ...] = ()
    current: str = ""
    turns: tuple[Turn, ...] = ()
    question: str = ""
    draft: str = ""
    under_way: bool = False


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the page does, each method one event of it."""

    assistant: Assistant
    inbox: "_Inbox"
    add_files: Callable[[list[Path]], IngestReport]
    examples: tuple[str, ...] = field(default=())

    def answer(self, question: str, conversation: _Conversation) -> Iterator[tuple[Any, ...]]:
        """Streams the answer to a question: textbox, status, finished turns, turn under way, conversation."""
        question = " ".join((question or "").split())
        if not question:
            return
        finished = (*conversation.finished, conversation.current)[-_TURNS_SHOWN:]
        conversation = replace(conversation, finished=finished, question=question, draft="", under_way=True)
        first: tuple[Any, ...] = ("", "", "".join(finished))
        for body, draft, answer in self._drafts(question, conversation.turns):
            turns = conversation.turns
            if answer is not None:
                turns = (*turns, Turn(question, answer.text))[-_TURNS_REMEMBERED:]
            current = render.turn_html(question, body)
            conversation = replace(conversation, current=current, draft=draft, turns=turns, under_way=answer is None)
            yield (*first, current, conversation)
            first = (gr.skip(),) * 3

    def answer_example(self, conversation: _Conversation, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """Streams the answer to one of the welcome's questions."""
        yield from self.answer(str(_told(event).get("question", "")), conversation)

    def _drafts(self, question: str, turns: Sequence[Turn]) -> Iterator[tuple[str, str, Answer | None]]:
        """HTML of what is known so far, the draft's text, and last the answer."""
        draft, sent = "", 0.0
        yield render.searching_html(), draft, None
        try:
            for event in self.assistant.stream(question, turns=turns):
                if isinstance(event, Retrieved):
                    yield render.searching_html(len(event.passages)), draft, None
                elif isinstance(event, TextDelta):
                    draft += event.text
                    if time.monotonic() - sent >= _DRAFT_SECONDS:
                        sent = time.monotonic()
                        yield render.draft_html(draft), draft, None
                elif isinstance(event, Finished):
                    yield render.answer_html(event.answer), "", event.answer
        except FootnotedError as error:
            yield render.error_html(str(error)), "", None
        except Exception:  # noqa: BLE001  # the page's last resort: one line here, the traceback in the log
            _log.exception("The question could not be answered")
            yield render.error_html(f"Something went wrong while answering. {_SEE_LOG}"), "", None

    def stop(self, conversation: _Conversation) -> tuple[Any, _Conversation]:
        """Leaves the draft as far as it is written."""
        if not conversation.under_way:
            return gr.skip(), conversation
        current = render.turn_html(conversation.question, render.draft_html(conversation.draft, stopped=True))
        return current, replace(conversation, current=current, under_way=False)

    def open(self, event: gr.EventData) -> str:
        """The document that was clicked, at the words that were clicked."""
        told = _told(event)
        try:
            document = self.assistant.library.document(str(told.get("document")))
            span = Span(int(told.get("start", 0)), int(told.get("end", 0)))
        except FootnotedError as error:
            return render.error_html(str(error))
        except (TypeError, ValueError):
            return render.error_html("That is no place in a document.")
        return render.document_html(document, [span] if span.end > span.start else [], whole=bool(told.get("whole")))

    def library(self) -> str:
        """What is in the library."""
        try:
            catalog = self.assistant.library.catalog
            return render.library_html(catalog.documents(), catalog.counts()[1])
        except FootnotedError as error:
            return render.error_html(str(error))

    def greet(self) -> tuple[str, str]:
        """The welcome, and the pane before anything is open."""
        try:
            documents = self.assistant.library.catalog.counts()[0]
        except FootnotedError as error:
            return render.error_html(str(error)), ""
        return render.welcome_html(documents, self.examples), self.library()

    def add(self, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """Takes files that were uploaded into the library: status, welcome, pane."""
        told = _told(event)
        lines = [str(line) for line in told.get("refused") or []]
        waiting = self.inbox.take([str(token) for token in told.get("tokens") or []])
        if waiting:
            yield render.progress_html(f"Reading {render.named([name for name, _ in waiting])}"), gr.skip(), gr.skip()
        try:
            lines += self._keep_and_add(waiting[:MAX_FILES])
            if len(waiting) > MAX_FILES:
                lines.append(f"Only {MAX_FILES} files at once are added here. Use `footnoted ingest` for more.")
        except FootnotedError as error:
            lines.append(str(error))
        except OSError as error:
            lines.append(f"The files could not be stored: {error.strerror}.")
        except Exception:  # noqa: BLE001  # the page's last resort: one line here, the traceback in the log
            _log.exception("The files could not be added")
            lines.append(f"Something went wrong while adding the files. {_SEE_LOG}")
        finally:
            for _, path in waiting:
                path.unlink(missing_ok=True)
        yield (render.notes_html(lines), *self.greet())

    def _keep_and_add(self, waiting: Sequence[tuple[str, Path]]) -> list[str]:
        """Copies files beside the library, so that they are there when it is ingested again, and ingests them."""
        if not waiting:
            return []
        folder = self.assistant.library.folder / "uploads"
        kept = [keep(path, folder, name) for name, path in waiting]
        lines = [
            f"Another {name} with other contents is in the library. Both are kept; the new one as {place.name}."
            for (name, _), (place, _) in zip(waiting, kept, strict=True)
            if place.name != name
        ]
        failed: set[str] | None = None
        try:
            report = self.add_files(list(dict.fromkeys(place for place, _ in kept)))
            failed = {Path(failure.path).name for failure in report.failed}
        finally:
            for place, new in kept:
                if new and (failed is None or place.name in failed):
                    place.unlink(missing_ok=True)
        return lines + _told_of(report)


def _told_of(report: IngestReport) -> list[str]:
    """What an ingest did, in lines for people."""
    lines = []
    if report.added:
        lines.append(f"Added {render.named(report.added)}.")
    if report.updated:
        lines.append(f"Updated {render.named(report.updated)}.")
    if report.unchanged:
        lines.append(f"Already in the library, unchanged: {report.unchanged}.")
    if report.duplicates:
        lines.append(f"The same words are in the library already: {render.named(report.duplicates)}.")
    return [*lines, *report.notices, *(f"Not added: {failure.error}" for failure in report.failed)]


def _told(event: gr.EventData) -> dict[str, Any]:
    """What the page's script said; anything may come here."""
    return event._data if isinstance(event._data, dict) else {}


# -- uploads ---------------------------------------------------------------------------------------------------------


class _Inbox:
    """Files that were uploaded and wait to be ingested."""

    # Gradio's own upload is closed. Under a mounted app it does not check that a file which an event names was uploaded
    # (`has_launched` stays False), so that an event could name any file of this machine, and it keeps a copy for good.

    def __init__(self, suffixes: Collection[str]) -> None:
        self.suffixes = tuple(sorted(suffixes))
        self._folder: Path | None = None
        self._waiting: dict[str, tuple[str, Path]] = {}

    async def receive(self, request: fastapi.Request) -> Response:
        """Stores the body as a file; answers with a token for it, or says in one line why not."""
        name = safe_name(request.query_params.get("name", ""))
        if Path(name).suffix.lower() not in self.suffixes:
            problem = f"no reader for this kind. Readers exist for {' '.join(self.suffixes)}."
            return JSONResponse({"error": f"{name} was not added: {problem}"}, 415)
        while len(self._waiting) >= 2 * MAX_FILES:
            self.take(list(self._waiting)[:1])[0][1].unlink(missing_ok=True)
        self._folder = self._folder or Path(tempfile.mkdtemp(prefix="footnoted-"))
        token = secrets.token_urlsafe(16)
        path = self._folder / token
        size = 0
        with path.open("wb") as file:
            async for piece in request.stream():
                size += len(piece)
                if size > MAX_FILE_BYTES:
                    break
                file.write(piece)
        if size > MAX_FILE_BYTES:
            path.unlink()
            problem = f"it is larger than {MAX_FILE_BYTES // 1024 // 1024} MB. Use `footnoted ingest`."
            return JSONResponse({"error": f"{name} was not added: {problem}"}, 413)
        self._waiting[token] = name, path
        return JSONResponse({"token": token})

    def take(self, tokens: Sequence[str]) -> list[tuple[str, Path]]:
        """The names and files of these tokens, which are then forgotten."""
        found = [self._waiting.pop(token, None) for token in dict.fromkeys(tokens)]
        return [waiting for waiting in found if waiting is not None]

    def close(self) -> None:
        """Removes what still waits."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def safe_name(name: str) -> str:
    """A file's own name without folders, controls or characters that some system refuses; never empty or hidden."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode("utf-8")))[-1]
    plain = "".join(letter for letter in name if letter not in '<>:"|?*' and unicodedata.category(letter)[0] != "C")
    path = Path(plain.strip(" .") or "document")
    stem = path.stem.encode("utf-8")[:120].decode("utf-8", "ignore").strip() or "document"
    return stem + path.suffix[:16]


def keep(file: Path, folder: Path, name: str) -> tuple[Path, bool]:
    """Copies a file into a folder under its name; gives its place and whether it is new there.

    Never overwrites: where the name is taken by other contents, the copy's name carries its hash.
    """
    folder.mkdir(parents=True, exist_ok=True)
    digest = _digest(file)
    place = folder / name
    if place.exists() and _digest(place) != digest:
        place = place.with_stem(f"{place.stem}-{digest[:8]}")
    if place.exists():
        return place, False
    half = folder / f".{digest}.part"
    shutil.copyfile(file, half)
    half.replace(place)  # so that a copy which is cut short is never taken for the file
    return place, True


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


# -- who may ask for what --------------------------------------------------------------------------------------------

# What the page itself uses. Everything else of Gradio is closed: `file=` and `proxy=` fetch for a visitor, `config`,
# `info`, `openapi.json` and `runs` describe or keep what is nobody's business, `upload` is replaced by ours.
_OPEN = [
    ("GET", re.compile(r"/(?:page\.css|theme\.css|favicon\.ico)?")),
    ("GET", re.compile(r"/(?:assets|static)/[\w./@-]+")),
    ("GET", re.compile(r"/gradio_api/(?:queue/data|startup-events|heartbeat/[\w-]+)")),
    ("POST", re.compile(r"/gradio_api/(?:queue/join|cancel|reset)")),
    ("POST", re.compile(r"/upload")),
]
_MAX_MESSAGE_BYTES = 64 * 1024
_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_MANIFEST = b'<link rel="manifest" href="/manifest.json" />'
# Gradio makes functions from strings ('unsafe-eval') and writes style attributes; its inline scripts go by their hash.
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval'{hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=()",
}


class _Guard:
    """Closes what Gradio leaves open: other hosts and origins, its other routes, file objects, remote fetches."""

    def __init__(self, app: ASGIApp, *, hosts: set[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope)
        if refusal is None and scope["method"] == "POST" and scope["path"] != "/upload":
            body = await _read(receive, _MAX_MESSAGE_BYTES)
            refusal = _refused_message(scope["path"], body)
            receive = _replayed(body or b"", receive)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
        elif scope["path"] == "/":
            # The page's inline scripts are read, so it must not come compressed.
            plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            await self._app({**scope, "headers": plain}, receive, _with_script_hashes(send))
        else:
            await self._app(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not self._is_known(headers.get("host", "")):
            return PlainTextResponse("This address is not served here.", 400)
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != headers["host"]:
            return PlainTextResponse("Requests from other sites are refused.", 403)
        if headers.get("sec-fetch-site") in ("cross-site", "same-site") and headers.get("sec-fetch-mode") != "navigate":
            return PlainTextResponse("Requests from other sites are refused.", 403)
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        if not any(method == allowed and path.fullmatch(scope["path"]) for allowed, path in _OPEN):
            return PlainTextResponse("Not found.", 404)
        if scope["path"] == "/" and scope["query_string"]:  # themes, API pages, deep links
            return RedirectResponse("/", 303)
        return None

    def _is_known(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        # A page of another site can make its own name point here, but not an address.
        everywhere = not self._hosts.isdisjoint({"0.0.0.0", "::"})
        return name in self._hosts or (everywhere and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


async def _read(receive: Receive, limit: int) -> bytes | None:
    """The body of a request; None where it is larger than the limit."""
    body: bytes = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > limit:
            return None
        if not message.get("more_body"):
            return body


def _replayed(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay


def _refused_message(path: str, body: bytes | None) -> Response | None:
    """Why a message of the page's script is refused, if it is."""
    if body is None:
        return PlainTextResponse("The message is too long.", 413)
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        return PlainTextResponse("The message is no JSON.", 400)
    values = message.get("data") if isinstance(message, dict) else None
    if path.endswith("/queue/join") and not (isinstance(values, list) and all(_is_plain(value) for value in values)):
        # Gradio fetches or copies whatever a file object among these names.
        return PlainTextResponse("Only plain values are taken.", 400)
    return None


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | float)


def _with_headers(send: Send, hashes: str = "") -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update({**_HEADERS, "content-security-policy": _POLICY.format(hashes=hashes)})
            headers.setdefault("cache-control", "no-cache")
        await send(message)

    return sending


def _with_script_hashes(send: Send) -> Send:
    """Holds the page back until it is whole, so that its header can name its inline scripts."""
    parts: list[bytes] = []
    start: list[Message] = []

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.append(message)
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            page = b"".join(parts).replace(_MANIFEST, b"")
            digests = [hashlib.sha256(script).digest() for script in _INLINE_SCRIPT.findall(page)]
            hashes = "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
            sending_whole = _with_headers(send, hashes)
            MutableHeaders(scope=start[0])["content-length"] = str(len(page))
            await sending_whole(start[0])
            await sending_whole({"type": "http.response.body", "body": page})

    return sending
