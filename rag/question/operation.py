"""What a question wants computed: how many, the total, the highest; of which things, and within which limits."""

import re
from dataclasses import dataclass, replace

from rag.domain import Span
from rag.question.limits import Limit, Times, limits_in, times_in
from rag.text.words import content_stems, words

COUNT, SUM, AVERAGE, HIGHEST, LOWEST, DAYS = "count", "sum", "average", "highest", "lowest", "days between"
LOOK_UP = "look-up"
"""What is left of a sum over one cell: the cell says it itself."""
ROWS = "rows"
"""The rows that meet what a question says of them, and nothing computed."""

_COUNT = re.compile(r"\b(?:how many|the number of|number of|wie viele)\b", re.IGNORECASE)
_SUM = re.compile(
    r"\b(?:in total|the total|total|sum of|sum|altogether|overall|together|combined|in all|adds? up to|insgesamt)\b",
    re.IGNORECASE,
)
_AVERAGE = re.compile(r"\b(?:on average|average|mean|im durchschnitt|durchschnittlich)\b", re.IGNORECASE)
_DAYS = re.compile(
    r"\bhow (?:many days|long)\b[^?]*\b(?:between|from)\b[^?]*\b(?:and|to|until|till)\b|\bhow many days after\b",
    re.IGNORECASE,
)
_HOW_MUCH_OVER = re.compile(r"\bhow much\b[^?]*\b(?:from|between)\b", re.IGNORECASE)

MONEY, BIRTH, LENGTH, HEIGHT, WEIGHT, WHEN, PACE, HEAT, NOISE, SERVICE = (
    "money birth length height weight when pace heat noise service".split()
)
_OLD = {"oldest": LOWEST, "older": LOWEST, "elder": LOWEST, "eldest": LOWEST, "youngest": HIGHEST, "younger": HIGHEST}
_SUPERLATIVES: dict[str, tuple[str, str]] = {
    **dict.fromkeys("most more highest higher largest larger biggest bigger greatest greater".split(), (HIGHEST, "")),
    **dict.fromkeys("least less fewest fewer lowest lower smallest smaller".split(), (LOWEST, "")),
    **dict.fromkeys(("most expensive", "more expensive", "dearest", "dearer", "priciest"), (HIGHEST, MONEY)),
    **dict.fromkeys(("least expensive", "less expensive", "cheapest", "cheaper"), (LOWEST, MONEY)),
    **{word: (way, BIRTH) for word, way in _OLD.items()},
    **dict.fromkeys(("longest", "longer"), (HIGHEST, LENGTH)),
    **dict.fromkeys(("shortest", "shorter"), (LOWEST, LENGTH)),
    **dict.fromkeys(("tallest", "taller"), (HIGHEST, HEIGHT)),
    **dict.fromkeys(("heaviest", "heavier"), (HIGHEST, WEIGHT)),
    **dict.fromkeys(("lightest", "lighter"), (LOWEST, WEIGHT)),
    **dict.fromkeys(("fastest", "faster", "quickest", "quicker"), (LOWEST, PACE)),
    **dict.fromkeys(("slowest", "slower"), (HIGHEST, PACE)),
    **dict.fromkeys(("hottest", "warmest", "hotter", "warmer"), (HIGHEST, HEAT)),
    **dict.fromkeys(("coldest", "coolest", "colder", "cooler"), (LOWEST, HEAT)),
    **dict.fromkeys(("loudest", "noisiest", "louder", "noisier"), (HIGHEST, NOISE)),
    **dict.fromkeys(("quietest", "quieter"), (LOWEST, NOISE)),
    **dict.fromkeys(("earliest", "earlier", "first"), (LOWEST, WHEN)),
    **dict.fromkeys(("latest", "later", "last", "most recent", "most recently", "newest"), (HIGHEST, WHEN)),
}
SUPERLATIVE_WORDS = "|".join(sorted(_SUPERLATIVES, key=len, reverse=True))
_SUPERLATIVE = re.compile(rf"\b(?:{SUPERLATIVE_WORDS})\b(?! than\b)", re.IGNORECASE)
_SERVING = re.compile(
    r"\b(?:been|worked|lived|stayed|served|serving|employed)\b[^?]*\b(?P<way>longest|shortest)\b"
    r"|\b(?P<ways>longest|shortest)[- ]serving\b",
    re.IGNORECASE,
)
"""Who has been somewhere longest began first."""
HINTED = {
    MONEY: "price cost fee amount rent premium charge fare total sum value rate salary due preis kosten betrag",
    BIRTH: "born birth birthday age geboren alter planted built founded established erected made installed year",
    LENGTH: "length long duration minute hour time day distance kilometre metre km min h dauer länge",
    HEIGHT: "height tall high metre altitude höhe",
    WEIGHT: "weight heavy kg gewicht",
    WHEN: "date day time year when born opened founded started begin on at datum",
    PACE: "time duration minute speed zeit",
    HEAT: "temperature degree heat",
    SERVICE: "joined since hired entry start started began begun employed here seit eintritt",
    NOISE: "noise sound loudness db dba volume lautstärke",
}
"""Words of the columns that a superlative may mean."""
_EARNING = "paid in credit income deposit received earned salary eingang gutschrift"
_SPENDING = (
    "paid out debit payment spent expense withdrawal amount cost price total due paid ausgang lastschrift betrag"
)
_SPENDS = re.compile(r"\b(?:spend|spent|spending|pay|paid|cost|costs|expenses|ausgegeben|bezahlt)\b", re.IGNORECASE)
_EARNS = re.compile(r"\b(?:earn|earned|receive|received|income|get paid|got paid|verdient)\b", re.IGNORECASE)

_ALTERNATIVES = re.compile(
    r"[,:]\s*(?P<listed>[^,:?]+(?:,[^,:?]+)*?,?\s+(?:or|oder)\s+[^,:?]+)\s*\??\s*$"
    r"|\b(?:is|was|are|were|costs?|has|have|does|did)\s+(?P<two>[^,?]+?\s+or\s+[^,?]+?)\s*\??\s*$",
    re.IGNORECASE,
)
_NOUN_ENDS = re.compile(
    r"\b(?:are|is|was|were|be|been|do|does|did|has|have|had|can|could|may|will|would|there|in|on|at|of|from|to|with|for"
    r"|by|we|i|you|he|she|it|they|that|which|who|came|come|went|got|get|took|cost|sind|hat|haben|gibt)\b|[?,.;:]",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    rf"\b(?:which|what|whose)\s+(?:of the (?:\w+ )?)?(?P<noun>(?:(?!{_NOUN_ENDS.pattern})\S+\s+){{1,3}})", re.IGNORECASE
)
"""The things that one is chosen from: `which branch`, `in what month`."""


_ROWS = re.compile(
    r"^\W*(?:and\s+)?(?:(?:which|what|whose|welche)\b|(?P<who>who)\b|(?:list|name|show(?: me)?|give me)\b"
    r"(?:\s+(?:all|the|every|of|me|us))*)\s*(?P<noun>[^?]*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Operation:
    """What is to be computed, with the words of the question that say it taken out of what is left to match."""

    name: str
    word: str = ""
    """The superlative as the question has it."""
    hint: str = ""
    noun: tuple[str, ...] = ()
    """The stems of what is counted, or of what one is chosen from."""
    measured: tuple[str, ...] = ()
    """The stems of what a superlative is said of: `the most boats`, `the highest fine`."""
    limits: tuple[Limit, ...] = ()
    times: tuple[Times, ...] = ()
    alternatives: tuple[str, ...] = ()
    left: str = ""
    """The question without the words of the operation, its limits and its times."""
    money: str = ""
    """The words of columns of money that the question's verb means: spent, or earned."""
    is_of_people: bool = False
    """Whether the rows that are asked for are people's: `Who ordered in May?`"""


def operation_of(question: str) -> Operation | None:
    """What a question wants computed; None where it wants nothing of the kind."""
    alternatives, cut = _alternatives(question)
    times = times_in(question)
    limits = limits_in(question, times)
    spans = [*(one.span for one in limits), *(one.span for one in times)]
    if serving := _SERVING.search(question):
        way = "way" if serving["way"] else "ways"
        name = LOWEST if serving[way].lower() == "longest" else HIGHEST
        found = _operation(question, name, serving, spans, limits, times, hint=SERVICE)
        return replace(found, word=f"{serving[way].lower()}-serving")
    if cut and (superlative := _SUPERLATIVE.search(question[: cut.start])):
        spans.append(cut)
        name, hint = _SUPERLATIVES[superlative.group().lower()]
        return _operation(question, name, superlative, spans, limits, times, hint=hint, alternatives=alternatives)
    for name, asks in ((DAYS, _DAYS), (COUNT, _COUNT), (AVERAGE, _AVERAGE)):
        match = asks.search(question)
        if match and name == COUNT and _AVERAGE.search(question):
            continue
        if match:
            return _operation(question, name, match, spans, limits, times)
    for match in _SUPERLATIVE.finditer(question):
        if not any(one.start <= match.start() < one.end for one in spans):
            name, hint = _SUPERLATIVES[match.group().lower()]
            return _operation(question, name, match, spans, limits, times, hint=hint)
    if match := _SUM.search(question):
        return _operation(question, SUM, match, spans, limits, times)
    if times and times[0].first != times[0].last and (match := _HOW_MUCH_OVER.search(question)):
        return _operation(question, SUM, None, spans, limits, times)
    return None


def rows_wanted(question: str) -> Operation | None:
    """Which rows a question asks for: `Which orders were over 100 euro?`; None where it asks for none."""
    asks = _ROWS.search(question)
    if asks is None:
        return None
    times = times_in(question)
    limits = limits_in(question, times)
    spans = [*(one.span for one in limits), *(one.span for one in times), Span(asks.start(), asks.start("noun"))]
    operation = _operation(question, ROWS, None, spans, limits, times)
    begin = asks.start("noun")
    end = min([asks.end(), *(one.start for one in spans if one.start >= begin)])
    noun = "" if asks["who"] else question[begin:end]
    ends = _NOUN_ENDS.search(noun)
    noun_stems = tuple(content_stems(noun[: ends.start()] if ends else noun))
    return replace(operation, noun=noun_stems, is_of_people=asks["who"] is not None)


def _operation(
    question: str,
    name: str,
    match: re.Match[str] | None,
    spans: list[Span],
    limits: tuple[Limit, ...],
    times: tuple[Times, ...],
    *,
    hint: str = "",
    alternatives: tuple[str, ...] = (),
) -> Operation:
    taken = list(spans)
    noun: tuple[str, ...] = ()
    if match and name != DAYS:
        taken.append(Span(*match.span()))
    taken += [Span(*one.span()) for asks in (_SUM, _AVERAGE) for one in asks.finditer(question)]
    if match and name == COUNT:
        after = question[match.end() :]
        end = min([len(after), *(one.start - match.end() for one in spans if one.start >= match.end())])
        noun = tuple(content_stems(after[: min(end, found.start())] if (found := _NOUN_ENDS.search(after)) else after))
    if asked := _ASKED_FOR.search(question) if name in (HIGHEST, LOWEST) else None:
        noun = tuple(one for one in content_stems(asked["noun"]) if one not in _SUPERLATIVES)
    measured: tuple[str, ...] = ()
    if match and name in (HIGHEST, LOWEST) and not hint:
        after = question[match.end() :]
        measured = tuple(content_stems(after[: found.start()] if (found := _NOUN_ENDS.search(after)) else after))
    left = question
    for span in sorted(set(taken), reverse=True):
        left = f"{left[: span.start]} {left[span.end :]}"
    money = _SPENDING if _SPENDS.search(question) else _EARNING if _EARNS.search(question) else ""
    word = match.group().lower() if match and name in (HIGHEST, LOWEST) else ""
    return Operation(name, word, hint, noun, measured, limits, times, alternatives, left, money)


def _alternatives(question: str) -> tuple[tuple[str, ...], Span | None]:
    """The things that a question lets choose from: `Who was born first, Ann or Bo?`, and where they stand."""
    match = _ALTERNATIVES.search(question)
    if match is None:
        return (), None
    group = "listed" if match["listed"] else "two"
    named = re.split(r"\s*,\s*(?:or|oder)?\s*|\s+(?:or|oder)\s+", match[group])
    plain = tuple(re.sub(r"^(?:the|a|an|der|die|das)\s+", "", one, flags=re.IGNORECASE).strip() for one in named if one)
    return (plain, Span(*match.span(group))) if len(plain) > 1 and all(plain) else ((), None)


def plain_words(operation: Operation) -> list[str]:
    """The words that are left of a question, as it writes them."""
    return words(operation.left)
