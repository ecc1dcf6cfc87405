"""An earlier question with one of its phrases exchanged: `And the deposit?` after `How much rent does she pay?`."""

import re

from rag.domain import Span
from rag.question.phrases import (
    ARTICLES,
    BEING,
    DOING,
    FUNCTION_WORDS,
    PREPOSITIONS,
    Phrase,
    PhraseKind,
    is_german,
    is_name,
    is_plural,
    phrases_of,
    times_of,
)
from rag.question.shift import shifted
from rag.text.words import words

_MOST = 3
"""So many completed questions are offered, the likeliest first."""
_LONGEST_PHRASE = 6
_LONGEST_QUESTION = 25
"""In words: in a longer one, or in several sentences, nobody can tell which phrase is meant."""
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_AND = r"(?:(?:and|but|or|so|also|then|ok(?:ay)?|now|und|aber|oder)\b[\s,]*)*"
_ABOUT = r"(?:(?:what|how) about|what of|what(?:['’]s| is) with|was ist mit|wie (?:ist|steht|sieht) es mit)\s+"
_LEAD = re.compile(rf"\W*{_AND}(?:{_ABOUT})?", re.IGNORECASE)
_CORRECTION = re.compile(
    r"\W*(?:(?:no|nope|nein|sorry|oops|wait|actually|rather|doch)\b[\s,.:;!–-]*)*"
    r"(?:(?:i (?:meant?|was asking about|am asking about)|i['’]m asking about|ich meinte?|make (?:it|that)"
    r"|not (?P<not>[\w ]{1,40}?)(?:, | but | sondern ))\s*)?(?:(?:no|nein)\b[\s,]*)?",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"[\s,]+(?:instead|please|then|too|as well|again|though|rather|stattdessen|bitte|auch)\W*$|\W+$", re.IGNORECASE
)
_ASKING = (
    r"(?:since |until |till |by |from |for |with |to |of |at |in |on |about |seit |bis |von |mit )?"
    r"(?:how (?!do|does|did|is|are|was|were|can|could|will|would|should|has|have|had|may|might|must)\w+|what time"
    r"|(?:which|what) (?:day|date|year|month|place)|who|whom|whose|what|which|when|where|why|how|wann|wo|warum|wieso"
    r"|wer|wem|wen|wie (?:viel|lange|oft|hoch)|wieviel|wie)"
)
_ONLY_ASKS = re.compile(rf"{_AND}(?P<asks>{_ASKING})\W*", re.IGNORECASE)
_ASKS = re.compile(rf"\W*(?P<asks>{_ASKING})\b", re.IGNORECASE)
_STILL = re.compile(
    rf"{_AND}(?:(?:is|are|does) (?:that|this|it|these|those|he|she|they) (?:all )?still (?:so|true|valid|right|correct"
    r"|current|the case|hold|up to date|in force|apply)|is (?:that|this|it) (?:the )?(?:current|latest|up.to.date)"
    r"|still(?: so| true| valid)?|has (?:that|this|it) changed(?: since| meanwhile)?|(?:what|how) is (?:it|that) now"
    r"|now|today|(?:gilt|ist|stimmt) das (?:immer )?noch(?: so| aktuell| gültig)?|hat sich das geändert|(?:und )?jetzt"
    r"|(?:und )?heute)\W*",
    re.IGNORECASE,
)
_BETWEEN = frozenset(("between", "zwischen"))
_OF_PLACES = frozenset("in on at im am auf an".split())
_INDEFINITE = frozenset("a an ein eine einen einem einer".split())
_NUMBER = re.compile(r"(?<!\w)\d[\w./-]*\d(?!\w)")
_KINDS_OF_ANSWER = frozenset("time day date place year month".split())
_AUXILIARY = BEING | DOING


def exchanged(question: str, earlier: str) -> list[str]:
    """The earlier question with a phrase exchanged for this one, the likeliest first; none where this is no phrase.

    `and in May?` takes the place of a time, a name that of a name, `and where?` that of the word that asks.
    """
    if not words(earlier) or len(words(earlier)) > _LONGEST_QUESTION:
        return []
    if _STILL.fullmatch(question.strip()):
        return [_with_end(earlier, "now")]
    if moved := shifted(question, earlier):
        return [moved]
    if only := _ONLY_ASKS.fullmatch(question.strip()):
        asked = asking_otherwise(earlier, only["asks"])
        return [asked] if asked else []
    phrase, is_led, instead_of = _phrase_of(question)
    if not phrase or _goes_on_about(phrase, earlier):
        return []
    return with_phrase(earlier, phrase, is_led=is_led, instead_of=instead_of)


def is_bare_word(question: str) -> bool:
    """Whether a question is one word that nothing leads to: a name, or the matter of a new question."""
    phrase, is_led, _ = _phrase_of(question)
    return bool(phrase) and not is_led and len(words(phrase)) == 1 and not is_time(phrase)


def _goes_on_about(phrase: str, earlier: str) -> bool:
    """Whether a phrase says more of what the earlier question names, and takes no place in it."""
    said, asked = set(words(phrase)), set(words(earlier))
    names = {word for word in said if word[0].isupper()}
    named = [set(words(one.span.of(earlier))) for one in phrases_of(earlier) if one.kind is PhraseKind.NAME]
    # `the Swan Bridge` takes the place of `the Corbel Bridge`, and `Swan Bridge Café` that of neither.
    is_more = bool(names) and (names <= asked or any(one <= said for one in named))
    return is_more or re.search(r"\w (?:of|von) (?:the |der )?\w", phrase) is not None


def with_phrase(earlier: str, phrase: str, *, is_led: bool = True, instead_of: str = "") -> list[str]:
    """The earlier question with the phrase in the place of one like it; `is_led` where it is said to be a follow-up."""
    preposition, words_ = _parted(phrase)
    if instead_of and (found := re.search(rf"\b{re.escape(instead_of.strip())}\b", earlier, re.IGNORECASE)):
        return [_put(earlier, Phrase(PhraseKind.NAME, Span(*found.span())), preposition, words_)]
    phrases = phrases_of(earlier)
    times = [one for one in phrases if one.kind is PhraseKind.TIME]
    if is_time(words_):
        if not times:
            return [_with_end(earlier, f"{preposition or _before_a_time(words_)} {words_}".strip())]
        return [_put(earlier, times[-1], preposition, _dated(words_, times[-1].span.of(earlier)))]
    if is_led and not preposition and (verb := _verb_of(earlier)) and _may_be_verb(words_, phrases, earlier):
        return [earlier[: verb.start] + words_ + earlier[verb.end :]]
    places = _places(phrases, preposition, words_, earlier, is_led=is_led)
    if places or not (is_led or preposition):
        if places and not preposition and (whole := _with_its_kind(places[0], phrases)):
            places = [*places[: _MOST - 1], whole]  # `parking` has no price `for adults` as `entry` has
        made = dict.fromkeys(_put(earlier, place, preposition, words_) for place in places)
        # In the place of all that was asked it is a question of its own.
        return [one for one in made if set(words(one)) - set(words(words_))][:_MOST]
    if preposition or is_name(words_):
        return [_with_end(earlier, f"{preposition or 'for'} {words_}")]
    return []


def _places(phrases: list[Phrase], preposition: str, phrase: str, earlier: str, *, is_led: bool) -> list[Phrase]:
    """The phrases of the earlier question that one may take the place of, the likeliest first."""
    names = [one for one in phrases if one.kind is PhraseKind.NAME]
    things = [one for one in phrases if one.kind in (PhraseKind.ASKED, PhraseKind.THING)]
    things = [one for one in things if not (one.preposition and one.preposition.of(earlier).lower() in _BETWEEN)]
    if phrase[0].isdigit() and (numbers := list(_NUMBER.finditer(earlier))):
        return [Phrase(PhraseKind.NAME, Span(*numbers[-1].span()))]
    if preposition:
        alike = [one for one in phrases if one.preposition and _are_alike(one.preposition.of(earlier), preposition)]
        return [*alike, *(names if is_name(phrase) else [])]
    if is_name(phrase):
        named = [one for one in things if is_name(one.span.of(earlier))]  # `How long is the Corbel Bridge?`
        return names[::-1] or named[::-1] or [one for one in things if is_led and one.kind is PhraseKind.THING][::-1]
    if not is_led:
        return []
    asked = [one for one in things if one.kind is PhraseKind.ASKED]
    places = [*asked, *(one for one in things if one.kind is PhraseKind.THING), *names]
    # `a bath` takes the place of `a balcony`, `children` that of `adults`, and `trains` not that of `the policy`.
    places.sort(
        key=lambda one: (
            not _has_article_of(phrase, one, earlier),
            is_plural(phrase) != is_plural(one.span.of(earlier)),
        )
    )
    inner = re.search(rf"\s({'|'.join(sorted(PREPOSITIONS))})\s", phrase, re.IGNORECASE)
    if inner:  # `the shop in Mill Lane` takes the place of all of `the flat in Rope Walk`
        built = [joint for one in places if (joint := _joined(one, phrases, inner[1].lower(), earlier))]
        places = [*built, *places]
    return places


def _article(phrase: str) -> str:
    """`a`, `the` or nothing: what kind of article a phrase begins with."""
    first = phrase.split()[0].lower()
    return "a" if first in _INDEFINITE else "the" if first in ARTICLES else ""


def _has_article_of(phrase: str, place: Phrase, earlier: str) -> bool:
    """Whether a place has a phrase's article; what is asked for can have none where the phrase has `the`."""
    own, wanted = _article(place.span.of(earlier)), _article(phrase)
    return own == wanted or (place.kind is PhraseKind.ASKED and not own and wanted == "the")


def _joined(place: Phrase, phrases: list[Phrase], preposition: str, earlier: str) -> Phrase | None:
    """A phrase with the one that follows it by this preposition."""
    for other in phrases:
        follows = other.preposition is not None and 0 <= other.preposition.start - place.span.end <= 1
        if follows and other.preposition and other.preposition.of(earlier).lower() == preposition:
            return Phrase(place.kind, Span(place.span.start, other.span.end), place.preposition)
    return None


def _with_its_kind(place: Phrase, phrases: list[Phrase]) -> Phrase | None:
    """A phrase with the thing that follows it by a preposition, as in `entry for adults`; None without one."""
    for other in phrases:
        follows = other.preposition is not None and 0 <= other.preposition.start - place.span.end <= 1
        if follows and other.kind is PhraseKind.THING:
            return Phrase(place.kind, Span(place.span.start, other.span.end), place.preposition)
    return None


def _are_alike(one: str, other: str) -> bool:
    """Whether two prepositions say the same: `in the rooms`, `on the balcony`."""
    return one.lower() == other or {one.lower(), other} <= _OF_PLACES


def asking_otherwise(earlier: str, asks: str) -> str | None:
    """The earlier question with another word that asks, as `Where` for `When`; None where its order forbids that."""
    begins = _ASKS.match(earlier)
    rest = earlier[begins.end("asks") :].strip() if begins else earlier.strip()
    first = words(rest)[0].lower() if words(rest) else ""
    noun = ""
    if begins and is_german(earlier):  # the verb comes second whatever asks
        return f"{asks.strip().capitalize()} {rest.rstrip(' ?.!')}?"
    if begins and first not in _AUXILIARY:
        # `How much rent does she pay?`: the noun comes to the end. `Who builds it?` has no place for another word.
        asked = next((one for one in phrases_of(earlier) if one.kind is PhraseKind.ASKED), None)
        after = earlier[asked.span.end :].strip() if asked else ""
        if asked is None or asked.span.start - begins.end("asks") > 1 or words(after)[:1] == []:
            return None
        if words(after)[0].lower() not in _AUXILIARY:
            return None
        noun, rest = asked.span.of(earlier), after
    rest = rest.rstrip(" ?.!")
    whole, _, last = rest.rpartition(" ")
    if begins and whole and last.lower() in PREPOSITIONS:
        rest = whole
    elif noun and noun.lower() not in _KINDS_OF_ANSWER:
        rest = f"{rest} {noun}"
    asks = asks.strip()
    if not rest:
        return None
    if asks.lower() == "who" and begins:
        return None  # `who` asks for what does it, which has no place before `does` and `is`
    return f"{asks[0].upper()}{asks[1:]} {rest[0].lower() if not begins else rest[0]}{rest[1:]}?"


def is_time(phrase: str) -> bool:
    """Whether a phrase is a time and nothing else, however it is written: `may`, `the second quarter of 2024`."""
    written = phrase if any(letter.isupper() for letter in phrase) else phrase.title()
    text = f"in {written}"
    spans = times_of(text)
    return len(spans) == 1 and not words(text[len("in ") : spans[0].start] + text[spans[0].end :])


def _phrase_of(question: str) -> tuple[str, bool, str]:
    """The phrase that a question is, whether something leads to it, and what it corrects; empty where it is none."""
    corrected = _CORRECTION.match(question)
    assert corrected is not None  # it may be empty
    rest = question[corrected.end() :]
    lead = _LEAD.match(rest)
    assert lead is not None
    phrase = rest[lead.end() :].strip()
    while (end := _INSTEAD.search(phrase)) is not None:
        phrase = phrase[: end.start()]
    is_led = bool(corrected.end() or lead.end() or (words(phrase) and words(phrase)[0].lower() in ARTICLES))
    said = [word.lower() for word in words(phrase)]
    is_question = any(word in _AUXILIARY or _ASKS.fullmatch(word) for word in said)
    if is_time(_parted(phrase)[1]):
        return phrase, is_led, (corrected["not"] or "") if corrected.end() else ""
    if not said or len(said) > _LONGEST_PHRASE or is_question or all(word in FUNCTION_WORDS for word in said):
        return "", False, ""
    if said[0] in ("that", "this", "these", "those", "he", "she", "it", "they") or said[-1] in ("one", "ones"):
        return "", False, ""
    return phrase, is_led, (corrected["not"] or "") if corrected.end() else ""


def _verb_of(question: str) -> Span | None:
    """The verb at the end of a question such as `When does the museum open?`."""
    said = list(re.finditer(r"\w+", question))
    helping = [at for at, word in enumerate(said) if word.group().lower() in ("do", "does", "did")]
    return Span(*said[-1].span()) if helping and len(said) - helping[-1] > 2 else None


def _may_be_verb(phrase: str, phrases: list[Phrase], question: str) -> bool:
    """Whether a phrase is rather a verb than a thing: one small word, where the things have articles."""
    is_bare = phrase.islower() and phrase.isalpha() and not phrase.endswith("s")
    kinds = (PhraseKind.ASKED, PhraseKind.THING)
    articles = [one.span.of(question).split()[0].lower() in ARTICLES for one in phrases if one.kind in kinds]
    return is_bare and bool(articles) and all(articles)


def _parted(phrase: str) -> tuple[str, str]:
    """A phrase's preposition, if any, and the rest."""
    first, _, rest = phrase.partition(" ")
    return (first.lower(), rest.strip()) if rest and first.lower() in PREPOSITIONS else ("", phrase)


def _put(earlier: str, place: Phrase, preposition: str, phrase: str) -> str:
    """The earlier question with a phrase at a place, with the article that fits there."""
    own = place.span.of(earlier)
    had_article = own.split()[0].lower() in ARTICLES
    article = phrase.split()[0].lower() in ARTICLES and len(phrase.split()) > 1
    if article and place.kind is PhraseKind.ASKED and not had_article:
        phrase = phrase.split(None, 1)[1]  # `how much the deposit` is none
    span = place.span
    if preposition and place.preposition:
        span, phrase = place.whole, f"{preposition} {phrase}"
    begins = span.start == 0
    if re.match(r"['’]s?\b", earlier[span.end :]) is None and own.lower().endswith(("'s", "’s")):
        phrase += own[-2:]
    return earlier[: span.start] + (phrase[0].upper() + phrase[1:] if begins else phrase) + earlier[span.end :]


def _dated(time: str, earlier: str) -> str:
    """A time with the year or the month that it leaves out: `May` after `April 2025` gives `May 2025`."""
    written = time if any(letter.isupper() for letter in time) else time.title()
    year = _YEAR.findall(earlier)
    if _YEAR.fullmatch(written) and len(year) == 1 and year[0] != earlier:
        return earlier.replace(year[0], written)
    is_day = re.fullmatch(r"[A-Za-zä]+days?|[A-Za-z]+tags?", written) is not None
    return written if _YEAR.search(written) or len(year) != 1 or is_day else f"{written} {year[0]}"


def _before_a_time(time: str) -> str:
    return (
        "on" if re.match(r"\d{1,2}\b(?!\d)|(?:mon|tues|wednes|thurs|fri|satur|sun)day", time, re.IGNORECASE) else "in"
    )


def _with_end(question: str, end: str) -> str:
    return f"{question.rstrip(' ?.!')} {end}?"
