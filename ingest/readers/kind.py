"""What a file is: by its first bytes where they tell, else by its suffix."""

import io
import re
import zipfile
from collections.abc import Iterable
from enum import StrEnum

from rag.errors import DocumentError

HEAD_BYTES = 8192
"""How much of a file's beginning is looked at."""
_PDF_WITHIN = 1024
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0"
_ARCHIVES = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd")
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"RIFF", b"BM")
_HTML = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S)
_RECORDS = re.compile(rb'\s*\{\s*"[^"\n]{1,80}"\s*:[^\n]*(?:\}\s*\n\s*\{\s*"|\}\s*\Z|[^}\s]\Z)')
_RECORD_TEXT = re.compile(rb'"(?:body|text|content|article)"\s*:', re.I)
_MAIL_FIELD = rb"[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]{0,990}\n(?:[ \t][^\n]{0,990}\n){0,40}"
_MAIL = re.compile(rb"(?:From [^\n]{0,200}\n)?(?:" + _MAIL_FIELD + rb"){2,60}")
_ONLY_MAIL = re.compile(rb"^(?:MIME-Version|Message-ID|Received|Return-Path|DKIM-Signature):", re.I | re.M)


class Kind(StrEnum):
    """The formats that are read; `ZIPPED` is one of those that are ZIP files inside, not yet looked into."""

    TEXT = "text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    PDF = "PDF"
    ZIPPED = "ZIP"
    WORD = "Word"
    SLIDES = "PowerPoint"
    SHEETS = "Excel"
    BOOK = "EPUB"
    MAIL = "e-mail"
    MAILBOX = "mailbox"
    JSON = "JSON"
    JSON_LINES = "JSON Lines"
    XML = "XML"
    TABLE = "table"


_BY_SUFFIX = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".pdf": Kind.PDF,
    ".docx": Kind.WORD,
    ".pptx": Kind.SLIDES,
    ".xlsx": Kind.SHEETS,
    ".epub": Kind.BOOK,
    ".eml": Kind.MAIL,
    ".mbox": Kind.MAILBOX,
    ".json": Kind.JSON,
    ".jsonl": Kind.JSON_LINES,
    ".ndjson": Kind.JSON_LINES,
    ".csv": Kind.TABLE,
    ".tsv": Kind.TABLE,
    ".xml": Kind.XML,
}
_PARTS = {
    "word/document.xml": Kind.WORD,
    "ppt/presentation.xml": Kind.SLIDES,
    "xl/workbook.xml": Kind.SHEETS,
    "META-INF/container.xml": Kind.BOOK,
}
# What is known and not read: what it is, and what to save it as.
_NOT_READ = {
    ".odt": ("an OpenDocument text", ".docx"),
    ".ods": ("an OpenDocument table", ".xlsx"),
    ".odp": ("an OpenDocument presentation", ".pptx"),
    ".doc": ("an old Word document", ".docx"),
    ".xls": ("an old Excel file", ".xlsx"),
    ".ppt": ("an old PowerPoint file", ".pptx"),
    ".xlsb": ("a binary Excel file", ".xlsx"),
    ".rtf": ("RTF", ".docx"),
    ".msg": ("an Outlook message", ".eml"),
    ".pst": ("an Outlook mailbox", ".eml files"),
    ".pages": ("a Pages document", ".docx"),
    ".numbers": ("a Numbers file", ".xlsx"),
    ".key": ("a Keynote file", ".pptx"),
    ".mobi": ("a Kindle book", ".epub"),
    ".azw3": ("a Kindle book", ".epub"),
}
_OPEN_DOCUMENT = {"text": ".odt", "spreadsheet": ".ods", "presentation": ".odp"}
SUFFIXES = tuple(sorted(_BY_SUFFIX))
CORPORA = frozenset({Kind.JSON, Kind.JSON_LINES, Kind.TABLE, Kind.MAILBOX})
"""The kinds of which one file may hold many documents."""
# A text with one of these suffixes is what it says; a page under any other name is still a page.
_SURE = frozenset({Kind.MARKDOWN, Kind.HTML, Kind.MAIL, Kind.MAILBOX})


def kind_of(head: bytes, suffix: str, *, name: str, others: Iterable[str] = ()) -> Kind:
    """The kind of a file by its first `HEAD_BYTES`; `others` are suffixes that the caller's own readers take.

    Raises DocumentError for what is not read: an archive, a picture, an unknown format.
    """
    by_suffix = _BY_SUFFIX.get(suffix)
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return Kind.PDF
    if head.startswith(_ZIP):
        return Kind.ZIPPED
    _refuse(head, suffix, name=name)
    found = by_suffix if by_suffix in _SURE else _told_by_words(head) or by_suffix
    if found is None and not suffix:  # LICENSE, README: whether it is text is seen when it is read
        return Kind.TEXT
    if found is None:
        known = " ".join(sorted({*SUFFIXES, *others}))
        is_text = b"\0" not in head  # `.key` is also the suffix of texts that are no slides
        raise (not is_text and _not_read(suffix, name)) or DocumentError(
            f"Cannot read {name}: no reader for '{suffix}'. Readers exist for {known}."
        )
    return found


def kind_in_zip(data: bytes, *, name: str) -> Kind:
    """The kind of a file that is a ZIP file inside; raises DocumentError where it is an archive or damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            declared = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise DocumentError(f"Cannot read {name}: it is a damaged ZIP file ({error}).") from error
    found = next((kind for part, kind in _PARTS.items() if part in names), None)
    if found is None:
        kind = declared.decode("ascii", "replace").rpartition("opendocument.")[2].split("-")[0]
        suffix = ".xlsb" if "xl/workbook.bin" in names else _OPEN_DOCUMENT.get(kind, "." + name.rpartition(".")[2])
        raise _not_read(suffix.lower(), name) or DocumentError(
            f"Cannot read {name}: it is an archive, and archives are not opened. Unpack it first."
        )
    return found


def _not_read(suffix: str, name: str) -> DocumentError | None:
    """What to say of a format that is known and not read."""
    if suffix not in _NOT_READ:
        return None
    what, other = _NOT_READ[suffix]
    return DocumentError(f"Cannot read {name}: it is {what}, which is not read. Save it as {other}.")


def _refuse(head: bytes, suffix: str, *, name: str) -> None:
    """Raises DocumentError where the first bytes are those of a format that no reader takes."""
    if head.startswith(_OLE):
        raise _not_read(suffix, name) or DocumentError(
            f"Cannot read {name}: it is encrypted or an old .doc, .xls or .ppt. "
            "Save it as .docx, .xlsx or .pptx without a password."
        )
    if head.startswith(_ARCHIVES) or head[257:262] == b"ustar":
        raise DocumentError(f"Cannot read {name}: it is an archive, and archives are not opened. Unpack it first.")
    if head.startswith(_PICTURES) and b"\0" in head:
        raise DocumentError(f"Cannot read {name}: it is a picture or a recording, and has no text.")
    if head.startswith(b"{\\rtf"):
        raise DocumentError(f"Cannot read {name}: it is RTF, which is not read. Save it as .docx.")


def _told_by_words(head: bytes) -> Kind | None:
    """HTML, XML, a mail or JSON Lines under another name; None for any other text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode("utf-8", "replace")
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(head):
        return Kind.HTML
    if _RECORDS.match(head) and _RECORD_TEXT.search(head):
        return Kind.JSON_LINES
    if head.startswith(b"<?xml") and b"<svg" not in head:
        return Kind.XML
    fields = _MAIL.match(head.replace(b"\r\n", b"\n"))
    return Kind.MAIL if fields and _ONLY_MAIL.search(fields.group()) else None
