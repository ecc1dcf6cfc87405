"""XML: records as rows, what is nested as headings and fields, texts with markup in them as paragraphs."""

import re
from typing import Any
from xml.etree import ElementTree

from ingest.readers.document import ReadDocument
from ingest.readers.nested import write_value
from ingest.structure import TextWriter
from rag.errors import DocumentError

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_DEEPEST = 40


def read_xml(data: bytes, *, name: str) -> ReadDocument:
    """An .xml file; raises DocumentError where it is none or declares entities."""
    # An entity can stand for a thousand others, and each of these for a thousand more.
    if _ENTITY.search(data) or _ENTITY.search(data.replace(b"\0", b"")):
        raise DocumentError(f"Cannot read {name}: it declares XML entities.")
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise DocumentError(f"Cannot read {name}: it is not XML ({error}).") from error
    writer = TextWriter()
    write_value(writer, _name(root), _value(root, 0))
    return ReadDocument(text=writer.text, blocks=writer.blocks, prose=False, how="the file's own metadata")


def _value(element: ElementTree.Element, depth: int) -> Any:
    """An element as words, or as an object of what is in it."""
    children = list(element)
    words = " ".join("".join(element.itertext()).split()) if _is_text(element, children) or depth > _DEEPEST else ""
    attributes = {_local(key): value for key, value in element.attrib.items()}
    if words or not children:
        return {"": words, **attributes} if attributes else words
    inner: dict[str, list[Any]] = {}
    for child in children:
        inner.setdefault(_name(child), []).append(_value(child, depth + 1))
    if len(inner) == 1 and len(children) > 1 and not attributes:  # it only holds them together
        return inner[_name(children[0])]
    single = {key: values[0] if len(values) == 1 else values for key, values in inner.items()}
    return {**{key: value for key, value in attributes.items() if key not in single}, **single}


def _is_text(element: ElementTree.Element, children: list[ElementTree.Element]) -> bool:
    """Whether it holds words, perhaps with markup between them."""
    return not children or bool((element.text or "").strip()) or any((child.tail or "").strip() for child in children)


def _name(element: ElementTree.Element) -> str:
    return _local(element.tag)


def _local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]
