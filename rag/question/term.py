"""The term whose meaning a question asks for."""

import re

_ARTICLE = r"(?:the |an? )?"
_TERM = r"(?P<term>[^?,]{1,60}?)"
_WITHIN = r"(?:\s+(?:in|on|under|according to|mean in|im|in der)\s+[^?]*)?"
_DEFINED = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bwhat (?:does|do|did|is|are)\s+{_ARTICLE}(?:(?:term|word|abbreviation|acronym|letters|code|error)s?\s+)?"
        rf"{_TERM}\s+(?:mean|stand for|meant by|short for){_WITHIN}\W*$",
        rf"\b(?:meaning|definition) of {_ARTICLE}(?:(?:term|word|abbreviation|code)\s+)?{_TERM}{_WITHIN}\W*$",
        rf"\bis meant by {_ARTICLE}(?:(?:term|word)\s+)?{_TERM}{_WITHIN}\W*$",
        rf"^\W*define {_ARTICLE}(?:(?:term|word)\s+)?{_TERM}\W*$",
        rf"\bwas (?:bedeutet|heißt|ist|meint)\s+(?:die |der |das |eine? )?(?:abkürzung\s+)?{_TERM}{_WITHIN}\W*$",
        rf"\bsays {_TERM}\s*,\s*meaning\W*$",
        r"^\W*what(?:['’]s| is| are)\s+(?:an?\s+)?(?!the\b|my\b|our\b|your\b|his\b|her\b|their\b|this\b|it\b|on\b|in\b)"
        r"(?P<term>[\w-]+(?:\s+(?!of\b|for\b|in\b|on\b|at\b|to\b|the\b|allowed\b)[\w-]+){0,2})\W*$",
    )
]


def defined_term(question: str) -> str:
    """The term whose meaning a question asks for: `EPO` of `What does EPO stand for?`; empty where it asks for none."""
    for pattern in _DEFINED:
        if found := pattern.search(question.strip()):
            return found["term"].strip(" \"'“”‘’«»„?.,:;")
    return ""
