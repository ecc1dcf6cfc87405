"""A language model server that fails in one scripted way, over real HTTP on this machine. It ends by itself."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

KEY = "sk-test-0123456789-do-not-print"
# Far longer than a test waits for it, and far shorter than a build.
SLOW_SECONDS = 20.0


@dataclass(frozen=True)
class FaultyServer:
    """Where it listens, and what it was asked: path, headers (lower case) and body of each request."""

    base_url: str
    requests: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)


@contextmanager
def faulty_server(fault: str) -> Iterator[FaultyServer]:
    """A server on 127.0.0.1 whose every reply has this fault; the faults are the keys of `FAULTS`."""
    ending = Event()
    play = FAULTS[fault]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._answer()

        def do_GET(self) -> None:
            self._answer()

        def log_message(self, *args: Any) -> None:
            """Says nothing."""

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            served.requests.append((self.path, headers, json.loads(body) if body else {}))
            with suppress(BrokenPipeError, ConnectionResetError):  # the client has had enough, as it should
                play(Wire(self, ending, served))

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        served = FaultyServer(f"http://127.0.0.1:{server.server_port}/v1")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield served
        finally:
            ending.set()
            server.shutdown()
            thread.join(timeout=10)


@dataclass(frozen=True)
class Wire:
    """One request being answered, in the terms of the faults."""

    handler: BaseHTTPRequestHandler
    ending: Event
    served: FaultyServer

    def start(self, status: int, kind: str = "text/event-stream", **headers: str) -> None:
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()

    def write(self, text: str) -> None:
        self.handler.wfile.write(text.encode())
        self.handler.wfile.flush()

    def say(self, content: object, finish: str | None = None) -> None:
        choice = {"index": 0, "delta": {"content": content}, "finish_reason": finish}
        self.write(f"data: {json.dumps({'id': '1', 'object': 'chat.completion.chunk', 'choices': [choice]})}\n\n")

    def refuse(self, status: int, message: str, param: str | None = None, **headers: str) -> None:
        self.start(status, "application/json", **headers)
        self.write(json.dumps({"error": {"message": message, "param": param}}))


def _good(wire: Wire) -> None:
    if wire.handler.path.endswith("/models"):
        wire.start(200, "application/json")
        wire.write(json.dumps({"object": "list", "data": [{"id": "first-model", "object": "model"}, {"id": "second"}]}))
        return
    wire.start(200)
    for piece in ("Prices ", "rose [1]."):
        wire.say(piece)
    wire.say("", finish="stop")
    wire.write("data: [DONE]\n\n")


def _busy_once(wire: Wire) -> None:
    if len(wire.served.requests) == 1:
        wire.refuse(429, "busy", Retry_After_Ms="10")
    else:
        _good(wire)


def _newer_limit(wire: Wire) -> None:
    if "max_tokens" in wire.served.requests[-1][2]:
        wire.refuse(400, "Use 'max_completion_tokens' instead.", param="max_tokens")
    else:
        _good(wire)


def _cut(wire: Wire, *, length: str | None) -> None:
    # With a length the client can tell that bytes are missing; without one only the missing ending tells.
    wire.start(200, **({"Content_Length": length} if length else {}))
    wire.say("Prices ")


def _endless(wire: Wire) -> None:
    wire.start(200)
    for _ in range(100_000):
        wire.say("and then some more words ")
        if wire.ending.is_set():
            return


def _comments(wire: Wire) -> None:
    wire.start(200)
    for _ in range(int(SLOW_SECONDS / 0.02)):
        wire.write(": still here\n\n")
        if wire.ending.wait(0.02):
            return


def _silent(wire: Wire) -> None:
    wire.ending.wait(SLOW_SECONDS)


def _silent_after_a_word(wire: Wire) -> None:
    wire.start(200)
    wire.say("Prices ")
    wire.ending.wait(SLOW_SECONDS)


def _said(*contents: object, finish: str | None = "stop") -> Callable[[Wire], None]:
    def play(wire: Wire) -> None:
        wire.start(200)
        for content in contents:
            wire.say(content)
        wire.say("", finish=finish)
        wire.write("data: [DONE]\n\n")

    return play


def _written(text: str, kind: str = "text/event-stream") -> Callable[[Wire], None]:
    def play(wire: Wire) -> None:
        wire.start(200, kind)
        wire.write(text)

    return play


FAULTS: dict[str, Callable[[Wire], None]] = {
    "none": _good,
    "401": lambda wire: wire.refuse(401, f"Incorrect API key provided: {KEY}."),
    "403": lambda wire: wire.refuse(403, f"{KEY} may not use this model."),
    "404": lambda wire: wire.refuse(404, f"No model for {KEY}."),
    "429": lambda wire: wire.refuse(429, "Too many requests.", Retry_After="600"),
    "429 once": _busy_once,
    "500": lambda wire: wire.refuse(500, "out of\nmemory", Retry_After_Ms="1"),
    "wants max_completion_tokens": _newer_limit,
    "cut stream": lambda wire: _cut(wire, length=None),
    "cut stream with a length": lambda wire: _cut(wire, length="5000"),
    "not JSON": _written("data: {this is not JSON\n\n"),
    "JSON of another shape": _written('data: {"choices": "none"}\n\n'),
    "JSON that is a number": _written("data: 7\n\n"),
    "words that are no text": _said(7),
    "a web page": _written("<html><body>Welcome</body></html>", "text/html"),
    "no stream": _written('{"choices": [{"message": {"content": "Prices rose [1]."}}]}', "application/json"),
    "a verdict": _said("Un", "supported."),
    "nothing": _written(""),
    "empty reply": _said(""),
    "no room for words": _said("", finish="length"),
    "withheld": _said("Prices ", finish="content_filter"),
    "error in the stream": _written('data: {"error": {"message": "the GPU is gone", "code": 500}}\n\n'),
    "endless reply": _endless,
    "endless comments": _comments,
    "silence": _silent,
    "silence after a word": _silent_after_a_word,
}
