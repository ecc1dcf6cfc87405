"""The kind of thing that a question asks for, and whether a text holds it: a day, a number, a reason, a name."""

import re
from itertools import pairwise

from rag.text.moments import moments_of
from rag.text.words import content_stems, is_i, stem, words

# What a question begins with or holds -> what a sentence that answers it holds.
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|(?<=\d )may|may(?= \d)|(?<=in )may)"
)
_CLOCK = r"\b\d{1,2}[:.][0-5]\d\b(?!\.?\d)|\b\d{1,2}\s?[ap]\.?m\b|\b\d{1,2} uhr\b|\b(?:noon|midnight)\b"
_WEEKDAY = (
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)s?\b"
)
_TIMES = rf"{_WEEKDAY}|{_CLOCK}|\b\d{{4}}\b|\b{_MONTH}\b"
_DATES = rf"{_TIMES}|\b(?:century|decade)\b"
_NUMBERS = (
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion"
    r"|half|third|quarter|once|twice)\b"
)
_REASONS = (
    r"\b(?:because|due to|owing to|thanks to|in order to|so that|cit(?:ed|ing)|reasons?|caused?|causes"
    r"|(?:as a )?result of|prompt(?:ed|ing)|in (?:response|retaliation|protest)|on the grounds?|instead|given"
    r"|fear(?:s|ed|ing)?|accus(?:ed|es|ing)|since (?:it|he|she|they|there|the|an?)"
    r"|to (?:prevent|protect|avoid|ensure|punish|stop|force|make|keep|help|save|reduce))\b"
)
# What may tell a reason, and as often only what came before or was said; then the words that would be it.
_PERHAPS_REASONS = re.compile(
    r"\b(?:after|following|followed|saying|so|too|as (?:it|he|she|they|the|an?)|(?:could|can) ?n[o'’]t)"
    r"((?: [^ ]+){1,5})",
    re.IGNORECASE,
)
# `After five days` tells when, and not why.
_SPAN_OF_TIME = re.compile(r"(?: [a-z\d-]+){1,2} (?:second|minute|hour|day|night|week|month|year)s?\b", re.IGNORECASE)
_WHEN = r"\b(?:when|wann)\b"
_WHY = r"\bwhy\b|\bwhat (?:reason|caused?|led)\b|\bfor what reason\b"
_HOW = r"\bhow (?:did|does|do|is|are|was|were|can|will|would)\b"
HOW_MANY = r"\bhow (?:many|much|old|long|far|big|large|high|tall|deep|often)\b"
_ANSWER_TYPES = {
    rf"{_WHEN}|\b(?:what|which) (?:year|date|day|month|time)\b": _DATES,
    HOW_MANY: _NUMBERS,
    r"\bwhat (?:percentage|number|share|age)\b": _NUMBERS,
    _WHY: _REASONS,
    _HOW: r"\b(?:by|through|via|using|with|under|after)\b",
}
_TYPES = [
    (re.compile(question, re.IGNORECASE), re.compile(sentence, re.IGNORECASE))
    for question, sentence in _ANSWER_TYPES.items()
]
_COUNTED = {_DATES, _NUMBERS}
NUMBER_OR_MONTH = re.compile(rf"\d.*|{_NUMBERS}|{_MONTH}|may", re.IGNORECASE)
# `a year ago` and `in a year` tell a time.
_RATE = re.compile(
    r"(?<!\bin )(?<!\bfor )(?<!\bwithin )(?<!\bafter )(?<!\bthan )(?<!\babout )(?<!\bover )"
    r"\b(?:an?|per|each|every) (second|minute|hour|day|night|week|month|quarter|year)\b"
    r"(?! (?:ago|after|later|before|earlier|from|since|old)\b)"
    r"|\b(hour|dai|night|week|month|quarter|year)ly\b|\b(annual)",
    re.IGNORECASE,
)
_PERIODS = {"dai": "day", "annual": "year"}
_WHO = re.compile(
    r"\bwho(?:m|se)?\b|\bwhere\b|\b(?:what|which) (?:country|city|person|company|minister|team|place)\b", re.IGNORECASE
)
_WHO_ELSE = re.compile(r"\b(?:who|whom|whose|wer|wem|wessen)\b", re.IGNORECASE)
_WHO_TO_WHOM = re.compile(
    r"\bwho\b.*\b(?:whom|whose)\b|\bwhose\b.*\bwhom\b|\b(?:which|what|who)\b.*\bthe other\b", re.IGNORECASE
)
_NAME = r"[A-Z][\w'’.-]*"
_DESCRIBE = re.compile(
    rf"(?i:who|what)(?:['’]s| (?i:is|are|was|were)) (?:the )?{_NAME}(?: (?:(?:of|the|de|von|van|and) )*{_NAME})*\s*\??"
)


_HOW_MUCH = re.compile(r"\bhow (?:much|high)\b|\bwie (?:viel|hoch)\b", re.IGNORECASE)
_ADDING_UP = frozenset(content_stems("bill invoice receipt rechnung"))
_AMOUNT = re.compile(r"(?<!\w)(?<!\w[-/.])\d")
_SEVERAL = re.compile(
    r"^\W*(?:and\s+)?(?:(?:which|what)(?:\s+\w+){0,3}?\s+(?!(?:is|was|has|does|this|us|always)\b)\w+(?<!s)s\b"
    r"(?=\s+(?:are|were|have|do|did|can|may|must|will|cost|need|does|should)\b|\s*\?)"
    r"|(?:who|what|which)\s+(?:are|were)\b|(?:list|name)\b|(?:welche|quels|quelles|cuáles)\b)"
    r"|^\W*(?:which|what)\s+(?:staff|people|children)\b",
    re.IGNORECASE,
)

_STEPS = re.compile(
    r"\bhow (?:do|can|should|must|to)\b|\bwhat (?:are the )?steps\b|\bwhat (?:has|needs|have) to be done\b"
    r"|\bwie (?:kann|muss|soll) (?:ich|man)\b"
    r"|\bhow (?:is|are) \b[^?]*\b\w{3,}(?:ed|wn|ut|lt|pt|id)\b(?![^?]*\bby\b)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"^\W*(?:what|which|was|welche[rs]?)\s+(?:(?:do|does|must|should|can|may|shall)\s+(?:i|we|you|one)\s+(?:\w+\s+)?do\b"
    r"|(?:comes?|happens|follows|is (?:done|next|to be done|the (?:next )?step)|(?:next )?step\b[^?]*"
    r"|(?:muss|soll|kommt|mache)\b[^?]*))[^?]*?"
    r"\b(?P<way>after|before|once|following|nach|vor|bevor|nachdem)\s+(?P<step>[^?]+)",
    re.IGNORECASE,
)


def asks_why(question: str) -> bool:
    """Whether a question asks for a reason."""
    return re.search(_WHY, question, re.IGNORECASE) is not None


def asks_who_to_whom(question: str) -> bool:
    """Whether a question asks who did something and whom it was done to: `Who banned whose fish?`"""
    return _WHO_TO_WHOM.search(question) is not None


def asks_when(question: str) -> bool:
    """Whether a question asks for a time of any kind: `When is yoga?`"""
    return re.search(_WHEN, question, re.IGNORECASE) is not None


def asks_who(question: str) -> bool:
    """Whether a question asks for people: `Who has been here longest?`"""
    return _WHO_ELSE.search(question) is not None


def tells_when(text: str) -> bool:
    """Whether a text names a day, a month, a year or a time of the day."""
    return re.search(_TIMES, text, re.IGNORECASE) is not None


def asks_for_several(question: str) -> bool:
    """Whether a question asks for all things of a kind, by a noun in the plural: `Which orders are open?`"""
    return _SEVERAL.search(question) is not None


def asks_for_steps(question: str) -> bool:
    """Whether a question asks how somebody does something, or what is done next: `How do I reset the router?`"""
    return _STEPS.search(question) is not None or step_beside(question) is not None


def step_beside(question: str) -> tuple[int, str] | None:
    """The step that a question names to ask for the one after (1) or before (-1) it: `What comes after pressing …?`"""
    asked = _BESIDE.search(question)
    if asked is None:
        return None
    return (-1 if asked["way"].lower() in ("before", "vor", "bevor") else 1), asked["step"]


def asks_to_describe(question: str) -> bool:
    """Whether a question asks who or what a named one is: much may be said of them, and all of it be right."""
    return _DESCRIBE.fullmatch(question.strip()) is not None


def asks_how(question: str) -> bool:
    """Whether a question asks for the way in which something is done or came about."""
    return re.search(_HOW, question, re.IGNORECASE) is not None


def asks_how_many(question: str) -> bool:
    """Whether a question asks for a number of something."""
    return re.search(HOW_MANY, question, re.IGNORECASE) is not None


def asks_how_much(question: str) -> bool:
    """Whether a question asks for an amount, as of money."""
    return _HOW_MUCH.search(question) is not None


def asks_for_a_total(question: str) -> bool:
    """Whether a question asks how much a bill or another paper is that adds something up."""
    asked = set(content_stems(question))
    return (asks_how_much(question) or "total" in asked) and not _ADDING_UP.isdisjoint(asked)


def holds_amount(text: str) -> bool:
    """Whether a text holds a number that is no part of a date or of an identifier such as `G-2077`."""
    for moment in reversed(moments_of(text)):
        text = text[: moment.span.start] + text[moment.span.end :]
    return _AMOUNT.search(text) is not None


def is_at_asked_rate(question: str, text: str) -> bool:
    """Whether a text tells something by the day where the question asks how many a day, and so on."""
    asked = _periods(question) if asks_how_many(question) else set()
    return not asked or not asked.isdisjoint(_periods(text))


def _periods(text: str) -> set[str]:
    found = {part.lower() for parts in _RATE.findall(" ".join(text.split())) for part in parts if part}
    return {_PERIODS.get(one, one) for one in found}


def asks_for_one(question: str) -> bool:
    """Whether a question asks for a day, a number, or somebody or some place by name: an answer of few words."""
    counted = any(asked.search(question) for asked, answering in _TYPES if answering.pattern in _COUNTED)
    return counted or _WHO.search(question) is not None


def has_answer_type(question: str, text: str) -> float:
    """1 where the sentence holds the kind of thing that is asked for, 0 where it does not or the kind is unknown.

    A half where it may: of a reason, `after …` may tell it or only the order of things.
    """
    for asked, answering in _TYPES:
        if asked.search(question):
            if answering.pattern == _REASONS and not answering.search(text):
                return 0.5 * _may_tell_a_reason(question, text)
            return float(bool(answering.search(text)))
    if _WHO.search(question):
        asked_names = {stem(word) for word in words(question)}
        inner = [second for first, second in pairwise(words(text)) if first]
        return float(any(word[0].isupper() and not is_i(word) and stem(word) not in asked_names for word in inner))
    return 0.0


def lacks_asked_kind(question: str, text: str) -> bool:
    """Whether a question asks for a day or a number, and the text holds none."""
    for asked, answering in _TYPES:
        if asked.search(question):
            return answering.pattern in _COUNTED and not answering.search(text)
    return False


def _may_tell_a_reason(question: str, text: str) -> bool:
    """Whether the words after such a cue are other than those asked about: `a day after it was closed` is no reason."""
    asked = set(content_stems(question))
    for found in _PERHAPS_REASONS.finditer(text):
        # It follows what is asked about, or begins the sentence: `closed after …`, `After … it closed`.
        stands_well = not text[: found.start()].strip() or asked & set(content_stems(text[: found.start()]))
        if stands_well and not _SPAN_OF_TIME.match(found.group(1)) and set(content_stems(found.group(1))) - asked:
            return True
    return False


def is_of_asked_kind(question: str, answer: str) -> bool:
    """Whether a short answer may be what is asked for: a day or number must be one; of other kinds nothing is known.

    A day is no number: `9 September 2024` does not say how long.
    """
    for asked, answering in _TYPES:
        if asked.search(question) and answering.pattern in _COUNTED:
            is_day = answering.pattern == _NUMBERS and re.search(rf"\b{_MONTH}\b", answer, re.IGNORECASE)
            return answering.search(answer) is not None and not is_day
    return True
