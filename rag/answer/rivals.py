"""Rival answers: short answers to one question, of different passages, that cannot both be right.

The reader names the answers. How likely two of them exclude each other is a logistic regression over what the reader
and the verifier say of both; `training/rivals.py` fits it and prints what it is worth.
"""

import math
import re
from dataclasses import dataclass

from rag.domain import Passage
from rag.evidence.statement import Statement
from rag.ports import Entailment, Reading, Verifier
from rag.question.answer_types import HOW_MANY, NUMBER_OR_MONTH, asks_how_many, is_at_asked_rate, is_of_asked_kind
from rag.question.as_claim import stated
from rag.search.rerank import ReadPassage
from rag.text.sentences import sentences
from rag.text.words import asks_the_same, content_stems, content_words, is_closed, name_stems, stem, words

_LONGEST_ANSWER = 12
_LONG_NAME = 5
_RIVALS_AT, _RIVALS_OF_MANY_AT = 0.7, 0.9
"""From this probability on two answers are told as rivals, where one is asked for and where several may be right."""
_ECHOED = 0.25
"""What is left of that where a passage also asks the very question: texts that are made to be found do."""
# Fitted by `training/rivals.py`.
_WEIGHTS = {
    "surer": -1.15,
    "less_sure": -1.52,
    "relevance": 2.85,
    "denied": 0.83,
    "said": 0.14,
    "matter": 4.06,
    "sentence": 0.53,
    "names": 0.64,
    "shared": 1.97,
    "numbers": 1.01,
    "one_answer": -0.41,
    "length": -0.33,
    "bias": -2.27,
}
# What has one answer only; a question for reasons, ways or things may have several that are all right.
_ONE_ANSWER = re.compile(
    rf"\b(?:who(?:m|se)?|when|where|{HOW_MANY}"
    r"|(?:what|which) (?:country|countries|city|person|company|minister|team|place|year|date|day|month|time|nation|side"
    r"|percentage|number|share|age|state|party|band|artist|author))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """What a passage answers in few words, and the sentence that holds them."""

    text: str
    proof: Statement
    reading: Reading


def short_answer(question: str, read: ReadPassage) -> ShortAnswer | None:
    """The reader's best answer of a passage within one sentence, be it no headline and not the question itself; None
    where that is a long one or says nothing that the question does not.
    """
    reading, text = read.reading, read.passage.search_text
    if reading is None:
        return None
    cut = sentences(text)
    for answer in reading.answers:
        span = next((span for span in cut if answer.within(span)), None)
        if span is None or not is_closed(span.of(text)) or asks_the_same(span.of(text), question):
            continue
        written = " ".join(answer.of(text).split())
        if len(written.split()) > _LONGEST_ANSWER or not set(content_stems(written)) - set(content_stems(question)):
            return None
        return ShortAnswer(written, Statement(read.passage, span.shifted(read.passage.span.start)), reading)
    return None


def same_answer(first: str, second: str) -> bool:
    """Whether one answer is the other or a part of it, as `2014` is of `August 8, 2014`."""
    one, other = (set(content_stems(re.sub(r"(?<=\d),(?=\d)", "", text))) for text in (first, second))
    if not one or not other:
        return " ".join(words(first)).lower() == " ".join(words(second)).lower()
    return one <= other or other <= one


def can_be_rivals(question: str, first: ShortAnswer, second: ShortAnswer, *, echoed: bool = False) -> bool:
    """Whether two answers are of the kind that is asked for and differ, and neither stands in the other's sentence.

    `Only 38 of the 240` says both numbers, and `the closing of the canal` is no answer to a question for a number. Of
    what may have several answers (`What is Oster?`) only numbers or names can exclude each other, save where a
    passage echoes the question.
    """
    if same_answer(first.text, second.text) or not all(is_of_asked_kind(question, one.text) for one in (first, second)):
        return False
    if not echoed and not all(is_at_asked_rate(question, one.proof.text) for one in (first, second)):
        return False  # `five barges sailed under forged papers` is no rival of `12 barges a day`
    both_count, both_name = (all(map(kind, (first, second))) for kind in (_counts, _is_name))
    if _counts(first) != _counts(second) and not echoed:
        return False  # `a higher duty` is no rival of `35 per cent`
    units = [_units(one, counted=asks_how_many(question)) for one in (first, second)]
    if all(units) and not units[0] & units[1] and both_count:
        return False  # `18 million crowns` is no rival of `1.8 million tonnes`
    if not (both_count or both_name or echoed or _ONE_ANSWER.search(question)):
        return False
    return not any(_stands_in(one, other) for one, other in ((first, second), (second, first)))


def _counts(answer: ShortAnswer) -> bool:
    return any(NUMBER_OR_MONTH.fullmatch(word) for word in words(answer.text))


def _is_name(answer: ShortAnswer) -> bool:
    return answer.text[0].isupper()


def _units(answer: ShortAnswer, *, counted: bool) -> set[str]:
    """The stems of the words beside the numbers and months: what is `counted`, where none is among them, is the next.

    After `20`, that is the word that follows it in its sentence; after a year that would be anything.
    """
    units = [word for word in words(answer.text) if not NUMBER_OR_MONTH.fullmatch(word)]
    if counted and not units:
        units = content_words(answer.proof.text.partition(answer.text)[2])[:1]
    return {stem(word) for word in units}


def _stands_in(answer: ShortAnswer, other: ShortAnswer) -> bool:
    """Whether the other's sentence says it too, be it as `Halvernian` for `Halvern`."""
    told = content_stems(other.proof.text)
    return all(any(_is_one_name(one, held) for held in told) for one in content_stems(answer.text))


def _is_one_name(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _LONG_NAME and longer.startswith(shorter))


def are_rivals(question: str, chance: float, *, echoed: bool = False) -> bool:
    """Whether answers that exclude each other with this probability are told as a disagreement.

    Several reasons, ways and things may all be right, so that a question for them asks for more; of one that asks
    twice it is not known which part an answer is of. Where a passage echoes the question, much less is asked.
    """
    asked = len(_ONE_ANSWER.findall(question))
    bar = _RIVALS_AT if asked else _RIVALS_OF_MANY_AT
    return chance >= _ECHOED * bar if echoed else asked < 2 and chance >= bar


def echoes(question: str, passage: Passage) -> bool:
    """Whether a passage asks the very question, as a page of questions and answers or a planted text does."""
    asked = set(content_stems(question))
    told = (span.of(passage.search_text) for span in sentences(passage.search_text))
    return any(asks_the_same(text, question) and set(content_stems(text)) == asked for text in told)


def rivalry(
    question: str, first: ShortAnswer, second: ShortAnswer, verifier: Verifier, *, echoed: bool = False
) -> float:
    """The probability that two answers to a question exclude each other; 0 where they can stand together."""
    if not can_be_rivals(question, first, second, echoed=echoed):
        return 0.0
    features = rivalry_features(question, first, second, verifier)
    return 1 / (1 + math.exp(-sum(_WEIGHTS[name] * value for name, value in features.items())))


def rivalry_features(question: str, first: ShortAnswer, second: ShortAnswer, verifier: Verifier) -> dict[str, float]:
    """What `rivalry` weighs; the order of the two makes no difference."""
    both = (first, second)
    judged = [_judged(question, one, other, verifier) for one, other in (both, both[::-1])]
    sure = [1 - one.reading.no_answer for one in both]
    relevance = [math.tanh(one.reading.relevance / 4) for one in both]
    stems = [set(content_stems(one.text)) for one in both]
    return {
        "surer": max(sure),
        "less_sure": min(sure),
        "relevance": min(relevance),
        "denied": sum(one.contradicted for one in judged) / 2,
        "said": max(one.supported for one in judged),
        "matter": min(_held(content_stems(question), _around(one)) for one in both),
        "sentence": min(_held(content_stems(question), one.proof.text) for one in both),
        "names": min(_held(name_stems(question), _around(one)) for one in both),
        "shared": len(stems[0] & stems[1]) / max(1, len(stems[0] | stems[1])),
        "numbers": float(all(map(_counts, both))),
        "one_answer": float(_ONE_ANSWER.search(question) is not None),
        "length": math.log1p(max(len(one.text.split()) for one in both)),
        "bias": 1.0,
    }


def _judged(question: str, answer: ShortAnswer, other: ShortAnswer, verifier: Verifier) -> Entailment:
    """What the sentence that holds the other answer says of this one."""
    (entailment,) = verifier.verify(stated(question, answer.text), [other.proof.text])
    return entailment


def _around(answer: ShortAnswer) -> str:
    passage = answer.proof.passage
    return f"{passage.origin.title or ''} {passage.search_text}"


def _held(stems: list[str], text: str) -> float:
    """The share of these stems that a text holds; 1 where there are none."""
    return len(set(content_stems(text)) & set(stems)) / len(set(stems)) if stems else 1.0
