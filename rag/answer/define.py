"""What a term means: its entry, the sentence that says so, or its long form before the short one in brackets."""

import re
from collections.abc import Iterator

from rag.answer.matter import Matter
from rag.answer.plan import Plan
from rag.domain import AnswerKind, BlockKind
from rag.evidence.statement import Statement, statements_of
from rag.question.term import defined_term
from rag.text.words import stem, words

_PASSAGES_LOOKED_AT = 16
_MEANS = (
    r"(?:means?|stands? for|refers? to|denotes?|is (?:defined as|short for|the name of)|bedeutet|steht für|bezeichnet)"
)
_IS = r"(?:is|are|ist|sind)\s+(?:an?|the|any|ein|eine|der|die|das)\b"
_BEFORE = r"(?:^|[,:;(“\"'«„]\s*|\b(?:the|term|word|code|an?|and)\s+)"
_QUOTES = r"[\"'“”‘’«»„*_]*"


def plan_definition(matter: Matter) -> Plan | None:
    """The statement that says what the term of a question means; None where none does."""
    term = defined_term(matter.question)
    if not term:
        return None
    fits = {one.statement: one.fit for one in matter.ranked}
    found = [
        (worth, fits.get(said, 0.5), -place, said)
        for place, said in enumerate(_said(matter))
        if (worth := _worth(term, said)) and fits.get(said, 0.5) > 0
    ]
    if not found:
        return None
    best = max(found, key=lambda one: one[:3])
    return Plan((best[-1],), kind=AnswerKind.DEFINITION, is_certain=True)


def _said(matter: Matter) -> Iterator[Statement]:
    for read in matter.read[:_PASSAGES_LOOKED_AT]:
        yield from statements_of(read.passage)


def _worth(term: str, said: Statement) -> int:
    """How plainly a statement says what a term means, from 3 (its entry) to 0."""
    if said.kind in (BlockKind.TERM, BlockKind.FIELD):
        return 3 if any(_is(name, term) for name, _ in said.values) else 0
    if said.kind is BlockKind.ROW:
        cells = [said.value(span) for _, span in said.values]
        return 3 if len(cells) > 1 and _is(cells[0], term) else 2 if any(_is(cell, term) for cell in cells) else 0
    written = rf"{_QUOTES}\s*{re.escape(term)}\s*{_QUOTES}"
    long_form = _long_form(term, said.text)
    if re.search(rf"{_BEFORE}{written}(?:\s*\([^)]*\))?\s+{_MEANS}", said.text, re.IGNORECASE):
        return 3
    if long_form:
        return 2
    begins = rf"^\W*(?:the |an? |die |der |das )?{written}(?:\s*\([^)]*\))?\s+{_IS}"
    return 2 if re.search(begins, said.text, re.IGNORECASE) else 0


def _is(cell: str, term: str) -> bool:
    """Whether a cell or a label holds the term and nothing else."""
    return [stem(word) for word in words(cell)] == [stem(word) for word in words(term)]


def _long_form(term: str, text: str) -> bool:
    """Whether a text gives the words whose first letters a short form is: `Environmental Permit Office (EPO)`."""
    if not (term.isupper() and term.isalpha()):
        return False
    letters = r"(?:\W+(?:of|the|and|for|der|die|und|für))*\W+".join(rf"{letter}\w*" for letter in term)
    return re.search(rf"\b{letters}\s*\({term}\)|\b{term}\s*\({letters}\)", text, re.IGNORECASE) is not None
