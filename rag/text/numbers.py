"""Numbers of a text by what they amount to, however they are written: `1,204.50`, `1.204,50`, `39 800`, `nine`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.domain import Span

_SPACE = "\u0020\u00a0\u202f\u2009"
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:\d{{1,3}}(?:[{_SPACE}'’]\d{{3}})+(?:[.,]\d{{1,2}})?(?!\d)"
    r"|\d+(?:[.,]\d+)*|[.,]\d+)(?![\d])"
)
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?", re.IGNORECASE)
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = (
    {word: float(value) for value, word in enumerate(_SMALL)}
    | {word: 10.0 * value for value, word in enumerate(_TENS, 2)}
    | {f"{ten}-{one}": 10.0 * tens + ones for tens, ten in enumerate(_TENS, 2) for ones, one in enumerate(_SMALL[:10])}
)
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mio": 1e6, "mrd": 1e9}
_SHORT_SCALE = re.compile(r"\s?(?:m|mn|mio|bn|k)\b\.?", re.IGNORECASE)
_SHORT_SCALES = {"m": 1e6, "mn": 1e6, "mio": 1e6, "bn": 1e9, "k": 1e3}
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text; `values` are what it may amount to: `1,204` may be either."""

    span: Span
    values: frozenset[float]
    scale: float = 1.0
    """What a word such as `million` multiplies it with."""


def is_number_word(word: str) -> bool:
    """Whether a word is a number from `zero` to `ninety-nine`, or scales one."""
    return word.lower() in _WORDS or word.lower() in _SCALES


def number_in_words(word: str) -> int | None:
    """The number that a word is, from `zero` to `ninety-nine`; None where it is none."""
    value = _WORDS.get(word.lower())
    return None if value is None else int(value)


def numbers_of(text: str) -> list[Number]:
    """The numbers of a text, in order; words from `zero` to `ninety-nine` among them, and what scales them."""
    found = [*_digits(text), *_in_words(text)]
    return sorted(found, key=lambda number: number.span)


def _digits(text: str) -> Iterator[Number]:
    for match in _NUMBER.finditer(text):
        scale, end = _scale(text, match.end())
        scales = {1.0, scale} if text[match.end() : end].strip(" .") == "m" else {scale}  # millions, or metres
        values = frozenset(round(value * each, 6) for value in _values(match.group()) for each in scales)
        if values:
            yield Number(Span(match.start(), end), values, scale)


def _in_words(text: str) -> Iterator[Number]:
    for match in _WORD.finditer(text):
        value = _WORDS.get(match.group().lower())
        if value is not None:
            scale, end = _scale(text, match.end())
            yield Number(Span(match.start(), end), frozenset([value * scale]), scale)


def _scale(text: str, at: int) -> tuple[float, int]:
    word = _WORD.match(text, at + 1) if text[at : at + 1].isspace() else None
    if word and word.group().lower() in _SCALES:
        return _SCALES[word.group().lower()], word.end()
    short = _SHORT_SCALE.match(text, at)
    if short and not text[at : at + 1].isspace():
        return _SHORT_SCALES[short.group().strip(" .").lower()], short.end()
    return 1.0, at


def _values(written: str) -> set[float]:
    plain = re.sub(rf"[{_SPACE}'’]", "", written)
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return {float(plain)}
    whole = float(re.sub(r"[.,]", "", plain))
    if not plain[:last]:
        return {float(f"0.{plain[1:]}")}
    signs = set(re.sub(r"\d", "", plain))
    fraction = float(f"{re.sub(r'[.,]', '', plain[:last])}.{plain[last + 1 :]}")
    if len(signs) == 2:
        return {fraction}
    if plain.count(plain[last]) > 1:
        return {whole} if _GROUPED.fullmatch(plain) else set()  # a date or a version
    return {whole, fraction} if _GROUPED.fullmatch(plain) else {fraction}
