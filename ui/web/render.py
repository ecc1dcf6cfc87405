"""Answers, sources and documents as HTML for the page: with `ui/web/document.py`, the only place that makes HTML.

Everything is escaped, and everything passes `_safe` on its way out.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from markupsafe import Markup

from rag.domain import (
    Answer,
    AnswerKind,
    Citation,
    Claim,
    Conflict,
    Document,
    Mode,
    Origin,
    Outcome,
    Passage,
    Span,
    Usage,
    Verdict,
)
from rag.evidence.cite import path_of
from ui.web.document import date_words, marked_document, name_and_date, opener

# What these do is reorder the letters around them, so that shown words differ from stored ones. Scripts written from
# the right need none of them.
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Controls have no shape, and HTML cannot hold all of them; half a surrogate pair cannot even be sent.
_SHAPELESS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_EXCERPT = 260
_LISTED = 200
_NAMED = 5
COMMENT_CHARACTERS = 2_000
"""The longest comment on an answer."""
KEPT = "Kept as a test case beside the library."
_VERDICT_WORDS = {
    Verdict.UNSUPPORTED: ("unsupported", "No document says this."),
    Verdict.CONTRADICTED: ("contradicted", "The source that is cited says otherwise."),
    Verdict.UNCHECKED: ("unchecked", "Nothing has checked this against its source."),
}
_THUMB = "M2 10h4v11H2zM8 21V10.5L12 2c1.8.2 2.7 1.4 2.4 3.1L13.7 9H20a2 2 0 0 1 2 2.4l-1.4 8A2 2 0 0 1 18.6 21z"
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
        text = _told(answer, [_claim(claim, origins) for claim in answer.claims])
    else:
        text = Markup('<p class="claims" dir="auto"><span>{}</span></p>').format(answer.text)
    parts = [_searched(answer), text]
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
    if answer.query == " ".join(answer.question.split()):
        return Markup()
    template = Markup(
        '<p class="searched" dir="auto">Searched for: <q>{}</q> <button type="button" data-edit="{}">Edit</button></p>'
    )
    return template.format(answer.query, answer.query)


def rating_html(token: str) -> str:
    """Two thumbs under the answer that `token` names, and a comment, which comes into view with the first click."""
    thumb = Markup(
        '<button type="button" class="thumb" data-rate="{0}" aria-pressed="false" aria-label="{1}" title="{1}">'
        '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="{2}"/></svg></button>'
    )
    thumbs = Markup().join(thumb.format(*way, _THUMB) for way in [("up", "Good answer"), ("down", "Bad answer")])
    template = Markup(
        '<div class="rating" role="group" aria-label="Is this answer good?" data-answer="{}">{}'
        '<div class="comment" hidden><textarea rows="2" maxlength="{}" aria-label="Comment" '
        'placeholder="Why? (optional)"></textarea><button type="button" data-keep="1">Keep as a test case</button>'
        '<p class="failed" role="alert"></p></div></div>'
    )
    return _safe(template.format(token, thumbs, COMMENT_CHARACTERS))


def rated_html() -> str:
    """What stands under an answer whose verdict was kept."""
    return _safe(Markup('<div class="rating" role="status">{}</div>').format(KEPT))


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
            opener(passage.document, passage.span, name_and_date(passage.origin, passage.page), "source"),
            _excerpt(passage.search_text or passage.text),
        )
        for passage in passages
    )
    heading = "Closest passages, not an answer"
    return _safe(Markup('<section class="sources closest"><h3>{}</h3><ul>{}</ul></section>').format(heading, items))


def document_html(document: Document, spans: Sequence[Span] = (), *, whole: bool = False) -> str:
    """A document with the words at `spans` highlighted; of a long one the part around the first, unless `whole`."""
    return _safe(marked_document(document, spans, whole=whole))


def library_html(documents: Sequence[tuple[str, Origin]], passages: int) -> str:
    """What is in the library: each document with its outlet and date; what to do first where it is empty."""
    if not documents:
        template = Markup(
            '<article class="document empty"><h2>No documents yet</h2><p>Words that an answer rests on are shown here, '
            "highlighted in their document.</p></article>"
        )
        return _safe(template)
    items = Markup().join(
        Markup("<li>{}</li>").format(opener(document, Span(0, 0), name_and_date(origin, None), "source"))
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


def _safe(html: Markup) -> str:
    # All our own characters are plain, so these can only be others' text. A bare CR would become LF in the browser.
    return _SHAPELESS.sub("\ufffd", _REORDERING.sub("", str(html))).replace("\r", "&#13;")


def _told(answer: Answer, claims: Sequence[Markup]) -> Markup:
    """What an answer says: its sentences in one paragraph, or one below the other where they are a list."""
    if not answer.kind.is_listed or len(claims) < 2:
        return Markup('<p class="claims" dir="auto">{}</p>').format(Markup(" ").join([_lead(answer), *claims]))
    item = Markup('<li dir="auto">{}{}</li>')
    number = Markup('<span class="mark">{}</span> ')
    items = Markup().join(
        item.format(number.format(claim.mark) if claim.mark else "", shown)
        for claim, shown in zip(answer.claims, claims, strict=True)
    )
    kind = "claims steps" if any(claim.mark for claim in answer.claims) else "claims"
    template = Markup('<div class="{}"><p dir="auto">{}</p><ul>{}</ul></div>')
    return template.format(kind, _lead(answer), items)


def _lead(answer: Answer) -> Markup:
    return Markup('<strong class="lead">{}</strong>').format(answer.lead) if answer.lead else Markup()


def _claim(claim: Claim, citations: dict[int, Citation]) -> Markup:
    markers = _markers(claim.markers, citations)
    if claim.verdict is Verdict.SUPPORTED:
        day = Markup('<time class="day">{}</time> ').format(date_words(claim.day)) if claim.day else Markup()
        return Markup('<span class="claim">{}{}{}</span>').format(day, _words(claim), markers)
    word, meaning = _VERDICT_WORDS[claim.verdict]
    template = Markup(
        '<span class="claim doubtful {0}"><span class="words">{1}</span>{2} '
        '<em class="verdict" title="{3}">{0}</em></span>'
    )
    return template.format(word, claim.text, markers, meaning)


def _words(claim: Claim) -> Markup:
    """A claim's text with the words that were asked for standing out."""
    if claim.short is None:
        return Markup("{}").format(claim.text)
    start, end = claim.short.start, claim.short.end
    return Markup("{}<strong>{}</strong>{}").format(claim.text[:start], claim.text[start:end], claim.text[end:])


def _markers(markers: Iterable[int], citations: dict[int, Citation]) -> Markup:
    cited = [citations[marker] for marker in markers if marker in citations]
    return Markup("<sup>{}</sup>").format(Markup().join(_marker(citation) for citation in cited)) if cited else Markup()


def _marker(citation: Citation) -> Markup:
    label = f"Footnote {citation.marker}: {name_and_date(citation.origin, citation.page)}"
    return opener(citation.document, citation.span, str(citation.marker), "marker", label=label)


def _source(cited: Sequence[Citation]) -> Markup:
    first = cited[0]
    pages = sorted({citation.page for citation in cited if citation.page is not None})
    name = name_and_date(first.origin, None)
    if pages:
        name += f", {'page' if len(pages) == 1 else 'pages'} {', '.join(map(str, pages))}"
    template = Markup('<li><span class="markers">{}</span><div>{}{}</div></li>')
    return template.format(
        Markup().join(map(_marker, cited)), opener(first.document, first.span, name, "source"), _contexts(cited)
    )


def _contexts(cited: Sequence[Citation]) -> Markup:
    """What the quotes of one document stand under, each path once, with its markers where there are several quotes."""
    paths: dict[str, list[str]] = {}
    for citation in cited:
        paths.setdefault(path_of(citation.context, title=citation.origin.title), []).append(str(citation.marker))
    template = Markup('<p class="context" dir="auto">{}{}</p>')
    numbers = Markup("<b>{}</b> ")
    return Markup().join(
        template.format(numbers.format(", ".join(markers)) if len(markers) < len(cited) else "", path)
        for path, markers in paths.items()
        if path
    )


def _conflict(conflict: Conflict, citations: dict[int, Citation]) -> Markup:
    sides = Markup().join(
        Markup('<li dir="auto">{}{}</li>').format(side.claim, _markers(side.markers, citations))
        for side in conflict.sides
    )
    template = Markup('<section class="conflict"><h3>Sources disagree</h3><p dir="auto">{}</p><ul>{}</ul></section>')
    return template.format(conflict.statement, sides)


def _remarks(answer: Answer) -> Markup:
    remarks = list(answer.notices)
    if answer.newest_source:
        remarks.append(f"Newest source: {date_words(answer.newest_source)}")
    if answer.as_of:
        remarks.append(f"As of {date_words(answer.as_of)}")
    if answer.outcome is Outcome.ANSWERED and answer.kind is not AnswerKind.TALK:
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


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
