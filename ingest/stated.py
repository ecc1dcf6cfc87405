"""What is stated about a document, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field

FIELDS = ("title", "outlet", "published", "author", "url", "language")


@dataclass(frozen=True, slots=True)
class Stated:
    """What one place, or several, say about a document; None where they do not."""

    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    known_by: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Where each of the fields stands, in words for people."""


def stated_by(how: str, known_by: Mapping[str, str] | None = None, /, **fields: str | None) -> Stated:
    """Fields that stand in one place; `known_by` names another place for single ones."""
    places = known_by or {}
    return Stated(**fields, known_by={name: places.get(name, how) for name, value in fields.items() if value})


def merged(*places: Stated | None) -> Stated:
    """Each field as the first of these places states it."""
    fields: dict[str, str | None] = {}
    known_by: dict[str, str] = {}
    for name in FIELDS:
        place = next((place for place in places if place is not None and getattr(place, name)), None)
        if place is not None:
            fields[name] = getattr(place, name)
            known_by[name] = place.known_by.get(name, "")
    return Stated(**fields, known_by=known_by)
