"""Whether a statement is about what a question or a claim names.

What is named must stand in the statement or in its context (headings, the row's other cells, the fields beside it, the
document's title and file name), in any usual form. What a document's prose names once holds for its other sentences
too; what the next row of a table names says nothing of this one.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from rag.domain import BlockKind, Passage
from rag.evidence.statement import RECORDS, Statement
from rag.question.subjects import Subject, Subjects, moments_in, names_it, names_words
from rag.text.moments import Moment
from rag.text.words import name_in_words

IN_STATEMENT, IN_CONTEXT, IN_PASSAGE, IN_DOCUMENT, AGAINST = 1.0, 0.95, 0.85, 0.75, 0.3


IN_HEAD, MENTIONED = 0.9, 0.6
"""How well a statement fits what is asked, by where that stands; 0 where it is about something else."""


InDocument = Callable[[Subject, Passage], bool]
"""Tells whether a passage's document names a subject anywhere."""


def fit(subjects: Subjects, statement: Statement, in_document: InDocument = lambda *_: False) -> float:
    """How well a statement fits what is named, from 0 (it is about something else) to 1; 1 where nothing is.

    `in_document` tells whether the passage's document names a subject anywhere.
    """
    scores = [max(_place(one, statement, in_document) for one in group) for group in subjects.groups]
    return min(scores, default=1.0)


def _place(subject: Subject, statement: Statement, in_document: InDocument) -> float:
    if subject.moment is not None:
        return _moment_place(subject.moment, statement)
    if len(subject.words) == 2 and subject.is_code and _is_numbered(subject.words[1], statement):
        return IN_STATEMENT
    if names_words(subject, statement.said):
        return MENTIONED if len(subject.words) == 2 and subject.is_code else IN_STATEMENT
    around = context_of(statement)
    if names_words(subject, around):
        return IN_CONTEXT
    if names_words(subject, statement.passage.head):
        return IN_HEAD
    if statement.kind in RECORDS and names_it(subject, statement.passage.search_text):
        return 0.0  # what the next row names
    if names_it(subject, statement.passage.search_text):
        return IN_PASSAGE
    return IN_DOCUMENT if in_document(subject, statement.passage) else 0.0


def context_of(statement: Statement) -> str:
    """What tells what a statement is about, beside itself: context, record, title, file name, outlet and author."""
    return ". ".join(filter(None, [*_above(statement), statement.beside]))


def _above(statement: Statement) -> list[str]:
    """What a statement stands under: its context, its document's title, file name, outlet and author."""
    origin = statement.passage.origin
    named = [PurePosixPath(origin.path).stem.replace("_", " "), name_in_words(origin.path)]
    return [*filter(None, [*statement.headed, origin.title, *named, origin.outlet, origin.author])]


def _moment_place(asked: Moment, statement: Statement) -> float:
    own = moments_in(statement.said)
    above = _most_precise([moment for text in _above(statement) for moment in moments_in(text)])
    if any(asked.is_named_by(told) for told in above):
        # A row of another day in a table of this year is of another day all the same.
        differs = statement.kind is BlockKind.ROW and own and not any(asked.agrees(told) for told in own)
        return 0.0 if differs else IN_STATEMENT
    against = [told for told in above if _same_kind(asked, told)]
    begins = _moments_of_head(statement) if asked.month and not asked.day else []
    if any(asked.is_named_by(told) for told in own):
        of_another = against or begins[:1]
        return AGAINST if of_another and not any(asked.agrees(told) for told in of_another) else IN_STATEMENT
    if begins and asked.is_named_by(begins[0]):
        return IN_HEAD  # a bill is of the first month that it names
    if any(asked.agrees(told) for told in own):
        return IN_PASSAGE  # `March` where March 2025 is asked for
    if any(_same_kind(asked, told) for told in own) or _are_against(asked, against):
        return 0.0
    if any(asked.is_named_by(told) for told in begins):
        return IN_DOCUMENT
    if any(asked.agrees(told) and (told.month or told.quarter) for told in against):
        return IN_PASSAGE
    beside = moments_in(f"{statement.beside}. {statement.passage.origin.published or ''}")
    if any(asked.is_named_by(told) for told in beside):
        return IN_PASSAGE
    is_prose = statement.kind not in RECORDS
    return IN_DOCUMENT if is_prose and any(map(asked.is_named_by, moments_in(statement.passage.search_text))) else 0.1


def _most_precise(moments: list[Moment]) -> list[Moment]:
    """Moments without those that another one tells more closely, as `2025-01` does `2025`."""
    return [
        one for one in moments if not any(one.is_named_by(other) and not other.is_named_by(one) for other in moments)
    ]


def _moments_of_head(statement: Statement) -> list[Moment]:
    """The months and days that a document begins with; of a row they say nothing."""
    if statement.kind is BlockKind.ROW:
        return []
    return [moment for moment in moments_in(statement.passage.head) if moment.month]


def _are_against(asked: Moment, told: Sequence[Moment]) -> bool:
    """Whether moments are others than the one asked for: none agrees, or, as under `2024` and `March`, one part."""
    parts = [
        {part for part in each if part}
        for each in zip(*((one.year, one.month, one.quarter) for one in told), strict=True)
    ]
    wanted = (asked.year, asked.month, asked.quarter)
    is_other = any(part and named and part not in named for part, named in zip(wanted, parts, strict=False))
    return bool(told) and (is_other or not any(map(asked.agrees, told)))


def _same_kind(asked: Moment, told: Moment) -> bool:
    """Whether both name a month, a quarter or a year, so that one may be the other's rival."""
    return (
        bool(asked.month and told.month)
        or bool(asked.quarter and (told.quarter or told.month))
        or bool(asked.year and told.year)
    )


def _is_numbered(number: str, statement: Statement) -> bool:
    """Whether a statement, one of its values or what it stands under has this number: `2.2 The notice …`, `Run: B`."""
    begins = re.compile(rf"\W*(?:[^\W\d_]+\.?\s+|§\s*)?[\[(]?{re.escape(number)}(?![\w]|[-/.,]\d)")
    texts = [statement.text, *statement.headed, *(statement.value(span) for _, span in statement.values)]
    return any(begins.match(text) for text in texts)
