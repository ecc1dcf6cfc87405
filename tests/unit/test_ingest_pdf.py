"""PDF files, written here byte by byte."""

import io
from collections.abc import Iterable

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from ingest.readers.document import ReadDocument
from ingest.readers.pdf import read_pdf
from rag.domain import BlockKind
from rag.errors import DocumentError
from tests.printed import lines, printed, words


def pdf(*pages: str, information: str = "") -> bytes:
    """A PDF with these pages of lines."""
    return printed(*(lines(50, 100, page) for page in pages), information=information)


def read(*pages: str, information: str = "") -> ReadDocument:
    return read_pdf(pdf(*pages, information=information), name="a.pdf", most_pages=50)


PARAGRAPH = (
    "The harbour of Weser was shut on Monday after the storm had torn\n"
    "one of the two gates from its hinges. The port authority expects\n"
    "that it will stay shut until May."
)


def test_wrapped_lines_become_one_paragraph() -> None:
    text = read(PARAGRAPH + "\nNobody in the town could say what would become of the boats that\nlie outside.").text
    assert [len(part.split("\n")) for part in text.split("\n\n")] == [1, 1]
    assert "had torn one of the two gates" in text


def test_each_page_has_its_start() -> None:
    document = read("First page, first words.", "Second page, first words.")
    assert [document.text[start:].split(" ")[0] for start in document.pages] == ["First", "Second"]


def test_a_sentence_that_goes_on_over_the_page_is_whole() -> None:
    assert "the gate was torn from its hinges" in read("On Monday the gate was", "torn from its hinges.").text


def test_a_word_parted_at_the_line_end_is_whole() -> None:
    assert "authority" in read("The harbour was shut by the port autho-\nrity on Monday.").text


def test_page_numbers_and_running_heads_are_furniture() -> None:
    pages = [
        "\n".join(
            [
                lines(50, 30, "Weser Annual Report\nof the harbour board\nfor its members"),
                lines(50, 100, f"Part {'ABCD'[n]} tells of the harbour."),
                words(280, 780, f"{n + 1}"),
            ]
        )
        for n in range(4)
    ]
    document = read_pdf(printed(*pages), name="a.pdf", most_pages=50)
    said = [block.span.of(document.text) for block in document.blocks if block.kind is not BlockKind.FURNITURE]
    assert said == [f"Part {part} tells of the harbour." for part in "ABCD"]


def test_the_information_gives_title_date_and_author() -> None:
    document = read(PARAGRAPH, information="/Title (Harbour shut) /Author (Jane Doe) /CreationDate (D:20250821090000Z)")
    assert (document.title, document.published, document.author) == ("Harbour shut", "2025-08-21", "Jane Doe")


def test_the_date_on_the_page_counts_more_than_that_of_the_file() -> None:
    document = read(
        "Harbour shut\nPublished: 3 May 2024\n" + PARAGRAPH, information="/CreationDate (D:20250821090000Z)"
    )
    assert document.published == "2024-05-03"


def test_a_programs_file_name_is_no_title() -> None:
    assert read(PARAGRAPH, information="/Title (Microsoft Word - final2.docx)").title is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf(""), "hold no text, only images"),
        (b"Just some text", "it is not a PDF"),
        (b"%PDF-1.7\nnothing of a PDF follows", "the PDF is damaged"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason) as caught:
        read_pdf(data, name="a.pdf", most_pages=50)
    assert "\n" not in str(caught.value)


def with_pictures(data: bytes, pages: Iterable[int]) -> bytes:
    """The PDF with a picture on each of these pages, numbered from 0."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    image = StreamObject()
    image[NameObject("/Subtype")] = NameObject("/Image")
    for page in pages:
        resources = writer.pages[page]["/Resources"]
        assert isinstance(resources, DictionaryObject)
        resources[NameObject("/XObject")] = DictionaryObject({NameObject("/I"): writer._add_object(image)})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_scanned_page_among_others_is_named() -> None:
    data = with_pictures(pdf(PARAGRAPH, "", "", "The last page."), [1])
    assert read_pdf(data, name="a.pdf", most_pages=50).notices == (
        "a.pdf: these pages hold no text, only images, and were not read: 2. Run text recognition (OCR).",
    )


def test_pictures_with_the_same_line_on_each_page_are_a_scan() -> None:
    stamped = printed(*(words(200, 790, "Made by a scanning app") for _ in range(3)))
    with pytest.raises(DocumentError, match="with the same line on each"):
        read_pdf(with_pictures(stamped, range(3)), name="a.pdf", most_pages=50)


def encrypted(algorithm: str, *, user_password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(PARAGRAPH))))
    writer.encrypt(user_password, owner_password="the owner's", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_an_encrypted_pdf_is_refused(algorithm: str) -> None:
    with pytest.raises(DocumentError, match="it is encrypted"):
        read_pdf(encrypted(algorithm, user_password="secret"), name="a.pdf", most_pages=50)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_that_needs_no_password_to_be_read_is_read(algorithm: str) -> None:
    plain = read_pdf(pdf(PARAGRAPH), name="a.pdf", most_pages=50)
    document = read_pdf(encrypted(algorithm, user_password=""), name="a.pdf", most_pages=50)
    assert document.text == plain.text
