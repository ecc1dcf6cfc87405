"""The sentences of a claim, each with what the ones before it name where it only refers to that: `She pays 900.`"""

import re
from dataclasses import dataclass

from rag.question.subjects import Subjects, subjects_of
from rag.text.sentences import sentences
from rag.text.words import words

_MOST = 12
"""So many sentences are told apart; what follows stays with the last."""
NOBODY = Subjects(())
_REFERS = re.compile(r"\W*(?:he|she|it|they|his|her|its|their|this|these|both)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """One sentence of a claim."""

    text: str
    given: Subjects = NOBODY
    """What an earlier sentence names first, if this one begins by referring to it."""


def parts_of(claim: str) -> list[ClaimPart]:
    """The sentences of a claim, in order; the claim itself where it is one."""
    spans = [span for span in sentences(claim) if words(span.of(claim))]
    if len(spans) < 2:
        return [ClaimPart(claim)]
    texts = [span.of(claim) for span in spans[: _MOST - 1]]
    if len(spans) >= _MOST:
        texts.append(claim[spans[_MOST - 1].start :])
    found: list[ClaimPart] = []
    known = NOBODY
    for text in texts:
        refers = _REFERS.match(text) is not None
        named = subjects_of(text).groups[:1]
        found.append(ClaimPart(text, known if refers else NOBODY))
        if named and not refers:
            known = Subjects(named)
    return found
