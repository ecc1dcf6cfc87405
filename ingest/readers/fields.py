"""What the fields of a record, or the columns of a table, are called that say what a document is."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ingest.dates import iso_date
from ingest.language import language_tag
from ingest.outlets import without_by

_PLACES = ("path", "file", "filename")
_NAMES = {
    "title": "title headline",
    "outlet": "outlet source publisher publication newspaper site sitename sourcename outletname",
    "published": "published publishedat date publicationdate publisheddate datepublished publishdate publishedon"
    " publishtime publishedtime pubdate dateissued datetime timestamp",
    "author": "author authors byline creator",
    "url": "url link uri sourceurl canonical canonicalurl",
    "language": "language lang locale",
}
STATED = frozenset(" ".join(_NAMES.values()).split())
"""The compared names of fields that say what a document is."""
_WITHIN = ("metadata", "meta")
_ADDRESS = re.compile(
    r"\w+:[/\\]|\.{0,2}/|.*\.(?:csv|docx?|eml|epub|html?|jsonl?|md|pdf|pptx?|txt|xlsx?)$", re.IGNORECASE
)


def key_of(name: str) -> str:
    """A field's name as it is compared: `publishedAt`, `Published At` and `published_at` are one."""
    return re.sub(r"[\W_]+", "", name.lower())


def fields_of(record: Mapping[Any, Any]) -> dict[str, Any]:
    """The fields of a record by their compared names; those of a `metadata` object within come after its own."""
    fields: dict[str, Any] = {}
    for key, value in record.items():
        fields.setdefault(key_of(str(key)), value)
    for key in _WITHIN:
        if isinstance(inner := fields.get(key), Mapping):
            fields = {**{key_of(str(name)): value for name, value in inner.items()}, **fields}
    return fields


def stated_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What a document is by these fields: title, outlet, published, author, url and language, None where not stated."""
    said = {name: list(filter(None, (_said(fields.get(key)) for key in keys.split()))) for name, keys in _NAMES.items()}
    return {
        "title": _first(said["title"]),
        # Where a text was found is not who published it.
        "outlet": _first(outlet for outlet in said["outlet"] if not _ADDRESS.match(outlet)),
        "published": _first(filter(None, map(iso_date, said["published"]))),
        "author": _first(map(without_by, said["author"])),
        "url": _first(said["url"]),
        "language": language_tag(_first(said["language"])),
    }


def file_of(fields: Mapping[str, Any]) -> str | None:
    """The file that a row of a `metadata.csv` speaks of."""
    return said_in(fields, _PLACES)


def said_in(fields: Mapping[str, Any], keys: Iterable[str]) -> str | None:
    """The first of these fields that says something; a list of names is joined, and of a thing its name is taken."""
    return _first(filter(None, (_said(fields.get(key)) for key in keys)))


def _first(values: Iterable[str]) -> str | None:
    return next(iter(values), None)


def _said(value: Any) -> str | None:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_said, value))) or None
    if isinstance(value, Mapping):
        return _said(value.get("name"))
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return (value.strip() or None) if isinstance(value, str) else None
