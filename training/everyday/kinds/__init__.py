"""All kinds of papers, and which of them are kept from training."""

from dataclasses import replace

from training.everyday.kinds.allowed import ALLOWED
from training.everyday.kinds.erlaubt import ERLAUBT
from training.everyday.kinds.german import GERMAN
from training.everyday.kinds.matters import MATTERS
from training.everyday.kinds.money import MONEY
from training.everyday.kinds.people import PEOPLE
from training.everyday.kinds.places import PLACES
from training.everyday.kinds.rules import RULES
from training.everyday.kinds.work import WORK
from training.everyday.shape import Template

_TELLING_VALUES = (*MONEY, *PEOPLE, *PLACES, *RULES, *WORK, *GERMAN)
TEMPLATES: tuple[Template, ...] = (
    *(replace(one, attributes=(*one.attributes, *MATTERS.get(one.name, ()))) for one in _TELLING_VALUES),
    *ALLOWED,
    *ERLAUBT,
)
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
        "vehicle rules",
        "Schwimmbad",
    )
)
"""Names of templates that measure and never train."""
