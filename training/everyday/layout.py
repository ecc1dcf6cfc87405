"""Lays a collection's records out as papers: as fields, prose, clauses, lists, tables or sections."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from training.everyday.matters import replied, said
from training.everyday.shape import Attribute, Piece, Record, Template, Told, World
from training.everyday.values import capital, fill

_LEAD_INS = ("Do the following:", "Proceed as follows:", "Steps:", "This is how it is done:")

_MARKS = {"en": ("Q: ", "A: "), "de": ("F: ", "A: ")}
"""Of questions and answers."""


@dataclass(frozen=True)
class Element:
    """A part of a paper: `title`, `heading`, `field`, `paragraph`, `item`, `step`, `clause`, `line` or `table`."""

    kind: str
    pieces: tuple[Piece, ...]
    label: str = ""
    cells: tuple[tuple[str, ...], ...] = ()
    """Of a table, its rows, that of the columns' names first where it has more than two columns."""

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def value(self) -> str:
        """Of a field, what stands behind its label."""
        return self.pieces[0].told[0].written


@dataclass(frozen=True)
class Writer:
    """Writes what a paper tells of its records."""

    template: Template
    world: World
    kind: str
    labels: dict[str, str]
    """How this paper labels each attribute."""

    def name(self, record: Record) -> str:
        pattern = self.world.rng.choice([one for one in self.template.mentions if "my " not in one])
        return fill(pattern, k=self.world.written(record.key), kind=self.kind)

    def field(self, record: Record, at: int, attribute: Attribute) -> Element:
        written = self.world.written(record.values[attribute.name])
        label = self.labels[attribute.name]
        text = f"{label}: {written}"
        return Element("field", (Piece(text, (Told(at, attribute.name, written, text),), at),), label=label)

    def sentence(self, record: Record, at: int, attribute: Attribute) -> Piece:
        value = record.values[attribute.name]
        if value.stand:
            words = said(value.stand, self.name(record), self.world.rng)
            return Piece(words, (Told(at, attribute.name, words),), at)
        written = self.world.written(value)
        pattern = self.world.rng.choice(attribute.writes)
        text = capital(fill(pattern, v=written, s=self.name(record), kind=self.kind))
        return Piece(text, (Told(at, attribute.name, written),), at)

    def body(self, record: Record, at: int, attributes: Sequence[Attribute], layout: str) -> list[Element]:
        """What is told of one record, what is done step by step after all else."""
        listed = [one for one in attributes if record.values[one.name].kind == "steps"]
        rest = [one for one in attributes if one not in listed]
        found = self._body(record, at, rest, layout) if rest else []
        for one in listed:
            found.append(Element("paragraph", (Piece(self.world.rng.choice(_LEAD_INS), record=at),)))
            steps = record.values[one.name].forms
            found += [Element("step", (Piece(step, (Told(at, one.name, step),), at),)) for step in steps]
        return found

    def _body(self, record: Record, at: int, attributes: Sequence[Attribute], layout: str) -> list[Element]:
        rng = self.world.rng
        if rng.random() < 0.4:
            attributes = rng.sample(attributes, len(attributes))
        if layout == "mixed":
            cut = rng.randrange(len(attributes))
            fields, prose = attributes[:cut], attributes[cut:]
            return [*self._body(record, at, fields, "fields"), *self._body(record, at, prose, "prose")]
        if layout == "fields":
            return [self.field(record, at, one) for one in attributes]
        if layout == "grid":
            fields = [self.field(record, at, one) for one in attributes]
            cells = tuple((one.label, one.value) for one in fields)
            return [Element("table", tuple(one.pieces[0] for one in fields), cells=cells)]
        if layout == "clauses":
            return [Element("clause", (self.sentence(record, at, one),), label=one.heading) for one in attributes]
        if layout == "faq":
            return [element for one in attributes for element in self._answered(record, at, one)]
        sentences, left = self._joint(record, at, attributes)
        sentences += [self.sentence(record, at, one) for one in left]
        rng.shuffle(sentences)
        if layout == "bullets":
            return [Element("item", (piece,)) for piece in sentences]
        return list(paragraphs(sentences, self.world))

    def _answered(self, record: Record, at: int, attribute: Attribute) -> tuple[Element, Element]:
        """A question as a heading, and its answer, which may be a mere Yes or No."""
        stand, question, piece = record.values[attribute.name].stand, attribute.heading, None
        if stand:
            question, words = replied(stand, self.name(record), self.world.language, self.world.rng)
            is_marked = self.world.styles.setdefault("faq", self.world.rng.randrange(4)) == 0
            asks, answers = _MARKS[self.world.language] if is_marked else ("", "")
            question = f"{asks}{question}"
            piece = Piece(f"{answers}{words}", (Told(at, attribute.name, words),), at)
        piece = piece or self.sentence(record, at, attribute)
        return Element("heading", (Piece(question, record=at),)), Element("paragraph", (piece,))

    def _joint(self, record: Record, at: int, attributes: Sequence[Attribute]) -> tuple[list[Piece], list[Attribute]]:
        """Sentences that tell several attributes at once, and the attributes that are left."""
        made, left = [], {one.name: one for one in attributes}
        for pattern in self.template.joint:
            inside = [name for name in left if f"{{{name}}}" in pattern]
            if len(inside) == pattern.count("{") and self.world.rng.random() < 0.5:
                written = {name: self.world.written(record.values[name]) for name in inside}
                told = tuple(Told(at, name, words) for name, words in written.items())
                made.append(Piece(capital(fill(pattern, **written)), told, at))
                left = {name: one for name, one in left.items() if name not in inside}
        return made, list(left.values())

    def line(self, record: Record, at: int, attributes: Sequence[Attribute], key: str) -> Piece:
        """All of a record on one line."""
        told = []
        for one in attributes:
            written = self.world.written(record.values[one.name])
            label = self.labels[one.name]
            told.append(Told(at, one.name, written, f"{label[:1].lower()}{label[1:]} {written}"))
        return Piece(f"{capital(key)}: {', '.join(one.labelled for one in told)}", tuple(told), at)

    def table(self, records: Sequence[Record], attributes: Sequence[Attribute]) -> Element:
        """A row for each record."""
        rng = self.world.rng
        is_bare = rng.random() < 0.5  # the columns' names hold the units
        names = [rng.choice(self.template.key_labels)]
        for one in attributes:
            unit, label = records[0].values[one.name].unit if is_bare else "", self.labels[one.name]
            names.append(f"{label} ({unit})" if unit and unit.lower() not in label.lower() else label)
        rows, pieces = [tuple(names)], []
        for at, record in enumerate(records):
            write = self.world.in_cell if is_bare else self.world.written
            cells = [write(record.values[one.name]) for one in attributes]
            rows.append((self.world.written(record.key), *cells))
            said = [f"{name}: {cell}" for name, cell in zip(names, rows[-1], strict=True)]
            told = (Told(at, *each) for each in zip([one.name for one in attributes], cells, said[1:], strict=True))
            pieces.append(Piece("; ".join(said), tuple(told), at))
        return Element("table", tuple(pieces), cells=tuple(rows))


def paragraphs(sentences: Sequence[Piece], world: World) -> Iterator[Element]:
    """Sentences as paragraphs of one to four."""
    at = 0
    while at < len(sentences):
        count = world.rng.randrange(1, 5)
        yield Element("paragraph", tuple(sentences[at : at + count]))
        at += count


def paper_of_one(
    writer: Writer, record: Record, at: int, attributes: Sequence[Attribute], title: str, layout: str
) -> list[Element]:
    """A paper about one record."""
    template, rng = writer.template, writer.world.rng
    text = fill(title, k=writer.world.written(record.key), kind=writer.kind)
    elements = [Element("title", (Piece(text, record=at),))]
    if template.openings and rng.random() < 0.5:
        elements.append(Element("paragraph", (Piece(rng.choice(template.openings), record=at),)))
    elements += writer.body(record, at, attributes, layout)
    if template.filler and rng.random() < 0.6:
        said = rng.sample(template.filler, min(len(template.filler), rng.randrange(1, 3)))
        elements.append(Element("paragraph", tuple(Piece(one, record=at) for one in said)))
    return elements


def paper_of_all(
    writer: Writer, records: Sequence[Record], attributes: Sequence[Attribute], shape: str, layout: str
) -> list[Element]:
    """One paper about all records: a table, sections, or a list."""
    template, world = writer.template, writer.world
    title = capital(fill(world.rng.choice(template.all_titles), kind=writer.kind))
    elements = [Element("title", (Piece(title),))]
    if shape == "table":
        return [*elements, writer.table(records, attributes)]
    if shape == "chat":
        return list(chat(writer, records, attributes))
    if template.filler and world.rng.random() < 0.3:
        elements.append(Element("paragraph", (Piece(world.rng.choice(template.filler)),)))
    for at, record in enumerate(records):
        key = world.written(record.key)
        if shape == "sections":
            elements.append(Element("heading", (Piece(capital(key), record=at),)))
            elements += writer.body(record, at, attributes, layout)
        else:
            elements.append(Element("item", (writer.line(record, at, attributes, key),)))
    return elements


def chat(writer: Writer, records: Sequence[Record], attributes: Sequence[Attribute]) -> Iterator[Element]:
    """What people write to each other, line by line, among it much that tells nothing."""
    rng = writer.world.rng
    said = [(at, record, one) for at, record in enumerate(records) for one in attributes if rng.random() < 0.6]
    rng.shuffle(said)
    minutes = rng.randrange(480, 1200)
    stamp = rng.choice(("[{}] {}: {}", "{} {}: {}", "{} - {}: {}", "{1}: {2}"))
    for at, record, one in said:
        lines = [writer.sentence(record, at, one)]
        if rng.random() < 0.4:
            lines.append(Piece(rng.choice(writer.template.filler), record=rng.randrange(len(records))))
        for piece in lines:
            minutes += rng.randrange(1, 9)
            name = writer.world.written(records[piece.record or 0].key)
            words = piece.text if rng.random() < 0.5 else piece.text[0].lower() + piece.text[1:]
            text = stamp.format(f"{minutes // 60 % 24:02}:{minutes % 60:02}", name, words)
            yield Element("line", (Piece(text, piece.told, piece.record),))
