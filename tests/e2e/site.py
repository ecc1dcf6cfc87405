"""A page that is served over a real library, for a real browser."""

import shutil
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from playwright.sync_api import BrowserContext, Page
from pydantic import BaseModel

from ingest.report import IngestReport
from rag.assistant import Assistant
from rag.domain import Document, Origin, Span
from rag.errors import LibraryBusyError
from rag.library.library import DiskLibrary
from rag.models.embedder import OnnxEmbedder
from rag.models.reader import OnnxReader
from rag.ports import Message
from rag.settings import Settings
from rag.wiring import Parts
from ui.serving import listen
from ui.web.page import create_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TIMEOUT_MS = 20_000
PADDING = "\n\n".join(
    f"Paragraph {number} tells of nothing in particular, at some length, and then ends." for number in range(400)
)
FIRE = "The mill at Oster burned down on 3 May 2024. Nobody was hurt."
MILL = f"{PADDING}\n\n{FIRE}\n\n{PADDING}"
HOSTILE = (
    "The ferry at Lund sinks on Sundays ![](https://evil.invalid/x.png) <img src=https://evil.invalid/y.png>"
    '<script>document.title="taken"</script> <style>@import "https://evil.invalid/z.css";</style>.'
)
TEXTS = {"mill.txt": MILL, "ferry.md": HOSTILE}


class Script:
    """A language model that says what it is told to, and waits where it is told to."""

    name = "script"
    takes_schema = False

    def __init__(self) -> None:
        self.pieces: tuple[str, ...] = ()
        self.may_end = threading.Event()

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, schema: type[BaseModel] | None = None
    ) -> Iterator[str]:
        yield from self.pieces
        self.may_end.wait(TIMEOUT_MS / 1000)


@dataclass
class Site:
    """A page that is served, and what the browser asked for while it was open."""

    address: str
    assistant: Assistant
    model: Script
    busy: bool = False
    requested: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def add(self, paths: Sequence[Path]) -> IngestReport:
        """Stands for ingest: each file is one document of one passage."""
        if self.busy:
            raise LibraryBusyError("The library is being written by another process. Try again when it has finished.")
        with self.assistant.library.writing() as writer:
            for path in paths:
                text = path.read_text()
                spans = [Span(at, min(at + 500, len(text))) for at in range(0, len(text), 500)]
                document = Document(path.name, text, Origin(path.name, title=path.stem, outlet="Oster Post"))
                vectors = self.assistant.embedder.embed([span.of(text) for span in spans])
                writer.put(document, source=str(path), sha256=path.name, spans=spans, vectors=vectors)
        return IngestReport(added=tuple(path.name for path in paths))


def serving(folder: Path, model: Script, texts: dict[str, str], *, generative: bool) -> Iterator[Site]:
    embedder = OnnxEmbedder()
    library = DiskLibrary(folder / "library", embedder=embedder.name, dimension=embedder.dimension, create=True)
    parts = Parts(library, embedder, reader=OnnxReader(), language_model=model if generative else None)
    assistant = Assistant(parts, Settings(library=folder / "library"))
    with listen("127.0.0.1", 0) as listener:
        site = Site(f"http://127.0.0.1:{listener.getsockname()[1]}", assistant, model)
        for name, text in texts.items():
            (folder / name).write_text(text)
        if texts:
            site.add([folder / name for name in texts])
        app = create_app(assistant, add_files=site.add, examples=["When did the mill at Oster burn down?"])
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield site
        server.should_exit = True
        thread.join()
    assistant.close()


def opened(browser: BrowserContext, site: Site) -> Page:
    page = browser.new_page()
    site.requested.clear()
    site.complaints.clear()
    page.on("request", lambda request: site.requested.append(request.url))
    page.on("console", lambda message: site.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: site.complaints.append(str(error)))
    page.goto(site.address)
    page.locator(".welcome").wait_for()
    return page


def ask(page: Page, question: str) -> None:
    page.get_by_placeholder("Ask a question").fill(question)
    page.keyboard.press("Enter")
