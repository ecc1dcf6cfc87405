"""HTML: the main text by trafilatura; metadata from JSON-LD, meta elements and `<time>`."""

import json
import re
from collections.abc import Iterator
from typing import Any

import trafilatura
from selectolax.lexbor import LexborHTMLParser

from ingest.dates import iso_date
from ingest.readers.document import ReadDocument
from ingest.readers.text import decoded

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_CHARSET_WITHIN = 4096
_NOT_PROSE = "script, style, template, noscript, nav, header, footer, aside, form, button, svg, iframe"
_BLOCKS = "p, h1, h2, h3, h4, h5, h6, li, blockquote, pre, td, th, dt, dd, figcaption"
_ARTICLE = re.compile("Article|BlogPosting|Report|WebPage")
_TITLES = ("og:title", "twitter:title", "dc.title", "citation_title", "parsely-title")
_OUTLETS = ("og:site_name", "publisher", "dc.publisher", "citation_journal_title", "citation_publisher")
_DATES = (
    "article:published_time", "article:published", "og:published_time", "datepublished", "date", "dc.date",
    "dc.date.issued", "dcterms.issued", "dcterms.date", "citation_publication_date", "citation_date",
    "parsely-pub-date", "pubdate", "publishdate", "publication_date", "sailthru.date",
)  # fmt: skip
_MARKED_TIMES = "time[itemprop=datePublished], time[pubdate]"
_ARTICLE_TIMES = "article time, main time, h1 ~ time, h1 ~ * time"
_AUTHORS = ("author", "article:author", "dc.creator", "citation_author", "parsely-author", "byl")


def read_html(data: bytes, *, name: str) -> ReadDocument:
    """A web page saved as a file: its main text, paragraphs parted by blank lines."""
    html, notices = _decoded(data, name=name)
    tree = LexborHTMLParser(html)
    meta = _meta(tree)
    linked = _linked_data(tree)
    return ReadDocument(
        text=_main_text(html, tree),
        title=_text(linked.get("headline")) or _any(meta, _TITLES) or _heading(tree),
        outlet=_name(linked.get("publisher")) or _any(meta, _OUTLETS),
        published=_published(tree, meta, linked),
        author=_name(linked.get("author")) or _byline(meta),
        url=_url(tree, meta),
        notices=notices,
    )


def _decoded(data: bytes, *, name: str) -> tuple[str, tuple[str, ...]]:
    declared = _CHARSET.search(data, 0, _CHARSET_WITHIN)
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(declared.group(1).decode("ascii")), ()
        except (UnicodeDecodeError, LookupError):
            pass  # the page declares what it is not
    return decoded(data, name=name)


def _main_text(html: str, tree: LexborHTMLParser) -> str:
    main = trafilatura.extract(html, include_comments=False, include_tables=True, deduplicate=False)
    if main:
        return "\n\n".join(line for line in main.split("\n") if line.strip())
    # Too short or too odd for trafilatura: every block of the page but its furniture.
    for node in tree.css(_NOT_PROSE):
        node.decompose()
    body = tree.body
    if body is None:
        return ""
    blocks = [_squeezed(node.text()) for node in body.css(_BLOCKS) if not node.css_first(_BLOCKS)]
    return "\n\n".join(filter(None, blocks)) or _squeezed(body.text(separator=" "))


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    """The first content of each meta element, by its name, property or itemprop in lower case."""
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        content = _squeezed(attributes.get("content") or "")
        for key in ("property", "name", "itemprop"):
            named = (attributes.get(key) or "").lower()
            if named and content:
                found.setdefault(named, content)
    return found


def _linked_data(tree: LexborHTMLParser) -> dict[str, Any]:
    """The first article that the page's JSON-LD describes."""
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            described = json.loads(node.text())
        except (ValueError, RecursionError):
            continue
        for thing in _things(described):
            if _ARTICLE.search(str(thing.get("@type"))) and (thing.get("headline") or thing.get("datePublished")):
                return thing
    return {}


def _things(described: object) -> Iterator[dict[str, Any]]:
    for thing in described if isinstance(described, list) else [described]:
        if isinstance(thing, dict):
            yield thing
            inner = thing.get("@graph")
            yield from (part for part in inner if isinstance(part, dict)) if isinstance(inner, list) else ()


def _published(tree: LexborHTMLParser, meta: dict[str, str], linked: dict[str, Any]) -> str | None:
    stated = [linked.get("datePublished"), *(meta.get(key) for key in _DATES)]
    # The first <time> of the article, not that of a comment or of another story in the margin.
    times = tree.css(_MARKED_TIMES) or tree.css(_ARTICLE_TIMES)
    stated += [node.attributes.get("datetime") or node.text() for node in times[:1]]
    return next(filter(None, map(iso_date, stated)), None)


def _byline(meta: dict[str, str]) -> str | None:
    stated = (meta[key] for key in _AUTHORS if key in meta)
    return next((name for name in stated if not name.startswith(("http:", "https:", "/"))), None)


def _url(tree: LexborHTMLParser, meta: dict[str, str]) -> str | None:
    link = tree.css_first('link[rel="canonical"]')
    return (link and link.attributes.get("href")) or meta.get("og:url") or None


def _heading(tree: LexborHTMLParser) -> str | None:
    nodes = (tree.css_first("h1"), tree.css_first("title"))
    return next((words for node in nodes if node and (words := _squeezed(node.text()))), None)


def _any(meta: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((meta[key] for key in keys if key in meta), None)


def _name(thing: object) -> str | None:
    """The name of a person or an organisation in JSON-LD; several are parted by commas."""
    things = thing if isinstance(thing, list) else [thing]
    names = [_text(part.get("name") if isinstance(part, dict) else part) for part in things]
    return ", ".join(name for name in names if name and not name.startswith("http")) or None


def _text(value: object) -> str | None:
    return _squeezed(value) or None if isinstance(value, str) else None


def _squeezed(text: str) -> str:
    return " ".join(text.split())
