"""Pages that are turned: by their file, or by what is printed on them."""

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from liteparse import ParsedPage
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from rag.domain import Block, Box

_MAY_TURN = re.compile(rb"/Rotate\s*[-+]?(?:[1-9]\d*0|\d+\s+\d+\s+R)|/ObjStm")
"""A file without these has no turned pages; objects that are packed may hide one."""


@dataclass(frozen=True, slots=True)
class Turn:
    """By how much the words of a page are turned, in degrees, and the size of the page as it is shown."""

    degrees: int
    width: float
    height: float


def squared(data: bytes) -> tuple[bytes, dict[int, float]]:
    """The file with its turned pages made square, and how high these are, by their numbers.

    The parser cuts such pages to the width that they have before they are turned, and the words beyond are lost; where
    they are as wide as high it cuts nothing. They grow where no place on them moves.
    """
    if not _MAY_TURN.search(data):
        return data, {}
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return data, {}
    turned = [at for at, page in enumerate(reader.pages) if page.rotation % 180]
    if not turned:
        return data, {}
    writer = PdfWriter(clone_from=reader)
    heights: dict[int, float] = {}
    for at in turned:
        page = writer.pages[at]
        left, bottom, right, top = (float(edge) for edge in page.cropbox)
        side = max(right - left, top - bottom)
        heights[at + 1] = right - left
        is_right = page.rotation % 360 == 90
        box = (left, bottom, left + side, bottom + side) if is_right else (right - side, top - side, right, top)
        page.mediabox = page.cropbox = RectangleObject(box)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue(), heights


def turn_of(page: ParsedPage) -> Turn | None:
    """How the words of a page are turned; None where most stand upright."""
    counted: Counter[int] = Counter()
    for item in page.text_items:
        counted[round(item.rotation / 90) * 90 % 360] += len(item.text)
    degrees = counted.most_common(1)[0][0] if counted else 0
    return Turn(degrees, page.width, page.height) if degrees else None


def with_places(blocks: Sequence[Block], turns: dict[int, Turn]) -> tuple[Block, ...]:
    """The blocks with their places on the pages as they are shown; their words were read with the pages turned."""
    if not turns:
        return tuple(blocks)
    return tuple(
        replace(block, boxes=tuple(_shown(box, turns.get(box.page)) for box in block.boxes)) for block in blocks
    )


def _shown(box: Box, turn: Turn | None) -> Box:
    if turn is None:
        return box
    if turn.degrees == 180:
        edges = (turn.width - box.right, turn.height - box.bottom, turn.width - box.left, turn.height - box.top)
    elif turn.degrees == 270:
        edges = (box.top, turn.height - box.right, box.bottom, turn.height - box.left)
    else:
        edges = (turn.width - box.bottom, box.left, turn.width - box.top, box.right)
    return Box(box.page, *edges)
