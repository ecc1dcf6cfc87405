"""What a claim is compared with: each statement of a passage, and each two neighbours in its prose."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.domain import Passage, Span
from rag.evidence.exact import Wording
from rag.evidence.fit import AGAINST, IN_CONTEXT, InDocument, fit
from rag.evidence.same_subject import names_others
from rag.evidence.statement import RECORDS, Statement, statements_of
from rag.question.subjects import Subjects, alike, distinct, names_it

_REFERRING = re.compile(r"\b(?i:he|she|it|they|him|her|them|his|hers|its|their)\b|^\W*(?:The|This) [^\W\dA-Z]")
"""Words that stand for what a text does not name, or not there: `she`, `The film …`."""
_TEXTS_KEPT = 256
"""Cut texts that are kept: every claim of an answer is compared with the same few passages."""


@dataclass(frozen=True, slots=True)
class Window:
    """A statement, or two neighbours that a claim may join, and what they say."""

    first: Statement
    last: Statement
    wording: Wording

    @property
    def joined(self) -> bool:
        """Whether it is two statements."""
        return self.first is not self.last

    @property
    def span(self) -> Span:
        """Where it stands in the passage's text."""
        return Span(self.first.span.start, self.last.span.end).shifted(-self.first.passage.span.start)

    @property
    def reading(self) -> str:
        """What it says to somebody who sees nothing else."""
        return f"{self.first.reading} {self.last.said}" if self.joined else self.first.reading

    def fits(self, subjects: Subjects, in_document: InDocument) -> bool:
        """Whether it is about what is named; of what only its document names, not where it names somebody else.

        Under another month than the one month that is named, it is about that other.
        """
        best = max(fit(subjects, one, in_document) for one in (self.first, self.last))
        if best == AGAINST and sum(group[0].moment is not None for group in subjects.groups) < 2:
            return False
        return best >= IN_CONTEXT or (best > 0 and not names_others(self.reading, subjects))

    def refers(self, subjects: Subjects) -> bool:
        """Whether it may be about somebody or something that it does not name: `She`, `The film`, or nobody else."""
        known = [one for group in subjects.groups for one in group]
        named = [one for one in distinct(self.reading) if one.words and not one.is_code]
        return _REFERRING.search(self.reading) is not None or all(
            any(alike(one, other) for other in known) for one in named
        )


@lru_cache(maxsize=_TEXTS_KEPT)
def windows_of(passage: Passage) -> tuple[Window, ...]:
    """What a passage says: each statement, then each two neighbours in its prose."""
    said = statements_of(passage)
    alone = [Window(one, one, Wording.of(one.text)) for one in said]
    pairs = [
        Window(one, other, Wording.of(f"{one.text} {other.text}"))
        for one, other in pairwise(said)
        if not RECORDS & {one.kind, other.kind} and one.context == other.context
    ]
    return (*alone, *pairs)


def windows_about(subjects: Subjects, passage: Passage, in_document: InDocument | None) -> list[Window]:
    """What of a passage is about what is named.

    Where nothing is known of its document (`in_document` is None, and it has no title and stands under nothing), a
    text that refers to something may mean what a claim names first, if it names that nowhere.
    """
    windows = windows_of(passage)
    found = [one for one in windows if one.fits(subjects, in_document or _nowhere)]
    if found or in_document or passage.origin.title or passage.head or passage.around:
        return found
    named = next((group for group in subjects.groups if group[0].words and not group[0].is_code), ())
    if any(names_it(one, passage.search_text) for one in named):
        return []
    others = Subjects(tuple(group for group in subjects.groups if group is not named))
    return [one for one in windows if one.refers(subjects) and one.fits(others, _nowhere)]


def _nowhere(_: object, __: object) -> bool:
    return False
