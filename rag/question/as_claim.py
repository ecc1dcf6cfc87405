"""Questions as statements that can be checked: `Who built the mill?`, `Ann` gives `Ann built the mill.`"""

import re

_AUXILIARIES = "did|do|does|is|are|was|were|has|have|had|can|could|will|would|should|may|might|must"
_SUBJECT = re.compile(
    rf"(?:who|what|which [a-z]+(?: [a-z]+)??) (?!(?:{_AUXILIARIES}|type|kind|else|year)\b)(\w+(?:ed|s)\b.*)\?",
    re.IGNORECASE,
)
_EQUAL = re.compile(r"(?:who|what) (is|was|are|were) ((?:the|a|an|his|her|its|their) .*)\?", re.IGNORECASE)
_COUNT = re.compile(rf"how many ((?:[a-z-]+ ){{1,3}})((?!(?:{_AUXILIARIES})\b)[a-z]+ .*)\?", re.IGNORECASE)
_WHEN = re.compile(r"(?:when|in what year|in which year|on what date) (was|were|did|is) (.*)\?", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|might|may(?! (?:\d|of\b)))"
    r"(?P<negated>n['’]t)?\s+(?P<rest>.+)",
    re.IGNORECASE,
)
# `Was steht in § 3?` asks what, in German.
_GERMAN_WHAT = re.compile(
    r"was\s+(?:ist|sind|war|waren|steht|kostet|kosten|muss|müssen|soll|sollen|kann|können|darf|dürfen|gilt|wird|werden"
    r"|hat|haben|habe|tun|passiert|bedeutet|heißt|regelt|sagt|macht|machen|brauche|\w+t\s+(?:der|die|das|eine?[rnms]?|man"
    r"|es|im|er|sie|ich|wir|dieser?)\b)\b",
    re.IGNORECASE,
)
_TRUE = re.compile(
    r"(?:it|that)\s+(?:true|right|correct|so)\s+that\s+(?P<rest>.+)|there\s+(?:really\s+)?", re.IGNORECASE
)
# `Did A or B win?` does not ask yes or no; `more or less` does.
_CHOICE = re.compile(r"\bor\b(?!\s+(?:not|less|more|so)\b)", re.IGNORECASE)


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


def as_claim(question: str) -> str | None:
    """What a question asks the truth of, as a claim without its auxiliary; None where it does not ask yes or no.

    `Did China ban the imports?` gives `China ban the imports`: the order of words is what the checks need, and they
    care little for auxiliaries.
    """
    match = _ASKS.fullmatch(question.strip().rstrip("?! ."))
    if match is None or _CHOICE.search(question) or _GERMAN_WHAT.match(question.strip()):
        return None
    rest = match["rest"]
    if true := _TRUE.match(rest):
        rest = true["rest"] or rest
    return rest[:1].upper() + rest[1:] + "."


def _tidy(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(". ") + "."
