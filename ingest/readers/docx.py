"""Word documents: headings, clauses, lists, tables and fields in their order, then the notes, heads and feet."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ingest.language import language_tag
from ingest.metadata import stated_in
from ingest.outlets import split_byline
from ingest.readers.document import ReadDocument
from ingest.readers.labels import TYPED_NUMBER, labelled
from ingest.readers.table import Grid, write_tables
from ingest.readers.word_numbering import Numbering, numbering_of
from ingest.readers.word_styles import Styles, styles_of
from ingest.readers.word_table import grid_of
from ingest.readers.word_text import NOT_THERE, PARAGRAPH, TABLE, Run, boxes_of, is_hidden, lines_of, runs_of
from ingest.readers.zipped import opened_zip
from ingest.stated import merged, stated_by
from ingest.structure import TextWriter
from rag.domain import BlockKind, Span
from rag.errors import DocumentError

_FURNITURE = ("header", "footer")
_PAGE_NUMBER = re.compile(r"(?:page )?\d{0,4}(?: ?(?:of|/) ?\d{0,4})?", re.IGNORECASE)
_BULLET = re.compile(r"[•·▪◦‣●■□–—*-]\s+(?=\S)")
# What stands first, in several words and without a full stop, is what the document is called.
_FIRST_LINE = re.compile(r"[^\W\d_a-z]\S*(?: \S+)+")
_FIRST = 20
_LONGEST_HEADING = 90
_LONGEST_LABEL = 60
_MOST_LABEL_WORDS = 5
_ASKS = ("q", "question", "frage", "pregunta")
_ANSWERS = ("a", "r", "answer", "antwort", "réponse", "respuesta")
_SHOWN_AS_HEADING = 8


@dataclass(slots=True)
class _Reading:
    """What has been read of a document, and what is needed to read on."""

    writer: TextWriter
    styles: Styles
    numbering: Numbering
    has_headings: bool
    """Whether its first paragraphs have a heading by their style."""
    in_contents: bool = False
    record: int | None = None
    """The fields right above."""
    tabbed: list[list[Run]] = field(default_factory=list)
    """Paragraphs right above whose words are set apart by tabs."""
    joined: list[Run] = field(default_factory=list)
    """The paragraph above, where its end was deleted."""
    noted: dict[str, Span] = field(default_factory=dict)
    """What each footnote is to, by its kind and id."""


def read_docx(data: bytes, *, name: str) -> ReadDocument:
    """A .docx file; raises DocumentError where it is none."""
    opened_zip(data, name=name, what="a Word document").close()
    try:
        document = docx.Document(io.BytesIO(data))
        roots = {kind: list(_parts(document, kind)) for kind in ("numbering", "styles", "comments")}
        numbering = numbering_of(next(iter(roots["numbering"]), None))
        styles = styles_of(document.styles.element)
        first = islice(document.element.body.iter(PARAGRAPH), _FIRST)
        has_headings = any(styles.heading_level(paragraph) for paragraph in first)
        reading = _Reading(TextWriter(), styles, numbering, has_headings)
        _read(document.element.body, reading)
        _end_tabs(reading)
        _read_beside(document, reading)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise DocumentError(f"Cannot read {name}: it is not a Word document ({error}).") from error
    comments = sum(len(root.findall(qn("w:comment"))) for root in roots["comments"])
    text = reading.writer.text
    properties = document.core_properties
    # The program's own name stands where no author was entered; the file's own times say nothing of publication.
    author, outlet = split_byline(properties.author if properties.author != "python-docx" else None)
    how = "the file's properties"
    stated = merged(
        stated_by(how, title=properties.title),
        stated_by("the first heading", title=_styled_title(document)),
        stated_in(text),
        stated_by(how, outlet=outlet, author=author),
    )
    return ReadDocument(
        text=text,
        blocks=reading.writer.blocks,
        title=stated.title,
        outlet=stated.outlet,
        published=stated.published,
        author=stated.author,
        language=language_tag(properties.language),
        how=how,
        known_by=stated.known_by,
        # What somebody remarked on a draft is not what the document says.
        notices=(f"{name}: comments in the margin were left out: {comments}.",) if comments else (),
    )


def _read(element: Any, reading: _Reading) -> None:
    """Reads the paragraphs and tables in an element, through content controls, insertions and whatever holds them."""
    for inner in element:
        if inner.tag == PARAGRAPH:
            _read_paragraph(inner, reading)
            for box in boxes_of(inner):
                _end_tabs(reading)
                _read(box, reading)
        elif inner.tag == TABLE:
            _end_tabs(reading)
            _read_table(inner, reading)
        elif inner.tag == qn("w:sdt") and _is_contents(inner):
            before, reading.in_contents = reading.in_contents, True
            _read(inner, reading)
            reading.in_contents = before
        elif inner.tag not in NOT_THERE and not is_hidden(inner):
            _read(inner, reading)


def _is_contents(control: Any) -> bool:
    gallery = control.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and "contents" in (gallery.get(qn("w:val")) or "").lower()


def _read_paragraph(paragraph: Any, reading: _Reading) -> None:
    runs = [*reading.joined, *runs_of(paragraph, reading.styles)]
    mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}")
    reading.joined = runs if mark is not None else []
    words = "".join(run.words for run in runs).strip()
    if mark is not None or not words:
        return
    writer, styles = reading.writer, reading.styles
    level, listed = styles.heading_level(paragraph), _listed(paragraph, reading)
    if reading.in_contents or styles.is_furniture(paragraph):
        span = writer.add(BlockKind.FURNITURE, words)
    elif "\t" in words and level is None and listed is None and not TYPED_NUMBER.match(words):
        reading.tabbed.append(runs)
        return
    else:
        _end_tabs(reading)
        if level is not None:
            span = writer.add(BlockKind.HEADING, f"{listed[1]} {words}" if listed else words, level=level)
        elif listed is not None:
            depth, number = listed
            kind = BlockKind.STEP if number else BlockKind.ITEM
            if number and _may_head(words) and all(run.is_bold for run in runs if run.words.strip()):
                kind, depth = BlockKind.HEADING, _SHOWN_AS_HEADING + depth
            span = writer.add(kind, f"{number} {words}", level=depth)
        elif styles.name(paragraph) == "caption":
            span = writer.add(BlockKind.CAPTION, words)
        else:
            span = _write_plain(runs, words, reading)
            _note(paragraph, span, reading)
            return
    reading.record = None
    _note(paragraph, span, reading)


def _listed(paragraph: Any, reading: _Reading) -> tuple[int, str] | None:
    """How deep in a list a paragraph is, and the number before it; None where it is in none."""
    found = reading.styles.list_of(paragraph)
    if found is None:
        return None
    list_id, level = found
    if level is None:
        level = reading.numbering.level_of(list_id, reading.styles.style_id(paragraph))
    number = reading.numbering.mark(list_id, level)
    return None if number is None else (level, number)


def _write_plain(runs: list[Run], words: str, reading: _Reading) -> Span | None:
    """A paragraph without a style that tells what it is: by how it is shown."""
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    if len(lines) > 1 and all(labelled(line) or _BULLET.match(line) for line in lines):
        spans = [_write_line(line, reading) for line in lines]
        return spans[0]
    one = " ".join(lines)
    is_bold = all(run.is_bold for run in runs if run.words.strip())
    is_first = not reading.writer.text
    if (is_bold or (is_first and not reading.has_headings and _FIRST_LINE.fullmatch(one))) and _may_head(one):
        reading.record = None
        if one.endswith("?") and is_bold:
            return reading.writer.add(BlockKind.QUESTION, one)
        return reading.writer.add(BlockKind.HEADING, one, level=1 if is_first else _SHOWN_AS_HEADING)
    label = "".join(run.words for run in _leading_bold(runs)).strip()
    rest = one.removeprefix(" ".join(label.split())).strip()
    if label and not is_bold and len(label) <= _LONGEST_LABEL and (label.endswith(":") or rest.startswith(":")):
        return _write_field(label, rest.removeprefix(":"), reading)
    return _write_line(one, reading)


def _may_head(words: str) -> bool:
    return len(words) <= _LONGEST_HEADING and not words.endswith((".", ",", ";", ":", "!")) and not labelled(words)


def _leading_bold(runs: Iterable[Run]) -> Iterator[Run]:
    for run in runs:
        if run.words.strip() and not run.is_bold:
            return
        yield run


def _write_line(words: str, reading: _Reading) -> Span | None:
    """A line by how it begins: a typed dot, a typed number, a label."""
    pair = labelled(words)
    is_dialogue = pair is not None and pair[0].lower() in (*_ASKS, *_ANSWERS)
    if pair and not is_dialogue and not TYPED_NUMBER.match(words) and not _BULLET.match(words):
        return _write_field(*pair, reading)
    reading.record = None
    if pair and pair[0].lower() in _ASKS:
        return reading.writer.add(BlockKind.QUESTION, words)
    if bullet := _BULLET.match(words):
        return reading.writer.add(BlockKind.ITEM, words[bullet.end() :])
    kind = BlockKind.STEP if TYPED_NUMBER.match(words) else BlockKind.PARAGRAPH
    return reading.writer.add(
        kind, words, level=words.split()[0].strip(".").count(".") if kind is BlockKind.STEP else 0
    )


def _write_field(label: str, value: str, reading: _Reading) -> Span | None:
    if reading.record is None:
        reading.record = reading.writer.record()
    return reading.writer.pair(BlockKind.FIELD, label, value, record=reading.record)


def _end_tabs(reading: _Reading) -> None:
    """Writes the paragraphs above whose words are set apart by tabs: a table where there are several, else a field."""
    tabbed, reading.tabbed = reading.tabbed, []
    rows = [re.split(r"\s*\t\s*", "".join(run.words for run in runs).strip()) for runs in tabbed]
    if len(rows) > 1 and len({len(row) for row in rows}) == 1:
        strong = frozenset(
            at for at, runs in enumerate(tabbed) if all(run.is_bold for run in runs if run.words.strip())
        )
        labels = [list(_leading_bold(runs)) for runs in tabbed]
        are_labels = all(labels) and not strong
        write_tables(reading.writer, [Grid(rows, strong, strong_labels=are_labels)], level=_SHOWN_AS_HEADING)
        reading.record = None
        return
    for row in rows:
        if len(row) == 2 and len(row[0].split()) <= _MOST_LABEL_WORDS and not row[0].endswith((",", ";")):
            _write_field(row[0], row[1], reading)
        else:
            reading.record = None
            reading.writer.add(BlockKind.PARAGRAPH, " ".join(row))


def _read_table(table: Any, reading: _Reading) -> None:
    record, reading.record = reading.record, None
    grid = grid_of(table, reading.styles)
    if grid is None:  # it only holds other things in their places
        _read(table, reading)
        _end_tabs(reading)
    else:
        write_tables(reading.writer, [grid], level=_SHOWN_AS_HEADING, record=record)


def _note(paragraph: Any, span: Span | None, reading: _Reading) -> None:
    """Keeps which notes a paragraph has."""
    for kind in ("footnote", "endnote"):
        for mark in paragraph.iter(qn(f"w:{kind}Reference")):
            if span is not None:
                reading.noted[f"{kind}s {mark.get(qn('w:id'))}"] = span


def _read_beside(document: WordDocument, reading: _Reading) -> None:
    """The notes, each leaning on what it is to, and the heads and feet of pages."""
    for kind in ("footnotes", "endnotes"):
        for root in _parts(document, kind):
            for note in root:
                noted = reading.noted.get(f"{kind} {note.get(qn('w:id'))}")
                leans_on = (noted,) if noted else ()
                reading.writer.add(BlockKind.FOOTNOTE, " ".join(lines_of(note)), leans_on=leans_on)
    furniture = [line for kind in _FURNITURE for root in _parts(document, kind) for line in lines_of(root)]
    for line in dict.fromkeys(furniture):  # a head may stand once for each section
        if not _PAGE_NUMBER.fullmatch(line):
            reading.writer.add(BlockKind.FURNITURE, line)


def _parts(document: WordDocument, kind: str) -> Iterator[Any]:
    """The roots of the parts of this kind that belong to the document."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            yield parse_xml(relation.target_part.blob)


def _styled_title(document: WordDocument) -> str | None:
    for part in document.paragraphs[:_FIRST]:
        if part.text.strip() and part.style is not None and part.style.name in ("Title", "Heading 1"):
            return part.text.strip()
    return None
