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
    with serving(FAULTS[fault]) as served:
        yield served


@contextmanager
def serving(play: "Callable[[Wire], None]") -> Iterator[FaultyServer]:
    """A server on 127.0.0.1 that answers every request as `play` does."""
    ending = Event()

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

    def end(self, finish: str | None, usage: tuple[int, int] | None = None) -> None:
        self.say("", finish=finish)
        if usage:
            counts = {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
            self.write(f"data: {json.dumps({'id': '1', 'choices': [], 'usage': counts})}\n\n")
        self.write("data: [DONE]\n\n")

    @property
    def asked(self) -> dict[str, Any]:
        return self.served.requests[-1][2]

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
    wire.end("stop", usage=(11, 4))


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


def _refusing(option: str) -> Callable[[Wire], None]:
    def play(wire: Wire) -> None:
        if option in wire.asked:
            wire.refuse(400, f"Unknown field: {option}")
        else:
            _good(wire)

    return play


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
        wire.end(finish)

    return play


def _written(text: str, kind: str = "text/event-stream") -> Callable[[Wire], None]:
    def play(wire: Wire) -> None:
        wire.start(200, kind)
        wire.write(text)

    return play


FAULTS: dict[str, Callable[[Wire], None]] = {
    "none": _good,
    "wants no options": _refusing("stream_options"),
    "refuses a schema": _refusing("response_format"),
    "400": lambda wire: wire.refuse(400, "the prompt exceeds the context"),
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
    "honours a schema": _said('{"said": [', '"Prices rose."]}'),
    "another JSON": _said('{"answer": "Prices rose [1]."}'),
    "cut for lack of room": _said("Prices rose [1]", finish="length"),
    "markers that do not exist": _said("The mill at Oster burned down on 3 May 2024 [1][7]."),
    "quotes that are not there": _said(
        "The mill burned down on 3 May 2024 [1]. ", "“We set it on fire”, said Holt [1]."
    ),
    "a reply that ignores the passages": _said("Paris is the capital of France. It lies on the Seine."),
    "silence": _silent,
    "silence after a word": _silent_after_a_word,
}
