"""All kinds of papers, and which of them are kept from training."""

from training.everyday.kinds.money import MONEY
from training.everyday.shape import Template

TEMPLATES: tuple[Template, ...] = (*MONEY,)
HELD_OUT: frozenset[str] = frozenset()
"""Names of templates that measure and never train."""
