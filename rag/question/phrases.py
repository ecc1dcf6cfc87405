"""The phrases of a question that another can take the place of: names, times, what is asked for, what it is asked of.

By the order of words alone, for English, and for German as far as its questions are built alike.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from rag.domain import Span
from rag.text.moments import moments_of
from rag.text.words import STOPWORDS, is_i

ARTICLES = frozenset(
    "the a an this that these those my your our their his her its der die das den dem des ein eine einen einem einer"
    " mein meine dein deine unser unsere".split()
)
PREPOSITIONS = frozenset(
    "of for in on at to from with by about during under after before since until between per within without into over"
    " von für im am in an auf aus bei mit nach seit vom zu zum zur über unter vor bis".split()
)
BEING = frozenset("is are was were be been am isn't aren't wasn't weren't ist sind war waren wird werden".split())
DOING = frozenset(
    "do does did don't doesn't didn't can could will would shall should may might must has have had hat haben kann darf"
    " muss soll".split()
)
# Words that English has not, or seldom.
_GERMAN = frozenset(
    "der das dem des ein eine einen einem einer ist sind wird hat kostet wie wo wann wer wem wen warum und im am"
    " vom zum zur von mit für nach mein meine".split()
)
_ASKING = frozenset(
    "what which who whom whose when where why how was wer wen wem wann wo warum wieso wie welche welcher welches"
    " welchen wieviel".split()
)
LARGE = r"(?:[A-ZÄÖÜÉ]\.\s)*[A-ZÄÖÜÉ][\w’'-]+(?:\s+(?:(?:of|de|van|von|der|and|&)\s+)?[A-ZÄÖÜÉ][\w’'-]*){0,5}"
"""A pattern of words written large: `Leila Amari`, `Bank of Oster`, `J. Brandt`."""
_SMALL = frozenset(
    "much many old long often far big high viel viele hoch lang alt oft and or und oder not nicht other others rest"
    " same andere anderen".split()
)
FUNCTION_WORDS = STOPWORDS | ARTICLES | PREPOSITIONS | BEING | DOING | _ASKING | _SMALL
# What is said of a thing at the end of a question: `When is the rent due?`
_PREDICATE = re.compile(
    r"due|open|closed|shut|built|held|made|paid|sold|born|kept|lost|won|sent|met|over|ready|free|valid|available|long"
    r"|high|old|far|big|\w{2,}ed|fällig|offen|geöffnet|geschlossen|gültig|hoch|lang|alt",
    re.IGNORECASE,
)
_UNITS = frozenset(
    "second minute hour day night week month quarter year person head piece unit kilo kilogram litre".split()
)
_PLURALS = frozenset("children people men women adults kinder erwachsene".split())
_KEYWORDS = 6
_ABBREVIATIONS = frozenset("dr mr mrs ms st prof no nr".split())
_TOKEN = re.compile(r"[^\W_]+(?:[.&'’/-][^\W_]+)*")
_WEEKDAY = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|weekdays?"
    r"|weekends?|today|tomorrow|yesterday|heute|morgen|gestern|(?:this|next|last) (?:year|month|week)"
    r"|wochenenden?|(?:spring|summer|autumn|winter)(?: \d{4})?)",
    re.IGNORECASE,
)


class PhraseKind(StrEnum):
    """What kind of phrase it is."""

    TIME = "time"
    NAME = "name"
    ASKED = "asked"
    """What is asked for: `rent` in `How much rent does she pay?`, and `the rent` in `What is the rent of the flat?`"""
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a question: where its words stand, with an article where it has one, and what stands before it."""

    kind: PhraseKind
    span: Span
    preposition: Span | None = None

    @property
    def whole(self) -> Span:
        """The phrase with its preposition."""
        return Span(self.preposition.start, self.span.end) if self.preposition else self.span


@dataclass(frozen=True, slots=True)
class _Token:
    span: Span
    text: str

    @property
    def plain(self) -> str:
        return self.text.lower().replace("’", "'").removesuffix("'s")


def phrases_of(question: str) -> list[Phrase]:
    """The phrases of a question, in order."""
    tokens = [_Token(Span(*match.span()), match.group()) for match in _TOKEN.finditer(question)]
    times = times_of(question)
    found = [Phrase(PhraseKind.TIME, span, _preposition_before(tokens, span.start)) for span in times]
    taken = {at for at, token in enumerate(tokens) for span in times if token.span.start in range(span.start, span.end)}
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and end not in taken and _goes_on(tokens, at, end, question):
            end += 1
        if end > at:
            found += _run(tokens, at, end, question)
        at = max(end, at + 1)
    return sorted(found, key=lambda phrase: phrase.span)


def times_of(text: str) -> list[Span]:
    """Where a text names days, months, years, weekdays; a range of two is one."""
    spans = [moment.span for moment in moments_of(text)]
    spans += [
        Span(*match.span())
        for match in re.finditer(rf"(?<!\w){_WEEKDAY.pattern}(?!\w)", text, re.IGNORECASE)
        if not any(span.start <= match.start() < span.end for span in spans)
    ]
    joined: list[Span] = []
    for span in sorted(spans):
        between = text[joined[-1].end : span.start] if joined else None
        if between is not None and re.fullmatch(r"\s*(?:,|to|and|until|till|bis|und|[-–])?\s*", between, re.IGNORECASE):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def is_plural(phrase: str) -> bool:
    """Whether a phrase seems to name several."""
    last = phrase.lower().split()[-1]
    return last in _PLURALS or (last.endswith("s") and not last.endswith(("ss", "us", "is", "’s", "'s")))


def is_german(question: str) -> bool:
    """Whether the words of a question are German."""
    said = {token.lower() for token in _TOKEN.findall(question)}
    return len(said & _GERMAN) > 0


def is_name(words: str) -> bool:
    """Whether all words are written large that can be: `Leila Amari`, `Bank of Oster`, `A4`; not so `die Kaution`."""
    tokens = _TOKEN.findall(words)
    if tokens and tokens[0] in _GERMAN:
        return False
    large = [token for token in tokens if token[0].isupper() or token[0].isdigit()]
    small = [token for token in tokens if token[0].islower()]
    return bool(large) and all(token in ("of", "de", "van", "von", "der", "and", "the", "und") for token in small)


def _goes_on(tokens: list[_Token], begin: int, at: int, question: str) -> bool:
    """Whether the word at `at` belongs to the run of telling words that begins at `begin`."""
    token = tokens[at]
    # `May` and `Will` can be names; written large within a question they are more likely so than not.
    large = at > 0 and token.text[0].isupper() and not is_i(token.text)
    if token.plain in FUNCTION_WORDS and not (large and token.text.lower() not in ARTICLES | PREPOSITIONS):
        return False
    between = "" if at == begin else question[tokens[at - 1].span.end : token.span.start].strip()
    return not between or (between == "." and tokens[at - 1].plain in _ABBREVIATIONS)


def _run(tokens: list[_Token], begin: int, end: int, question: str) -> list[Phrase]:
    """The phrases of a run of telling words: names apart, and a verb at its end left out."""
    before = tokens[begin - 1].plain if begin else ""
    has_article = before in ARTICLES
    first = begin - 1 if has_article else begin
    preposition = _preposition_before(tokens, tokens[first].span.start)
    if before in ("a", "an", "per") and tokens[begin].plain in _UNITS:
        return []  # `a month`: how often, and nothing that is asked of
    if has_article:
        last = _without_verb(tokens, begin, end, question)
        return [
            Phrase(_kind(tokens, first, begin), Span(tokens[first].span.start, tokens[last - 1].span.end), preposition)
        ]
    found: list[Phrase] = []
    at = begin
    while at < end:
        large = _is_large(tokens, at)
        stop = at
        while stop < end and _is_large(tokens, stop) == large:
            stop += 1
        if large:
            kind, last = PhraseKind.NAME, stop
            helped = any(token.plain in DOING for token in tokens[:at])
            if at > 0 and stop < end and not helped and _without_verb(tokens, at, end, question) == end:
                last = stop = end  # `American football`
        else:
            kind, last = _kind(tokens, at, at), _without_verb(tokens, at, stop, question)
            # Telling words that neither an article nor a place in the question makes a thing are mostly verbs.
            is_led = preposition is not None and before not in ("to", "zu")
        is_thing = large or is_led or _are_keywords(tokens) or kind is PhraseKind.ASKED or _is_turned_round(tokens, at)
        if last > at and (is_thing if at == begin else large or _are_keywords(tokens)):
            own = preposition if at == begin else None
            found.append(Phrase(kind, Span(tokens[at].span.start, tokens[last - 1].span.end), own))
        at = stop
    return found


def _are_keywords(tokens: list[_Token]) -> bool:
    """Whether a question is a few words to search for: `Leila Amari rent`."""
    return len(tokens) <= _KEYWORDS and not any(token.plain in _ASKING | BEING | DOING for token in tokens)


def _is_turned_round(tokens: list[_Token], at: int) -> bool:
    """Whether a word stands where a question has what it is about: after `is`, `does` or `can` at its beginning."""
    words = [token.plain for token in tokens[:at]]
    telling = [word for word in words if word not in FUNCTION_WORDS]
    if words == ["was"] and any(token.plain in _GERMAN for token in tokens):
        return False  # `Was kostet das?`
    return bool(words) and words[-1] in (BEING | DOING) - {"be", "been", "being"} and len(telling) < 2


def _is_large(tokens: list[_Token], at: int) -> bool:
    text = tokens[at].text
    # The first word is written large anyway; before another such word it is rather a name.
    is_first = at == 0 and not (len(tokens) > 1 and tokens[1].text[0].isupper())
    return (text[0].isupper() and not is_first) or text[0].isdigit() or any(letter.isupper() for letter in text[1:])


def _kind(tokens: list[_Token], first: int, begin: int) -> PhraseKind:
    """Whether a phrase is what is asked for: after `how much`, `which`, and after `what is`."""
    words = [token.plain for token in tokens[:first]]
    is_asked = bool(words) and (
        words[-1] in ("much", "many", "which", "what", "whose", "viel", "viele") or words[-1].startswith("welche")
    )
    is_told = len(words) >= 2 and words[-1] in BEING and words[0] in ("what", "how", "who", "was", "wie", "wer")
    return PhraseKind.ASKED if is_asked or (is_told and len(words) <= 3) else PhraseKind.THING


def _without_verb(tokens: list[_Token], begin: int, end: int, question: str) -> int:
    """Where a run ends without the verb or the predicate that its last word is, if it is one."""
    if end - begin < 2:
        return end
    words = [token.plain for token in tokens[:begin]]
    after = tokens[end].plain if end < len(tokens) else ""
    before = [word for word in words if word in DOING | BEING]
    is_first_after = bool(words) and not any(word not in FUNCTION_WORDS for word in _since(words, before))
    if before and before[-1] in DOING and is_first_after:
        return end - 1
    if words and words[-1] in ("much", "many") and after not in DOING | BEING and end < len(tokens):
        return end - 1
    is_last = not question[tokens[end - 1].span.end :].strip(" ?.!") or after in PREPOSITIONS
    if before and before[-1] in BEING and is_last and _PREDICATE.fullmatch(tokens[end - 1].text):
        return end - 1
    return end


def _since(words: list[str], helping: list[str]) -> list[str]:
    """The words after the last helping verb."""
    if not helping:
        return words
    return words[len(words) - words[::-1].index(helping[-1]) :]


def _preposition_before(tokens: list[_Token], start: int) -> Span | None:
    before = [token for token in tokens if token.span.end <= start]
    return before[-1].span if before and before[-1].plain in PREPOSITIONS else None
