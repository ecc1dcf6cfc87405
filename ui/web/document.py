"""A document on the page: its name and date, and its text with the cited words marked."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from rag.domain import Document, Passage, Span
from rag.evidence.cite import context_of, path_of
from rag.search.orders import without_instructions
from ui.web.html import safe
from ui.web.naming import date_words, opener, title_of

_WINDOW = 6_000
"""How many characters of a long document are shown on either side of a quote at first."""
_WHOLE = 1_000_000
"""How many are shown on either side when the whole document is asked for: a browser lays out 2 MB in about a second."""
_PART = 4_000
"""Long text goes in parts of about this many characters, which the browser lays out only when they come into view."""
_CLEANED = {
    "double_encoded": "words with wrong letters repaired",
    "lost_bytes": "lost quotation marks and dashes put back",
    "invisible": "invisible characters taken out",
    "images": "images left out",
    "links": "addresses of links left out",
    "emphasis": "marks of emphasis left out",
}


def document_html(document: Document, spans: Sequence[Span] = (), *, whole: bool = False) -> str:
    """A document with the words at `spans` marked; of a long one the part around the first, unless `whole`."""
    spans = [span for span in sorted(spans) if span.end <= len(document.text)]
    shown = _window(document.text, spans[0] if spans else Span(0, 0), _WHOLE if whole else _WINDOW)
    cuts = [start for start in document.pages if shown.start < start < shown.end]
    parts = Markup().join(_part(document, part, spans) for part in _parts(document.text, shown, cuts))
    before = _more(document, shown.start, spans, "earlier")
    after = _more(document, len(document.text) - shown.end, spans, "later")
    template = Markup('<article class="document">{}<div class="text" dir="auto">{}{}{}</div></article>')
    return safe(template.format(_head(document, spans[0] if spans else None), before, parts, after))


def _cleaned_words(cleaned: Mapping[str, int]) -> str:
    """What was cleaned for searching, in one sentence; empty where nothing was."""
    kinds = [f"{_CLEANED[kind]} ({number:,})" for kind, number in cleaned.items() if kind in _CLEANED]
    return f"Cleaned for searching, shown below as in the file: {', '.join(kinds)}." if kinds else ""


def _head(document: Document, span: Span | None) -> Markup:
    """What the document is, and what the words at `span` stand under in it."""
    origin = document.origin
    page = document.page_at(span.start) if span else None
    author = f"by {origin.author}" if origin.author else None
    facts = [origin.outlet, date_words(origin.published), author, f"page {page}" if page else None]
    template = Markup(
        '<header><div class="tools"><button type="button" class="back" data-back="1">Back to the answer</button>'
        '<button type="button" class="shelf" data-library="1">All documents</button></div>'
        '<h2 dir="auto">{}</h2><p class="meta"{}>{}</p><p class="path">{}</p>{}{}</header>'
    )
    known = "; ".join(f"{name}: {how}" for name, how in document.known_by.items())
    known_by = Markup(' title="Known by {}"').format(known) if known else Markup()
    words = _cleaned_words(document.cleaned)
    note = Markup('<p class="cleaned">{}</p>').format(words) if words else Markup()
    meta = " · ".join(fact for fact in facts if fact)
    return template.format(title_of(origin), known_by, meta, origin.path, note, _context(document, span))


def _context(document: Document, span: Span | None) -> Markup:
    if span is None:
        return Markup()
    context = context_of(document, without_instructions(Passage.cut(document, span)), span)
    path = path_of(context, title=document.origin.title)
    return Markup('<p class="context" dir="auto">{}</p>').format(path) if path else Markup()


def _window(text: str, around: Span, radius: int) -> Span:
    """The part of a text to show, which begins and ends with a line where one is near."""
    if len(text) <= 2 * radius:
        return Span(0, len(text))
    start, end = max(0, around.start - radius), min(len(text), around.end + radius)
    if start:
        start = (text.find("\n", start, min(start + 500, around.start)) + 1) or start
    if end < len(text):
        end = (text.rfind("\n", max(end - 500, around.end), end) + 1) or end
    return Span(start, end)


def _more(document: Document, hidden: int, spans: Sequence[Span], where: str) -> Markup:
    if not hidden:
        return Markup()
    span = spans[0] if spans else Span(0, 0)
    button = opener(document.id, span, "Show all", "more", label="Show the whole document", whole=True)
    return Markup('<p class="cut">{} {} characters. {}</p>').format(f"{hidden:,}", where, button)


def _parts(text: str, shown: Span, cuts: Sequence[int]) -> Iterable[Span]:
    """The shown text in parts, which end with a line or a page."""
    start = shown.start
    for stop in [*cuts, shown.end]:
        while stop - start > _PART:
            line_end = text.find("\n", start + _PART, stop)
            if line_end < 0:
                break
            yield Span(start, line_end + 1)
            start = line_end + 1
        if start < stop:
            yield Span(start, stop)
        start = stop


def _part(document: Document, part: Span, spans: Sequence[Span]) -> Markup:
    pieces, position = [], part.start
    for span in spans:
        start, end = max(span.start, position), min(span.end, part.end)
        if start < end:
            template = Markup("{}<mark>{}</mark>")
            pieces.append(template.format(document.text[position:start], document.text[start:end]))
            position = end
    pieces.append(Markup("{}").format(document.text[position : part.end]))
    page = document.page_at(part.start) if part.start in document.pages else None
    label = Markup(' data-page="Page {}"').format(page) if page else Markup()
    return Markup('<div class="part"{}>{}</div>').format(label, Markup().join(pieces))
