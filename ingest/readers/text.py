"""Plain text: the stored text is the decoded file, newlines as they stand."""

import codecs
import re

import charset_normalizer

from ingest.readers.document import ReadDocument
from rag.errors import DocumentError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What old documents are written in, the commonest first. Left to itself charset-normalizer also tries DOS and Macintosh
# encodings, and takes French in cp1252 for one of those.
_COMMON = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "cp1255", "cp1256", "cp874", "iso8859_2",
    "cp932", "euc_jp", "gb18030", "big5", "cp949", "koi8_r",
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROL = 0.01
_SAMPLE_BYTES = 4096
_FEW_ZEROS, _MANY_ZEROS = 0.01, 0.4


def read_text(data: bytes, *, name: str) -> ReadDocument:
    """A text file; raises DocumentError where it is not text."""
    text, notices = decoded(data, name=name)
    return ReadDocument(text=text, notices=notices)


def decoded(data: bytes, *, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of these bytes without its byte order mark, and a notice where the encoding is a guess.

    By byte order mark, then strict UTF-8, then charset-normalizer; raises DocumentError where none fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, name=name), ()
    unmarked = _unmarked_utf16(data)
    if unmarked:
        return _strictly(data, unmarked, name=name), (f"{name} is not UTF-8; it was read as {unmarked}.",)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data, name=name)
    return _checked(text, name=name), ()


def guessed_encoding(data: bytes, *, name: str) -> tuple[str, str]:
    """The likeliest encoding of bytes that are not UTF-8, and a notice that says so; DocumentError where none fits."""
    matches = charset_normalizer.from_bytes(data, cp_isolation=list(_COMMON)) if b"\0" not in data else ()
    if not matches:
        raise DocumentError(f"Cannot read {name}: it is not text in any encoding known here. Save it as UTF-8.")
    # Encodings of one family often fit alike: then the commonest is meant.
    scores = {alike: match.coherence - match.chaos for match in matches for alike in match.could_be_from_charset}
    fitting = [common for common in _COMMON if common in scores]
    encoding = max(fitting, key=lambda common: round(scores[common], 2))
    return encoding, f"{name} is not UTF-8; it was read as {encoding}."


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of the spaces, digits and Latin letters is zero."""
    sample = data[:_SAMPLE_BYTES]
    if len(sample) < 2 or len(data) % 2:
        return None
    first, second = sample[::2].count(0) / (len(sample) / 2), sample[1::2].count(0) / (len(sample) / 2)
    if first < _FEW_ZEROS and second > _MANY_ZEROS:
        return "utf-16-le"
    return "utf-16-be" if second < _FEW_ZEROS and first > _MANY_ZEROS else None


def _guessed(data: bytes, *, name: str) -> tuple[str, tuple[str, ...]]:
    encoding, notice = guessed_encoding(data, name=name)
    return _strictly(data, encoding, name=name), (notice,)


def _strictly(data: bytes, encoding: str, *, name: str) -> str:
    try:
        return _checked(data.decode(encoding), name=name)
    except UnicodeDecodeError:
        raise DocumentError(f"Cannot read {name}: it is not valid {encoding.upper()} text. Save it as UTF-8.") from None


def _checked(text: str, *, name: str) -> str:
    if "\0" in text or len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text):
        raise DocumentError(f"Cannot read {name}: it holds binary data, not text.")
    return text
