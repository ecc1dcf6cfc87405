"""The pages of a document as blocks in reading order, sentences over a page or column whole again."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.pages.blocks import (
    Draft,
    Type,
    drafts_of,
    footnotes_of,
    goes_on,
    is_dated,
    is_numbered_heading,
    is_question,
    notes_of,
    set_levels,
    type_of,
)
from ingest.readers.pages.order import Flow, in_order, with_first_row
from ingest.readers.pages.pieces import Piece
from ingest.readers.pages.tables import Table, lines_of, words_of
from ingest.readers.pages.words import Vocabulary
from rag.domain import BlockKind

_LISTS = re.compile(
    r"(?:(?:table of )?contents|(?:alphabetical )?index|list of (?:tables|figures)|inhalt(?:sverzeichnis|sübersicht)?"
    r"|(?:stichwort|sach)?(?:verzeichnis|register)|table des matières|sommaire|índice(?: general)?|indice|sommario)",
    re.IGNORECASE,
)
_ENDS_IN_PAGE = re.compile(r"(?:[\s.…,]|^)(?:\d{1,4}|[ivxl]{1,6})(?:[-–]\d{1,4})?$")
_FEWEST_ENTRIES = 3
_FARTHEST = 40
"""How many blocks back a sentence may have begun: pictures with their words stand between."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: what comes again on others, what it says, and what was noted on it."""

    number: int
    height: float
    head: Sequence[Piece]
    body: Sequence[Piece]
    foot: Sequence[Piece]
    tables: Sequence[Table] = ()
    notes: Sequence[Piece] = ()
    """What readers noted on the page."""
    aside: Sequence[Piece] = ()
    """What is printed across the text or along the edge."""
    are_placed: bool = False
    """Whether its words are placed each by itself."""


Laid = Draft | Table


def laid_out(pages: Sequence[Page], vocabulary: Vocabulary) -> list[Laid]:
    """The blocks and tables of all pages, in reading order."""
    ordered = [in_order(page.body, page.tables) for page in pages]
    for at, (page, following) in enumerate(zip(pages, ordered[1:], strict=False)):
        first = following[0] if following else None
        if isinstance(first, Table) and not first.is_form:
            ordered[at] = with_first_row(ordered[at], page.body, first)
    setting = type_of([region for regions in ordered for region in regions])
    found: list[Laid] = []
    for page, regions in zip(pages, ordered, strict=True):
        found += _furniture(page.head)
        for region in regions:
            if isinstance(region, Table):
                found.append(region)
            else:
                _add(region, found, setting, vocabulary, page.height)
        found += [Draft(BlockKind.FOOTNOTE, note.text, [note]) for note in page.notes]
        found += [*_furniture(page.foot), *_furniture(page.aside)]
    drafts = [each for each in found if isinstance(each, Draft)]
    for draft, after in zip(drafts, [*drafts, None][1:], strict=True):
        if is_numbered_heading(draft, after):
            draft.kind = BlockKind.HEADING
        elif is_question(draft, after):
            draft.kind = BlockKind.QUESTION
        elif after is not None and is_dated(draft) and is_dated(after):
            draft.kind = after.kind = BlockKind.ITEM
    set_levels(drafts)
    return list(_without_contents(found))


def _furniture(pieces: Sequence[Piece]) -> list[Laid]:
    if not pieces:
        return []
    return [Draft(BlockKind.FURNITURE, " ".join(piece.text for piece in pieces), list(pieces))]


def _add(flow: Flow, found: list[Laid], setting: Type, vocabulary: Vocabulary, height: float) -> None:
    """Adds the blocks of a column; the first one may go on with the last one of the column before."""
    notes = footnotes_of(flow.lines, setting, height)
    lines = flow.lines[: len(flow.lines) - notes]
    drafts = list(drafts_of(Flow(lines, flow.right), setting, vocabulary))
    at = _open_before(found, lines[0]) if lines else None
    if at is not None and drafts[0].kind is BlockKind.PARAGRAPH:
        going_on = found.pop(at)
        assert isinstance(going_on, Draft)
        for line in drafts.pop(0).lines:
            going_on.take(line, vocabulary)
        # It stands after the footnotes of the page that it begins on, so that they are still on that page.
        place = next((each + 1 for each in reversed(range(len(found))) if found[each].page <= going_on.page), 0)
        found.insert(max(place, at), going_on)
    found += drafts
    found += notes_of(flow.lines[len(lines) :], vocabulary)


def _open_before(found: Sequence[Laid], line: Piece) -> int | None:
    """Where the block is that this line, the first of a column, goes on with; None where there is none."""
    is_over = False
    for at in reversed(range(max(len(found) - _FARTHEST, 0), len(found))):
        laid = found[at]
        # Tables, and pictures with their small words, stand in the midst of a text.
        if isinstance(laid, Table) or laid.kind is BlockKind.CAPTION or laid.last.size < 0.9 * line.size:
            is_over = True
            continue
        if laid.kind in (BlockKind.FOOTNOTE, BlockKind.FURNITURE):
            continue
        is_next = laid.last.page != line.page or line.top <= laid.last.top
        is_meant = is_next and goes_on(laid, line) and (line.text[0].islower() or not is_over)
        return at if is_meant and line.page - laid.last.page <= 1 else None
    return None


def _without_contents(found: Sequence[Laid]) -> Iterator[Laid]:
    """The same with tables of contents and indexes as furniture."""
    until = 0
    for at, laid in enumerate(found):
        if at < until:
            yield from _entries(laid)
            continue
        if isinstance(laid, Draft) and len(laid.lines) == 1 and _LISTS.fullmatch(laid.text.strip(" :.")):
            until = at + 1
            while until < len(found) and _is_entry(found[until]):
                until += 1
            if until - at > _FEWEST_ENTRIES or any(isinstance(entry, Table) for entry in found[at + 1 : until]):
                laid.kind = BlockKind.FURNITURE
            else:
                until = 0
        yield laid


def _is_entry(laid: Laid) -> bool:
    if isinstance(laid, Table):
        numbers = [words_of(row[-1]) for row in laid.rows]
        return not laid.is_form and sum(number.isdecimal() for number in numbers) * 4 > 3 * len(numbers)
    return laid.kind is BlockKind.FURNITURE or bool(_ENDS_IN_PAGE.search(laid.text))


def _entries(laid: Laid) -> Iterator[Laid]:
    if isinstance(laid, Draft):
        laid.kind = BlockKind.FURNITURE
        yield laid
        return
    for row in laid.rows:
        lines = lines_of(row)
        yield Draft(BlockKind.FURNITURE, " ".join(line.text for line in lines), lines)
