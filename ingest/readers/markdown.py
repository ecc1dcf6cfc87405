"""Markdown: the stored text is the decoded file; YAML front matter gives the metadata."""

import re
from typing import Any

import yaml

from ingest.readers.document import ReadDocument
from ingest.readers.fields import fields_of, stated_fields
from ingest.readers.text import decoded

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_LONGEST_FRONT_MATTER = 20_000


def read_markdown(data: bytes, *, name: str) -> ReadDocument:
    """A Markdown file; raises DocumentError where it is not text."""
    text, notices = decoded(data, name=name)
    block = _FRONT_MATTER.match(text, 0, _LONGEST_FRONT_MATTER)
    fields = _fields(block.group(1)) if block else None
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
    return fields_of(loaded) if isinstance(loaded, dict) else None
