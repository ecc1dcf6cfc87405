"""Answers, sources and documents as HTML for the page: the only place that makes HTML, and it escapes everything."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath

from markupsafe import Markup

from rag.domain import Answer, Citation, Claim, Conflict, Document, Mode, Origin, Outcome, Passage, Span, Usage, Verdict

_MONTHS = "January February March April May June July August September October November December".split()
# What these do is reorder the letters around them, so that shown words differ from stored ones. Scripts written from
# the right need none of them.
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Controls have no shape, and HTML cannot hold all of them; half a surrogate pair cannot even be sent.
_SHAPELESS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_WINDOW = 6_000
"""How many characters of a long document are shown on either side of a quote at first."""
_WHOLE = 1_000_000
"""How many are shown on either side when the whole document is asked for: a browser lays out 2 MB in about a second."""
_PART = 4_000
"""Long text goes in parts of about this many characters, which the browser lays out only when they come into view."""
_EXCERPT = 260
_LISTED = 200
_NAMED = 5
_CLEANED = {
    "double_encoded": "words with wrong letters repaired",
    "lost_bytes": "lost quotation marks and dashes put back",
    "invisible": "invisible characters taken out",
    "images": "images left out",
    "links": "addresses of links left out",
    "emphasis": "marks of emphasis left out",
}
_VERDICT_WORDS = {
    Verdict.UNSUPPORTED: ("unsupported", "No document says this."),
    Verdict.CONTRADICTED: ("contradicted", "The source that is cited says otherwise."),
    Verdict.UNCHECKED: ("unchecked", "Nothing has checked this against its source."),
}
_MODE_WORDS = {
    Mode.EXTRACTIVE: "In the documents' own sentences",
    Mode.GENERATIVE: "Written by a language model, then checked",
}


def turn_html(question: str, body: str) -> str:
    """A question and what came of it; `body` is HTML made by this file."""
    template = Markup('<section class="turn"><h2 class="question" dir="auto">{}</h2>{}</section>')
    return _safe(template.format(question, Markup(body)))


def searching_html(passages: int | None = None) -> str:
    """What is shown until the first word of a draft; `passages` once they are found."""
    return progress_html("Searching the documents" if passages is None else f"Reading {_count(passages, 'passage')}")


def draft_html(text: str, *, stopped: bool = False) -> str:
    """A draft as it is written, marked as not yet checked."""
    label = "Stopped. This draft was not checked." if stopped else "Draft, not yet checked"
    template = Markup(
        '<div class="draft" aria-busy="{}"><p class="progress">{}</p><p class="claims" dir="auto">{}</p></div>'
    )
    return _safe(template.format("false" if stopped else "true", label, text))


def answer_html(answer: Answer) -> str:
    """A checked answer: its sentences with their markers, what is doubtful marked with a word, and its sources."""
    abstained = answer.outcome is Outcome.ABSTAINED
    origins = {citation.marker: citation for citation in answer.citations}
    if answer.claims and not abstained:
        text = Markup(" ").join(_claim(claim, origins) for claim in answer.claims)
    else:
        text = Markup("<span>{}</span>").format(answer.text)
    parts = [_searched(answer), Markup('<p class="claims" dir="auto">{}</p>').format(text)]
    parts += [_conflict(conflict, origins) for conflict in answer.conflicts]
    if abstained:
        parts.append(Markup(closest_html(answer.closest)))
    else:
        parts.append(Markup(sources_html(answer.citations)))
    parts.append(_remarks(answer))
    template = Markup('<article class="answer {}">{}</article>')
    return _safe(template.format("abstained" if abstained else "answered", Markup().join(parts)))


def _searched(answer: Answer) -> Markup:
    """What was searched where it is not what was typed, with a button that puts it where questions are typed."""
    if answer.query == answer.question:
        return Markup()
    template = Markup(
        '<p class="searched" dir="auto">Searched for: <q>{}</q> <button type="button" data-edit="{}">Edit</button></p>'
    )
    return template.format(answer.query, answer.query)


def sources_html(citations: Sequence[Citation]) -> str:
    """The sources of an answer, each document once, with its markers; empty without citations."""
    if not citations:
        return ""
    documents: dict[str, list[Citation]] = {}
    for citation in citations:
        documents.setdefault(citation.document, []).append(citation)
    items = Markup().join(_source(cited) for cited in documents.values())
    return _safe(Markup('<section class="sources"><h3>Sources</h3><ul>{}</ul></section>').format(items))


def closest_html(passages: Sequence[Passage]) -> str:
    """The passages that came nearest to an answer; empty without any."""
    if not passages:
        return ""
    template = Markup('<li>{}<p class="excerpt" dir="auto">{}</p></li>')
    items = Markup().join(
        template.format(
            _opener(passage.document, passage.span, _name_and_date(passage.origin, passage.page), "source"),
            _excerpt(passage.search_text or passage.text),
        )
        for passage in passages
    )
    heading = "Closest passages, not an answer"
    return _safe(Markup('<section class="sources closest"><h3>{}</h3><ul>{}</ul></section>').format(heading, items))


def document_html(document: Document, spans: Sequence[Span] = (), *, whole: bool = False) -> str:
    """A document with the words at `spans` highlighted; of a long one the part around the first, unless `whole`."""
    spans = [span for span in sorted(spans) if span.end <= len(document.text)]
    shown = _window(document.text, spans[0] if spans else Span(0, 0), _WHOLE if whole else _WINDOW)
    cuts = [start for start in document.pages if shown.start < start < shown.end]
    parts = Markup().join(_part(document, part, spans) for part in _parts(document.text, shown, cuts))
    page = document.page_at(spans[0].start) if spans else None
    before = _more(document, shown.start, spans, "earlier")
    after = _more(document, len(document.text) - shown.end, spans, "later")
    template = Markup('<article class="document">{}<div class="text" dir="auto">{}{}{}</div></article>')
    return _safe(template.format(_document_head(document, page), before, parts, after))


def library_html(documents: Sequence[tuple[str, Origin]], passages: int) -> str:
    """What is in the library: each document with its outlet and date; what to do first where it is empty."""
    if not documents:
        template = Markup(
            '<article class="document empty"><h2>No documents yet</h2><p>Words that an answer rests on are shown here, '
            "highlighted in their document.</p></article>"
        )
        return _safe(template)
    items = Markup().join(
        Markup("<li>{}</li>").format(_opener(document, Span(0, 0), _name_and_date(origin, None), "source"))
        for document, origin in documents[:_LISTED]
    )
    rest = len(documents) - _LISTED
    more = Markup("<p>and {} more.</p>").format(rest) if rest > 0 else ""
    heading = f"{_count(len(documents), 'document')}, {_count(passages, 'passage')}"
    template = Markup(
        '<article class="document library"><header><h2>Library</h2><p class="meta">{}</p></header>'
        "<ul>{}</ul>{}</article>"
    )
    return _safe(template.format(heading, items, more))


def welcome_html(documents: int, examples: Sequence[str] = ()) -> str:
    """What stands where the conversation will be: what to do first, or questions to begin with."""
    if not documents:
        template = Markup(
            '<section class="welcome"><h2>Begin with your documents</h2><p>Add some with the button below, or drop '
            "them on this page. Many at once go in faster from a terminal:</p><p><code>footnoted ingest PATH</code></p>"
            "<p>Then ask. Each sentence of an answer is footnoted to the exact words it rests on.</p></section>"
        )
        return _safe(template)
    button = Markup('<li><button type="button" class="example" data-question="{0}">{0}</button></li>')
    items = Markup().join(button.format(question) for question in examples)
    questions = Markup('<ul class="examples" aria-label="Questions to begin with">{}</ul>').format(items)
    template = Markup(
        '<section class="welcome"><h2>Ask your documents</h2><p>Each sentence of an answer is footnoted to the exact '
        "words it rests on, and checked against them. Click a footnote to read them in their document.</p>{}</section>"
    )
    return _safe(template.format(questions if examples else ""))


def masthead_html() -> str:
    """The name of the product above the conversation."""
    template = Markup('<header class="masthead"><h1>footnoted<sup aria-hidden="true">1</sup></h1><p>{}</p></header>')
    return _safe(template.format("Every sentence rests on words you can check."))


def progress_html(what: str) -> str:
    """What is going on at this moment."""
    return _safe(Markup('<p class="progress" aria-busy="true">{}<span class="dots"></span></p>').format(what))


def error_html(message: str) -> str:
    """What went wrong, in one line."""
    return _safe(Markup('<p class="error" role="alert">{}</p>').format(" ".join(message.split())))


def notes_html(lines: Iterable[str]) -> str:
    """Short lines about what was done, such as what an upload added."""
    items = Markup().join(Markup("<p>{}</p>").format(" ".join(line.split())) for line in lines)
    return _safe(Markup('<div class="notes" role="status">{}</div>').format(items)) if items else ""


def uploader_html(suffixes: Sequence[str]) -> str:
    """The button that adds documents."""
    template = Markup(
        '<label class="add"><input type="file" id="files" multiple accept="{}" aria-label="Add documents">'
        '<span aria-hidden="true">Add documents</span></label>'
    )
    return _safe(template.format(",".join(suffixes)))


def named(names: Sequence[str]) -> str:
    """A few names in a row: `a.txt, b.pdf and 3 more`."""
    shown = [PurePath(name).name or name for name in names[:_NAMED]]
    rest = len(names) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")


def date_words(published: str | None) -> str:
    """`2025-05-30` gives `30 May 2025`, `2025-05` gives `May 2025`; None gives `date unknown`."""
    if not published:
        return "date unknown"
    match = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", published)
    if match is None:
        return published
    year, month, day = match.groups()
    written = [str(int(day)) if day else "", _MONTHS[int(month) - 1] if month else "", year]
    return " ".join(part for part in written if part)


def _safe(html: Markup) -> str:
    # All our own characters are plain, so these can only be others' text. A bare CR would become LF in the browser.
    return _SHAPELESS.sub("\ufffd", _REORDERING.sub("", str(html))).replace("\r", "&#13;")


def _claim(claim: Claim, citations: dict[int, Citation]) -> Markup:
    markers = _markers(claim.markers, citations)
    if claim.verdict is Verdict.SUPPORTED:
        return Markup('<span class="claim">{}{}</span>').format(claim.text, markers)
    word, meaning = _VERDICT_WORDS[claim.verdict]
    template = Markup(
        '<span class="claim doubtful {0}"><span class="words">{1}</span>{2} '
        '<em class="verdict" title="{3}">{0}</em></span>'
    )
    return template.format(word, claim.text, markers, meaning)


def _markers(markers: Iterable[int], citations: dict[int, Citation]) -> Markup:
    cited = [citations[marker] for marker in markers if marker in citations]
    return Markup("<sup>{}</sup>").format(Markup().join(_marker(citation) for citation in cited)) if cited else Markup()


def _marker(citation: Citation) -> Markup:
    label = f"Footnote {citation.marker}: {_name_and_date(citation.origin, citation.page)}"
    return _opener(citation.document, citation.span, str(citation.marker), "marker", label=label)


def _opener(document: str, span: Span, text: str, kind: str, *, label: str = "", whole: bool = False) -> Markup:
    """A button that opens a document at a span."""
    template = Markup(
        '<button type="button" class="{}" data-document="{}" data-start="{}" data-end="{}" '
        'data-whole="{}"{}>{}</button>'
    )
    spoken = Markup(' aria-label="{}"').format(label) if label else Markup()
    return template.format(kind, document, span.start, span.end, int(whole), spoken, text)


def _source(cited: Sequence[Citation]) -> Markup:
    first = cited[0]
    pages = sorted({citation.page for citation in cited if citation.page is not None})
    name = _name_and_date(first.origin, None)
    if pages:
        name += f", {'page' if len(pages) == 1 else 'pages'} {', '.join(map(str, pages))}"
    template = Markup('<li><span class="markers">{}</span>{}</li>')
    return template.format(Markup().join(map(_marker, cited)), _opener(first.document, first.span, name, "source"))


def _title(origin: Origin) -> str:
    return origin.title or PurePath(origin.path).name or origin.path


def _name_and_date(origin: Origin, page: int | None) -> str:
    """`A title — an outlet, 3 December 2024, page 2`."""
    facts = [origin.outlet, date_words(origin.published), f"page {page}" if page else None]
    return f"{_title(origin)} — {', '.join(fact for fact in facts if fact)}"


def _conflict(conflict: Conflict, citations: dict[int, Citation]) -> Markup:
    sides = Markup().join(
        Markup('<li dir="auto">{}{}</li>').format(side.claim, _markers(side.markers, citations))
        for side in conflict.sides
    )
    template = Markup('<section class="conflict"><h3>Sources disagree</h3><p dir="auto">{}</p><ul>{}</ul></section>')
    return template.format(conflict.statement, sides)


def _remarks(answer: Answer) -> Markup:
    remarks = list(answer.notices)
    if answer.query and answer.query != " ".join(answer.question.split()):
        remarks.append(f"Searched for: {answer.query}")
    if answer.as_of:
        remarks.append(f"As of {date_words(answer.as_of)}")
    if answer.outcome is Outcome.ANSWERED:
        remarks.append(_MODE_WORDS[answer.mode])
    if answer.usage:
        remarks.append(usage_words(answer.usage))
    items = Markup().join(Markup("<p>{}</p>").format(remark) for remark in remarks)
    return Markup('<footer class="remarks">{}</footer>').format(items) if remarks else Markup()


def usage_words(usage: Usage) -> str:
    """`The language model read 1,210 tokens and wrote 31`."""
    return f"The language model read {_count(usage.prompt_tokens, 'token')} and wrote {usage.reply_tokens:,}"


def _excerpt(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _EXCERPT else words[:_EXCERPT].rsplit(" ", 1)[0] + " …"


def cleaned_words(cleaned: Mapping[str, int]) -> str:
    """What was cleaned for searching, in one sentence; empty where nothing was."""
    kinds = [f"{_CLEANED[kind]} ({number:,})" for kind, number in cleaned.items() if kind in _CLEANED]
    return f"Cleaned for searching, shown below as in the file: {', '.join(kinds)}." if kinds else ""


def _document_head(document: Document, page: int | None) -> Markup:
    origin = document.origin
    author = f"by {origin.author}" if origin.author else None
    facts = [origin.outlet, date_words(origin.published), author, f"page {page}" if page else None]
    template = Markup(
        '<header><div class="tools"><button type="button" class="back" data-back="1">Back to the answer</button>'
        '<button type="button" class="shelf" data-library="1">All documents</button></div>'
        '<h2 dir="auto">{}</h2><p class="meta"{}>{}</p><p class="path">{}</p>{}</header>'
    )
    known = "; ".join(f"{name}: {how}" for name, how in document.known_by.items())
    title = Markup(' title="Known by {}"').format(known) if known else Markup()
    words = cleaned_words(document.cleaned)
    note = Markup('<p class="cleaned">{}</p>').format(words) if words else Markup()
    meta = " · ".join(fact for fact in facts if fact)
    return template.format(_title(origin), title, meta, origin.path, note)


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
    opener = _opener(document.id, span, "Show all", "more", label="Show the whole document", whole=True)
    return Markup('<p class="cut">{} {} characters. {}</p>').format(f"{hidden:,}", where, opener)


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


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
