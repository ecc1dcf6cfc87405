"""How large a language model is, and how long a prompt it is asked with."""

import re

_SIZE = re.compile(r"(?<![\d.])(\d{1,4}(?:\.\d{1,2})?)\s?([bm])(?![^\W_])", re.IGNORECASE)
SMALL_BILLIONS = 4.0
_SMALL_PROMPT_TOKENS, _PROMPT_TOKENS = 700, 3000
"""Small models read slowly on small machines, and lose themselves in long prompts."""


def prompt_tokens_of(billions: float | None) -> int:
    """How long a prompt is for a model of so many billion weights: shorter for a small one."""
    return _SMALL_PROMPT_TOKENS if billions is not None and billions < SMALL_BILLIONS else _PROMPT_TOKENS


def billions_of(name: str) -> float | None:
    """How many billion weights a model has, as its name says: `qwen2.5:1.5b`; None where it says nothing."""
    found = _SIZE.findall(name)
    return min((float(size) / (1000 if unit in "mM" else 1) for size, unit in found), default=None)
