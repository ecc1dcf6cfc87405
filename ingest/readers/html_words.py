"""The words that an element of a web page shows."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary table tbody td"
    " tfoot th thead tr ul".split()
)
"""Elements that begin on a line of their own; what is in others runs on."""
_NEVER_SHOWN = (
    "script, style, template, noscript, svg, iframe, head, input, select, textarea, datalist, object, canvas, audio,"
    " video, map, annotation, rp, wbr, [class~=linenos], [class~=lineno]"
)
_MARKS = frozenset(("", "¶", "#", "§", "🔗"))
_NOTE = re.compile(r"\[?(?:\d{1,3}|[a-z*†‡])\]?")
_REFERS = re.compile("noteref|footnote-ref|fn-?ref")
_ENDED = (".", ",", ";", ":", "!", "?", "…", "。", "！", "？", "：")


def without_unshown(tree: LexborHTMLParser) -> None:
    """Takes out of a page what nobody reads: scripts, controls of forms, marks that link to a heading or a note."""
    for node in tree.css(_NEVER_SHOWN):
        node.decompose()
    for link in tree.css("a[href]"):
        words = link.text().strip()
        marks = " ".join(link.attributes.get(key) or "" for key in ("class", "role", "epub:type"))
        is_raised = link.parent is not None and link.parent.tag == "sup"
        is_note = _NOTE.fullmatch(words) and (is_raised or _REFERS.search(marks))
        if is_note or (words in _MARKS and (link.attributes.get("href") or "").startswith("#")):
            link.decompose()


def words_of(node: LexborNode, *, between: str = " ") -> str:
    """The words of an element on one line; `between` parts those of blocks within it where nothing ends them."""
    lines, line = list[list[str]](), list[str]()
    for each in node.traverse(include_text=True):
        before = each.prev
        if each.tag in BLOCKS or (before is not None and before.tag in BLOCKS):
            lines.append(line)
            line = []
        if each.tag == "-text":
            line.append(each.text_content or "")
        elif each.tag == "br":
            line.append(" ")
    shown = [words for pieces in (*lines, line) if (words := " ".join("".join(pieces).split()))]
    ended = [f"{words} " if words.endswith(_ENDED) else f"{words}{between}" for words in shown[:-1]]
    return "".join([*ended, *shown[-1:]])


def raw_words_of(node: LexborNode) -> str:
    """The words of an element with its line breaks, as of code."""
    pieces = ("\n" if each.tag == "br" else each.text_content for each in node.traverse(include_text=True))
    return "".join(filter(None, pieces))
