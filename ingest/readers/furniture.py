"""Furniture of a web page: what stands around its own words, such as navigation, banners and lists of links."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from ingest.readers.html_words import BLOCKS, HEADINGS, words_of

_MAIN = ("body", "main", "article", "html")
_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar doc-toc doc-index"
    " doc-pagelist doc-landmarks".split()
)
_OF_BOOKS = re.compile(r"(?<!\S)(?:toc|index|landmarks|page-list|lo[ift])(?!\S)")
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_NAMED = frozenset(
    "breadcrumb breadcrumbs pagination newsletter sharing advert advertisement adverts sponsored comments recommended"
    " recommendations teaser teasers related paywall".split()
)
_PERHAPS_NAMED = frozenset(
    "nav navbar navigation menu sidebar share social promo footer header banner subscribe toc contents index tags"
    " skip pager prev next masthead toolbar sitemap sphinxsidebar copyright".split()
)
"""Names that furniture has, and other things too: only where they hold few words that are no links."""
_CONSENT = frozenset("cookie cookies consent gdpr".split())
_ASIDE = re.compile(r"(?<![\w-])(?:note|notecard|tip|warning|admonition|callout|caution|important|topic|example)")
_DIALOG = re.compile(r"\b(?:accept|agree|consent|reject|akzeptieren|zustimmen|accepter|aceptar)", re.IGNORECASE)
_SIGNED = re.compile(r"(?<!\S)(?:gmail_signature|moz-signature|Signature|x_Signature)(?!\S)")
_LONGEST_BANNER = 800
_FEWEST_LINKS = 3
_MOSTLY = 0.8
_FEW_WORDS = 60
"""So many characters that are no links a bar of them may hold."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """Tells the furniture of a page from its own words."""

    root: LexborNode
    _shown: dict[int, int] = field(default_factory=dict)
    """How many characters each element shows."""
    _linked: dict[int, int] = field(default_factory=dict)
    """How many of them are links."""
    _links: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        nodes = list(self.root.traverse(include_text=True))
        for node in reversed(nodes):
            above, own = node.parent, node.mem_id
            if node.tag == "-text":
                self._shown[own] = sum(map(len, (node.text_content or "").split()))
            elif node.tag == "a" and "href" in node.attributes:
                self._linked[own], self._links[own] = self._shown.get(own, 0), 1
            if above is not None:
                for counts in (self._shown, self._linked, self._links):
                    counts[above.mem_id] = counts.get(above.mem_id, 0) + counts.get(own, 0)

    def of_page(self, node: LexborNode) -> bool:
        """Whether an element of a web page is furniture."""
        tag, attributes = node.tag or "", node.attributes
        if tag == "a":  # `Skip to content`
            return "skip" in _names(node)
        if tag in (*_MAIN, *HEADINGS) or (tag not in BLOCKS and "-" not in tag):
            return False
        role = attributes.get("role") or ""
        names = _names(node)
        if tag == "nav":
            return True
        if tag == "aside":
            return not _ASIDE.search(f"{attributes.get('class') or ''} {role}")
        if tag in ("header", "footer"):
            return _is_around(node)
        if self._is_most(node):
            return False
        if role in _ROLES:
            return True
        if names & _CONSENT and _DIALOG.search(words_of(node)):
            is_short = self._shown.get(node.mem_id, 0) <= _LONGEST_BANNER
            return is_short or node.css_first("button") is not None
        return bool(names & _NAMED or (names & _PERHAPS_NAMED and self._is_bar(node))) or self.of_book(node)

    def of_book(self, node: LexborNode) -> bool:
        """Whether an element is a table of contents, an index or another list of links."""
        if node.tag == "nav" or _OF_BOOKS.search(node.attributes.get("epub:type") or ""):
            return True
        return node.tag in ("ul", "ol", "dl") and self._is_of_links(node) and not _is_led_in(node)

    def of_mail(self, node: LexborNode) -> bool:
        """Whether an element of a mail is furniture, such as a signature."""
        marks = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        return bool(_SIGNED.search(marks)) or node.tag == "nav"

    def _is_most(self, node: LexborNode) -> bool:
        """Whether an element holds most of the page, so that whatever it is called it is no furniture."""
        return 2 * self._shown.get(node.mem_id, 0) > self._shown.get(self.root.mem_id, 0)

    def _is_bar(self, node: LexborNode) -> bool:
        shown, linked = self._shown.get(node.mem_id, 0), self._linked.get(node.mem_id, 0)
        is_short = shown - linked <= _FEW_WORDS and node.css_first(", ".join(HEADINGS)) is None
        return 2 * linked > shown or (linked > 0 and is_short)

    def _is_of_links(self, node: LexborNode) -> bool:
        shown, linked = self._shown.get(node.mem_id, 0), self._linked.get(node.mem_id, 0)
        return self._links.get(node.mem_id, 0) >= _FEWEST_LINKS and linked >= _MOSTLY * shown > 0


def _names(node: LexborNode) -> set[str]:
    written = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    return {name.lower() for name in _NAME.findall(written[:1000])}


def _within(node: LexborNode, tags: tuple[str, ...]) -> bool:
    above = node.parent
    for _ in range(50):
        if above is None:
            return False
        if above.tag in tags:
            return True
        above = above.parent
    return False


def _is_around(node: LexborNode) -> bool:
    """Whether a header or a footer is the page's, and not that of a part of it or the one with its headline."""
    if node.tag == "header" and (node.css_first("h1") is not None or _within(node, ("article", "main", "section"))):
        return False
    return not _within(node, ("blockquote",))


def _is_led_in(node: LexborNode) -> bool:
    """Whether a list is what a sentence before it promises: `These formats are read:`."""
    before = node.prev
    while before is not None and before.tag == "-text" and not (before.text_content or "").strip():
        before = before.prev
    return before is not None and before.tag in ("p", "-text") and words_of(before).endswith((":", "："))
