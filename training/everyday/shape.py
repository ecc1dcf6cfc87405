"""What a made collection is made of: values in their forms, the attributes of a kind of paper, and facts in pieces."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Point = tuple[str, ...]
"""Something that is so or not, in several words: `I /may/ keep a dog[ in {s}]`, its verb between strokes."""


@dataclass(frozen=True)
class Stand:
    """How a matter stands with a record, as with dogs: what its papers write, what is so then, and what is not."""

    writes: tuple[str, ...]
    so: tuple[Point, ...]
    not_so: tuple[Point, ...]
    first: Point = ()
    """What the matter is mainly about, where this decides it."""
    asides: tuple[str, ...] = ()
    """What may follow the Yes or No to that: `but the kennel next door takes dogs`."""

    @property
    def points(self) -> tuple[tuple[Point, bool], ...]:
        """What can be asked, and whether it is so."""
        return (*((point, True) for point in self.so), *((point, False) for point in self.not_so))

    @property
    def is_told_by_one(self) -> bool:
        """Whether a mere Yes or No to one of its points tells the other too, as it does not where there are limits."""
        has_limit = any(sign.isdigit() for point, _ in self.points for words in point for sign in words)
        return len(self.so) <= 1 and len(self.not_so) <= 1 and not has_limit


@dataclass(frozen=True)
class Value:
    """Something a paper tells; all its forms mean the same."""

    kind: str
    """Values of one kind are written in one style throughout a collection: `date`, `money`, `name` …"""
    forms: tuple[str, ...]
    """As a paper writes it."""
    loose: tuple[str, ...] = ()
    """As a person may say it who leaves out a part, such as the year."""
    cell: tuple[str, ...] = ()
    """As a table writes it whose column names the unit; like `forms` where empty."""
    unit: str = ""
    amount: float | None = None
    stand: Stand | None = None
    """Of a value such as `yes`, `not allowed`, `only after 22:00`, what that means."""

    @property
    def all_forms(self) -> tuple[str, ...]:
        return (*self.forms, *self.loose)


@dataclass
class World:
    """What is the same throughout a collection: its dice, its money, its year, its ways of writing."""

    rng: random.Random
    language: str = "en"
    currency: int = 0
    year: int = 2024
    styles: dict[str, int] = field(default_factory=dict)

    def written(self, value: Value) -> str:
        """The value in the collection's style."""
        at = self.styles.setdefault(value.kind, self.rng.randrange(12))
        return value.forms[at % len(value.forms)]

    def in_cell(self, value: Value) -> str:
        at = self.styles.setdefault(value.kind, self.rng.randrange(12))
        return value.cell[at % len(value.cell)] if value.cell else self.written(value)


Maker = Callable[[World], Value]


def parts(text: str) -> tuple[str, ...]:
    """The wordings of a list that is written `one|other`."""
    return tuple(part.strip() for part in text.split("|") if part.strip())


@dataclass(frozen=True)
class Attribute:
    """Something that each record of a kind of paper has; wordings hold `{v}` for its value, `{s}` for the record."""

    name: str
    labels: tuple[str, ...]
    """As a field or a column is labelled."""
    make: Maker
    writes: tuple[str, ...]
    """Sentences of the paper; the record is named there or not."""
    asks: tuple[str, ...]
    says: tuple[str, ...]
    """Claims, with a verb."""
    which: tuple[str, ...] = ()
    """Questions for the record that has a value."""
    heading: str = ""
    """Of the clause that tells it."""
    noun: tuple[str, ...] = ()
    """As a person names it in a sentence: `the {noun} of {s}`; empty where that does not read well."""
    near: frozenset[str] = frozenset()
    """The attributes that some would take for an answer to a question for this one."""
    is_matter: bool = False
    """Whether it is so or not so; what is asked and claimed is then told by its values' points."""

    def is_near(self, other: str, attributes: Sequence["Attribute"]) -> bool:
        """Whether this attribute or one of that name may pass for the other."""
        return other in self.near or any(self.name in one.near for one in attributes if one.name == other)


def attribute(name: str, labels: str, make: Maker, writes: str, asks: str, says: str, **rest: str) -> Attribute:
    """An attribute whose wordings are written `one|other`."""
    noun = rest.get("noun", labels.lower())
    return Attribute(
        name,
        parts(labels),
        make,
        parts(writes),
        parts(asks),
        parts(says),
        which=parts(rest.get("which", "")),
        heading=rest.get("heading", parts(labels)[0]),
        noun=parts(noun)[:3],
        near=frozenset(rest.get("near", "").split()),
    )


@dataclass(frozen=True)
class Template:
    """A kind of paper: what its records are called and what they have."""

    name: str
    kind: tuple[str, ...]
    """What the paper is; `electricity bill=power bill` are two words for one."""
    key: Maker
    """What tells its records apart."""
    key_labels: tuple[str, ...]
    titles: tuple[str, ...]
    """Of a paper about one record; `{kind}`, `{k}`."""
    mentions: tuple[str, ...]
    """How a person names a record."""
    files: tuple[str, ...]
    attributes: tuple[Attribute, ...]
    shapes: tuple[str, ...]
    """One paper a record: `documents`, `clauses`, `faq`, `mail`; one with all: `table`, `sections`, `list`, `chat`."""
    all_titles: tuple[str, ...] = ()
    """Of a paper about many records."""
    all_files: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()
    """Sentences that tell several attributes: `{total} … {due}`."""
    filler: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    """What stands under the title of a paper."""
    language: str = "en"


def template(name: str, attributes: tuple[Attribute, ...], key: Maker, **texts: str) -> Template:
    """A template whose wordings are written `one|other`."""
    shapes = tuple(texts.pop("shapes").split())
    language = texts.pop("language", "en")
    rest = {name: parts(value) for name, value in texts.items()}
    return Template(name=name, key=key, attributes=attributes, shapes=shapes, language=language, **rest)


@dataclass(frozen=True)
class Told:
    """That a piece tells an attribute of a record, in these words."""

    record: int
    attribute: str
    written: str
    labelled: str = ""
    """The words with their label, where a field or a row tells it."""


@dataclass(frozen=True)
class Piece:
    """A heading, a sentence, a field, or a row as a paper writes it, and what it tells."""

    text: str
    told: tuple[Told, ...] = ()
    record: int | None = None
    """Whose piece it is, also where it tells nothing."""


@dataclass(frozen=True)
class Record:
    """What a paper is about, or a part of one, and its values."""

    key: Value
    values: dict[str, Value]


@dataclass(frozen=True)
class Paper:
    """A file: its name, its bytes, and its pieces in order."""

    name: str
    data: bytes
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Collection:
    """Papers that are alike, and all that is known of them."""

    template: Template
    world: World
    kinds: tuple[str, ...]
    """What its papers are called: by themselves as the first, by people as any."""
    records: tuple[Record, ...]
    papers: tuple[Paper, ...]
    told: tuple[str, ...]
    """The attributes that its papers tell; the template's others are nowhere in it."""
