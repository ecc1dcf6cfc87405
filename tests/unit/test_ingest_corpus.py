"""Corpora: JSON Lines and tables."""

import io

import pytest

from ingest.readers.corpus import read_json_lines, read_table
from ingest.readers.document import BadRecord, ReadDocument
from rag.errors import DocumentError


def lines(data: bytes, text_field: str | None = None) -> list[ReadDocument | BadRecord]:
    return list(read_json_lines(io.BytesIO(data), name="c.jsonl", text_field=text_field))


def rows(data: bytes, text_field: str | None = None) -> list[ReadDocument | BadRecord]:
    return list(read_table(io.BytesIO(data), name="c.csv", text_field=text_field))


def test_a_record_gives_text_and_metadata() -> None:
    data = (
        b'{"_id": 7, "title": "Shut", "source": "Weser Gazette", "published_at": "2024-03-15T05:30:00+00:00", '
        b'"author": null, "url": "https://weser.invalid/1", "body": "The harbour is shut."}\n'
    )
    assert lines(data) == [
        ReadDocument(
            text="The harbour is shut.", title="Shut", outlet="Weser Gazette", published="2024-03-15",
            url="https://weser.invalid/1", record_id="7", line=1,
        )
    ]  # fmt: skip


def test_a_bad_line_is_named_and_the_others_are_read() -> None:
    read = lines(b'\xef\xbb\xbf{"text": "one"}\n{"text": \n\n[1]\n{"other": "x"}\n\xff\xfe\n{"text": "two"}\n')
    assert [record.text for record in read if isinstance(record, ReadDocument)] == ["one", "two"]
    assert [record.line for record in read if isinstance(record, BadRecord)] == [2, 4, 5, 6]


def test_a_missing_text_names_the_fields_there_are() -> None:
    record = lines(b'{"text": "x"}\n{"abstract": "x", "year": 1}\n')[1]
    assert isinstance(record, BadRecord)
    assert "--text-field; it has abstract, year." in record.error


def test_the_text_field_can_be_named() -> None:
    (record,) = lines(b'{"abstract": "x", "text": "y"}\n', text_field="abstract")
    assert isinstance(record, ReadDocument)
    assert record.text == "x"


def test_a_table_with_long_texts_is_a_corpus() -> None:
    long = "Später Nebel. " * 20
    read = rows(f'id;title;text\n1;Shut;"Two\n{long}"\n2;Open;{long}\n'.encode())
    assert [(record.record_id, record.text) for record in read if isinstance(record, ReadDocument)] == [
        ("1", f"Two\n{long.strip()}"),
        ("2", long.strip()),
    ]


@pytest.mark.parametrize("column", ["Text", "Body", "Article", "Content"])
def test_a_column_of_short_texts_makes_no_corpus(column: str) -> None:
    (record,) = rows(f"{column},Price\nBrass hinge,2.80\nOak panel,41.50\n".encode())
    assert isinstance(record, ReadDocument)
    assert record.text == f"{column}: Brass hinge; Price: 2.80\n{column}: Oak panel; Price: 41.50"


def test_a_column_of_short_texts_makes_a_corpus_where_it_is_named() -> None:
    assert len(rows(b"Text,Price\nBrass hinge,2.80\nOak panel,41.50\n", text_field="text")) == 2


def test_a_table_without_texts_is_one_document_of_rows() -> None:
    (record,) = rows(b"lock,toll\nDunmar,410\nPell,\n")
    assert isinstance(record, ReadDocument)
    assert (record.text, record.line, record.prose) == ("lock: Dunmar; toll: 410\nlock: Pell", None, False)


def test_a_table_without_the_named_column_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"no column 'body'\. Its columns are lock, toll\."):
        rows(b"lock,toll\nDunmar,410\n", text_field="body")


def test_a_table_that_is_not_utf8_is_read_and_the_guess_is_told() -> None:
    data = ("lock,remark\n" + "Dünmar,schöne Schleuse für große Kähne\n" * 20).encode("cp1252")
    (record,) = rows(data)
    assert isinstance(record, ReadDocument)
    assert "schöne Schleuse für große Kähne" in record.text
    assert "is not UTF-8" in record.notices[0]


def test_a_binary_table_is_refused() -> None:
    with pytest.raises(DocumentError, match="binary data"):
        rows(b"a,b\n\x00\x01\x02")


@pytest.mark.parametrize(
    "data",
    [b"sep=;\nlock;toll\nDunmar;4,10\n", b"lock;toll\nDunmar;4,10\n", b'"lock";"toll"\n"Dunmar";"4,10"\n',
     b"lock|toll\nDunmar|4,10\n", b"lock\ttoll\nDunmar\t4,10\n", "lock;toll\nDunmar;4,10\n".encode("utf-16"),
     "lock;toll\nDunmar;4,10\n".encode("utf-16-le"), "lock;toll\nDunmar;4,10\n".encode("utf-32"),
     b"lock;toll\rDunmar;4,10\r"],
)  # fmt: skip
def test_however_a_table_is_written_its_columns_are_found(data: bytes) -> None:
    (record,) = rows(data)
    assert isinstance(record, ReadDocument)
    assert record.text == "lock: Dunmar; toll: 4,10"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Dunmar,410\nPell,620\n", "Dunmar; 410\nPell; 620"),
        (b"Tolls of Weser\n\nlock,toll\nDunmar,410\n", "Tolls of Weser\n\nlock: Dunmar; toll: 410"),
        (b"lock,toll\nDunmar,410,by night,too\n", "lock: Dunmar; toll: 410; by night; too"),
        (b"lock,2024\nDunmar,410\n", "lock: Dunmar; 2024: 410"),
    ],
)
def test_no_value_of_a_table_is_lost_or_misnamed(data: bytes, text: str) -> None:
    (record,) = rows(data)
    assert isinstance(record, ReadDocument)
    assert record.text == text


@pytest.mark.parametrize(
    "fields",
    [
        '"Published At": "2024-03-15T05:30:00Z", "publication": "Weser Gazette", "byline": "By Jane Doe"',
        '"publishedAt": "15 March 2024", "source": {"id": null, "name": "Weser Gazette"}, '
        '"author": [{"name": "Jane Doe"}]',
        '"metadata": {"pub_date": "2024-03-15", "site_name": "Weser Gazette", "creator": "Jane Doe", '
        '"source": "/a.txt"}',
    ],
)
def test_fields_are_known_under_their_usual_names(fields: str) -> None:
    (record,) = lines(b'{"full_text": "Shut.", "doc_id": 7, ' + fields.encode() + b"}\n")
    assert isinstance(record, ReadDocument)
    stated = (record.text, record.record_id, record.published, record.outlet, record.author)
    assert stated == ("Shut.", "7", "2024-03-15", "Weser Gazette", "Jane Doe")


def test_a_text_in_paragraphs_is_joined_and_an_empty_one_gives_way() -> None:
    (record,) = lines(b'{"body": "", "text": ["One.", "Two."]}\n')
    assert isinstance(record, ReadDocument)
    assert record.text == "One.\n\nTwo."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_records_in_another_encoding_are_read(encoding: str) -> None:
    read = lines('{"text": "The café is shut."}\n{"text": "The café is open."}\n'.encode(encoding))
    assert [record.text for record in read if isinstance(record, ReadDocument)] == [
        "The café is shut.", "The café is open.",
    ]  # fmt: skip
    assert sum(len(record.notices) for record in read if isinstance(record, ReadDocument)) == (encoding == "cp1252")
