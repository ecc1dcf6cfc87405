"""Finds words of a document that give orders to a language model, or hide from a person who reads it.

A document is data. Orders in it are for nobody here, so they are neither read by a model nor used as proof: the
passage is used without them, and a person is told which document holds them. The rules look for what only an attack
needs, in the kinds that are known of Perez and Ribeiro 2022 (https://arxiv.org/abs/2211.09527), Greshake et al. 2023
(https://arxiv.org/abs/2302.12173) and Liu et al. 2024 (https://arxiv.org/abs/2310.12815). They find no order that is
phrased like any other sentence: that is for the gate behind the model (`rag/generate/gate.py`).
"""

import base64
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import unquote

from rag.domain import Passage, Quote, Span
from rag.search.order_patterns import HIDDEN_MARKUP, MARKS, ORDERS

_FURTHER_LINES = 2
"""An order goes on after its first line: this many more of its block are left out with it."""
_LONGEST_LINE = 1000
"""In a line longer than this only the order's sentence and the next two are left out."""

# -- what cannot be read as it stands ---------------------------------------------------------------------------------

# Tags are letters without a shape (but in the flags of Scotland and Wales); in runs, so are these others.
_SHAPELESS = re.compile(
    "(?<!\U0001f3f4)(?<![\U000e0020-\U000e007f])[\U000e0000-\U000e007f]{3,}"
    "|[\u200b-\u200f\u2060-\u2064\u206a-\u206f\ufeff\u180e]{8,}|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}"
)
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]")
_BLOB = re.compile(
    r"(?<![\w+/=%])(?:[A-Za-z0-9+/_-]{24,}={0,2}|(?:[0-9A-Fa-f]{2}[ :]?){16,}|(?:%[0-9A-Fa-f]{2}|[\w.~-]|\+){24,})"
)
_ROTATED = re.compile(r"\b(?:vtaber|qvfertneq|vafgehpgvba[f]?|cebzcg)\b", re.IGNORECASE)
_LETTERED = re.compile(r"(?:\b\w[ .\-_*]){12,}\w\b")
_ENDINGS = '.!?:;)]"”’, \t\n'
_READABLE_SHARE = 0.95
_DISGUISES = "асеорхуіѕјԁһӏΑΒΕΗΙΚΜΝΟΡΤΧΥΖο"
_LOOKALIKE = str.maketrans(_DISGUISES, "aceopxyisjdhlABEHIKMNOPTXYZo")
_DISGUISED = re.compile(rf"\b(?=\w*[A-Za-z])\w*[{_DISGUISES}]\w*")


@lru_cache(maxsize=1024)
def instructions(text: str) -> tuple[Span, ...]:
    """The stretches of a text that give orders to a model or are hidden, in order, not overlapping."""
    found = [*_hidden(text), *(_with_what_follows(text, span) for span in _orders(text))]
    return tuple(_joined(found))


def without_instructions(passage: Passage) -> Passage:
    """The passage with spaces in the place of its orders, exactly as long; without a title or a heading that gives one.

    The same passage where it holds none.
    """
    spans, title = instructions(passage.text), passage.origin.title
    origin = replace(passage.origin, title=None) if title and instructions(title) else passage.origin
    around = tuple(Quote(one.span, "") if _is_of_orders(one, passage, spans) else one for one in passage.around)
    if not spans and origin is passage.origin and around == passage.around:
        return passage
    text, search_text = (_blanked(written, spans) for written in (passage.text, passage.search_text))
    return replace(passage, text=text, search_text=search_text, origin=origin, around=around)


def _is_of_orders(around: Quote, passage: Passage, orders: Sequence[Span]) -> bool:
    """Whether words that a passage leans on give an order: a heading of it is no heading without its words."""
    if not around.span.within(passage.span):
        return bool(instructions(around.text))
    start, end = around.span.start - passage.span.start, around.span.end - passage.span.start
    return any(order.start < end and start < order.end for order in orders)


def _hidden(text: str) -> Iterator[Span]:
    for pattern in (*HIDDEN_MARKUP, _SHAPELESS):
        yield from (Span(*found.span()) for found in pattern.finditer(text))
    for found in _BLOB.finditer(text):
        if any(_is_prose(decoded) for decoded in _decoded(found.group())):
            yield _with_what_follows(text, Span(*found.span()))


def _orders(text: str) -> Iterator[Span]:
    plain, places = _visible(text)
    for pattern in (*ORDERS, *MARKS, _ROTATED):
        for found in pattern.finditer(plain):
            start = found.end() - len(found.group().lstrip(_ENDINGS))  # not what ends the sentence before
            yield Span(places[start], places[found.end() - 1] + 1)
    for found in _LETTERED.finditer(plain):  # `i g n o r e`
        squeezed = re.sub(r"[ .\-_*]", "", found.group())
        if re.search(r"ignore|disregard|instruction|systemprompt", squeezed, re.IGNORECASE):
            yield Span(places[found.start()], places[found.end() - 1] + 1)


def _visible(text: str) -> tuple[str, Sequence[int]]:
    """The text as a person sees it, in plain letters, and the place of each letter in the text."""
    if text.isascii():
        return text, range(len(text))
    places = [place for place, letter in enumerate(text) if letter.isascii() or not _INVISIBLE.match(letter)]
    seen = "".join(text[place] for place in places)
    folded = {letter: unicodedata.normalize("NFKC", letter) for letter in set(seen) if not letter.isascii()}
    seen = seen.translate({ord(letter): plain for letter, plain in folded.items() if len(plain) == 1})
    # Cyrillic letters among Latin ones are a disguise; a text in Cyrillic is none.
    return _DISGUISED.sub(lambda word: word.group().translate(_LOOKALIKE), seen), places


def _decoded(blob: str) -> Iterator[str]:
    """What a run of characters may stand for."""
    joined = re.sub(r"[ :]", "", blob)
    for decode in (_of_base64, bytes.fromhex):
        try:
            yield decode(joined).decode("utf-8")
        except ValueError:
            continue
    if "%" in blob:
        yield unquote(blob.replace("+", " "))


def _of_base64(joined: str) -> bytes:
    padded = joined.translate(str.maketrans("-_", "+/")) + "=" * (-len(joined) % 4)
    return base64.b64decode(padded, validate=True)


def _is_prose(text: str) -> bool:
    """Whether decoded characters are words: spaces between letters, and hardly anything else."""
    kinds = sum(letter.isalnum() or letter in " .,;:!?'\"-()\n" for letter in text)
    return len(text.split()) >= 3 and kinds >= _READABLE_SHARE * len(text)


def _with_what_follows(text: str, span: Span) -> Span:
    """An order with the rest of its lines and the next two of its block; in one long line, with what follows it."""
    start = text.rfind("\n", 0, span.start) + 1
    end = _line_end(text, span.end)
    if end - start > _LONGEST_LINE:
        stops = list(re.finditer(r"[.!?](?=\s)", text[start : span.start]))
        first = start + stops[-1].end() if stops else start
        later = [found.end() + span.end for found in re.finditer(r"[.!?](?=\s)", text[span.end : end])]
        return Span(first, later[2] if len(later) > 2 else end)
    for _ in range(_FURTHER_LINES):
        following = _line_end(text, end + 1)
        if end >= len(text) or not text[end:following].strip() or following - end > _LONGEST_LINE:
            break
        end = following
    return Span(start, end)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _blanked(text: str, spans: Sequence[Span]) -> str:
    letters = list(text)
    for span in spans:
        letters[span.start : span.end] = [letter if letter == "\n" else " " for letter in span.of(text)]
    return "".join(letters)
