"""Markdown: the stored text is the decoded file; front matter in YAML or TOML gives the metadata."""

import datetime
import re
import tomllib
from typing import Any

import yaml

from ingest.readers.document import ReadDocument
from ingest.readers.fields import fields_of, stated_fields
from ingest.readers.text import decoded

_FRONT_MATTER = re.compile(
    r"\A(?:---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n(.*?)^\+\+\+)[ \t]*(?:\r?\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_NOTHING = ("null", "~")
_LONGEST_FRONT_MATTER = 20_000


def read_markdown(data: bytes, *, name: str) -> ReadDocument:
    """A Markdown file; raises DocumentError where it is not text."""
    text, notices = decoded(data, name=name)
    block = _FRONT_MATTER.match(text, 0, _LONGEST_FRONT_MATTER)
    fields = (_fields(block.group(1)) if block.group(1) is not None else _toml(block.group(2))) if block else None
    if block is None or fields is None:
        return ReadDocument(text=text, notices=notices)
    # Line breaks stay, so that the search copy has the same lines.
    blanked = re.sub(r"[^\r\n]", " ", block.group())
    return ReadDocument(
        text=text,
        search_text=blanked + text[block.end() :],
        **stated_fields(fields),
        how="the front matter",
        notices=notices,
    )


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
