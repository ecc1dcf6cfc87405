"""Running heads, feet and page numbers: lines at the edges of pages that come again, however many there are."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.pages.pieces import Piece, bands

_EDGE = 0.2
"""How much of a page's height at its top, and at its bottom, may hold them."""
_MARGIN = 0.1
_FEWEST_PAGES = 3
_MOST_NUMBERS = 8
_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_NAME = r"(?:page|p\.|seite|s\.|página|pagina|pág\.) ?"
_OF = r"(?: ?(?:of|von|de|di|sur|/) ?\d{1,4})?"
_NAMED_NUMBER = re.compile(rf"{_NAME}\d{{1,4}}{_OF}", re.IGNORECASE)
_PAGE_NUMBER = re.compile(rf"[-–—|\[( ]*(?:{_NAME})?(?:\d{{1,4}}|[ivxl]{{1,6}}){_OF}[-–—|\]) ]*", re.IGNORECASE)

_Band = tuple[str, list[Piece]]


@dataclass(frozen=True, slots=True)
class Parts:
    """The pieces of a page: what comes again at its top, what it says, and what comes again at its bottom."""

    head: list[Piece]
    body: list[Piece]
    foot: list[Piece]


def parted(pages: Sequence[Sequence[Piece]], heights: Sequence[float]) -> list[Parts]:
    """The pages with their furniture told from what they say."""
    split = [[(" ".join(piece.text for piece in band), band) for band in bands(page)] for page in pages]
    counted: dict[str, set[int]] = defaultdict(set)
    for number, (page, height) in enumerate(zip(split, heights, strict=True)):
        for band in page:
            for key in _keys(band, number, height):
                counted[key].add(number)
    needed = min(_FEWEST_PAGES, max(len(pages), 2))
    again = {key for key, numbers in counted.items() if len(numbers) >= needed}
    found = []
    for number, (page, height) in enumerate(zip(split, heights, strict=True)):
        comes_again = [_is_page_number(band, height) or bool(again & _keys(band, number, height)) for band in page]
        found.append(_parts(page, comes_again, height))
    return found


def _parts(page: Sequence[_Band], comes_again: Sequence[bool], height: float) -> Parts:
    start, end = 0, len(page)
    while start < end and comes_again[start] and page[start][1][0].top < height / 2 and not _names_columns(page, start):
        start += 1
    while end > start and comes_again[end - 1] and page[end - 1][1][0].top > height / 2:
        end -= 1
    return Parts(_pieces(page[:start]), _pieces(page[start:end]), _pieces(page[end:]))


def _names_columns(page: Sequence[_Band], at: int) -> bool:
    """Whether a line is the head of a table that goes on over the page, rather than of the page."""
    return len(page[at][1]) > 2 and at + 1 < len(page) and len(page[at + 1][1]) > 2


def _pieces(page: Sequence[_Band]) -> list[Piece]:
    return [piece for _, band in page for piece in band]


def _is_page_number(band: _Band, height: float) -> bool:
    words, pieces = band
    middle = pieces[0].middle[1]
    is_numbered = _PAGE_NUMBER.fullmatch(words) or any(_NAMED_NUMBER.fullmatch(piece.text) for piece in pieces)
    return min(middle, height - middle) < _MARGIN * height and bool(is_numbered)


def _keys(band: _Band, page: int, height: float) -> set[str]:
    """What a line at an edge of a page has in common with its like: its place and its words.

    A number in it may grow from page to page, as page numbers do. The number of a bill, in the head of each of many
    bills, does not.
    """
    words, pieces = band
    middle = pieces[0].middle[1]
    if min(middle, height - middle) > _EDGE * height:
        return set()
    place = "top" if middle < height / 2 else "bottom"
    keys = {f"{place} {words}"}
    for number in list(_NUMBER.finditer(words))[:_MOST_NUMBERS]:
        counted = int(number[0]) - page
        keys.add(f"{place} {words[: number.start()]}#{counted}{words[number.end() :]}")
    return keys
