"""Markdown: the stored text is the decoded file; front matter in YAML or TOML gives the metadata."""

import datetime
import re
import tomllib
from collections.abc import Sequence
from typing import Any

import yaml

from ingest.readers.document import ReadDocument
from ingest.readers.fields import STATED, fields_of, key_of, stated_fields
from ingest.readers.markdown_blocks import markdown_blocks
from ingest.readers.markdown_paragraph import trimmed
from ingest.readers.text import decoded
from rag.domain import Block, BlockKind, Part, Span

_FRONT_MATTER = re.compile(
    r"\A(?:---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n(.*?)^\+\+\+)[ \t]*(?:\r?\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_KEY = re.compile(r"^([^\W\d][\w .-]{0,60}?)[ \t]*[:=](?=\s)[ \t]*", re.MULTILINE)
_QUOTE_MARK = re.compile(r"(?<=\n)[ \t>]*>")
_NOTHING = ("null", "~")
_LONGEST_FRONT_MATTER = 20_000


def read_markdown(data: bytes, *, name: str) -> ReadDocument:
    """A Markdown file; raises DocumentError where it is not text."""
    text, notices = decoded(data, name=name)
    return markdown_of(text, notices=notices)


def markdown_of(text: str, *, notices: tuple[str, ...] = ()) -> ReadDocument:
    """A text that is Markdown."""
    block = _FRONT_MATTER.match(text, 0, _LONGEST_FRONT_MATTER)
    fields = (_fields(block.group(1)) if block.group(1) is not None else _toml(block.group(2))) if block else None
    if block is None or fields is None:
        blocks = markdown_blocks(text, 0)
        return ReadDocument(text=text, search_text=_unquoted(text, blocks), blocks=blocks, notices=notices)
    head = _head(text, Span(*block.span(block.lastindex or 0)))
    blocks = markdown_blocks(text, block.end(), head)
    said = stated_fields(fields)
    headings = (each.span.of(text) for each in blocks if each.kind is BlockKind.HEADING)
    title = said["title"] or next(headings, None)
    return ReadDocument(
        text=text,
        # Without a title its other fields could be taken for one.
        search_text=_without(_unquoted(text, blocks), block.end(), head if title else []),
        blocks=blocks,
        **(said | {"title": title}),
        how="the front matter",
        known_by={} if said["title"] else {"title": "the headline"},
        notices=notices,
    )


def _unquoted(text: str, blocks: Sequence[Block]) -> str:
    """The text without the marks of a quotation that stand among the words of its paragraphs; as long."""
    pieces, at = [], 0
    for block in blocks:
        if block.kind is not BlockKind.CODE:
            words = _QUOTE_MARK.sub(lambda found: " " * len(found.group()), block.span.of(text))
            pieces += [text[at : block.span.start], words]
            at = block.span.end
    return "".join([*pieces, text[at:]])


def _without(text: str, end: int, head: Sequence[Block]) -> str:
    """The text, in its front matter nothing but the fields that tell more than what the document is; as long."""
    # Line breaks stay, so that the search copy has the same lines.
    kept = list(re.sub(r"[^\r\n]", " ", text[:end]))
    for field in head:
        name = field.parts[0].name
        if name is not None and key_of(name.of(text)) not in STATED:
            kept[field.span.start : field.span.end] = field.span.of(text)
    return "".join(kept) + text[end:]


def _head(text: str, inner: Span) -> list[Block]:
    """The fields of the front matter that stands here; a value goes on in lines that begin with no key."""
    found: list[Block] = []
    keys = list(_KEY.finditer(text, inner.start, inner.end))
    ends = [*(key.start() for key in keys[1:]), inner.end]
    for key, end in zip(keys, ends[: len(keys)], strict=True):
        value = trimmed(text, Span(key.end(), end))
        if value:
            name = Span(*key.span(1))
            found.append(Block(BlockKind.FIELD, Span(name.start, value.end), parts=(Part(value, name),), record=1))
    return found


def _fields(block: str) -> dict[str, Any] | None:
    """The keys of the front matter; None where the block is no YAML mapping and so is prose between two rules."""
    try:
        # BaseLoader is safe_load without guesses: `2025-05` stays what was written, and nothing but text is built.
        loaded = yaml.load(block, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return None
    if not isinstance(loaded, dict):
        return None
    return {key: value for key, value in fields_of(loaded).items() if value not in _NOTHING}


def _toml(block: str) -> dict[str, Any] | None:
    """The keys of front matter in TOML, as Hugo writes it; None where it is none."""
    try:
        loaded = tomllib.loads(block.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    times = (datetime.date, datetime.time)
    return fields_of({key: str(value) if isinstance(value, times) else value for key, value in loaded.items()})
