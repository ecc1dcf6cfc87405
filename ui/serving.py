"""Serves the chat page from the command line."""

from pathlib import Path

from rich.console import Console

from ingest.pipeline import ingest
from ingest.report import IngestReport
from rag.assistant import Assistant
from ui.web import create_app, serve


def serve_page(assistant: Assistant, *, host: str, port: int, console: Console) -> None:
    """Serves the page until it is interrupted; prints its address once it answers."""

    def add_files(paths: list[Path]) -> IngestReport:
        return ingest(paths, into=assistant)

    def announce(url: str) -> None:
        console.print(f"The chat page is at {url} (stop it with Ctrl-C).", soft_wrap=True)

    serve(create_app(assistant, add_files=add_files), host=host, port=port, announce=announce)
