"""EPUB books: the chapters in reading order, paragraphs parted by blank lines."""

import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree import ElementTree

from ingest.dates import iso_date
from ingest.language import language_tag
from ingest.readers.document import ReadDocument
from ingest.readers.html import blocks_of
from ingest.readers.text import decoded
from ingest.readers.zipped import opened_zip
from rag.errors import DocumentError

_CONTAINER = "META-INF/container.xml"
_ANY = "{*}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_PAGES = ("application/xhtml+xml", "text/html")


def read_epub(data: bytes, *, name: str) -> ReadDocument:
    """An .epub file; raises DocumentError where it is damaged or locked."""
    with opened_zip(data, name=name, what="an EPUB book") as archive:
        if "META-INF/encryption.xml" in archive.namelist() and "META-INF/rights.xml" in archive.namelist():
            raise DocumentError(f"Cannot read {name}: it is locked (DRM).")
        try:
            root = ElementTree.fromstring(archive.read(_CONTAINER))
            where = root.find(f".//{_ANY}rootfile")
            package_path = (where is not None and where.get("full-path")) or ""
            package = ElementTree.fromstring(archive.read(package_path))
            chapters = list(_chapters(archive, package, posixpath.dirname(package_path), name=name))
        except (ElementTree.ParseError, KeyError, zipfile.BadZipFile) as error:
            raise DocumentError(f"Cannot read {name}: it is not an EPUB book ({error}).") from error
    return ReadDocument(
        text="\n\n".join(filter(None, chapters)),
        title=_stated(package, "title"),
        outlet=_stated(package, "publisher"),
        published=iso_date(_published(package)),
        author=", ".join(_all(package, "creator")) or None,
        language=language_tag(_stated(package, "language")),
        prose=False,
        how="the book's package",
    )


def _chapters(archive: zipfile.ZipFile, package: ElementTree.Element, folder: str, *, name: str) -> Iterator[str]:
    """The text of each page of the book, in reading order."""
    items = {item.get("id"): item for item in package.findall(f".//{_ANY}item")}
    names = set(archive.namelist())
    for reference in package.findall(f".//{_ANY}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES or "nav" in (item.get("properties") or "").split():
            continue
        href = (item.get("href") or "").partition("#")[0]
        path = posixpath.normpath(posixpath.join(folder, unquote(href)))
        if path in names:  # a book may name a chapter that it lacks; the others are still read
            yield blocks_of(decoded(archive.read(path), name=name)[0])


def _stated(package: ElementTree.Element, field: str) -> str | None:
    """The first of the package's Dublin Core fields of this name that says something."""
    return next(iter(_all(package, field)), None)


def _all(package: ElementTree.Element, field: str) -> list[str]:
    values = (" ".join((element.text or "").split()) for element in package.iter(f"{_DUBLIN_CORE}{field}"))
    return list(dict.fromkeys(filter(None, values)))


def _published(package: ElementTree.Element) -> str | None:
    """The date of publication where a book tells several apart; else its first that is not that of a change."""
    dates = {_event(element): element.text for element in reversed(list(package.iter(f"{_DUBLIN_CORE}date")))}
    return next((dates[event] for event in ("publication", "original-publication", "") if dates.get(event)), None)


def _event(date: ElementTree.Element) -> str:
    return next((value for key, value in date.attrib.items() if key.endswith("event")), "")
