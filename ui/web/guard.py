"""Who may ask the page for what: other hosts and sites, Gradio's other routes and remote fetches are refused."""

import base64
import hashlib
import ipaddress
import json
import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# What the page itself uses. Everything else of Gradio is closed: `file=` and `proxy=` fetch for a visitor, `config`,
# `info`, `openapi.json` and `runs` describe or keep what is nobody's business, `upload` is replaced by ours.
_OPEN = [
    ("GET", re.compile(r"/(?:page\.css|theme\.css|favicon\.ico|picture)?")),
    ("GET", re.compile(r"/(?:assets|static)/[\w./@-]+")),
    ("GET", re.compile(r"/gradio_api/(?:queue/data|startup-events|heartbeat/[\w-]+)")),
    ("POST", re.compile(r"/gradio_api/(?:queue/join|cancel|reset)")),
    ("POST", re.compile(r"/(?:upload|rate)")),
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


class Guard:
    """Closes what Gradio leaves open: other hosts and origins, its other routes, file objects, remote fetches."""

    def __init__(self, app: ASGIApp, *, hosts: set[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request itself or hands it on."""
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
