"""The kind of thing that a question asks for, and whether a text holds it: a day, a number, a reason, a name."""

import re
from itertools import pairwise

from rag.words import stem, words

# What a question begins with or holds -> what a sentence that answers it holds.
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATES = rf"\b\d{{4}}\b|\b{_MONTH}\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:century|decade)\b"
_NUMBERS = (
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion"
    r"|half|third|quarter|once|twice)\b"
)
_REASONS = (
    r"\b(?:because|due to|owing to|in order to|so that|cit(?:ed|ing)|reasons?|caused|(?:as a )?result of"
    r"|prompt(?:ed|ing)|in (?:response|retaliation|protest)|on the grounds?"
    r"|to (?:prevent|protect|avoid|ensure|punish|stop|force|make))\b"
)
_WHY = r"\bwhy\b|\bwhat (?:reason|caused?|led)\b|\bfor what reason\b"
_ANSWER_TYPES = {
    r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|time)\b": _DATES,
    r"\bhow (?:many|much|old|long|far|big|large|high|tall|deep|often)\b": _NUMBERS,
    r"\bwhat (?:percentage|number|share|age)\b": _NUMBERS,
    _WHY: _REASONS,
    r"\bhow (?:did|does|do|is|are|was|were|can|will|would)\b": r"\b(?:by|through|via|using|with|under|after)\b",
}
_TYPES = [
    (re.compile(question, re.IGNORECASE), re.compile(sentence, re.IGNORECASE))
    for question, sentence in _ANSWER_TYPES.items()
]
_COUNTED = {_DATES, _NUMBERS}
NUMBER_OR_MONTH = re.compile(rf"\d.*|{_NUMBERS}|{_MONTH}", re.IGNORECASE)
_WHO = re.compile(
    r"\bwho(?:m|se)?\b|\bwhere\b|\b(?:what|which) (?:country|city|person|company|minister|team|place)\b", re.IGNORECASE
)


def asks_why(question: str) -> bool:
    """Whether a question asks for a reason."""
    return re.search(_WHY, question, re.IGNORECASE) is not None


def has_answer_type(question: str, text: str) -> float:
    """1 where the sentence holds the kind of thing that is asked for, 0 where it does not or the kind is unknown."""
    for asked, answering in _TYPES:
        if asked.search(question):
            return float(bool(answering.search(text)))
    if _WHO.search(question):
        asked_names = {stem(word) for word in words(question)}
        inner = [second for first, second in pairwise(words(text)) if first]
        return float(any(word[0].isupper() and stem(word) not in asked_names for word in inner))
    return 0.0


def is_of_asked_kind(question: str, answer: str) -> bool:
    """Whether a short answer may be what is asked for: a day or number must be one; of other kinds nothing is known."""
    for asked, answering in _TYPES:
        if asked.search(question) and answering.pattern in _COUNTED:
            return answering.search(answer) is not None
    return True
