"""EPUB books: the chapters in reading order, each under its title."""

import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser

from ingest.dates import iso_date
from ingest.language import language_tag
from ingest.readers.document import ReadDocument
from ingest.readers.html import without_furniture, write_chapter
from ingest.readers.text import decoded
from ingest.readers.zipped import opened_zip
from ingest.structure import TextWriter
from rag.errors import DocumentError

_CONTAINER = "META-INF/container.xml"
_ANY = "{*}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_NCX = "application/x-dtbncx+xml"
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
            writer = TextWriter()
            for title, page, is_contents in _pages(archive, package, posixpath.dirname(package_path), name=name):
                write_chapter(page, writer, title=title, is_contents=is_contents)
        except (ElementTree.ParseError, KeyError, zipfile.BadZipFile) as error:
            raise DocumentError(f"Cannot read {name}: it is not an EPUB book ({error}).") from error
    text, blocks = writer.text, writer.blocks
    return ReadDocument(
        text=text,
        search_text=without_furniture(text, blocks),
        blocks=blocks,
        title=_stated(package, "title"),
        outlet=_stated(package, "publisher"),
        published=iso_date(_published(package)),
        author=", ".join(_all(package, "creator")) or None,
        language=language_tag(_stated(package, "language")),
        prose=False,
        how="the book's package",
    )


def _pages(
    archive: zipfile.ZipFile, package: ElementTree.Element, folder: str, *, name: str
) -> Iterator[tuple[str | None, str, bool]]:
    """The pages of the book in reading order, each after its title and before whether it is the table of contents."""
    items = {item.get("id"): item for item in package.findall(f".//{_ANY}item")}
    names = set(archive.namelist())
    contents: set[str] = set()
    titles: dict[str, str] = {}
    for item in items.values():
        path = _resolved(item.get("href"), folder)
        if "nav" in (item.get("properties") or "").split():
            contents.add(path)
        elif item.get("media-type") != _NCX:
            continue
        if path in names:
            titles |= _titles(decoded(archive.read(path), name=name)[0], posixpath.dirname(path))
    for reference in package.findall(f".//{_ANY}itemref"):
        found = items.get(reference.get("idref"))
        if found is None or found.get("media-type") not in _PAGES:
            continue
        path = _resolved(found.get("href"), folder)
        if path in names:  # a book may name a chapter that it lacks; the others are still read
            yield titles.get(path), decoded(archive.read(path), name=name)[0], path in contents


def _titles(contents: str, folder: str) -> dict[str, str]:
    """What a table of contents, of either edition of the format, calls the pages that it names whole."""
    tree = LexborHTMLParser(contents)
    links = [(link.attributes.get("href"), link.text()) for link in tree.css("nav a[href]")]
    for point in tree.css("navpoint"):
        target, label = point.css_first("content"), point.css_first("navlabel")
        if target is not None and label is not None:
            links.append((target.attributes.get("src"), label.text()))
    found: dict[str, str] = {}
    for href, title in links:
        found.setdefault(_resolved(href, folder), " ".join(title.split()))
    return found


def _resolved(href: str | None, folder: str) -> str:
    """The part of the book that an address names."""
    return posixpath.normpath(posixpath.join(folder, unquote((href or "").partition("#")[0])))


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
