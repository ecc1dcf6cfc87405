"""The fields of a form with their labels, as tables of one row."""

import re
from collections.abc import Sequence
from dataclasses import replace

from liteparse import AnnotationRect, FormField

from ingest.readers.pages.pieces import Piece
from ingest.readers.pages.tables import Table

_NO_FIELDS = ("pushbutton", "signature", "unknown")
_CHECKED = ("checkbox", "radiobutton")
_FAR_LEFT, _FAR_RIGHT, _FAR_ABOVE = 260.0, 40.0, 16.0
_LONGEST_LABEL = 200
_MADE_NAME = re.compile(r"\W|_|\d")
_OFF = ("off", "no", "")


def forms_of(fields: Sequence[FormField], pieces: Sequence[Piece], *, page: int) -> tuple[list[Table], list[Piece]]:
    """The fields of a page, and the pieces that are neither their labels nor their values.

    A field is named by the label that its form states for programs that read it aloud, or else by what stands before
    it, above it or, of a box to be checked, after it.
    """
    left = list(pieces)
    found = []
    for field in fields:
        if field.rect is None or field.type in _NO_FIELDS or (field.type == "radiobutton" and not field.checked):
            continue
        is_checked = field.type in _CHECKED
        outside = [piece for piece in left if is_checked or not _is_inside(piece, field.rect)]
        label, shown = _label(field, field.rect, outside)
        if label:
            left = [piece for piece in outside if piece is not shown]
            found.append(_table(label, _value(field), field.rect, shown, page))
    return found, left


def _is_inside(piece: Piece, box: AnnotationRect) -> bool:
    (x, y), (left, top, right, bottom) = piece.middle, _edges(box)
    return left <= x <= right and top <= y <= bottom


def _edges(box: AnnotationRect) -> tuple[float, float, float, float]:
    return float(box.x), float(box.y), float(box.x + box.width), float(box.y + box.height)


def _value(field: FormField) -> str:
    if field.type in _CHECKED:
        stated = field.export_value or field.value or ""
        return "" if not field.checked else stated if stated.lower() not in ("on", "1", *_OFF) else "Yes"
    return ", ".join(field.selected_options) or field.value or ""


def _label(field: FormField, box: AnnotationRect, pieces: Sequence[Piece]) -> tuple[str, Piece | None]:
    stated = " ".join((field.alternate_name or "").split())
    near = sorted(
        (piece for piece in pieces if _distance(piece, box, field.type in _CHECKED) is not None),
        key=lambda piece: _distance(piece, box, field.type in _CHECKED) or 0.0,
    )
    if stated:
        alike = [piece for piece in near if _bare(piece.text) == _bare(stated)]
        return stated, alike[0] if alike else None
    if near and len(near[0].text) <= _LONGEST_LABEL:
        return near[0].text, near[0]
    name = (field.name or "").split(".")[-1]
    return ("", None) if _MADE_NAME.search(name) and not _value(field) else (name, None)


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip(":： *").lower()


def _distance(piece: Piece, box: AnnotationRect, is_checked: bool) -> float | None:
    """How far a piece is from a field that it may label, in points; None where it stands elsewhere."""
    left, top, right, bottom = _edges(box)
    is_beside = piece.top < bottom and top < piece.bottom
    if is_beside and is_checked and -2 <= piece.left - right <= _FAR_RIGHT:
        return piece.left - right
    if is_beside and -2 <= left - piece.right <= _FAR_LEFT:
        return left - piece.right + (_FAR_RIGHT if is_checked else 0)
    is_above = piece.left < right and left < piece.right and -3 <= top - piece.bottom <= _FAR_ABOVE
    return _FAR_LEFT + top - piece.bottom if is_above else None


def _table(label: str, value: str, box: AnnotationRect, shown: Piece | None, page: int) -> Table:
    own = Piece("", page, *_edges(box), box.height)
    named = shown or own
    return Table(
        page,
        min(named.left, own.left),
        named.top,
        max(named.right, own.right),
        named.bottom,
        (((replace(named, text=label),), (replace(own, text=value),) if value else ()),),
        is_form=True,
    )
