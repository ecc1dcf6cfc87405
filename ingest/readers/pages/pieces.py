"""Pieces of text with their places on a page, and the lines that they make."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BULLET = re.compile(r"[•◦▪▫‣∙●○■□➢➤✓✔\uf0b7\uf0a7\uf0d8·–—*o-](?= |$)")
NUMBERED = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\d{1,2}(?:\.\d{1,3})+[.)]?|§+ ?\d+[a-z]?\.?)(?= |$)")
SYMBOL = re.compile(r"[^\w\s\"'“”‘’«»()\[\]](?= |$)")
"""The mark of a list where it stands apart from what it marks; a font of symbols shows any sign."""
_BARE_NUMBER = re.compile(r"(?:\d{1,2}|[A-Z])$")
_BOLD = re.compile(r"bold|black|heavy|demi|medi$", re.IGNORECASE)
_BOLD_WEIGHT = 600
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_A_WORD_APART, _A_COLUMN_APART, _A_MARK_APART = 0.12, 1.0, 4.0
"""Gaps between pieces, in heights of the type: of words, of columns, of a list's mark from what it marks."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together on a line of a page; a line is a piece too. Edges in points from left and top."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    size: float
    is_bold: bool = False
    is_marked: bool = False
    """Whether it begins with a mark that stands apart, as that of a list does."""

    @property
    def middle(self) -> tuple[float, float]:
        """The middle, from left and top."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def is_listed(self) -> bool:
        """Whether it begins with the mark of a list or the number of a clause."""
        return self.is_marked or bool(BULLET.match(self.text) or NUMBERED.match(self.text))


def is_bold(font: str | None, weight: int | None) -> bool:
    """Whether a font is a bold one, by its weight or, where it states none, by its name."""
    return (weight or 0) >= _BOLD_WEIGHT or bool(_BOLD.search(font or ""))


def bands(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces that stand beside each other on one line, from the top; those of a band from the left."""
    found: list[list[Piece]] = []
    bottom = float("-inf")
    for piece in sorted(pieces, key=lambda piece: (piece.top, piece.left)):
        # Pieces of a line overlap by most of their height; those of lines that follow each other by little.
        if found and bottom - piece.top > 0.5 * min(piece.bottom - piece.top, bottom - found[-1][0].top):
            found[-1].append(piece)
            bottom = max(bottom, piece.bottom) if len(found[-1]) == 1 else bottom
        else:
            found.append([piece])
            bottom = piece.bottom
    return [sorted(band, key=lambda piece: piece.left) for band in found]


def runs(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with those joined that stand so near to each other that no column can part them."""
    found = []
    for band in bands(pieces):
        run: list[Piece] = []
        for piece in band:
            if run and not _is_near(run, piece):
                found.append(line_of(run))
                run = []
            run.append(piece)
        found.append(line_of(run))
    return found


def _is_near(run: Sequence[Piece], piece: Piece) -> bool:
    gap = piece.left - run[-1].right
    size = min(run[-1].size, piece.size)
    if gap <= _A_COLUMN_APART * size:
        return True
    return len(run) == 1 and gap <= _A_MARK_APART * size and is_mark(run[0].text)


def is_mark(text: str) -> bool:
    """Whether these words are nothing but the mark of a list or the number of a clause."""
    match = BULLET.match(text) or NUMBERED.match(text) or _BARE_NUMBER.match(text) or SYMBOL.match(text)
    return bool(match and match.end() == len(text))


def line_of(pieces: Sequence[Piece]) -> Piece:
    """The pieces of a line as one, from the left."""
    if len(pieces) == 1:
        return pieces[0]
    main = max(pieces, key=lambda piece: piece.right - piece.left)
    text = ""
    for at, piece in enumerate(pieces):
        apart = at and piece.left - pieces[at - 1].right > _A_WORD_APART * main.size
        is_raised = piece.size < 0.8 * main.size and piece.bottom < main.bottom - 0.1 * main.size
        words = piece.text.translate(RAISED) if is_raised and piece.text.strip("*").isdecimal() else piece.text
        text += (" " if apart else "") + words
    first, second = pieces[0], pieces[1]
    return Piece(
        " ".join(text.split()),
        main.page,
        min(piece.left for piece in pieces),
        main.top,
        max(piece.right for piece in pieces),
        main.bottom,
        main.size,
        all(piece.is_bold for piece in pieces if piece.text.strip(":.,;")),
        first.is_marked or (is_mark(first.text) and second.left - first.right > 0.4 * main.size),
    )
