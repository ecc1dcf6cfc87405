"""All kinds of papers, and which of them are kept from training."""

from training.everyday.kinds.german import GERMAN
from training.everyday.kinds.money import MONEY
from training.everyday.kinds.people import PEOPLE
from training.everyday.kinds.places import PLACES
from training.everyday.kinds.rules import RULES
from training.everyday.kinds.work import WORK
from training.everyday.shape import Template

TEMPLATES: tuple[Template, ...] = (*MONEY, *PEOPLE, *PLACES, *RULES, *WORK, *GERMAN)
HELD_OUT: frozenset[str] = frozenset(
    (
        "medical report",
        "bank statement",
        "warranty card",
        "release notes",
        "error codes",
        "recipe",
        "service contract",
        "Kursliste",
    )
)
"""Names of templates that measure and never train."""
