"""The words of Word's paragraphs as a reader sees them: without what was deleted, moved away or hidden."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from ingest.readers.word_styles import Styles, is_on

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PARAGRAPH, TABLE, ROW, CELL, BOX = (qn(tag) for tag in ("w:p", "w:tbl", "w:tr", "w:tc", "w:txbxContent"))
_TEXTS = {qn("w:t"), _MATH + "t"}
_RUN, _SYMBOL, _CONTROL = qn("w:r"), qn("w:sym"), qn("w:sdt")
_VANISH, _PLACEHOLDER = f"{qn('w:rPr')}/{qn('w:vanish')}", f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}"
_SIGNS = {
    qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-",
    # What stands apart on paper is set apart by a sign.
    _MATH + "den": "/", _MATH + "sup": "^", _MATH + "sub": "_", _MATH + "rad": "√",
}  # fmt: skip
# What was moved away, how signs are read out, and the second form of a drawing, which says it again for old programs.
NOT_THERE = {
    qn("w:moveFrom"), qn("w:del"), qn("w:rt"), qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr"), _COMPATIBLE + "Fallback",
    _MATH + "ctrlPr", _MATH + "rPr",
}  # fmt: skip
_FONT_SIGNS = {
    "symbol": {
        **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
        **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
        **dict(zip((0xA0, 0xA3, 0xA5, 0xAE, 0xB0, 0xB1, 0xB3, 0xB4, 0xB7, 0xB8, 0xB9, 0xBB, 0xD6, 0xE5),
                   "€≤∞→°±≥×•÷≠≈√∑", strict=True)),
    },
    "wingdings": dict(zip((0x6C, 0x6E, 0x6F, 0x71, 0xA7, 0xA8, 0xD8, 0xE0, 0xFB, 0xFC, 0xFD, 0xFE),
                          "●■□❑▪☐➢→✗✓☒☑", strict=True)),
}  # fmt: skip
_PRIVATE = 0xF000


class Run(NamedTuple):
    """Words that look alike."""

    words: str
    is_bold: bool


def runs_of(paragraph: Any, styles: Styles) -> list[Run]:
    """The words of a paragraph, without those of a text box in it."""
    return [Run(words, run is not None and styles.is_bold(run, paragraph)) for words, run in _walk(paragraph, None)]


def lines_of(element: Any) -> Iterator[str]:
    """The paragraphs and table rows in an element, through content controls, insertions and whatever holds them.

    The parser refuses what is nested more than 256 deep.
    """
    for inner in element:
        if inner.tag == PARAGRAPH:
            words = "".join(words for words, _ in _walk(inner, None)).strip()
            if words:
                yield words
            for box in boxes_of(inner):
                yield from lines_of(box)
        elif inner.tag == ROW:
            words = " ".join(" ".join(lines_of(inner)).split())
            if words:
                yield words
        elif inner.tag not in NOT_THERE and not is_hidden(inner):
            yield from lines_of(inner)


def boxes_of(paragraph: Any) -> Iterator[Any]:
    """The text boxes of a paragraph; a box within another one is read with that."""
    for box in paragraph.iter(BOX):
        is_inner = next(box.iterancestors(PARAGRAPH)) is paragraph
        if is_inner and not any(above.tag in NOT_THERE for above in box.iterancestors()):
            yield box


def _walk(element: Any, run: Any) -> Iterator[tuple[str, Any]]:
    for inner in element:
        if inner.tag in _TEXTS:
            yield inner.text or "", run
        elif inner.tag == _SYMBOL:
            yield _symbol(inner), run
        elif inner.tag in _SIGNS and not inner.tag.startswith(_MATH):
            yield _SIGNS[inner.tag], run
        elif inner.tag == BOX or inner.tag in NOT_THERE or is_hidden(inner):
            continue
        else:
            if inner.tag in _SIGNS:
                yield _SIGNS[inner.tag], run
            yield from _walk(inner, inner if inner.tag == _RUN else run)


def is_hidden(element: Any) -> bool:
    """Whether these words are not shown, or only ask for words where nobody has entered any."""
    if element.tag == _CONTROL:
        return is_on(element.find(_PLACEHOLDER)) is True
    return element.tag == _RUN and is_on(element.find(_VANISH)) is True


def _symbol(element: Any) -> str:
    """A sign of a font: some fonts have signs of their own where others have letters."""
    try:
        code = int(element.get(qn("w:char")) or "", 16)
    except ValueError:
        return ""
    signs = _FONT_SIGNS.get((element.get(qn("w:font")) or "").lower(), {})
    if code >= _PRIVATE and code < _PRIVATE + 0x100:
        code -= _PRIVATE
        return signs.get(code, "•" if not signs or code > 0x7E else chr(code))
    return signs.get(code, chr(code) if 0x20 <= code < 0xD800 else "")
