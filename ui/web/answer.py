"""A turn of the conversation: the question, and the draft or the checked answer below it."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from rag.domain import Answer, AnswerKind, Citation, Claim, Conflict, Mode, Outcome, Usage, Verdict
from rag.evidence.cite import path_of
from ui.web.export import markdown, plain_text
from ui.web.html import counted, progress_html, safe
from ui.web.naming import date_words, title_of
from ui.web.sources import closest_html, markers, sources_html
from ui.web.told import Scope

COMMENT_CHARACTERS = 2_000
"""The longest comment on an answer."""
KEPT = "Kept as a test case beside the library."
_VERDICT_WORDS = {
    Verdict.UNSUPPORTED: ("unsupported", "No document says this."),
    Verdict.CONTRADICTED: ("contradicted", "The source that is cited says otherwise."),
    Verdict.UNCHECKED: ("unchecked", "Nothing has checked this against its source."),
}
_THUMB = "M2 10h4v11H2zM8 21V10.5L12 2c1.8.2 2.7 1.4 2.4 3.1L13.7 9H20a2 2 0 0 1 2 2.4l-1.4 8A2 2 0 0 1 18.6 21z"
_TURN_TOOLS = Markup(
    '<div class="after">{}<span class="again">{}<button type="button" data-change="1">Edit</button>'
    '<button type="button" data-again="1">Ask again</button></span></div>'
)
_TAKE_AWAY = Markup(
    '<button type="button" data-take="copy">Copy</button><button type="button" data-take="markdown">Markdown</button>'
    '<button type="button" data-take="bundle" title="The answer with its quotes and hashes, as JSON. '
    'footnoted check --bundle FILE verifies it again.">Proof</button>'
)
_MODE_WORDS = {
    Mode.EXTRACTIVE: "In the documents' own sentences",
    Mode.GENERATIVE: "Written by a language model, then checked",
}


def turn_html(
    question: str,
    body: str,
    *,
    scope: Scope | None = None,
    answer: Answer | None = None,
    failed: bool = False,
    rating: str = "",
    bundle: Mapping[str, Any] | None = None,
) -> str:
    """A question, the documents it was asked of, and what came of it; `body` and `rating` are HTML of the page's.

    With its `answer`, or where it has `failed`, the turn is done and can be asked again; what a person takes away of it
    goes with it, as text, as Markdown and as a `bundle`.
    """
    template = Markup(
        '<section class="turn" data-state="{}" data-question="{}"{}>{}<h2 class="question" dir="auto">{}</h2>{}{}'
        "</section>"
    )
    done = answer is not None or failed
    said, taken = Markup(), Markup()
    if answer:
        said = Markup(' data-answer="{}" data-query="{}"').format(answer.text, answer.query)
        if answer.kind is not AnswerKind.TALK:
            written = json.dumps(bundle, ensure_ascii=False) if bundle else ""
            said += Markup(' data-copy="{}" data-markdown="{}" data-bundle="{}"').format(
                plain_text(answer), markdown(answer), written
            )
            taken = _TAKE_AWAY
    return safe(
        template.format(
            "done" if done else "under-way",
            question,
            said,
            _scope(scope),
            question,
            Markup(body),
            _TURN_TOOLS.format(Markup(rating), taken) if done else Markup(),
        )
    )


def scope_words(scope: Scope) -> str:
    """`bills, Oster Post · since 2024 · until May 2025`; empty where nothing is left out."""
    days = [f"{end} {date_words(day)}" for end, day in [("since", scope.since), ("until", scope.until)] if day]
    return " · ".join(filter(None, [", ".join(scope.only), *days]))


def _scope(scope: Scope | None) -> Markup:
    words = "" if scope is None else scope_words(scope)
    return Markup('<p class="within" dir="auto">Only {}</p>').format(words) if words else Markup()


def searching_html(passages: int | None = None) -> str:
    """What is shown until the first word of a draft; `passages` once they are found."""
    return progress_html("Searching the documents" if passages is None else f"Reading {counted(passages, 'passage')}")


def draft_html(text: str, *, stopped: bool = False) -> str:
    """A draft as it is written, marked as not yet checked."""
    label = "Stopped. This draft was not checked." if stopped else "Draft, not yet checked"
    template = Markup(
        '<div class="draft" aria-busy="{}"><p class="progress">{}</p><p class="claims" dir="auto">{}</p></div>'
    )
    return safe(template.format("false" if stopped else "true", label, text))


def answer_html(answer: Answer, namesakes: Collection[str] = ()) -> str:
    """A checked answer: its sentences with their markers, what is doubtful marked with a word, and its sources.

    `namesakes` are titles that several documents have.
    """
    abstained = answer.outcome is Outcome.ABSTAINED
    origins = {citation.marker: citation for citation in answer.citations}
    if answer.claims and not abstained:
        sides = _sides(answer, origins)
        text = _told(answer, [_claim(claim, origins, side) for claim, side in zip(answer.claims, sides, strict=True)])
    else:
        text = Markup('<p class="claims" dir="auto"><span>{}</span></p>').format(answer.text)
    parts = [_searched(answer), text]
    parts += [_conflict(conflict, origins) for conflict in answer.conflicts]
    if abstained:
        parts.append(Markup(closest_html(answer.closest)))
    else:
        parts += [Markup(sources_html(answer.citations, namesakes)), questions_html(answer.suggestions)]
    parts.append(_remarks(answer))
    template = Markup('<article class="answer {}">{}</article>')
    return safe(template.format("abstained" if abstained else f"answered of-{answer.kind}", Markup().join(parts)))


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
    return safe(template.format(token, thumbs, COMMENT_CHARACTERS))


def usage_words(usage: Usage) -> str:
    """`The language model read 1,210 tokens and wrote 31`."""
    return f"The language model read {counted(usage.prompt_tokens, 'token')} and wrote {usage.reply_tokens:,}"


def questions_html(questions: Sequence[str]) -> Markup:
    """Questions to begin with, each a button that asks it; empty without any."""
    button = Markup('<li><button type="button" class="example" data-ask="{0}" dir="auto">{0}</button></li>')
    items = Markup().join(button.format(question) for question in questions)
    template = Markup('<ul class="examples" aria-label="Questions to begin with">{}</ul>')
    return template.format(items) if questions else Markup()


def _searched(answer: Answer) -> Markup:
    """What was searched where it is not what was typed, with a button that puts it where questions are typed."""
    if answer.query == " ".join(answer.question.split()):
        return Markup()
    template = Markup(
        '<p class="searched" dir="auto">Searched for: <q>{}</q> <button type="button" data-edit="{}">Edit</button></p>'
    )
    return template.format(answer.query, answer.query)


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


def _sides(answer: Answer, citations: dict[int, Citation]) -> list[str]:
    """Of a comparison, what each sentence is about: what its quote stands under; nothing where that is all the same."""
    cited = [next((citations[one] for one in claim.markers if one in citations), None) for claim in answer.claims]
    names = [
        (path_of(one.context, title=one.origin.title).split(" › ")[-1] or title_of(one.origin)) if one else ""
        for one in cited
    ]
    is_told = answer.kind is AnswerKind.COMPARE and len(set(names)) > 1
    return names if is_told else [""] * len(names)


def _claim(claim: Claim, citations: dict[int, Citation], side: str = "") -> Markup:
    told = markers(claim.markers, citations)
    if side:
        return Markup('<span class="claim"><b class="side-of">{}</b> {}</span>').format(side, _claim(claim, citations))
    if claim.verdict is Verdict.SUPPORTED:
        day = Markup('<time class="day">{}</time> ').format(date_words(claim.day)) if claim.day else Markup()
        return Markup('<span class="claim">{}{}{}</span>').format(day, _words(claim), told)
    word, meaning = _VERDICT_WORDS[claim.verdict]
    template = Markup(
        '<span class="claim doubtful {0}"><span class="words">{1}</span>{2} '
        '<em class="verdict" title="{3}">{0}</em></span>'
    )
    return template.format(word, claim.text, told, meaning)


def _words(claim: Claim) -> Markup:
    """A claim's text with the words that were asked for standing out."""
    if claim.short is None:
        return Markup("{}").format(claim.text)
    start, end = claim.short.start, claim.short.end
    return Markup("{}<strong>{}</strong>{}").format(claim.text[:start], claim.text[start:end], claim.text[end:])


def _conflict(conflict: Conflict, citations: dict[int, Citation]) -> Markup:
    sides = Markup().join(
        Markup('<li dir="auto">{}{}</li>').format(side.claim, markers(side.markers, citations))
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
