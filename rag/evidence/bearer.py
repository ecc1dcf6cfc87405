"""Of whom, or of what, something is so: told beside it where a question asks just that."""

import re
from dataclasses import replace

from rag.domain import BlockKind, Quote, Span
from rag.evidence.shown import fields_around, is_short, shown, written
from rag.evidence.statement import Statement
from rag.text.words import PEOPLE, content_stems, is_closed

_ASKED = re.compile(
    r"^\W*(?:(?:who|whose|wer|wessen)\b|(?:which|what|welche[rs]?)\s+(?:(?:one\s+)?of\s+(?:the|your|our|my|these|those)\s+)?"
    r"(?P<noun>[^\W\d]+))",
    re.IGNORECASE,
)
_PERSON = re.compile(r"(?:[^\W\d_a-zß-ÿ][\w'’.-]*\s+){1,3}[^\W\d_a-zß-ÿ][\w'’.-]*")
_LABEL = re.compile(r"^[^:]{1,40}:\s*")


def with_bearer(question: str, statement: Statement) -> Statement:
    """A statement with the words above or beside it that say of whom or what it is: `Chess, rowing — Ada Krol`.

    As it is where a question asks for something else, where it says so itself or is a whole sentence, and where nothing
    short around it does.
    """
    asked = _ASKED.search(question)
    if asked is None or statement.kind is BlockKind.ROW:
        return statement
    said = written(shown(statement))
    noun = set(content_stems(asked["noun"] or ""))
    if is_closed(statement.text) and (not noun or not noun.isdisjoint(content_stems(said))):
        return statement
    is_person = not noun or not noun.isdisjoint(PEOPLE)
    if set(content_stems(question)).isdisjoint(content_stems(said)) or _says(said, noun, is_person=is_person):
        return statement
    above = [quote.span for quote in statement.context]
    sections = {quote.span for quote in statement.context if is_person and _is_of_a_section(statement, quote)}
    for span in [*(above if is_person else above[::-1]), *fields_around(statement)]:
        text = _words_at(statement, span)
        if span not in sections and is_short(text) and _says(text, noun, is_person=is_person):
            return replace(statement, asked=f"{said} — {text}", subject=span)
    return statement


def _says(text: str, noun: set[str], *, is_person: bool) -> bool:
    """Whether words name a person, or something of the kind that is asked for: by its name, or a number."""
    if is_person:
        return _PERSON.fullmatch(_LABEL.sub("", text).strip()) is not None
    return any(map(str.isdigit, text)) or not noun.isdisjoint(content_stems(text))


def _is_of_a_section(statement: Statement, quote: Quote) -> bool:
    """Whether capitals right above a statement head a part of its document, as `FREE TIME` does, and name nobody."""
    return quote.text.isupper() and quote == statement.context[-1] and quote.span.start > 0


def _words_at(statement: Statement, span: Span) -> str:
    """The words at a span of its passage, or of what it stands under, on one line."""
    above = next((quote.text for quote in statement.context if quote.span == span), None)
    return " ".join((statement.value(span) if above is None else above).split())
