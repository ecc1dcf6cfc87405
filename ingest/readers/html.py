"""HTML: the main text by trafilatura; metadata from JSON-LD, meta elements and `<time>`."""

import json
import re
from collections.abc import Iterator
from typing import Any

import trafilatura
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.dates import iso_date
from ingest.language import language_tag
from ingest.readers.document import ReadDocument
from ingest.readers.text import decoded
from ingest.stated import merged, stated_by

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_CHARSET_WITHIN = 4096
_FEW_CHARACTERS = 200
_NOT_PROSE = "script, style, template, noscript, nav, header, footer, aside, form, button, svg, iframe"
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li blockquote pre td th dt dd figcaption div section article main tr ul ol dl".split()
)
_DEEPEST = 50
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
    stated = merged(
        stated_by(
            "JSON-LD",
            title=_text(linked.get("headline")),
            outlet=_name(linked.get("publisher")),
            published=iso_date(linked.get("datePublished")),
            author=_name(linked.get("author")),
            language=language_tag(_text(linked.get("inLanguage"))),
        ),
        stated_by(
            "a meta element",
            title=_any(meta, _TITLES),
            outlet=_any(meta, _OUTLETS),
            published=next(filter(None, (iso_date(meta.get(key)) for key in _DATES)), None),
            author=_byline(meta),
            url=_url(tree, meta),
        ),
        stated_by("the page's heading", title=_heading(tree)),
        stated_by("a time element", published=_time(tree)),
        stated_by("the lang attribute", language=_language(tree)),
    )
    return ReadDocument(
        text=_main_text(html, tree),
        title=stated.title,
        outlet=stated.outlet,
        published=stated.published,
        author=stated.author,
        url=stated.url,
        language=stated.language,
        known_by=stated.known_by,
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
    # Of a page of a few words trafilatura breaks the lines at every mark of emphasis.
    if main and len(main) >= _FEW_CHARACTERS:
        return "\n\n".join(line for line in main.split("\n") if line.strip())
    return _blocks(tree) or main or ""


def blocks_of(html: str) -> str:
    """Every block of words of a page but its furniture, parted by blank lines."""
    return _blocks(LexborHTMLParser(html))


def _blocks(tree: LexborHTMLParser) -> str:
    for node in tree.css(_NOT_PROSE):
        node.decompose()
    pieces: list[list[str]] = []
    last = None
    for node in tree.body.traverse(include_text=True) if tree.body else ():
        if node.tag == "-text" and (words := node.text_content):
            block = _block_of(node)
            if block != last or not pieces:
                pieces.append([])
                last = block
            pieces[-1].append(words)
    return "\n\n".join(filter(None, (_squeezed("".join(piece)) for piece in pieces)))


def _block_of(node: LexborNode) -> int | None:
    """What tells the nearest block around a piece of text from others."""
    above = node.parent
    for _ in range(_DEEPEST):
        if above is None or above.tag in _BLOCKS:
            break
        above = above.parent
    return above.mem_id if above is not None else None


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


def _time(tree: LexborHTMLParser) -> str | None:
    """The first <time> of the article, not that of a comment or of another story in the margin."""
    times = tree.css(_MARKED_TIMES) or tree.css(_ARTICLE_TIMES)
    return iso_date(times[0].attributes.get("datetime") or times[0].text()) if times else None


def _language(tree: LexborHTMLParser) -> str | None:
    root = tree.css_first("html")
    return language_tag(root.attributes.get("lang") or root.attributes.get("xml:lang")) if root else None


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
