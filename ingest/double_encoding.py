"""Repairs UTF-8 that was read as cp1252 or Latin-1, once or several times: `Japanâ€™s`, `cafÃ©`, `Ð¼Ð¸Ñ€`."""

import re
from collections.abc import Iterator

_CP1252 = {
    bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0xC0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_BYTES = {**{chr(byte): byte for byte in range(0x80, 0x100)}, **_CP1252}
_NEXT = "[" + "".join(re.escape(character) for character in sorted({*_CP1252, *map(chr, range(0x80, 0xC0))})) + "]"
_SEQUENCE = re.compile(f"[Â-ß]{_NEXT}|[à-ï]{_NEXT}{{2}}|[ð-ô]{_NEXT}{{3}}")
# Of a closing quote, the last of the three bytes is none of cp1252 and often gone.
_LOST_QUOTE = re.compile(f"â€(?!{_NEXT})")
_WORD = re.compile(rf"(?:{_SEQUENCE.pattern}|\S)+")
# Letters that hardly ever stand before such signs in a sound text. Others do: `«MENÜ»` is a word in quotes.
_SURE = frozenset("ÂÃâ")
_ENOUGH = 3
_ROUNDS = 3


def without_double_encoding(text: str) -> tuple[str, int]:
    """The text with such words repaired, and how many; exactly as long, the room that is left is at a word's end."""
    leads = [found.group()[0] for found in _sequences(text)]
    if not leads or not (len(leads) >= _ENOUGH or _SURE.intersection(leads)):
        return text, 0
    every = len(leads) >= _ENOUGH
    count = 0

    def repaired(found: re.Match[str]) -> str:
        nonlocal count
        word = found.group()
        mended = word
        for _ in range(_ROUNDS):
            again = _LOST_QUOTE.sub("”", _SEQUENCE.sub(lambda part: _decoded(part.group(), every=every), mended))
            if again == mended:
                break
            mended = again
        count += mended != word
        return mended.ljust(len(word))

    return _WORD.sub(repaired, text), count


def _sequences(text: str) -> Iterator[re.Match[str]]:
    """The places that are UTF-8 read as something else."""
    return (found for found in _SEQUENCE.finditer(text) if _decoded(found.group(), every=True) != found.group())


def _decoded(sequence: str, *, every: bool) -> str:
    if not every and sequence[0] not in _SURE:
        return sequence
    try:
        decoded = bytes(_BYTES[character] for character in sequence).decode("utf-8")
    except UnicodeDecodeError:
        return sequence
    return decoded if decoded.isprintable() or decoded == "\xa0" else sequence
