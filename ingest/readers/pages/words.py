"""Words as they were meant: hyphens at the ends of lines, and ligatures that a PDF does not name."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from tokenizers import Tokenizer

from ingest.chunk import EMBEDDER_TOKENIZER

_LIGATURES = ("ff", "fi", "fl", "ffi", "ffl")
# Where TeX's text fonts (OT1, then T1) keep their ligatures; a PDF without names for its glyphs shows these codes.
_CODES = {first + at: letters for first in (0x0B, 0x1B) for at, letters in enumerate(_LIGATURES)}
_AS_CODES = str.maketrans(_CODES)
_LOST = re.compile("\\w*[\\x00-\\x08\ufffd]\\w*")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PARTED = re.compile(r"([^\W\d_]+)[-‐\u00ad\x02]$")
_UNSPACED = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uff60]")
"""Chinese and Japanese, which have no spaces between words."""
_SUFFIXES = frozenset(
    "able al ally ance ate ated ation ative ed ence er ers est ful ian ible ic ical ing ings ion ism ist ity ive ized"
    " ised izing ising ization less ly ment ments ness or ous sion tion tions ty".split()
)
_HYPHENS = ("-", "‐", "\u00ad", "\x02")
_LONGEST_HALF = 60
_FIRST_SIGN = 0x20
_BEGINS = re.compile(r"[^\W\d_]+")


class Vocabulary:
    """Words that are known: those of the document, and those of the embedder's tokens."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        for line in lines:
            found = _WORD.findall(line.lower())
            # The last word of a line may be half a word.
            self._words.update(found[:-1] if line.endswith(("-", "\u00ad", "‐")) else found)

    def knows(self, word: str) -> bool:
        """Whether a word is one: it stands whole in the document, or is a common one."""
        return word.lower() in self._words or is_common(word)

    def joined(self, above: str, below: str) -> str:
        """Two lines as one, with a space between them, or with the word made whole that a hyphen parts.

        The hyphen stays where the document has the word with it, or where both halves are words and the whole is not:
        `well-` and `known` give `well-known`, `main-` and `tenance` give `maintenance`.
        """
        # Of words in capitals the second half has them too.
        if _UNSPACED.match(below) and _UNSPACED.match(above[-1]):
            return above + below
        is_parted = above.endswith(_HYPHENS) and (
            below[:1].islower() or (above[-3:-1].isupper() and below[:2].isupper())
        )
        parted, begins = is_parted and _PARTED.search(above[-_LONGEST_HALF:]), _BEGINS.match(below)
        if not parted or not begins:
            return f"{above} {below}"
        half, rest = parted[1], begins[0]
        if above[-1] in "\u00ad\x02":
            return above[:-1] + below
        is_suffix = rest in _SUFFIXES and rest not in self._words
        is_compound = f"{half}-{rest}".lower() in self._words and f"{half}{rest}".lower() not in self._words
        if is_compound or not (is_suffix or self.knows(half + rest) or not (self.knows(half) and self.knows(rest))):
            return above + below
        return above[:-1] + below


@lru_cache(maxsize=1)
def _tokens() -> Tokenizer:
    return Tokenizer.from_file(str(EMBEDDER_TOKENIZER))


@lru_cache(maxsize=4096)
def is_common(word: str) -> bool:
    """Whether a word is among the embedder's tokens, which hold some twenty thousand common words."""
    return len(word) > 1 and _tokens().token_to_id(word.lower()) is not None


def with_ligatures(text: str, codes: Sequence[int]) -> str:
    """The text of a piece with the ligatures that its PDF does not name; `codes` are those of its first glyphs.

    No other text stands in the PDF, so this is what is stored: a code of TeX's fonts is taken for its ligature, and a
    sign without a meaning for the ligature that makes a known word of the word.
    """
    if min(codes, default=_FIRST_SIGN) < _FIRST_SIGN:
        # The parser takes some of the codes for spaces.
        text, shown = " ".join(text.split()), " ".join("".join(map(chr, codes)).split())
        if text.startswith(shown):
            text = "".join(_CODES.get(code) or chr(code) for code in codes) + text[len(shown) :]
    if text.isprintable() and "\ufffd" not in text:
        return text
    return _LOST.sub(lambda match: _mended(match[0]), text.translate(_AS_CODES))


def _mended(word: str) -> str:
    for letters in _LIGATURES:
        meant = re.sub("[\\x00-\\x08\ufffd]", letters, word)
        if is_common(meant):
            return meant
    return word
