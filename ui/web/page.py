"""The chat page: questions on the left, the cited document on the right."""

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import fastapi
from starlette.responses import FileResponse

from ingest.readers.kind import SUFFIXES
from ingest.report import IngestReport
from rag.assistant import Assistant
from rag.domain import Answer, AnswerKind, Finished, Outcome, Preliminary, Retrieved, Span, TextDelta, Turn
from rag.errors import FootnotedError
from ui.web.answer import answer_html, draft_html, searching_html, turn_html
from ui.web.document import document_html
from ui.web.feedback import Feedback
from ui.web.frame import masthead_html, uploader_html, welcome_html
from ui.web.guard import Guard
from ui.web.html import error_html, named, notes_html, progress_html
from ui.web.naming import id_of
from ui.web.shelf import library_html
from ui.web.uploads import MAX_FILES, Inbox, keep_and_add

# Both are read by the import below. Without the second, Gradio makes statistics of all past events with pandas after
# each event, for a monitoring page that is closed here.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = "1000000000"
import gradio as gr

_HERE = Path(__file__).parent
_ANSWERS_AT_ONCE = 2
_TURNS_SHOWN = 50
_TURNS_REMEMBERED = 6
_DRAFT_SECONDS = 0.06
"""A draft is sent at most this often: a model may write hundreds of words a second."""
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

    `add_files` ingests files that were uploaded, which lie in `uploads` of the library's folder; verdicts on answers
    are kept in `feedback.jsonl` there. `suffixes` are the kinds of file taken. Requests are answered only when they
    name this machine or one of `hosts`.
    """
    inbox = Inbox(suffixes)
    feedback = Feedback(assistant.library.folder)

    @asynccontextmanager
    async def lifespan(_: fastapi.FastAPI) -> AsyncIterator[None]:
        yield
        inbox.close()

    app = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.hosts = {"localhost", "127.0.0.1", "::1", *hosts}
    app.add_middleware(Guard, hosts=app.state.hosts)
    app.add_api_route("/page.css", lambda: FileResponse(_HERE / "page.css"), methods=["GET"])
    app.add_api_route("/upload", inbox.receive, methods=["POST"])
    app.add_api_route("/rate", feedback.receive, methods=["POST"])
    _in_a_loop(lambda: _mount(app, _Desk(assistant, inbox, add_files, feedback, tuple(examples))))
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


# -- the page --------------------------------------------------------------------------------------------------------


def _blocks(desk: "_Desk") -> gr.Blocks:
    # Not gr.Chatbot: it renders Markdown and HTML and fetches the images that a document or a model names. gr.HTML puts
    # its value on the page as it is, and every value here has passed `ui.web.html.safe`. Its template must
    # stay the default `${value}`: with `{{value}}` Gradio runs `${...}` in the value as a script.
    bare: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
    blocks: gr.Blocks = gr.Blocks(title="footnoted", fill_width=True, analytics_enabled=False)
    with blocks:
        conversation = gr.State(_Conversation())
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="chat"):
                gr.HTML(masthead_html(), elem_id="masthead", **bare)
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
                gr.HTML(uploader_html(desk.inbox.suffixes), elem_id="uploader", **bare)
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
    before: str = ""
    draft: str = ""
    under_way: bool = False


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the page does, each method one event of it."""

    assistant: Assistant
    inbox: "Inbox"
    add_files: Callable[[list[Path]], IngestReport]
    feedback: Feedback
    examples: tuple[str, ...] = field(default=())

    def answer(self, question: str, conversation: _Conversation) -> Iterator[tuple[Any, ...]]:
        """Streams the answer to a question: textbox, status, finished turns, turn under way, conversation."""
        question = " ".join((question or "").split())
        if not question:
            yield (gr.skip(),) * 5  # without a word of ours, Gradio empties what it shows
            return
        finished = (*conversation.finished, conversation.current)[-_TURNS_SHOWN:]
        conversation = replace(conversation, finished=finished, question=question, before="", draft="", under_way=True)
        first: tuple[Any, ...] = ("", "", self.feedback.marked("".join(finished)))
        for before, body, draft, answer in self._drafts(question, conversation.turns):
            turns = conversation.turns
            if answer is not None:
                turns = (*turns, Turn(question, answer.text, answer.query))[-_TURNS_REMEMBERED:]
            current = turn_html(question, before + body)
            conversation = replace(
                conversation, current=current, before=before, draft=draft, turns=turns, under_way=answer is None
            )
            yield (*first, current, conversation)
            first = (gr.skip(),) * 3

    def answer_example(self, conversation: _Conversation, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """Streams the answer to one of the welcome's questions."""
        yield from self.answer(str(_told(event).get("question", "")), conversation)

    def _drafts(self, question: str, turns: Sequence[Turn]) -> Iterator[tuple[str, str, str, Answer | None]]:
        """HTML of the documents' own answer until a model's is there, and of what is known so far; draft; answer."""
        before, draft, sent = "", "", 0.0
        yield before, searching_html(), draft, None
        try:
            for event in self.assistant.stream(question, turns=turns):
                if isinstance(event, Retrieved):
                    yield before, searching_html(len(event.passages)), draft, None
                elif isinstance(event, Preliminary):
                    before = answer_html(event.answer) if event.answer.outcome is Outcome.ANSWERED else ""
                    yield before, progress_html("A language model is writing"), draft, None
                elif isinstance(event, TextDelta):
                    draft += event.text
                    if time.monotonic() - sent >= _DRAFT_SECONDS:
                        sent = time.monotonic()
                        yield before, draft_html(draft), draft, None
                elif isinstance(event, Finished):
                    is_talk = event.answer.kind is AnswerKind.TALK
                    rating = "" if is_talk else self.feedback.offer(question, turns, event.answer)
                    yield "", answer_html(event.answer) + rating, "", event.answer
        except FootnotedError as error:
            yield "", error_html(str(error)), "", None
        except Exception:  # noqa: BLE001  # the page's last resort: one line here, the traceback in the log
            _log.exception("The question could not be answered")
            yield "", error_html(f"Something went wrong while answering. {_SEE_LOG}"), "", None

    def stop(self, conversation: _Conversation) -> tuple[Any, _Conversation]:
        """Leaves the draft as far as it is written; the next question may lean on the one that was stopped."""
        if not conversation.under_way:
            return gr.skip(), conversation
        stopped = draft_html(conversation.draft, stopped=True)
        current = turn_html(conversation.question, conversation.before + stopped)
        turn = Turn(conversation.question, conversation.draft or "Stopped.")
        turns = (*conversation.turns, turn)[-_TURNS_REMEMBERED:]
        return current, replace(conversation, current=current, turns=turns, under_way=False)

    def open(self, event: gr.EventData) -> str:
        """The document that was clicked, at the words that were clicked."""
        told = _told(event)
        try:
            document = self.assistant.library.document(id_of(str(told.get("document"))))
            span = Span(int(told.get("start", 0)), int(told.get("end", 0)))
        except FootnotedError as error:
            return error_html(str(error))
        except (TypeError, ValueError):
            return error_html("That is no place in a document.")
        return document_html(document, [span] if span.end > span.start else [], whole=bool(told.get("whole")))

    def library(self) -> str:
        """What is in the library."""
        try:
            catalog = self.assistant.library.catalog
            return library_html(catalog.documents(), catalog.counts()[1])
        except FootnotedError as error:
            return error_html(str(error))

    def greet(self) -> tuple[str, str]:
        """The welcome, and the pane before anything is open."""
        try:
            documents = self.assistant.library.catalog.counts()[0]
        except FootnotedError as error:
            return error_html(str(error)), ""
        return welcome_html(documents, self.examples), self.library()

    def add(self, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """Takes files that were uploaded into the library: status, welcome, pane."""
        told = _told(event)
        lines = [str(line) for line in told.get("refused") or []]
        waiting = self.inbox.take([str(token) for token in told.get("tokens") or []])
        if waiting:
            yield progress_html(f"Reading {named([name for name, _ in waiting])}"), gr.skip(), gr.skip()
        try:
            lines += keep_and_add(waiting[:MAX_FILES], self.assistant.library.folder / "uploads", self.add_files)
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
        yield (notes_html(lines), *self.greet())


def _told(event: gr.EventData) -> dict[str, Any]:
    """What the page's script said; anything may come here."""
    return event._data if isinstance(event._data, dict) else {}
