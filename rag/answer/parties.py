"""Who made a contract: the words that open it, `between A and B`, name its parties and seldom say so."""

import re

from rag.answer.matter import Matter
from rag.answer.plan import Plan
from rag.domain import BlockKind

_ASKED = re.compile(
    r"\b(?:who|which|what|wer)\b[^?]*\b(?:parties (?:to|of|in)|contracting part|vertragspart)"
    r"|\b(?:between|zwischen) (?:whom|wem)\b",
    re.IGNORECASE,
)
_NAME = r"[^\W\d_a-z]\w"
_BETWEEN = re.compile(rf"\b(?i:between|zwischen)\b.{{0,40}}?{_NAME}.{{0,200}}?\b(?:and|und)\b.{{0,40}}?{_NAME}")
_PREAMBLE = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.STEP})
_LONGEST = 400


def plan_parties(matter: Matter) -> Plan | None:
    """The statement that names the parties of the contract that is asked for; None where none does."""
    if not _ASKED.search(matter.question):
        return None
    for one in matter.ranked:
        said = one.statement
        if one.fit > 0 and said.kind in _PREAMBLE and len(said.text) <= _LONGEST and _BETWEEN.search(said.text):
            return Plan((said,))
    return None
