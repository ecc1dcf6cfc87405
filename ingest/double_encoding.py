"""Repairs UTF-8 that was read in another encoding, once or several times: `Japanâ€™s`, `cafĂ©`, `Ð¼Ð¸Ñ€`, `вЂ™`."""

import re
from functools import partial

_ENOUGH = 3
_MOST = 0.75
"""The share that broken signs have of these and the sound letters beyond a to z where a text is broken all through."""
_LETTER = re.compile(r"[^\W\d_a-zA-Z]")
_ROUNDS = 3
_SIDE_BY_SIDE = re.compile("[^\x00-\x7f]{2}")
# Phonetic signs and rare scripts: what seems to be one of them is two signs that happen to stand side by side.
_HARDLY = re.compile("[\u0250-\u036f\u0530-\u058f\u0700-\u07ff]")
_PUNCTUATION = re.compile("[\u2010-\u2044\u20ac\u2122]")


class _Page:
    """An encoding in which UTF-8 may have been read, and what its signs look like then."""

    def __init__(self, *encodings: str, sure: str = "", lost_quote: str = r"(?!)", alone: str = "") -> None:
        """`sure` are letters that hardly ever begin such a sign in a sound text; `alone`, ones of another damage."""
        self._bytes: dict[str, int] = {}
        for encoding in encodings:
            for byte in range(0x80, 0x100):
                # A byte that stands for no sign is often kept as the control character of its number.
                character = bytes([byte]).decode(encoding, "replace").replace("\ufffd", chr(byte))
                self._bytes[character] = byte
        rest = self._among(0x80, 0xBF)
        self._sequence = re.compile(
            f"{self._among(0xC2, 0xDF)}{rest}|{self._among(0xE0, 0xEF)}{rest}{{2}}|{self._among(0xF0, 0xF4)}{rest}{{3}}"
        )
        self._alone = alone
        # Of a closing quote, the last of the three bytes may stand for no sign, and is gone.
        self._lost_quote = re.compile(f"{lost_quote}(?!{rest})")
        self._word = re.compile(rf"(?:{self._sequence.pattern}|\S)+")
        self._sure = frozenset(sure)

    def _among(self, first: int, last: int) -> str:
        signs = (sign for sign, byte in self._bytes.items() if first <= byte <= last)
        return "[" + "".join(map(re.escape, signs)) + "]"

    def broken(self, text: str) -> tuple[int, bool]:
        """How many signs of a text are broken in this way, 0 where that is not sure; and whether all of it is."""
        found = [one.group() for one in self._sequence.finditer(text) if self._decoded(one.group()) != one.group()]
        if not found:
            return 0, False
        sound = sum(letter not in self._alone for letter in _LETTER.findall(self._sequence.sub("", text)))
        every = len(found) >= _ENOUGH and len(found) >= _MOST * (len(found) + sound)
        return (len(found) if every or any(map(self._is_sure, found)) else 0), every

    def repaired(self, word: str, *, every: bool) -> str:
        """A word with its signs whole; `every`: also those that one by one could be sound."""
        for _ in range(_ROUNDS):
            again = self._sequence.sub(partial(self._whole, every=every), word)
            again = self._lost_quote.sub("”", again)
            if again == word:
                break
            word, every = again, False  # what stands beside one another only now may be sound
        return word

    def words(self, text: str, *, every: bool) -> tuple[str, int]:
        """The text with its words repaired, each as long as it was, and how many were."""
        count = 0

        def mended(found: re.Match[str]) -> str:
            nonlocal count
            word = found.group()
            whole = self.repaired(word, every=every)
            count += whole != word
            return whole.ljust(len(word))

        return self._word.sub(mended, text), count

    def _whole(self, found: re.Match[str], *, every: bool) -> str:
        sequence = found.group()
        return self._decoded(sequence) if every or self._is_sure(sequence) else sequence

    def _is_sure(self, sequence: str) -> bool:
        decoded = self._decoded(sequence)
        if decoded == sequence:
            return False
        return sequence[0] in self._sure or len(sequence) == 4 or bool(_PUNCTUATION.fullmatch(decoded))

    def _decoded(self, sequence: str) -> str:
        try:
            decoded = bytes(self._bytes[character] for character in sequence).decode("utf-8")
        except UnicodeDecodeError:
            return sequence
        if sequence[0].isspace() or _HARDLY.match(decoded) or not (decoded.isprintable() or decoded == "\xa0"):
            return sequence
        return decoded


# The commonest first; `ā` alone, without the rest of its quote, is the matter of ingest/clean.py.
_PAGES = (
    _Page("latin-1", "cp1252", sure="ÂÃâ", lost_quote="â€"),
    _Page("cp1250"),
    _Page("iso8859_13", alone="ā"),
    _Page("cp1257", alone="ā"),
    _Page("cp1251"),
    _Page("mac_roman"),
)


def without_double_encoding(text: str) -> tuple[str, int]:
    """The text with such words repaired, and how many; exactly as long, the room that is left is at a word's end."""
    if not _SIDE_BY_SIDE.search(text):
        return text, 0
    told = [(*page.broken(text), page) for page in _PAGES]
    count, every, page = max(told, key=lambda one: one[0])
    return page.words(text, every=every) if count else (text, 0)
