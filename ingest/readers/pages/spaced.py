"""Spaces that the parser does not see, between words that are placed each by itself and stand close to each other."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from liteparse import TextItem
from pypdf import PdfReader

from ingest.readers.pages.layout import Page
from ingest.readers.pages.words import Vocabulary, is_common

_LETTERS = re.compile(r"[^\W\d_]{5,40}")
_SHORTEST = 2
_MOST_PAGES = 10
"""Another parser is asked about so many pages; it takes some 20 ms for one."""


def are_placed(items: Iterable[TextItem]) -> bool:
    """Whether the words of a page are placed each by itself: then the first glyphs of a line are its first word."""
    several = [item for item in items if " " in item.text.strip()]
    single = [item for item in several if 0 < len(item.char_codes) <= len(item.text.split()[0]) + 1]
    return bool(several) and 2 * len(single) > len(several)


def with_spaces(pages: Sequence[Page], vocabulary: Vocabulary, data: bytes) -> list[Page]:
    """The pages with those words parted that may be two and are two to another parser."""
    asked = {page.number: halves for page in pages if page.are_placed and (halves := dict(_doubled(page, vocabulary)))}
    if not asked:
        return list(pages)
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return list(pages)
    found = {page.number: page for page in pages}
    for number, halves in list(asked.items())[:_MOST_PAGES]:
        said = f" {' '.join(reader.pages[number - 1].extract_text().split())} "
        two = {word: pair for word, pairs in halves.items() if word not in said for pair in pairs if f" {pair}" in said}
        body = [replace(piece, text=_parted(piece.text, two)) for piece in found[number].body]
        found[number] = replace(found[number], body=body)
    return list(found.values())


def _parted(text: str, two: Mapping[str, str]) -> str:
    return _LETTERS.sub(lambda match: two.get(match[0], match[0]), text) if two else text


def _doubled(page: Page, vocabulary: Vocabulary) -> Iterator[tuple[str, list[str]]]:
    """Words of a page that are not known, with the pairs of known words that each may be."""
    for word in {match[0] for piece in page.body for match in _LETTERS.finditer(piece.text)}:
        if is_common(word):
            continue
        places = range(_SHORTEST, len(word) - _SHORTEST + 1)
        halves = ((word[:at], word[at:]) for at in places)
        splits = [f"{one} {two}" for one, two in halves if vocabulary.knows(one) and vocabulary.knows(two)]
        if splits:
            yield word, splits
