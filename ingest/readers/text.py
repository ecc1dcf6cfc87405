"""Plain text: the stored text is the decoded file, newlines as they stand."""

import codecs
import re

import charset_normalizer

from ingest.readers.alphabets import LATIN_ENCODINGS, likeliest_latin
from ingest.readers.document import ReadDocument
from ingest.readers.plain import blocks_of_text
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
# What stands in every text, whatever its script; the two bytes of each exchanged are rare signs or none.
_USUAL = re.compile(r"[ \r\n\t.,、。，]")
_FEWEST_USUAL = 0.02
# What browsers take these names for: files that call themselves Latin-1 hold the quotes of cp1252, and so on.
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
_ASCII, _MOSTLY = re.compile(rb"[\t\n\r -~]"), 0.8
_ESCAPED = re.compile("[\udc80-\udcff]")


def read_text(data: bytes, *, name: str) -> ReadDocument:
    """A text file; raises DocumentError where it is not text."""
    text, notices = decoded(data, name=name)
    return ReadDocument(text=text, blocks=blocks_of_text(text), notices=notices)


def decoded(data: bytes, *, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of these bytes without its byte order mark, and a notice where the encoding is a guess.

    By byte order mark, then strict UTF-8, then charset-normalizer; raises DocumentError where none fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, name=name), ()
    unmarked = unmarked_utf16(data)
    if unmarked:
        return _strictly(data, unmarked, name=name), (f"{name} is not UTF-8; it was read as {unmarked}.",)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _with_strays(data, name=name) or _guessed(data, name=name)
    return _checked(text, name=name), ()


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark tells, under the name by which Python drops the mark."""
    found = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    return found and {"utf-8": "utf-8-sig"}.get(found, found[:6])


def decoded_as(data: bytes, declared: str | None, *, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of bytes that declare their encoding, as pages and mails do; as `decoded` where they are none of it.

    A byte order mark counts more. Raises DocumentError where no encoding fits.
    """
    if declared and not data.startswith(tuple(mark for mark, _ in _MARKS)):
        try:
            encoding = codecs.lookup(declared.strip()).name
            # What can be read up to this declaration is neither; in a mail, `decoded` knows them.
            if not encoding.startswith(("utf-16", "utf-32")):
                return data.decode(_MEANT.get(encoding, encoding)), ()
        except (UnicodeError, LookupError, ValueError):
            pass  # the name of no encoding of texts, or not what the bytes are
    return decoded(data, name=name)


def guessed_encoding(data: bytes, *, name: str) -> tuple[str, str]:
    """The likeliest encoding of bytes that are not UTF-8, and a notice that says so; DocumentError where none fits."""
    matches = charset_normalizer.from_bytes(data, cp_isolation=list(_COMMON)) if b"\0" not in data else ()
    if not (matches or _is_mostly_ascii(data)):
        raise DocumentError(f"Cannot read {name}: it is not text in any encoding known here. Save it as UTF-8.")
    # Encodings of one family often fit alike: then the commonest is meant.
    scores = {alike: match.coherence - match.chaos for match in matches for alike in match.could_be_from_charset}
    fitting = [common for common in _COMMON if common in scores]
    encoding = max(fitting, key=lambda common: round(scores[common], 2), default=LATIN_ENCODINGS[0])
    if encoding in LATIN_ENCODINGS:
        encoding = likeliest_latin(data)
    return encoding, f"{name} is not UTF-8; it was read as {encoding}."


def _is_mostly_ascii(data: bytes) -> bool:
    return b"\0" not in data and len(_ASCII.findall(data)) >= _MOSTLY * len(data)


def unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a byte order mark, told by its spaces, line ends and full stops; None for other bytes."""
    sample = data[:_SAMPLE_BYTES]
    if len(sample) < 2 or len(data) % 2:
        return None
    shares = {encoding: _share_of_usual(sample, encoding) for encoding in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] >= _FEWEST_USUAL else None


def _share_of_usual(sample: bytes, encoding: str) -> float:
    """How many of its characters stand in every text; 0 where it is no text in this encoding."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
    if "\ufffd" in text or _CONTROL.search(text) or not text:
        return 0.0
    return len(_USUAL.findall(text)) / len(text)


def _with_strays(data: bytes, *, name: str) -> tuple[str, tuple[str, ...]] | None:
    """UTF-8 with a few bytes of another file in it, each read as cp1252; None where it is not UTF-8 in the main."""
    text = data.decode("utf-8", "surrogateescape")
    strays = len(_ESCAPED.findall(text))
    if 2 * strays > sum(character > "\x7f" for character in text) - strays:
        return None
    whole = _ESCAPED.sub(lambda stray: bytes([ord(stray.group()) - 0xDC00]).decode("cp1252", "replace"), text)
    return _checked(whole, name=name), (f"{name} is not UTF-8 throughout; bytes that were read as cp1252: {strays}.",)


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
