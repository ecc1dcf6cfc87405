"""What a web page states about itself: by JSON-LD, meta elements, marks, and what it shows."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode
from trafilatura.metadata import extract_metadata

from ingest.dates import iso_date
from ingest.language import language_tag
from ingest.metadata import published_in
from ingest.outlets import copyright_owner, is_outlet, split_byline
from ingest.readers.linked_data import linked_data
from ingest.stated import Stated, merged, stated_by

_DEEPEST = 50
_TITLES = ("og:title", "twitter:title", "dc.title", "citation_title", "parsely-title")
_OUTLETS = (
    "og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "citation_journal_title", "citation_publisher",
    "source", "application-name",
)  # fmt: skip
_DATES = (
    "article:published_time", "article:published", "og:published_time", "datepublished", "date", "dc.date",
    "dc.date.issued", "dcterms.issued", "dcterms.date", "citation_publication_date", "citation_date",
    "parsely-pub-date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "sailthru.date",
    "article_date_original", "displaydate",
)  # fmt: skip
_LANGUAGES = ("content-language", "og:locale", "dc.language")
_ARTICLE_TIMES = "article time, main time, h1 ~ time, h1 ~ * time"
_DATED = '[class*="publish"], [class*="date"], [class*="timestamp"], [class*="byline"], [class*="dateline"]'
_CHANGED = re.compile("updat|modif|correct", re.IGNORECASE)
_BESIDE = re.compile("comment|related|sidebar|recommend|teaser", re.IGNORECASE)
_LONGEST_LINE = 120
_MOST_NODES = 50
"""How many elements of one kind are looked at: a page may nest thousands in one another."""
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author", "byl")
_TITLE_PARTS = re.compile(r"\s+[|·•«»–—-]+\s+")


def stated_by_page(html: str, tree: LexborHTMLParser) -> Stated:
    """What a page states; `tree` is the page as it was parsed, with its scripts."""
    meta = _meta(tree)
    heading, site = _heading(tree)
    author, outlet = _byline(meta)
    stated = merged(
        *linked_data(tree),
        stated_by(
            "a meta element",
            title=_any(meta, _TITLES),
            outlet=_any(meta, _OUTLETS) or outlet,
            published=next(filter(None, (iso_date(text) for key in _DATES for text in meta.get(key, ()))), None),
            author=author,
            url=_url(tree, meta),
        ),
        _marked(tree),
        stated_by("the page's heading", title=heading),
        stated_by("a time element", published=_time(tree)),
        stated_by("a line with a date", published=_dated(tree)),
        stated_by("the lang attribute", language=_language(tree)),
        stated_by("a meta element", language=language_tag(_any(meta, _LANGUAGES))),
        stated_by("the page's title", outlet=site),
        stated_by("a copyright line", outlet=_owner(tree)),
    )
    if stated.author is None:
        stated = merged(stated, stated_by("the byline", author=_visible_author(html)))
    return stated


def _meta(tree: LexborHTMLParser) -> dict[str, list[str]]:
    """What meta elements say, by their name, property, itemprop or http-equiv in lower case."""
    found: dict[str, list[str]] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        content = _squeezed(attributes.get("content") or "")
        for key in ("property", "name", "itemprop", "http-equiv"):
            named = (attributes.get(key) or "").lower()
            if named and content:
                found.setdefault(named, []).append(content)
    return found


def _marked(tree: LexborHTMLParser) -> Stated:
    """What the page's elements are marked as, by microdata or by rel=author."""
    return stated_by(
        "marks of the page",
        title=_marked_text(tree, "[itemprop=headline]"),
        outlet=_marked_text(tree, "[itemprop=publisher] [itemprop=name]"),
        published=iso_date(_marked_text(tree, "[itemprop=datePublished], time[pubdate]")),
        author=_joined(_own_texts(tree, "[itemprop=author] [itemprop=name]") or _own_texts(tree, "[rel=author]")),
    )


def _marked_text(tree: LexborHTMLParser, selector: str) -> str | None:
    node = tree.css_first(selector)
    return (node and (node.attributes.get("content") or node.attributes.get("datetime") or node.text())) or None


def _own_texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [
        _squeezed(node.attributes.get("content") or node.text())
        for node in tree.css(selector)[:_MOST_NODES]
        if _is_own(node)
    ]


def _joined(names: list[str]) -> str | None:
    return ", ".join(dict.fromkeys(filter(None, names))) or None


def _time(tree: LexborHTMLParser) -> str | None:
    """The first <time> of the article, not that of a comment or of another story in the margin."""
    times = (node for node in tree.css(_ARTICLE_TIMES)[:_MOST_NODES] if _is_own(node))
    return next(filter(None, (iso_date(node.attributes.get("datetime") or node.text()) for node in times)), None)


def _dated(tree: LexborHTMLParser) -> str | None:
    """The date in an element that is named for it, such as `<span class="post-date">`."""
    for node in tree.css(_DATED)[:_MOST_NODES]:
        words = _squeezed(node.text())
        if len(words) <= _LONGEST_LINE and not _CHANGED.search(node.attributes.get("class") or "") and _is_own(node):
            found = published_in([words]) or iso_date(words)
            if found:
                return found
    return None


def _is_own(node: LexborNode) -> bool:
    """Whether an element is the story's: not in a margin, a comment, or a list of other stories."""
    above: LexborNode | None = node
    for _ in range(_DEEPEST):
        if above is None:
            break
        named = f"{above.attributes.get('class') or ''} {above.attributes.get('id') or ''}"
        if above.tag in ("aside", "footer", "nav") or (above.tag not in ("body", "html") and _BESIDE.search(named)):
            return False
        above = above.parent
    return True


def _language(tree: LexborHTMLParser) -> str | None:
    root = tree.css_first("html")
    return language_tag(root.attributes.get("lang") or root.attributes.get("xml:lang")) if root else None


def _byline(meta: dict[str, list[str]]) -> tuple[str | None, str | None]:
    """Authors, and the outlet where it stands among them."""
    for key in _AUTHORS:
        names = [name for name in meta.get(key, ()) if not name.startswith(("http:", "https:", "/"))]
        if len(names) > 1:
            return ("; " if any("," in name for name in names) else ", ").join(dict.fromkeys(names)), None
        if names:
            return split_byline(names[0])
    return None, None


def _visible_author(html: str) -> str | None:
    """The author that the page shows, as trafilatura knows bylines."""
    author = extract_metadata(html).author
    return ", ".join(name.strip() for name in author.split(";")) if author else None


def _owner(tree: LexborHTMLParser) -> str | None:
    """Who has the copyright, by the page's foot."""
    for node in tree.css("footer, [class*=copyright], [id*=copyright], [class*=footer], [id*=footer]")[:_MOST_NODES]:
        owner = copyright_owner(re.split(r"\s*\n\s*|\s{3,}", node.text(separator="\n")))
        if owner:
            return owner
    return None


def _url(tree: LexborHTMLParser, meta: dict[str, list[str]]) -> str | None:
    link = tree.css_first('link[rel="canonical"]')
    return (link and link.attributes.get("href")) or _any(meta, ("og:url",))


def _heading(tree: LexborHTMLParser) -> tuple[str | None, str | None]:
    """The page's headline, and its site where its title names that too: `Harbour shut | Weser Gazette`."""
    titles = [words for node in tree.css("head > title") if (words := _squeezed(node.text()))]
    parts = _TITLE_PARTS.split(titles[0]) if titles else []
    site = next((part for part in (parts[-1:] + parts[:1]) if len(parts) > 1 and is_outlet(part)), None)
    # Where the site's name is a heading too, the story's stands in the article or is no outlet's.
    nodes = [*tree.css("article h1, main h1")[:_MOST_NODES], *tree.css("h1")[:_MOST_NODES]]
    headings = [
        words
        for node in filter(_is_own, nodes)
        if (words := _squeezed(node.text())) and words != site and not is_outlet(words)
    ]
    title = " - ".join(part for part in parts if part != site) if site else "".join(titles[:1])
    return (headings[0] if headings else title or None), site


def _any(meta: dict[str, list[str]], keys: tuple[str, ...]) -> str | None:
    return next((meta[key][0] for key in keys if key in meta), None)


def _squeezed(text: str) -> str:
    return " ".join(text.split())
