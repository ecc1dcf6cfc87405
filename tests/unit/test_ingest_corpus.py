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
    (record,) = lines(b'{"abstract": "x", "year": 1}\n')
    assert isinstance(record, BadRecord)
    assert "--text-field; it has abstract, year." in record.error


def test_the_text_field_can_be_named() -> None:
    (record,) = lines(b'{"abstract": "x", "text": "y"}\n', text_field="abstract")
    assert isinstance(record, ReadDocument)
    assert record.text == "x"


def test_a_table_with_texts_is_a_corpus() -> None:
    read = rows('id;title;text\n1;Shut;"Two\nlines"\n2;Open;Später\n'.encode())
    assert [(record.record_id, record.text) for record in read if isinstance(record, ReadDocument)] == [
        ("1", "Two\nlines"),
        ("2", "Später"),
    ]


def test_a_table_without_texts_is_one_document_of_rows() -> None:
    (record,) = rows(b"lock,toll\nDunmar,410\nPell,\n")
    assert isinstance(record, ReadDocument)
    assert (record.text, record.line, record.prose) == ("lock: Dunmar\ntoll: 410\n\nlock: Pell", None, False)


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
