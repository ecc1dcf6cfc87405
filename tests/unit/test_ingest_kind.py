"""What a file is, whatever it is called."""

import io
import zipfile

import pytest

from ingest.readers.kind import Kind, kind_in_zip, kind_of
from rag.errors import DocumentError

MAIL = b"Received: from a.invalid\r\n by b.invalid\r\nFrom: Jane <j@a.invalid>\r\nSubject: Locks\r\n\r\nWords.\r\n"


def zipped(*parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in parts:
            archive.writestr(part, "words")
    return out.getvalue()


@pytest.mark.parametrize(
    ("head", "suffix", "kind"),
    [
        (b"words", ".txt", Kind.TEXT),
        (b"# words", ".md", Kind.MARKDOWN),
        (b"%PDF-1.7", ".txt", Kind.PDF),
        (b"\n\n%PDF-1.7", ".docx", Kind.PDF),
        (b"PK\x03\x04", ".pdf", Kind.ZIPPED),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>", ".txt", Kind.HTML),
        (b"<?xml version='1.0'?>\n<html xmlns='x'>", ".pdf", Kind.HTML),
        (b"<html lang='en'>", "", Kind.HTML),
        (MAIL, ".txt", Kind.MAIL),
        (MAIL, "", Kind.MAIL),
        (b"From: Jane\nTo: Olaf\nSubject: memo\n\nWords.", ".txt", Kind.TEXT),
        (b"<html>", ".md", Kind.MARKDOWN),
        (b"a,b\n1,2\n", ".csv", Kind.TABLE),
        (b"<!DOCTYPE html><p>", ".csv", Kind.HTML),
        ("<!DOCTYPE html><p>".encode("utf-16"), ".txt", Kind.HTML),
        (b'{"text": "one"}\n{"text": "two"}\n', ".txt", Kind.JSON_LINES),
        (b'{"id": 1, "text": "a record longer than the head', ".json", Kind.JSON_LINES),
        (b'{"size": 1}\n', ".txt", Kind.TEXT),
        (b'{"text": {\n"a": 1}}\n', ".txt", Kind.TEXT),
        (b"not a PDF", ".pdf", Kind.PDF),
        (b"All rights reserved.", "", Kind.TEXT),
        (b'[{"sku": 1}]', ".json", Kind.JSON),
        (b"<order/>", ".xml", Kind.XML),
        (b"<?xml version='1.0'?><order/>", "", Kind.XML),
    ],
)
def test_the_first_bytes_tell_more_than_the_suffix(head: bytes, suffix: str, kind: Kind) -> None:
    assert kind_of(head, suffix, name="a") is kind


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "encrypted or an old .doc"),
        (b"\x1f\x8b\x08", "archives are not opened"),
        (b"7z\xbc\xaf\x27\x1c", "archives are not opened"),
        (b"Rar!\x1a\x07\x00", "archives are not opened"),
        (b"a.txt" + bytes(252) + b"ustar\x0000", "archives are not opened"),
        (b"\x89PNG\r\n\x1a\n\x00", "a picture"),
        (b"{\\rtf1 words}", "RTF"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".docx", ".bin", ""])
def test_what_is_never_read_is_named(head: bytes, suffix: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        kind_of(head, suffix, name="a")


def test_an_unknown_suffix_is_refused_with_the_known_ones() -> None:
    with pytest.raises(DocumentError, match=r"no reader for '\.xyz'\. Readers exist for \.csv .* \.own "):
        kind_of(b"words", ".xyz", name="a.xyz", others=[".own"])


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("word/document.xml", Kind.WORD),
        ("ppt/presentation.xml", Kind.SLIDES),
        ("xl/workbook.xml", Kind.SHEETS),
        ("META-INF/container.xml", Kind.BOOK),
    ],
)
def test_an_office_file_is_known_by_its_parts(part: str, kind: Kind) -> None:
    assert kind_in_zip(zipped("mimetype", part), name="a") is kind


@pytest.mark.parametrize(
    ("kind", "what", "other"),
    [("text", "OpenDocument text", ".docx"), ("spreadsheet", "OpenDocument table", ".xlsx"),
     ("presentation", "OpenDocument presentation", ".pptx")],
)  # fmt: skip
def test_an_open_document_is_no_archive(kind: str, what: str, other: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "words")
    with pytest.raises(DocumentError, match=f"it is an {what}, which is not read. Save it as {other}"):
        kind_in_zip(out.getvalue(), name="letter")


@pytest.mark.parametrize(
    ("suffix", "what"),
    [(".doc", "an old Word document"), (".xls", "an old Excel file"), (".msg", "an Outlook message")],
)
def test_an_old_office_file_is_told_by_its_suffix(suffix: str, what: str) -> None:
    with pytest.raises(DocumentError, match=f"it is {what}, which is not read"):
        kind_of(b"\xd0\xcf\x11\xe0" + b"x" * 600, suffix, name="a" + suffix)


def test_a_text_with_the_suffix_of_slides_is_not_called_slides() -> None:
    with pytest.raises(DocumentError, match=r"no reader for '\.key'"):
        kind_of(b"-----BEGIN CERTIFICATE-----", ".key", name="a.key")


def test_a_drawing_is_no_table_of_records() -> None:
    with pytest.raises(DocumentError, match=r"no reader for '\.svg'"):
        kind_of(b"<?xml version='1.0'?><svg/>", ".svg", name="a.svg")


def test_another_zip_file_is_an_archive() -> None:
    with pytest.raises(DocumentError, match="archives are not opened"):
        kind_in_zip(zipped("a.txt", "b.txt"), name="a.docx")
