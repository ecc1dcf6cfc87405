"""Records and nested fields: JSON, JSON Lines, XML."""

import io
import json

import pytest

from ingest.readers.corpus import read_json, read_json_lines
from ingest.readers.document import BadRecord, ReadDocument
from ingest.readers.xml import read_xml
from rag.errors import DocumentError
from tests.blocks import leant, named, not_covered, said

SHOP = """{"shop": "Kvist", "open": true, "tags": ["bread", "rye"], "address": {"street": "Quay 4"},
"hours": [{"day": "Monday", "from": "7:00"}, {"day": "Sunday", "from": null}],
"staff": [{"name": "Ann", "shifts": [{"day": "Monday"}]}], "rent": 2.50}"""
BOOKS = """<?xml version="1.0"?><catalog xmlns="urn:x">
<book id="b1"><title>Locks</title><price cur="EUR">12.50</price></book>
<book id="b2"><title>Tolls</title><price cur="EUR">9.00</price></book></catalog>"""


def records(data: str, text_field: str | None = None) -> list[ReadDocument | BadRecord]:
    return list(read_json(io.BytesIO(data.encode()), name="a.json", text_field=text_field))


def document(data: str) -> ReadDocument:
    (read,) = records(data)
    assert isinstance(read, ReadDocument)
    return read


def test_values_of_an_object_are_fields_of_one_record() -> None:
    read = document(SHOP)
    assert said(read)[:4] == [
        ("field", "shop: Kvist"), ("field", "open: true"), ("field", "tags: bread, rye"), ("field", "rent: 2.50"),
    ]  # fmt: skip
    assert len({block.record for block in read.blocks[:4]}) == 1


def test_what_is_nested_leans_on_its_name() -> None:
    read = document(SHOP)
    (street,) = (block for block in read.blocks if block.span.of(read.text) == "street: Quay 4")
    assert leant(read, street) == ["address"]


def test_a_list_of_like_objects_is_a_table() -> None:
    read = document(SHOP)
    (row,) = (block for block in read.blocks if block.span.of(read.text).startswith("day: Monday; from"))
    assert (named(read, row), leant(read, row)) == ([("day", "Monday"), ("from", "7:00")], ["hours"])


def test_an_object_in_a_list_is_headed_by_its_own_name() -> None:
    assert ("heading", "Ann") in said(document(SHOP))


def test_the_blocks_of_nested_fields_cover_the_text() -> None:
    assert not_covered(document(SHOP)) == ""


def test_numbers_are_kept_as_they_are_written() -> None:
    assert document('[{"price": 2.50, "id": 7}]').text == "price: 2.50; id: 7"


def test_objects_with_long_texts_are_documents() -> None:
    written = [{"title": name, "text": "The harbour is shut. " * 20} for name in ("Shut", "Closed")]
    assert [read.title for read in records(json.dumps(written)) if isinstance(read, ReadDocument)] == ["Shut", "Closed"]


def test_objects_are_documents_where_their_texts_are_named() -> None:
    assert len(records('[{"text": "one"}, {"text": "two"}]', text_field="text")) == 2


@pytest.mark.parametrize("data", ["{", "[1, ", "[" * 100_000, ""])
def test_what_is_no_json_is_refused(data: str) -> None:
    with pytest.raises(DocumentError, match="it is not JSON"):
        records(data)


def test_deeply_nested_values_are_read() -> None:
    assert "deep" in document('{"a": ' * 200 + '"deep"' + "}" * 200).text


def test_lines_of_records_without_a_text_are_one_table() -> None:
    data = b'{"sku": "A1", "price": 2.50}\n{"sku": "A2", "price": 3.10}\n'
    (read,) = read_json_lines(io.BytesIO(data), name="a.jsonl")
    assert isinstance(read, ReadDocument)
    assert said(read) == [("row", "sku: A1; price: 2.50"), ("row", "sku: A2; price: 3.10")]


def test_a_bad_line_of_a_table_is_named() -> None:
    read = list(read_json_lines(io.BytesIO(b'{"sku": "A1"}\nbad\n'), name="a.jsonl"))
    assert [record.line for record in read if isinstance(record, BadRecord)] == [2]


def test_repeated_elements_are_rows() -> None:
    read = read_xml(BOOKS.encode(), name="a.xml")
    assert said(read) == [
        ("heading", "catalog"),
        ("row", "id: b1; title: Locks; price: 12.50; price › cur: EUR"),
        ("row", "id: b2; title: Tolls; price: 9.00; price › cur: EUR"),
    ]


def test_markup_within_words_is_no_field() -> None:
    read = read_xml(b"<note><to>Jane</to><body>Read <b>this</b> first.</body></note>", name="a.xml")
    assert said(read)[-1] == ("field", "body: Read this first.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha">]><a>&x;</a>'
    with pytest.raises(DocumentError, match="declares XML entities"):
        read_xml(bomb.encode(encoding), name="a.xml")


def test_what_is_no_xml_is_refused() -> None:
    with pytest.raises(DocumentError, match="it is not XML"):
        read_xml(b"<a><b></a>", name="a.xml")


def test_lists_of_values_are_a_table() -> None:
    read = document('{"tolls": [["lock", "toll"], ["Pell", 4], ["Dun", 5]]}')
    assert said(read)[1:] == [("row", "lock: Pell; toll: 4"), ("row", "lock: Dun; toll: 5")]


def test_lines_of_objects_are_read_under_the_suffix_of_json() -> None:
    assert document('{"sku": "A1"}\n{"sku": "A2"}\n').text == "sku: A1\nsku: A2"


def test_values_nested_without_end_are_refused() -> None:
    with pytest.raises(DocumentError, match="nested too deep"):
        document("[" * 900 + "1" + "]" * 900)
