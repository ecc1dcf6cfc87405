"""The chat page: conversations on the left, questions in the middle, the cited document on the right."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import fastapi
from starlette.responses import FileResponse

from ingest.readers.kind import SUFFIXES
from ingest.report import IngestReport
from rag.assistant import Assistant
from ui.web.conversation import Conversation
from ui.web.feedback import Feedback
from ui.web.frame import composer_html, masthead_html, sidebar_html
from ui.web.guard import Guard
from ui.web.library import LibraryDesk, Shown
from ui.web.line import Line
from ui.web.pictures import Pictures
from ui.web.uploads import Inbox

# Both are read by the import below. Without the second, Gradio makes statistics of all past events with pandas after
# each event, for a monitoring page that is closed here.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = "1000000000"
import gradio as gr

_HERE = Path(__file__).parent
_SCRIPTS = ["ask.js", "conversations.js", "document.js", "library.js", "clicks.js"]
_ANSWERS_AT_ONCE = 2
_LONGEST_LINE = 60
_EVENTS_AT_ONCE = 16
"""Of each kind; those that wait for an answer have a line of their own."""


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
    pictures = Pictures(assistant.library)

    @asynccontextmanager
    async def lifespan(_: fastapi.FastAPI) -> AsyncIterator[None]:
        yield
        inbox.close()
        pictures.close()
        library.tidy(all_=True)

    app = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.hosts = {"localhost", "127.0.0.1", "::1", *hosts}
    app.add_middleware(Guard, hosts=app.state.hosts)
    app.add_api_route("/page.css", lambda: FileResponse(_HERE / "page.css"), methods=["GET"])
    app.add_api_route("/picture", pictures.receive, methods=["GET"])
    app.add_api_route("/upload", inbox.receive, methods=["POST"])
    app.add_api_route("/rate", feedback.receive, methods=["POST"])
    conversation = Conversation(assistant, feedback, Line(at_once=_ANSWERS_AT_ONCE, longest=_LONGEST_LINE))
    library = LibraryDesk(assistant, inbox, add_files, tuple(examples))
    _in_a_loop(lambda: _mount(app, _blocks(conversation, library)))
    return app


def _mount(app: fastapi.FastAPI, blocks: gr.Blocks) -> None:
    gr.mount_gradio_app(
        app,
        blocks,
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


def _blocks(conversation: Conversation, library: LibraryDesk) -> gr.Blocks:
    # Not gr.Chatbot: it renders Markdown and HTML and fetches the images that a document or a model names. gr.HTML puts
    # its value on the page as it is, and every value here has passed `ui.web.html.safe`. Its template must stay the
    # default `${value}`: with `{{value}}` Gradio runs `${...}` in the value as a script.
    bare: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
    blocks: gr.Blocks = gr.Blocks(title="footnoted", fill_width=True, analytics_enabled=False)
    with blocks:
        with gr.Row(elem_id="panes"):
            gr.HTML(sidebar_html(library.name), elem_id="side", **bare)
            with gr.Column(elem_id="chat"):
                gr.HTML(masthead_html(), elem_id="masthead", **bare)
                with gr.Column(elem_id="conversation"):
                    welcome = gr.HTML(elem_id="welcome", **bare)
                    gr.HTML('<div id="turns"></div>', elem_id="earlier", **bare)  # the script's
                    current = gr.HTML(elem_id="current", **bare)
                status = gr.HTML(elem_id="status", **bare)
                meant = gr.HTML(elem_id="meant", **bare)
                gr.HTML(composer_html(library.inbox.suffixes), elem_id="composer", **bare)
                chooser = gr.HTML(elem_id="choosing", **bare)
            with gr.Column(elem_id="pane"):
                # The script hears what is done on the whole page and raises the pane's events.
                pane = gr.HTML(apply_default_css=False, js_on_load=_script())
        shown = [welcome, pane, chooser]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        quick = quiet | {"trigger_mode": "always_last", "concurrency_limit": _EVENTS_AT_ONCE}

        async def answer(event: gr.EventData) -> AsyncIterator[str]:
            async for html in conversation.answer(_told(event)):
                yield html

        def open_(event: gr.EventData) -> str:
            return library.opened(_told(event))

        def list_(event: gr.EventData) -> str:
            return library.listed(_told(event))

        def change(event: gr.EventData) -> tuple[Any, ...]:
            told, changed = library.changed(_told(event))
            return told, *_changed(changed)

        def mean(event: gr.EventData) -> str:
            return library.meant(_told(event))

        def add(event: gr.EventData) -> Iterator[tuple[Any, ...]]:
            for told, changed in library.added(_told(event)):
                yield told, *_changed(changed)

        # How many are answered at once is the line's to say: what waits there can be told, and stopped.
        asked = pane.submit(answer, None, current, trigger_mode="multiple", concurrency_limit=None, **quiet)
        pane.stop(None, cancels=[asked], **quiet)
        pane.click(open_, None, pane, **quick)
        pane.clear(list_, None, pane, **quick)
        pane.edit(change, None, [status, *shown], concurrency_id="writing", concurrency_limit=1, **quiet)
        pane.apply(mean, None, meant, **quick)
        pane.upload(add, None, [status, *shown], concurrency_id="writing", trigger_mode="multiple", **quiet)
        blocks.load(lambda: _changed(library.greet()), None, shown, concurrency_limit=_EVENTS_AT_ONCE, **quiet)
        blocks.queue(max_size=None)
    return blocks


def _script() -> str:
    """The scripts as one, which begins when the parts that it needs are there: Gradio makes them in any order."""
    whole = "\n".join((_HERE / "scripts" / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    needed = "#turns, #current, #question, #status, #meant, .side, .masthead"
    are_there = f"document.querySelectorAll({needed!r}).length >= {needed.count(',') + 1}"
    waits = f"(function wait() {{ if ({are_there}) begin(); else requestAnimationFrame(wait); }})();"
    return f"{waits}\nfunction begin() {{\n{whole}\n}}"


def _changed(shown: Shown | None) -> tuple[Any, ...]:
    """Welcome, pane and chooser; without a word of ours, Gradio empties what it shows."""
    if shown is None:
        return (gr.skip(),) * 3
    return shown.welcome, gr.skip() if shown.pane is None else shown.pane, shown.chooser


def _told(event: gr.EventData) -> dict[str, Any]:
    """What the page's script said; anything may come here."""
    return event._data if isinstance(event._data, dict) else {}
