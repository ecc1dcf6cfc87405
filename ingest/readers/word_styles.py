"""What Word's styles say of a paragraph or a table: a heading, a list, a caption, a head in bold."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_MOST_ABOVE = 20
_HEADING = re.compile(r"heading (\d)")
_OFF = ("0", "false", "off", "none")
_BODY_LEVEL = 9
_FIRST_ROW, _FIRST_COLUMN = 0x20, 0x80


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by their ids."""

    by_id: Mapping[str, Any]
    default: str | None

    def name(self, paragraph: Any) -> str:
        """What the paragraph's style is called, in lower case; Word's own have one name in every language."""
        style = self.by_id.get(self.style_id(paragraph) or "")
        name = style.find(qn("w:name")) if style is not None else None
        return (name.get(qn("w:val")) or "").lower() if name is not None else ""

    def style_id(self, paragraph: Any) -> str | None:
        """The id of the paragraph's style."""
        said = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return said.get(qn("w:val")) if said is not None else self.default

    def heading_level(self, paragraph: Any) -> int | None:
        """From 1, which is a title, and 2 for `Heading 1`; None where it is no heading."""
        name = self.name(paragraph)
        if name == "title":
            return 1
        for properties in self._properties(paragraph):
            outline = properties.find(qn("w:outlineLvl"))
            if outline is not None:
                level = int(outline.get(qn("w:val")) or _BODY_LEVEL)
                return level + 2 if level < _BODY_LEVEL else None
        found = _HEADING.match(name)
        return int(found[1]) + 1 if found else None

    def list_of(self, paragraph: Any) -> tuple[str, int | None] | None:
        """The list that a paragraph is in and its level from 0, None where only the style tells that."""
        level, list_id = None, None
        for properties in self._properties(paragraph):
            said = properties.find(qn("w:numPr"))
            if said is not None:
                at, number = said.find(qn("w:ilvl")), said.find(qn("w:numId"))
                level = int(at.get(qn("w:val")) or 0) if level is None and at is not None else level
                if number is not None:
                    list_id = number.get(qn("w:val"))
                    break
        return (list_id, level) if list_id and list_id != "0" else None

    def is_bold(self, run: Any, paragraph: Any) -> bool:
        """Whether a run is shown in bold; a heading's own boldness does not count."""
        properties = run.find(qn("w:rPr"))
        if properties is not None:
            if (said := is_on(properties.find(qn("w:b")))) is not None:
                return said
            style = properties.find(qn("w:rStyle"))
            if style is not None and self._is_bold_style(style.get(qn("w:val"))):
                return True
        return self._is_bold_style(self.style_id(paragraph))

    def is_furniture(self, paragraph: Any) -> bool:
        """Whether it is a line of a table of contents or of an index."""
        name = self.name(paragraph)
        return name.startswith(("toc ", "index ", "table of ")) or name in ("toc", "index")

    def shows_heads(self, table: Any) -> tuple[bool, bool]:
        """Whether the table's style shows its first row as a head, and its first column."""
        properties = table.find(qn("w:tblPr"))
        style = properties.find(qn("w:tblStyle")) if properties is not None else None
        look = properties.find(qn("w:tblLook")) if properties is not None else None
        if style is None or look is None:
            return False, False
        styled = {
            each.get(qn("w:type"))
            for above in self._chain(style.get(qn("w:val")))
            for each in above.iterchildren(qn("w:tblStylePr"))
        }
        bits = int(look.get(qn("w:val")) or "0", 16)
        row = look.get(qn("w:firstRow"), "1" if bits & _FIRST_ROW else "0") not in _OFF
        column = look.get(qn("w:firstColumn"), "1" if bits & _FIRST_COLUMN else "0") not in _OFF
        return row and "firstRow" in styled, column and "firstCol" in styled

    def _is_bold_style(self, style_id: str | None) -> bool:
        for style in self._chain(style_id):
            said = is_on(style.find(f"{qn('w:rPr')}/{qn('w:b')}"))
            if said is not None:
                return said
        return False

    def _properties(self, paragraph: Any) -> Iterator[Any]:
        """The paragraph's own properties and those of its styles, the nearest first."""
        for element in (paragraph, *self._chain(self.style_id(paragraph))):
            properties = element.find(qn("w:pPr"))
            if properties is not None:
                yield properties

    def _chain(self, style_id: str | None) -> Iterator[Any]:
        for _ in range(_MOST_ABOVE):
            style = self.by_id.get(style_id or "")
            if style is None:
                return
            yield style
            above = style.find(qn("w:basedOn"))
            style_id = above.get(qn("w:val")) if above is not None else None


def styles_of(root: Any) -> Styles:
    """The styles that a `styles.xml` describes."""
    styles = list(root.iterchildren(qn("w:style")))
    by_id = {each.get(qn("w:styleId")): each for each in styles}
    defaults = (each for each in styles if each.get(qn("w:default")) in ("1", "true"))
    paragraphs = (each for each in defaults if each.get(qn("w:type")) == "paragraph")
    return Styles(by_id, next((each.get(qn("w:styleId")) for each in paragraphs), None))


def is_on(element: Any) -> bool | None:
    """Whether a property is set; None where it is not stated."""
    return None if element is None else element.get(qn("w:val"), "1") not in _OFF
