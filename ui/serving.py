"""Serves the chat page over HTTP."""

import errno
import logging
import os
import socket
import threading
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import fastapi
import uvicorn
from rich.console import Console

from ingest.pipeline import ingest
from ingest.report import IngestReport
from rag.assistant import Assistant
from rag.errors import SettingsError
from rag.settings import load_settings
from ui.ingesting import limits_of
from ui.web.page import create_app

_PORTS_TRIED = 20


def serve_page(assistant: Assistant, *, host: str, port: int, examples: Sequence[str], console: Console) -> None:
    """Serves the page over an assistant until it is interrupted; prints its address once it answers."""

    limits = limits_of(load_settings())

    def add_files(paths: list[Path]) -> IngestReport:
        return ingest(paths, into=assistant, limits=limits)

    def announce(url: str) -> None:
        console.print(f"The chat page is at {url} (stop it with Ctrl-C).", soft_wrap=True)

    serve(create_app(assistant, add_files=add_files, examples=examples), host=host, port=port, announce=announce)


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


def listen(host: str, port: int, *, tried: int = _PORTS_TRIED) -> socket.socket:
    """A socket on the port, or on the next free one of those tried; raises SettingsError where there is none."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    except OSError as error:
        raise SettingsError(f"Cannot serve on {host}: {error.strerror}. Choose another --host.") from None
    last = min(port + tried, 65536) if port else 1
    for candidate in range(port, last):
        listener = socket.socket(family, socket.SOCK_STREAM)
        if os.name == "posix":  # elsewhere this would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
            listener.listen()
        except OSError as error:
            listener.close()
            if error.errno != errno.EADDRINUSE:
                problem = f"Cannot serve on {host}:{candidate}: {error.strerror}. Choose another --host or --port."
                raise SettingsError(problem) from None
        else:
            return listener
    raise SettingsError(f"The ports {port} to {last - 1} of {host} are all taken. Choose another --port.")


class _Server(uvicorn.Server):
    """Tells when it answers, and ends without a word."""

    def __init__(self, config: uvicorn.Config, on_start: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_start = on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # An open page listens for as long as it is open; that it is cut off here is no fault that needs a traceback.
        logging.getLogger("uvicorn.error").disabled = True
        await super().shutdown(sockets)


def _announce(address: str, announce: Callable[[str], None], open_browser: bool) -> None:
    announce(address)
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
