"""All kinds of papers, and which of them are kept from training."""

from training.everyday.kinds.money import MONEY
from training.everyday.kinds.people import PEOPLE
from training.everyday.shape import Template

TEMPLATES: tuple[Template, ...] = (*MONEY, *PEOPLE)
HELD_OUT: frozenset[str] = frozenset({"medical report"})
"""Names of templates that measure and never train."""
