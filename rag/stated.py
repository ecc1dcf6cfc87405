"""A question and its answer as a statement that can be checked: `Who built the mill?`, `Ann`: `Ann built the mill.`"""

import re

_AUXILIARIES = "did|do|does|is|are|was|were|has|have|had|can|could|will|would|should|may|might|must"
_SUBJECT = re.compile(
    rf"(?:who|what|which [a-z]+(?: [a-z]+)??) (?!(?:{_AUXILIARIES}|type|kind|else|year)\b)(\w+(?:ed|s)\b.*)\?",
    re.IGNORECASE,
)
_EQUAL = re.compile(r"(?:who|what) (is|was|are|were) ((?:the|a|an|his|her|its|their) .*)\?", re.IGNORECASE)
_COUNT = re.compile(rf"how many ((?:[a-z-]+ ){{1,3}})((?!(?:{_AUXILIARIES})\b)[a-z]+ .*)\?", re.IGNORECASE)
_WHEN = re.compile(r"(?:when|in what year|in which year|on what date) (was|were|did|is) (.*)\?", re.IGNORECASE)


def stated(question: str, answer: str) -> str:
    """A question and its answer as one statement, or one after the other where no rule fits."""
    asked = question.strip()
    if match := _SUBJECT.fullmatch(asked):
        return _tidy(f"{answer} {match.group(1)}")
    if match := _EQUAL.fullmatch(asked):
        return _tidy(f"{match.group(2)} {match.group(1)} {answer}")
    if match := _COUNT.fullmatch(asked):
        number = answer.split()[0]
        return _tidy(f"{number} {match.group(1)}{match.group(2)}")
    if (match := _WHEN.fullmatch(asked)) and match.group(1).lower() in ("was", "were"):
        return _tidy(f"{answer} is when {match.group(2)}")
    return f"{asked} {answer}"


def _tidy(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(". ") + "."
