"""A language model behind any OpenAI-compatible endpoint. The only file that knows the `openai` package.

Importing it takes half a second: import this module only where a language model is configured.
"""

import asyncio
import queue
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import SplitResult, urlsplit

import openai
from anyio.from_thread import start_blocking_portal
from pydantic import BaseModel, ValidationError

from rag.domain import Usage
from rag.errors import LanguageModelError, NoSchemaError, SettingsError
from rag.models.language.reasons import ADDRESS, CONTENT_FILTER, UNREACHED, kinds, reason_of
from rag.ports import Message, ReplyEnd

OPENAI_URL = "https://api.openai.com/v1"
# Local servers ask for no key, yet the library refuses to start without one.
NO_KEY = "no-key-needed"
# A slow laptop may write for minutes, as long as it is never silent for `timeout_seconds`.
WHOLE_REPLY_TIMEOUTS = 5
# The longest words of common vocabularies; a reply beyond this ignores `max_tokens`.
CHARACTERS_PER_TOKEN = 16
DETAIL_CHARACTERS = 200
# How long after its deadline the other thread may take to say so.
LATE_SECONDS = 10
LOOPBACK = ("localhost", "127.0.0.1", "::1")

Steps = Callable[[openai.AsyncOpenAI], AsyncIterator[str | ReplyEnd]]


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a server wants to be asked, as far as its refusals have told."""

    newer_limit: bool = False
    """Models that reason take no temperature, and call the limit by another name."""
    tells_usage: bool = True

    def request(self, max_tokens: int, schema: type[BaseModel] | None) -> dict[str, Any]:
        limit = {"max_completion_tokens": max_tokens} if self.newer_limit else {"max_tokens": max_tokens}
        heat = {} if self.newer_limit else {"temperature": 0}
        usage = {"stream_options": {"include_usage": True}} if self.tells_usage else {}
        return {**limit, **heat, **usage, **({"response_format": _response_format(schema)} if schema else {})}

    def simpler(self, error: openai.APIStatusError) -> "_Manner | None":
        """What to try after a refusal; None where nothing is left."""
        if not self.newer_limit and getattr(error, "param", None) in ("max_tokens", "temperature"):
            return replace(self, newer_limit=True)
        return replace(self, tells_usage=False) if self.tells_usage else None


class OpenAiLanguageModel:
    """Streams replies of the model at `base_url` (OpenAI's own where None).

    With no `model` named, the first that the server lists is used. `timeout_seconds` bounds every silence; a whole
    reply may take five times as long. Raises SettingsError where the address or the key cannot be one.
    """

    def __init__(self, base_url: str | None, api_key: str | None, model: str | None, timeout_seconds: float) -> None:
        self._address = _parsed(base_url or OPENAI_URL)
        self._base_url = base_url or OPENAI_URL
        self._key = (api_key or "").strip() or None
        # A header cannot carry other characters, and the error of the library that says so would print the key.
        if self._key and not re.fullmatch(r"[!-~]+", self._key):
            raise SettingsError("OPENAI_API_KEY holds characters that no key has. Copy the key again.")
        self._model = model
        self._timeout_seconds = timeout_seconds
        # Found out from the server's own replies, once: the next question is asked as it wants.
        self.takes_schema = True
        self._refused_schema = False
        self._manner = _Manner()

    @property
    def name(self) -> str:
        """The model's name; asks the server for it, once, where none was given. Raises LanguageModelError."""
        if self._model is None:
            [self._model] = map(str, self._aside(self._first_model))
        return self._model

    @property
    def endpoint(self) -> str:
        """The address, for people to read: without user, password or query."""
        host = self._address.hostname or ""
        port = f":{self._address.port}" if self._address.port else ""
        return f"{self._address.scheme}://{f'[{host}]' if ':' in host else host}{port}{self._address.path}".rstrip("/")

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, schema: type[BaseModel] | None = None
    ) -> Iterator[str | ReplyEnd]:
        """The reply, piece by piece, and how it ended. Raises LanguageModelError, also after some pieces have come.

        With a schema the reply is JSON of that form, or NoSchemaError is raised: the server refuses the request, writes
        something else, or JSON of another form. That it does so is remembered in `takes_schema`.
        """
        return self._aside(lambda client: self._pieces(client, messages, max_tokens, schema))

    def _aside(self, steps: Steps) -> Iterator[str | ReplyEnd]:
        """What `steps` yield, worked out in another thread.

        There an event loop can end them at the deadline whatever they wait for (a connection, a pause before the
        second try, a server that sends only comments), and at once when the caller stops listening.
        """
        found: queue.SimpleQueue[str | ReplyEnd | None] = queue.SimpleQueue()
        seconds = self._timeout_seconds * WHOLE_REPLY_TIMEOUTS

        async def work() -> None:
            try:
                async with asyncio.timeout(seconds), self._client() as client:
                    async for piece in steps(client):
                        found.put(piece)
            finally:
                found.put(None)

        with start_blocking_portal() as portal:
            working = portal.start_task_soon(work)
            try:
                while (piece := found.get(timeout=seconds + LATE_SECONDS)) is not None:
                    yield piece
                working.result(timeout=LATE_SECONDS)
            except LanguageModelError:
                raise
            except Exception as error:  # the library and what it is built on raise many kinds; unknown ones go on
                explained = self._explained(error)
                if explained is None:
                    raise
                raise explained from None  # the library's own words may repeat the key
            finally:
                working.cancel()

    def _client(self) -> openai.AsyncOpenAI:
        """A client for one reply; nothing of it outlives the reply."""
        host = self._address.hostname or ""
        # A model on this machine is asked directly: a proxy of the environment has no business with the documents.
        direct = {f"all://{f'[{host}]' if ':' in host else host}": None} if host in LOOPBACK else None
        return openai.AsyncOpenAI(
            base_url=self._base_url,
            api_key=self._key or NO_KEY,
            timeout=self._timeout_seconds,
            max_retries=1,
            http_client=openai.DefaultAsyncHttpxClient(mounts=direct),
        )

    async def _first_model(self, client: openai.AsyncOpenAI) -> AsyncIterator[str | ReplyEnd]:
        if self._base_url.startswith(OPENAI_URL):  # lists every kind of model it has, in no order
            raise self._error("has many models, and none is named", "Name one with FOOTNOTED_MODEL.")
        try:
            listed = getattr(await client.models.list(), "data", None)
        except AttributeError:  # what the library does with a reply that is no JSON
            raise self._error("answered nonsense when asked for its models", ADDRESS) from None
        first = getattr(listed[0], "id", None) if isinstance(listed, list) and listed else None
        if not isinstance(first, str) or not first:
            raise self._error("lists no model", "Name one with FOOTNOTED_MODEL, or load one in the server.")
        yield first

    async def _pieces(
        self,
        client: openai.AsyncOpenAI,
        messages: Sequence[Message],
        max_tokens: int,
        schema: type[BaseModel] | None,
    ) -> AsyncIterator[str | ReplyEnd]:
        if self._model is None:
            async for name in self._first_model(client):
                self._model = str(name)
        stream = await self._begun(client, messages, max_tokens, schema)
        events, written, finish, usage = 0, "", None, None
        async with stream:
            async for chunk in stream:
                events += 1
                piece, ended = _read(chunk)
                finish, usage = ended or finish, _used(chunk) or usage
                written += piece
                if len(written) > max_tokens * CHARACTERS_PER_TOKEN:
                    asked = f"went on after {len(written)} characters, though {max_tokens} tokens were asked for"
                    raise self._error(asked, "Use another model or server.")
                if schema and written.lstrip()[:1] not in ("", "{"):
                    raise self._no_schema("wrote words where JSON was asked for")
                if piece:
                    yield piece
        self._require_whole(stream, events, written, finish)
        if schema and finish != "length" and not _has_form(written, schema):
            raise self._no_schema("wrote JSON of another form than was asked for")
        yield ReplyEnd(usage, cut=finish == "length")

    def _require_whole(self, stream: openai.AsyncStream[Any], events: int, written: str, finish: str | None) -> None:
        if not events:
            kind = stream.response.headers.get("content-type", "none").partition(";")[0]
            raise self._error(f"answered nonsense: no stream of events (content type {kind})", ADDRESS)
        if finish is None:  # a server that closes the connection half-way looks like one that is done, but for this
            raise self._error("broke off in the middle of its reply", "Try again, and look at its log.")
        if finish == "content_filter":
            raise self._error(*CONTENT_FILTER)
        if not written:
            why = " (it used all tokens before the first word)" if finish == "length" else ""
            raise self._error(f"sent an empty reply{why}", "Raise FOOTNOTED_MAX_ANSWER_TOKENS or use another model.")

    async def _begun(
        self,
        client: openai.AsyncOpenAI,
        messages: Sequence[Message],
        max_tokens: int,
        schema: type[BaseModel] | None,
    ) -> openai.AsyncStream[Any]:
        said = [{"role": message.role, "content": message.content} for message in messages]
        manner = self._manner
        while True:
            options = manner.request(max_tokens, schema)
            try:
                # Which options there are differs from server to server, so they are no arguments that a type checks.
                create = cast("Callable[..., Awaitable[openai.AsyncStream[Any]]]", client.chat.completions.create)
                stream = await create(model=self._model or "", messages=said, stream=True, **options)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                simpler = manner.simpler(error)
                if schema and not (simpler and simpler.newer_limit != manner.newer_limit):
                    self._refused_schema = True  # perhaps for another reason: that is seen when asked without
                    raise NoSchemaError(str(self._explained(error))) from None
                if simpler is None:
                    raise
                manner = simpler
                continue
            self._manner = manner
            if schema is None and self._refused_schema:
                self.takes_schema = False
            return stream

    def _no_schema(self, happened: str) -> NoSchemaError:
        self.takes_schema = False
        return NoSchemaError(str(self._error(happened, "Ask it for marked text.")))

    def _explained(self, error: BaseException) -> LanguageModelError | None:
        """The error in our words; None for one that is no failure of the endpoint."""
        if isinstance(error, openai.APIConnectionError) and UNREACHED in kinds(error.__cause__):
            error = cast("BaseException", error.__cause__)  # tells a server that is not there from one that broke off
        reason = reason_of(error)
        if reason is None:
            return None
        happened, remedy = reason
        happened = happened.format(silent=self._timeout_seconds, whole=self._timeout_seconds * WHOLE_REPLY_TIMEOUTS)
        status = getattr(error, "status_code", None)
        return self._error(f"{happened} (status {status})" if status else happened, remedy, self._detail(error))

    def _detail(self, error: BaseException) -> str:
        """What the endpoint itself says of an error, on one line; empty where it might repeat the key."""
        if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
            return ""
        wait = _header(error, "retry-after")
        if wait:
            return f"It asks to wait {wait} seconds"
        body = getattr(error, "body", None)
        told = (body.get("message") or body.get("detail")) if isinstance(body, dict) else None
        if UNREACHED in kinds(error):
            told = str(error)
        return told if isinstance(told, str) else ""

    def _error(self, happened: str, remedy: str, detail: str = "") -> LanguageModelError:
        detail = " ".join(self._without_secrets(detail).split())
        detail = "".join(character for character in detail if character.isprintable())[:DETAIL_CHARACTERS]
        said = f": {detail.rstrip('.')}" if detail else ""
        return LanguageModelError(f"The language model at {self.endpoint} {happened}{said}. {remedy}")

    def _without_secrets(self, text: str) -> str:
        for secret in (self._key, self._address.password, self._address.query):
            if secret:
                text = text.replace(secret, "…")
        return text


def _parsed(base_url: str) -> SplitResult:
    try:
        address = urlsplit(base_url)
        usable = address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0
    except ValueError:  # a port that is no number, a bracket left open
        usable = False
    if not usable:
        # The address is not repeated: it may hold a password.
        raise SettingsError("The setting 'base_url' is no http address. Use one like http://localhost:11434/v1.")
    return address


def _read(chunk: Any) -> tuple[str, str | None]:
    """The words of a chunk, and why the reply ended if it did. The library builds chunks from anything: check."""
    choices = getattr(chunk, "choices", None)
    if not isinstance(choices, list):
        raise ValueError("a chunk without choices")
    if not choices:  # figures of use come in a chunk of their own
        return "", None
    piece = getattr(getattr(choices[0], "delta", None), "content", None)
    finish = getattr(choices[0], "finish_reason", None)
    if not isinstance(piece, str | None) or not isinstance(finish, str | None):
        raise ValueError("a chunk whose words are no text")
    return piece or "", finish


def _used(chunk: Any) -> Usage | None:
    """What the reply cost, where a chunk says so."""
    usage = getattr(chunk, "usage", None)
    counts = [getattr(usage, name, None) for name in ("prompt_tokens", "completion_tokens")]
    whole = [count for count in counts if type(count) is int and count >= 0]
    return Usage(*whole) if len(whole) == len(counts) else None


def _response_format(schema: type[BaseModel]) -> dict[str, Any]:
    form = {"name": "reply", "schema": schema.model_json_schema(), "strict": True}
    return {"type": "json_schema", "json_schema": form}


def _has_form(text: str, schema: type[BaseModel]) -> bool:
    try:
        schema.model_validate_json(text)
    except ValidationError:
        return False
    return True


def _header(error: BaseException, name: str) -> str:
    headers = getattr(getattr(error, "response", None), "headers", None)
    return str(headers.get(name) or "") if headers is not None else ""
