"""The Yes or No that a language model begins with: it stays only where the documents say so too."""

import re
from collections.abc import Sequence

from rag.domain import Passage, Verdict
from rag.evidence.exact import is_negated_around
from rag.evidence.verify import verify
from rag.ports import Verifier
from rag.question.as_claim import as_claim
from rag.text.words import content_stems

_LEAD = re.compile(r"\s*(?P<said>yes|no|ja|nein|oui|non|sí)\b\s*(?:[,.:;!–—-]\s*|$)", re.IGNORECASE)
_YES = frozenset("yes ja oui sí".split())
_NEARLY_ALL = 0.8
"""A sentence that holds this share of what is asked says yes to it, or no where it is negated."""


def parted(text: str, question: str, passages: Sequence[Passage], verifier: Verifier | None) -> tuple[str, str]:
    """A sentence as the Yes or No that it begins with and the rest; that is empty where nothing bears it out.

    `Yes, taxis are paid only after 22:00` says nothing of 18:00: the words after the Yes may be true, and it is not.
    """
    lead = _LEAD.match(text)
    if lead is None:
        return "", text
    rest = text[lead.end() :]
    claim = as_claim(question)
    if claim and rest and _holds(lead["said"].lower() in _YES, claim, rest, passages, verifier):
        return text[: lead.end()], rest
    return "", rest[:1].upper() + rest[1:]


def _holds(says_yes: bool, claim: str, rest: str, passages: Sequence[Passage], verifier: Verifier | None) -> bool:
    """Whether the rest of the sentence says what is asked, or denies it, or else a passage does."""
    asked = set(content_stems(claim))
    if len(asked & set(content_stems(rest))) >= _NEARLY_ALL * len(asked):
        return is_negated_around(claim, rest) is not says_yes
    wanted = Verdict.SUPPORTED if says_yes else Verdict.CONTRADICTED
    return any(verify(claim, passage, verifier=verifier).verdict is wanted for passage in passages)
