"""Words such as `it` and `she`, exchanged for what they stand for in the question before, or in its answer."""

import re
from collections.abc import Sequence

from rag.domain import Span, Turn
from rag.question.phrases import ARTICLES, FUNCTION_WORDS, LARGE, Phrase, PhraseKind, is_plural, phrases_of
from rag.text.words import content_words, words

_PERSON = frozenset("he him his she her hers er sein seine ihm ihn".split())
_PRONOUN = re.compile(r"\b(?:he|him|his|she|hers?|its?)\b(?!['’])", re.IGNORECASE)
_OWNING = frozenset("his its".split())
_ALSO_LEANS = re.compile(r"\bdo it\b|\b(?:there|they|them|theirs?|that|this|these|those|ones?)\b", re.IGNORECASE)
_AND = re.compile(r"^\W*(?:(?:and|but|so|then|or)\b[\s,]*)+", re.IGNORECASE)
_ASKS_WHO = re.compile(r"\W*(?:and )?(?:by )?(?:who|whom)\b|.*\bname of\b", re.IGNORECASE)
_ASKS_WHICH = re.compile(r"\W*(?:and )?(?:which|what) (?P<noun>[^\W\d_]+)", re.IGNORECASE)
_LARGE = re.compile(rf"{LARGE}(?:\s(?:No\.?\s)?\d[\w/-]{{2,}})?")
_NOT_PART = frozenset("to with by into after before during since until than".split())
_POINTING = frozenset("this that these those his her their its".split())
_MOST = 2
_LONGEST_QUESTION = 25
"""In words: in a longer one nobody can tell what is meant."""


def referring(question: str, last: Turn) -> list[str]:
    """The question with its pronoun exchanged for what it may stand for, the likeliest first; empty where unclear."""
    pronouns = list(_PRONOUN.finditer(question))
    if (
        not pronouns
        or _names_before(question, pronouns[0].start())
        or len({_group(found.group()) for found in pronouns}) > 1
        or _ALSO_LEANS.search(question)
    ):
        return []
    if len(words(last.question)) > _LONGEST_QUESTION:
        return []
    is_person = pronouns[0].group().lower() in _PERSON
    meant = _meant(last, is_person=is_person)
    return list(dict.fromkeys(_AND.sub("", _put(question, pronouns, one)) for one in meant))[:_MOST]


def _names_before(question: str, pronoun: int) -> bool:
    """Whether a question itself names what its pronoun may stand for: `When the mill burned down, who rebuilt it?`"""
    if "," in question[:pronoun] and content_words(question[: question.rindex(",", 0, pronoun)]):
        return True
    kinds = (PhraseKind.NAME, PhraseKind.THING)
    return any(one.kind in kinds and one.span.end <= pronoun for one in phrases_of(question))


def new_name(answer: str, question: str) -> str:
    """The first name that an answer has and the question has not; empty without one."""
    asked = question.lower()
    for found in _LARGE.finditer(answer):
        name = _without_first(found.group()) if _begins(answer, found.start()) else found.group()
        if name and name.lower() not in asked and not name.isdigit():
            return name
    return ""


def _begins(answer: str, start: int) -> bool:
    """Whether a word is written large because a sentence begins with it."""
    return not answer[:start].strip() or answer[:start].rstrip()[-1] in ".!?:]"


def _without_first(name: str) -> str:
    """A name at the beginning of a sentence without an article; empty where one word alone stands there."""
    first, _, rest = name.partition(" ")
    if first.lower() in FUNCTION_WORDS:
        return rest
    return name if rest else ""


def _group(pronoun: str) -> str:
    """Whom or what a pronoun stands for: `he` and `his` for one, `she` and `it` for others."""
    plain = pronoun.lower()
    return "she" if plain in ("she", "her", "hers") else "he" if plain in _PERSON else "it"


def _meant(last: Turn, *, is_person: bool) -> list[str]:
    """What a pronoun may stand for."""
    question = last.question
    phrases = phrases_of(question)
    names = [one for one in phrases if one.kind is PhraseKind.NAME]
    things = [one for one in phrases if one.kind is PhraseKind.THING and _is_one(one, question)]
    told = new_name(last.answer, question)
    if is_person and _ASKS_WHO.match(question):
        return [told] if told else []
    if is_person:
        return [one.span.of(question) for one in names or things[:1]]
    if (which := _ASKS_WHICH.match(question)) and which["noun"].lower() not in FUNCTION_WORDS:
        return [told] if told else []
    copular = [
        one
        for one in phrases
        if one.kind is PhraseKind.ASKED and _has_article(one, question) and _is_one(one, question)
    ]
    meant = [*copular, *things, *names] if not any(one.kind is PhraseKind.ASKED for one in phrases) or copular else []
    return [_with_complements(one, phrases, question).of(question) for one in meant]


def _has_article(phrase: Phrase, question: str) -> bool:
    return phrase.span.of(question).split()[0].lower() in ARTICLES


def _is_one(phrase: Phrase, question: str) -> bool:
    """Whether a phrase names one thing, and by its own words: not `these states`, not `the types`."""
    said = phrase.span.of(question)
    return said.lower().split()[0] not in _POINTING and not is_plural(said)


def _with_complements(phrase: Phrase, phrases: Sequence[Phrase], question: str) -> Span:
    """A phrase with what follows it by `of` and the like: `the lease of the shop in Rook Street`."""
    end = phrase.span.end
    for other in phrases:
        # `the bill for April` is one thing, and of `the meeting in April` the meeting is.
        before = other.preposition.of(question).lower() if other.preposition else ""
        is_part = (other.kind is not PhraseKind.TIME and before not in _NOT_PART) or before in (
            "for",
            "of",
            "from",
            "von",
            "vom",
            "für",
        )
        if other.preposition and 0 <= other.preposition.start - end <= 1 and is_part:
            end = other.span.end
    return Span(phrase.span.start, end)


def _put(question: str, pronouns: Sequence[re.Match[str]], meant: str) -> str:
    """The question with the pronouns exchanged, with its own where one owns: `its owner` gives `the mill's owner`."""
    pieces, at = [], 0
    for found in pronouns:
        pronoun, after = found.group().lower(), question[found.end() :].split()
        next_word = re.sub(r"\W", "", after[0]).lower() if after else ""
        owns = pronoun in _OWNING or (pronoun == "her" and bool(next_word) and next_word not in FUNCTION_WORDS)
        pieces += [question[at : found.start()], f"{meant}’s" if owns else meant]
        at = found.end()
    text = "".join([*pieces, question[at:]])
    text = _AND.sub("", text)
    return text[:1].upper() + text[1:]
