"""Makes a collection of a template: draws its records, lays them out and writes them as files."""

import random
from collections.abc import Sequence

from training.everyday.files import TABLE_ONLY, written_as
from training.everyday.layout import Element, Writer, paper_of_all, paper_of_one
from training.everyday.shape import Attribute, Collection, Paper, Record, Template, Value, World
from training.everyday.values import fill

_ONE = ("txt", "txt", "txt", "md", "md", "html", "docx")
_MANY = ("txt", "md", "html", "csv", "csv", "xlsx", "docx")
_LAYOUTS = ("fields", "prose", "prose", "mixed", "mixed", "bullets", "grid")
_APART = ("documents", "clauses", "mail", "faq")
_NAMELESS = ("scan", "document", "page", "new file", "untitled", "img")
_TRIES = 20
_ALONE = 0.35
"""The share of collections of what is so or not so that have one paper: `May I keep a dog?` then needs no name."""


def collection(template: Template, rng: random.Random) -> Collection:
    """A collection of this kind; the same dice give the same one."""
    world = World(rng, template.language, currency=rng.randrange(4), year=rng.randrange(2015, 2027))
    kinds, shape = rng.choice(template.kind).split("="), rng.choice(template.shapes)
    rng.shuffle(kinds)
    is_apart = shape in _APART
    count = rng.randrange(2, 7) if is_apart else rng.randrange(5, 14) if shape == "table" else rng.randrange(3, 7)
    told = _told(template, rng, most=4 if shape == "list" else 9)
    if is_apart and any(one.is_matter for one in told) and rng.random() < _ALONE:
        count = 1
    records = _records(template, world, count)
    make = _papers if is_apart else _paper
    papers = make(template, world, kinds[0], records, told, shape)
    return Collection(template, world, tuple(kinds), tuple(records), tuple(papers), tuple(one.name for one in told))


def _told(template: Template, rng: random.Random, *, most: int) -> list[Attribute]:
    """The attributes that this collection tells: one or more is left out, for questions without an answer."""
    count = min(most, max(2, len(template.attributes) - rng.randrange(1, 4)))
    chosen = set(rng.sample(range(len(template.attributes)), count))
    return [one for at, one in enumerate(template.attributes) if at in chosen]


def _records(template: Template, world: World, count: int) -> list[Record]:
    records: list[Record] = []
    seen: set[str] = set()
    for _ in range(count * _TRIES):
        key = template.key(world)
        if len(records) < count and not seen & set(key.forms):
            seen |= set(key.forms)
            records.append(Record(key, {one.name: one.make(world) for one in template.attributes}))
    return records


def other_key(template: Template, world: World, records: Sequence[Record]) -> Value | None:
    """What tells a record that is not among these; None where none is drawn."""
    seen = {form for record in records for form in record.key.all_forms}
    keys = (template.key(world) for _ in range(_TRIES))
    return next((key for key in keys if not seen & set(key.all_forms)), None)


def _labels(told: Sequence[Attribute], rng: random.Random) -> dict[str, str]:
    return {one.name: rng.choice(one.labels) for one in told}


def _papers(
    template: Template, world: World, kind: str, records: Sequence[Record], told: Sequence[Attribute], shape: str
) -> list[Paper]:
    """A paper for each record, alike in their layout and mostly in their words."""
    rng = world.rng
    layouts = (shape,) if shape in ("clauses", "faq") else _LAYOUTS
    title, layout, labels = rng.choice(template.titles), rng.choice(layouts), _labels(told, rng)
    suffix = "eml" if shape == "mail" else rng.choice(_ONE)
    file, is_alike = rng.choice(template.files), rng.random() < 0.6
    papers: list[Paper] = []
    for at, record in enumerate(records):
        if not is_alike:
            title, layout, labels = rng.choice(template.titles), rng.choice(layouts), _labels(told, rng)
        elements = paper_of_one(Writer(template, world, kind, labels), record, at, told, title, layout)
        name = _file_name(fill(file, k=rng.choice(record.key.all_forms), kind=kind), suffix, rng)
        if any(paper.name == name for paper in papers):
            name = f"{at + 1}_{name}"
        papers.append(_written(name, suffix, elements, rng))
    return papers


def _paper(
    template: Template, world: World, kind: str, records: Sequence[Record], told: Sequence[Attribute], shape: str
) -> list[Paper]:
    """One paper for all records."""
    rng = world.rng
    writer = Writer(template, world, kind, _labels(told, rng))
    elements = paper_of_all(writer, records, told, shape, rng.choice(("fields", "prose", "mixed", "bullets")))
    suffix = "txt" if shape == "chat" else rng.choice(_MANY if shape == "table" else _ONE)
    name = _file_name(fill(rng.choice(template.all_files), kind=kind), suffix, rng)
    return [_written(name, suffix, elements, rng)]


def _written(name: str, suffix: str, elements: Sequence[Element], rng: random.Random) -> Paper:
    kept = elements[-1:] if suffix in TABLE_ONLY else elements
    pieces = tuple(piece for element in kept for piece in element.pieces)
    return Paper(name, written_as(suffix, elements, rng), pieces)


def _file_name(words: str, suffix: str, rng: random.Random) -> str:
    if rng.random() < 0.12:
        words = f"{rng.choice(_NAMELESS)} {rng.randrange(1, 900)}"
    kept = "".join(sign if sign.isalnum() or sign in "-." else " " for sign in words)
    return f"{rng.choice('_- ').join(kept.lower().split()).strip('.')}.{suffix}"
