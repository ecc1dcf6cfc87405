"""A document on the page: its name and date, and its text with the cited words marked."""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from rag.domain import Document, Passage, Span
from rag.evidence.cite import context_of, path_of
from rag.search.orders import without_instructions
from ui.web.blocks import Marks, Piece, pieces_of
from ui.web.html import safe
from ui.web.naming import date_words, name_of, opener, page_words, title_of

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


def document_html(
    document: Document, spans: Sequence[Span] = (), *, here: Span | None = None, whole: bool = False
) -> str:
    """A document with the words at `spans` marked; of a long one the part around one of them, unless `whole`.

    That one is `here`, the first of them where it is not told.
    """
    spans = [span for span in sorted(set(spans)) if span.end <= len(document.text)]
    place = spans.index(here) if here in spans else 0
    marks = Marks(tuple(spans), place)
    at = spans[place] if spans else None
    shown = _window(document.text, at or Span(0, 0), _WHOLE if whole else _WINDOW)
    parts = _parts(document, shown, marks)
    before = _more(document, shown.start, at, "earlier")
    after = _more(document, len(document.text) - shown.end, at, "later")
    template = Markup('<article class="document">{}{}<div class="text" dir="auto">{}{}{}</div></article>')
    return safe(template.format(_head(document, at, marks), _picture(document, at), before, parts, after))


def _cleaned_words(cleaned: Mapping[str, int]) -> str:
    """What was cleaned for searching, in one sentence; empty where nothing was."""
    kinds = [f"{_CLEANED[kind]} ({number:,})" for kind, number in cleaned.items() if kind in _CLEANED]
    return f"Cleaned for searching, shown below as in the file: {', '.join(kinds)}." if kinds else ""


def _head(document: Document, span: Span | None, marks: Marks) -> Markup:
    """What the document is, and what the words at `span` stand under in it."""
    origin = document.origin
    page = document.page_at(span.start) if span else None
    author = f"by {origin.author}" if origin.author else None
    facts = [origin.outlet, date_words(origin.published), author, page_words(origin, page)]
    template = Markup(
        '<header><div class="top"><p class="path" dir="auto">{}</p><div class="tools">'
        '<button type="button" class="back" data-back="1">Back to the answer</button>'
        '{}<button type="button" class="shelf" data-library="1">All documents</button></div></div>'
        '<h2 dir="auto">{}</h2><p class="meta"{}>{}</p>{}{}</header>'
    )
    known = "; ".join(f"{name}: {how}" for name, how in document.known_by.items())
    known_by = Markup(' title="Known by {}"').format(known) if known else Markup()
    words = _cleaned_words(document.cleaned)
    note = Markup('<p class="cleaned">{}</p>').format(words) if words else Markup()
    meta = " · ".join(fact for fact in facts if fact)
    return template.format(origin.path, _steps(marks), title_of(origin), known_by, meta, note, _context(document, span))


def _steps(marks: Marks) -> Markup:
    """From one quote of the answer to the next in this document."""
    if len(marks.spans) < 2:
        return Markup()
    template = Markup(
        '<span class="places" role="group" aria-label="Quotes of the answer in this document">'
        '<button type="button" data-step="-1" aria-label="Quote before">‹</button>'
        '<span class="where">{} of {}</span>'
        '<button type="button" data-step="1" aria-label="Next quote">›</button></span>'
    )
    return template.format(marks.here + 1, len(marks.spans))


def _picture(document: Document, span: Span | None) -> Markup:
    """Where the picture of the page goes that holds the words at `span`, with their boxes; the script asks for it."""
    boxes = [box for block in document.blocks_in(span) for box in block.boxes] if span else []
    if not boxes:
        return Markup()
    page = boxes[0].page
    edges = ";".join(
        ",".join(f"{edge:.1f}" for edge in (box.left, box.top, box.right, box.bottom))
        for box in boxes
        if box.page == page
    )
    template = Markup(
        '<figure class="picture" data-of="{}" data-page="{}" data-boxes="{}"><figcaption>Page {}</figcaption></figure>'
    )
    return template.format(name_of(document.id), page, edges, page)


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


def _more(document: Document, hidden: int, span: Span | None, where: str) -> Markup:
    if not hidden:
        return Markup()
    at = span or Span(0, 0)
    button = opener(document.id, at, "Show all", "more", label="Show the whole document", whole=True)
    return Markup('<p class="cut">{} {} characters. {}</p>').format(f"{hidden:,}", where, button)


def _parts(document: Document, shown: Span, marks: Marks) -> Markup:
    """The shown text in parts, which the browser lays out when they come into view; a page begins a part."""
    pieces = pieces_of(document, shown, marks) if document.blocks else _lines(document, shown, marks)
    parts: list[Markup] = []
    waiting: list[Piece] = []
    kind = "part" if document.blocks else "part plain"
    pages = [start for start in document.pages if start < shown.end]
    for piece in pieces:
        begins = bool(pages) and piece.span.end > pages[0]
        if waiting and (begins or sum(one.span.end - one.span.start for one in waiting) > _PART):
            parts.append(_part(document, waiting, kind))
            waiting = []
        while pages and piece.span.end > pages[0]:
            pages.pop(0)
        waiting.append(piece)
    if waiting:
        parts.append(_part(document, waiting, kind))
    return Markup().join(parts)


def _part(document: Document, pieces: Sequence[Piece], kind: str) -> Markup:
    start, end = pieces[0].span.start, pieces[0].span.end
    begun = [at for at in document.pages if start <= at < end]
    page = document.page_at(begun[0]) if begun else None
    label = Markup(' data-page="{}"').format(page_words(document.origin, page).capitalize()) if page else Markup()
    return Markup('<div class="{}"{}>{}</div>').format(kind, label, Markup().join(piece.html for piece in pieces))


def _lines(document: Document, shown: Span, marks: Marks) -> Iterator[Piece]:
    """The text of a document whose blocks are not known, line for line as in its file."""
    text, start = document.text, shown.start
    for stop in [*(at for at in document.pages if shown.start < at < shown.end), shown.end]:
        while start < stop:
            line_end = text.find("\n", min(start + _PART, stop), stop)
            end = line_end + 1 if line_end >= 0 else stop
            yield Piece(Span(start, end), marks.on(text, Span(start, end)))
            start = end
