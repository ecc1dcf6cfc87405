"""The reader for each kind of file."""

from collections.abc import Iterator
from typing import BinaryIO

from ingest.readers.document import BadRecord, ReadDocument
from ingest.readers.kind import Kind, kind_in_zip

Records = Iterator[ReadDocument | BadRecord]


# Each reader is imported when its first file comes: parsers are slow to import, and most folders need few of them.
def read_file(kind: Kind, data: bytes, *, name: str, most_pages: int) -> ReadDocument:
    """Reads a file that is one document; raises DocumentError naming the file."""
    if kind is Kind.ZIPPED:
        kind = kind_in_zip(data, name=name)
    match kind:
        case Kind.MARKDOWN:
            from ingest.readers.markdown import read_markdown

            return read_markdown(data, name=name)
        case Kind.HTML:
            from ingest.readers.html import read_html

            return read_html(data, name=name)
        case Kind.PDF:
            from ingest.readers.pdf import read_pdf

            return read_pdf(data, name=name, most_pages=most_pages)
        case Kind.WORD:
            from ingest.readers.docx import read_docx

            return read_docx(data, name=name)
        case Kind.SLIDES:
            from ingest.readers.pptx import read_pptx

            return read_pptx(data, name=name, most_pages=most_pages)
        case Kind.SHEETS:
            from ingest.readers.xlsx import read_xlsx

            return read_xlsx(data, name=name, most_pages=most_pages)
        case Kind.BOOK:
            from ingest.readers.epub import read_epub

            return read_epub(data, name=name)
        case Kind.MAIL:
            from ingest.readers.mail import read_mail

            return read_mail(data, name=name)
        case Kind.XML:
            from ingest.readers.xml import read_xml

            return read_xml(data, name=name)
        case _:
            from ingest.readers.text import read_text

            return read_text(data, name=name)


def read_corpus(kind: Kind, stream: BinaryIO, *, name: str, text_field: str | None, longest: int) -> Records:
    """Reads a file of many documents, one at a time; raises DocumentError where the whole file cannot be read.

    `longest` is the most characters that one record may have.
    """
    if kind is Kind.MAILBOX:
        from ingest.readers.mail import read_mailbox

        return read_mailbox(stream, name=name, longest=longest)
    from ingest.readers import corpus

    readers = {Kind.JSON: corpus.read_json, Kind.JSON_LINES: corpus.read_json_lines, Kind.TABLE: corpus.read_table}
    return readers[kind](stream, name=name, text_field=text_field, longest=longest)
