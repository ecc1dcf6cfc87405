"""The numbers of texts by what they amount to, and which numbers of a claim its evidence does not give."""

import re
from functools import lru_cache

from rag.evidence.exact import unstated_numbers
from rag.question.subjects import moments_in
from rag.text.moments import moments_of
from rag.text.numbers import Number, numbers_of
from rag.text.words import words

_CURRENCIES = (
    ("£", re.compile(r"(?:pounds?(?: sterling)?|gbp|quid)\b", re.IGNORECASE)),
    ("€", re.compile(r"(?:euros?|eur)\b", re.IGNORECASE)),
    ("$", re.compile(r"(?:(?:us )?dollars?|usd)\b", re.IGNORECASE)),
)


def money_as_written(claim: str, evidence: str) -> str:
    """A claim with its amounts of money written as the evidence writes them: `49.90 pounds` as `£49.90`."""
    for sign, unit in _CURRENCIES:
        if re.search(rf"{re.escape(sign)}\s?\d", evidence) and not unit.search(evidence):
            claim = re.sub(rf"(?<![\w.,{sign}])(\d[\d.,]*) {unit.pattern}", rf"{sign}\1", claim, flags=re.IGNORECASE)
    return claim


@lru_cache(maxsize=4096)
def amounts_of(text: str) -> frozenset[frozenset[float]]:
    """The numbers of a text that are no part of a day."""
    dated = [moment.span for moment in moments_of(text)]
    return frozenset(
        number.values
        for number in numbers_of(text)
        if not any(number.span.start < span.end and span.start < number.span.end for span in dated)
    )


def lacking_numbers(claim: str, evidence: str) -> list[str]:
    """The numbers and months of a claim that its evidence gives in no form, as the claim writes them.

    What may follow from another number (`more than 20`), or is a name's (`Radio 4`), is not asked for.
    """
    told = [value for number in numbers_of(evidence) for value in number.values]
    given = {
        word
        for number in numbers_of(claim)
        if any(_same(value, other) for value in _unscaled(number, claim, evidence) for other in told)
        for word in words(number.span.of(claim))
    }
    for moment in moments_of(claim):
        if any(moment.is_named_by(other) for other in moments_in(evidence)):
            given.update(words(moment.span.of(claim)))
    return [word for word in unstated_numbers(claim, evidence) if word not in given]


def _unscaled(number: Number, claim: str, evidence: str) -> set[float]:
    """What a number of a claim may amount to; `127.3 million` is 127.3 where a table tells its numbers in millions."""
    scale = number.scale if re.search(rf"\b{number.span.of(claim).split()[-1]}", evidence, re.IGNORECASE) else 1.0
    return {*number.values, *(value / scale for value in number.values)}


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(one))
