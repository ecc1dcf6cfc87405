"""Language models of servers on this machine's usual ports: asked once, quickly, on loopback and nowhere else."""

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rag.models.language.sizes import SMALL_BILLIONS, billions_of

USUAL_PORTS: Mapping[int, str] = {11434: "Ollama", 1234: "LM Studio", 8080: "llama.cpp"}
SECONDS = 0.05
"""Whoever has not answered by then is not there: nobody waits for a server that nobody runs."""
_LISTS = ("/v1/models", "/api/tags")
"""What every one of them lists; and what Ollama does, with sizes that the names may lack."""
_MOST_BYTES = 1_000_000
_MOST_MODELS = 200
_NAME = re.compile(r"[\w.:/@+ -]{1,120}")
_NOT_FOR_TALK = re.compile(r"embed|rerank|whisper|minilm|\bbge\b|clip\b|-tts|guard", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NearbyModel:
    """A model that a server on this machine offers; `billions` of weights, None where nothing tells."""

    server: str
    base_url: str
    name: str
    billions: float | None


def nearby_models(ports: Mapping[int, str] = USUAL_PORTS, *, seconds: float = SECONDS) -> list[NearbyModel]:
    """The models that write text, server by server; none where no server answers in time."""
    return asyncio.run(_all_of(ports, seconds))


def preferred(models: Sequence[NearbyModel], name: str | None = None) -> NearbyModel | None:
    """The model of this name; without a name the largest small one, else the smallest of known size, else the first."""
    if name is not None:
        return next((one for one in models if name in (one.name, one.name.removesuffix(":latest"))), None)
    known = sorted((one for one in models if one.billions is not None), key=lambda one: one.billions or 0)
    small = [one for one in known if (one.billions or 0) < SMALL_BILLIONS]
    return next(iter(small[-1:] or known or models), None)


async def _all_of(ports: Mapping[int, str], seconds: float) -> list[NearbyModel]:
    asked = {asyncio.create_task(_listed(port, path)): (port, path) for port in ports for path in _LISTS}
    done, late = await asyncio.wait(asked, timeout=seconds)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    listed = {asked[task]: task.result() for task in done}
    return [one for port, server in ports.items() for one in _models(port, server, listed)]


def _models(port: int, server: str, listed: Mapping[tuple[int, str], dict[str, Any]]) -> list[NearbyModel]:
    entries, tags = (listed.get((port, path), {}) for path in _LISTS)
    details = {_text(tag.get("name")): _dict(tag.get("details")) for tag in _list(tags, "models")}
    found = []
    for entry in _list(entries, "data")[:_MOST_MODELS]:
        name, weights = _text(entry.get("id")), _dict(entry.get("meta")).get("n_params")
        if not _NAME.fullmatch(name) or _NOT_FOR_TALK.search(name):
            continue
        told = billions_of(_text(details.get(name, {}).get("parameter_size"))) or billions_of(name)
        size = weights / 1e9 if isinstance(weights, int | float) and weights > 0 else told
        found.append(NearbyModel(server, f"http://127.0.0.1:{port}/v1", name, size))
    return found


async def _listed(port: int, path: str) -> dict[str, Any]:
    """The JSON object that a path gives; empty for anything else that may stand behind a port."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return {}
    try:
        # HTTP/1.0, so that the reply comes whole and ends with the connection.
        writer.write(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nAccept: application/json\r\n\r\n".encode())
        reply = b""
        while len(reply) < _MOST_BYTES and (piece := await reader.read(65536)):
            reply += piece
    except OSError:
        return {}
    finally:
        writer.close()
    head, _, body = reply.partition(b"\r\n\r\n")
    if not re.match(rb"HTTP/1\.[01] 200\b", head):
        return {}
    try:
        return _dict(json.loads(body))
    except (ValueError, RecursionError):
        return {}


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    given = value.get(name)
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
