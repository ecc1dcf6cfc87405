"""JSON-LD: what a web page says about its article in the vocabulary of schema.org."""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from ingest.dates import iso_date
from ingest.language import language_tag
from ingest.outlets import without_by
from ingest.stated import Stated, stated_by

_ARTICLE = re.compile("Article|BlogPosting|Report")
_PAGE = re.compile("WebPage")
_WRAPPED = re.compile(r"\A\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*\Z")
# Where a page's own article may stand, and who made it; lists of other stories are left out.
_WITHIN = ("@graph", "mainEntity", "mainEntityOfPage", "author", "creator", "publisher")
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
_MOST_LEVELS = 8

_Thing = dict[str, Any]


def linked_data(tree: LexborHTMLParser) -> Iterator[Stated]:
    """What the first article that the page describes states, then what the page itself does."""
    things = [thing for node in tree.css("script[type]") for thing in _things(_loaded(node.attributes, node.text()))]
    named = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and thing.get("name")}
    for kind in (_ARTICLE, _PAGE):
        for thing in things:
            if kind.search(str(thing.get("@type"))) and (thing.get("headline") or thing.get("datePublished")):
                yield _stated(thing, named)
                break


def _stated(thing: _Thing, named: Mapping[str, _Thing]) -> Stated:
    outlets = (_name(thing.get(key), named) for key in ("publisher", "sourceOrganization", "isPartOf"))
    author = _name(thing.get("author") or thing.get("creator"), named)
    return stated_by(
        "JSON-LD",
        title=_text(thing.get("headline")),
        outlet=next(filter(None, outlets), None),
        published=iso_date(thing.get("datePublished")),
        author=author and without_by(author),
        language=language_tag(_text(thing.get("inLanguage"))),
    )


def _loaded(attributes: Mapping[str, str | None], script: str) -> object:
    """What a script holds; None where it is none of JSON-LD or damaged."""
    if not (attributes.get("type") or "").strip().lower().startswith("application/ld+json"):
        return None
    try:
        return json.loads(_WRAPPED.sub("", script), strict=False)  # not strict: line breaks within words
    except (ValueError, RecursionError):
        return None


def _things(described: object, levels: int = 0) -> Iterator[_Thing]:
    """The things described, each followed by those within it."""
    if isinstance(described, list):
        for thing in described:
            yield from _things(thing, levels)
    elif isinstance(described, dict) and levels < _MOST_LEVELS:
        yield described
        for key in _WITHIN:
            yield from _things(described.get(key), levels + 1)


def _name(thing: object, named: Mapping[str, _Thing]) -> str | None:
    """The name of a person or an organisation, or of what they refer to; several are parted by commas."""
    things = thing if isinstance(thing, list) else [thing]
    names = []
    for part in things:
        if isinstance(part, dict):
            whole = part if part.get("name") else named.get(str(part.get("@id")), part)
            part = whole.get("name")
        # Some sites list the name of one thing.
        names.append(_text(part[0] if isinstance(part, list) and part else part))
    return ", ".join(name for name in names if name and not name.startswith("http")) or None


def _text(value: object) -> str | None:
    return " ".join(_TAG.sub("", unescape(value)).split()) or None if isinstance(value, str) else None
