"""Exact checks of a claim against a text: the same words in order, the same numbers, names and negations.

They are strict: they accept a claim only where its words stand in the text in the same order. What they cannot decide
is `unchecked`, never `supported`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.domain import Verdict
from rag.text.numbers import number_in_words
from rag.text.words import stem, words

# Words that turn a sentence round, or that say it is not so certain. Contractions with n't count too.
_NEGATIONS = frozenset(
    """
    no not never none neither nor without nobody nothing cannot deny denied denies refuse refused refuses reject
    rejected rejects fail failed fails lack lacks denying refusing rejecting failing lacking declined
    """.split()
)
_HEDGES = frozenset(
    """
    may might could would should if unless whether plan plans planned expect expected expects propose proposed
    consider considering alleged allegedly reportedly rumour rumoured rumor rumored possible possibly likely
    unlikely perhaps almost nearly false falsely
    """.split()
)
_UNUSUAL_NEGATION = re.compile(r"\b(?:nowhere|nothing|(?:has|have|had|is|are|was|were) yet to)\b", re.IGNORECASE)
# Words whose absence or presence does not change what a sentence says. Prepositions of direction and order are not
# among them: `exports to Japan` is not `exports from Japan`.
_FUNCTION_WORDS = frozenset(
    """
    a an the this that these those is are was were be been being has have had do does did will and or but of in
    on at for as with it its he she they his her their him them which who whom also then so such there here than
    """.split()
)
_BEFORE_A_MONTH = frozenset("in of last next since until early mid late".split())
_DAY = re.compile(r"0?[1-9]|[12]\d|3[01]")
_NEGATION, _HEDGE = "<not>", "<maybe>"
_DASH = re.compile(r"(?<=\d)[‐‑–](?=\d)")
"""A score or a span of years is also written with a dash: `2–1`."""
_REACH = 2
_NEGATES_WITHIN = 4
"""So many tokens before the words that a text shares with a claim, a negation is still one of them."""
_COMPACTNESS = 3.0
"""A claim whose words are spread over more than this many times its own length says something else."""
_CONTRADICTION_OVERLAP = 0.75
_UNCHECKED_OVERLAP = 0.6


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as the exact checks see it: stems in order, numbers, negations and hedges marked, and which are names."""

    tokens: tuple[str, ...]
    names: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Wording":
        """A text, mostly a claim or a sentence."""
        written = words(_DASH.sub("-", text))
        found = [
            (word, stem(word) if _is_month(written, place) else _token(word))
            for place, word in enumerate(written)
            if _plain(word) not in _FUNCTION_WORDS
        ]
        return cls(
            tokens=tuple(token for _, token in found),
            # The first word of a sentence is written large whether it is a name or not.
            names=frozenset(token for index, (word, token) in enumerate(found) if word[0].isupper() and index),
        )

    @property
    def matter(self) -> tuple[str, ...]:
        """The tokens that are neither negations nor hedges."""
        return tuple(token for token in self.tokens if token not in (_NEGATION, _HEDGE))

    @property
    def is_negated(self) -> bool:
        """Whether its negations turn it round."""
        return _is_odd(self.tokens)

    @property
    def numbers(self) -> frozenset[str]:
        """The tokens that are numbers."""
        return frozenset(token for token in self.tokens if token[0].isdigit())


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def _token(word: str) -> str:
    """What is compared: a stem, a number written in one way, be it in words, or that this is a negation or a hedge."""
    plain = _plain(word)
    if plain in _NEGATIONS or plain.endswith("n't"):
        return _NEGATION
    if plain in _HEDGES:
        return _HEDGE
    if plain[0].isdigit():  # `1,200` and `1200` are the same, `05` and `5` too
        return plain.replace(",", "").lstrip("0") or "0"
    number = number_in_words(plain)
    return str(number) if number and number > 1 else stem(word)  # `one` is also a pronoun


def _is_month(written: Sequence[str], place: int) -> bool:
    """Whether a word is the month of May, and no hedge: `18 May`, `May 2025`, `in May`."""
    if written[place] != "May":
        return False
    before = _plain(written[place - 1]) if place else ""
    after = written[place + 1] if place + 1 < len(written) else ""
    return after[:1].isdigit() or before in _BEFORE_A_MONTH or _DAY.fullmatch(before) is not None


def compare(claim: Wording, text: Wording) -> Verdict:
    """What the words of a text, mostly one or two sentences, say of a claim."""
    if claim.tokens == text.tokens:
        return Verdict.SUPPORTED
    present = frozenset(text.tokens)
    matter = claim.matter
    missing = [token for token in matter if token not in present]
    overlap = 1 - len(missing) / len(matter) if matter else 0.0
    region = _region(matter, text.tokens, before=_REACH) if not missing else None
    if region is not None:
        if _is_odd(claim.tokens) != _is_odd(region):
            return Verdict.CONTRADICTED
        if _HEDGE not in region or _HEDGE in claim.tokens:
            return Verdict.SUPPORTED
    if missing and overlap >= _CONTRADICTION_OVERLAP and _has_other_number(claim, text, missing):
        return Verdict.CONTRADICTED
    if overlap >= _UNCHECKED_OVERLAP and claim.numbers | claim.names <= present:
        return Verdict.UNCHECKED
    return Verdict.UNSUPPORTED


def is_negated_around(claim: str, text: str) -> bool:
    """Whether what a text, mostly a sentence, shares with a claim is negated in one of the two only.

    `Nowhere`, `nothing` and `has yet to` negate here too.
    """
    claimed, said = Wording.of(claim), Wording.of(_UNUSUAL_NEGATION.sub("not", text)).tokens
    shared = [place for place, token in enumerate(said) if token in claimed.matter]
    if not shared:
        return False
    return claimed.is_negated != _is_odd(said[max(0, shared[0] - _NEGATES_WITHIN) : shared[-1] + 1 + _REACH])


def _is_odd(tokens: Sequence[str]) -> bool:
    """Whether the negations among the tokens turn the sentence round."""
    return sum(token == _NEGATION for token in tokens) % 2 == 1


def _has_other_number(claim: Wording, text: Wording, missing: Sequence[str]) -> bool:
    """Whether all that the text lacks is the claim's numbers, and it gives others in their place."""
    if not all(token in claim.numbers for token in missing):
        return False
    kept = [token for token in claim.matter if token not in missing]
    region = _region(kept, text.tokens, before=_REACH, after=_REACH)
    return region is not None and any(token[0].isdigit() and token not in claim.numbers for token in region)


def _region(wanted: Sequence[str], tokens: Sequence[str], *, before: int, after: int = 0) -> Sequence[str] | None:
    """The stretch of tokens that holds the wanted ones in order and not too far apart; None where there is none.

    It reaches some tokens further: `before`, where a negation would stand; `after`, where another number would.
    """
    if not wanted:
        return None
    limit = max(_COMPACTNESS * len(wanted), len(wanted) + 3)
    for start, token in enumerate(tokens):
        if token != wanted[0]:
            continue
        position = start
        for word in wanted[1:]:
            position += 1
            while position < len(tokens) and tokens[position] != word:
                position += 1
        if position < len(tokens) and position - start + 1 <= limit:
            return tokens[max(0, start - before) : position + 1 + after]
    return None


_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_NUMBER_WORDS = {word: number for number, word in enumerate("two three four five six seven eight nine ten".split(), 2)}
_BOUNDS = frozenset(
    """
    than over under above below least most nearly almost about around approximately up roughly before after until
    since by
    """.split()
)
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_BOUND_REACH = 3


def unstated_numbers(claim: str, text: str) -> list[str]:
    """The claim's numbers and months that the text does not give, as the claim writes them.

    A bound (`more than 20`, `before May 2020`) may follow from another number, and the number of a name (`Radio 4`) may
    be left out, so neither is asked for; nor is a month where the text names none.
    """
    told = words(text)
    values = {value for value, _, _ in _values(told)}
    claimed = words(claim)
    missing = []
    for value, place, is_scaled in _values(claimed):
        rounded = is_scaled and any(_rounds_to(other, value) for other in values)
        if not (value in values or rounded or _is_bounded(claimed, place) or _is_of_a_name(claimed, place)):
            missing.append(claimed[place])
    months = _months(told)
    if months:
        missing += [
            claimed[place]
            for month, place in _months(claimed).items()
            if month not in months and not _is_bounded(claimed, place)
        ]
    return missing


def _is_bounded(claimed: Sequence[str], place: int) -> bool:
    return any(_plain(word) in _BOUNDS for word in claimed[max(0, place - _BOUND_REACH) : place])


def _is_of_a_name(claimed: Sequence[str], place: int) -> bool:
    """Whether a word written large stands right before a number, inside the sentence: `Maroon 5`, `COVID-19`."""
    before = claimed[place - 1] if place else ""
    return before[:1].isupper() and place > 1 and _plain(before) not in _MONTHS


def _months(found: Sequence[str]) -> dict[str, int]:
    """The months among words, each with its first place."""
    named = ((_plain(word), place) for place, word in enumerate(found) if word[0].isupper())
    return {month: place for month, place in named if month in _MONTHS and (month != "may" or _is_month(found, place))}


def _values(found: Sequence[str]) -> Iterator[tuple[float, int, bool]]:
    """The numbers among words with their places, and whether a word such as `million` multiplies them."""
    for place, word in enumerate(found):
        plain = _plain(word)
        digits = re.match(r"\d[\d,]*(?:\.\d+)?", plain)
        value = float(digits.group().replace(",", "")) if digits else _NUMBER_WORDS.get(plain)
        if value is not None:
            scale = _SCALES.get(_plain(found[place + 1]), 1.0) if place + 1 < len(found) else 1.0
            yield value * scale, place, scale > 1


def _rounds_to(value: float, wanted: float) -> bool:
    return wanted > 0 and abs(value - wanted) / wanted < 0.05
