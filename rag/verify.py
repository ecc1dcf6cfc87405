"""Checks a claim against a passage: do these words say so?

The exact checks below are strict: they accept a claim only where its words stand in the passage in the same order,
with the same numbers, names and negations. What they cannot decide is `unchecked`, never `supported`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.domain import Passage, Span, Verdict
from rag.ports import Entailment, Verifier
from rag.words import sentences, stem, words

# Words that turn a sentence round, or that say it is not so certain. Contractions with n't count too.
_NEGATIONS = frozenset(
    """
    no not never none neither nor without nobody nothing cannot deny denied denies refuse refused refuses reject
    rejected rejects fail failed fails lack lacks
    """.split()
)
_HEDGES = frozenset(
    """
    may might could would should if unless whether plan plans planned expect expected expects propose proposed
    consider considering alleged allegedly reportedly rumour rumoured rumor rumored possible possibly likely
    unlikely perhaps almost nearly false falsely
    """.split()
)
# Words whose absence or presence does not change what a sentence says. Prepositions of direction and order are not
# among them: `exports to Japan` is not `exports from Japan`.
_FUNCTION_WORDS = frozenset(
    """
    a an the this that these those is are was were be been being has have had do does did will and or but of in
    on at for as with it its he she they his her their him them which who whom also then so such there here than
    """.split()
)
_NEGATION, _HEDGE = "<not>", "<maybe>"
_REACH = 2
_COMPACTNESS = 3.0
"""A claim whose words are spread over more than this many times its own length says something else."""
_CONTRADICTION_OVERLAP = 0.75
_UNCHECKED_OVERLAP = 0.6


@dataclass(frozen=True, slots=True)
class Check:
    """A verdict, and the span in the passage's text that decides it; None where no words do."""

    verdict: Verdict
    span: Span | None = None
    entailment: Entailment | None = None
    """The probabilities behind the verdict; None where there are none."""


def verify(claim: str, passage: Passage, *, verifier: Verifier | None = None) -> Check:
    """What a passage says of a claim; the verifier model, where there is one, decides what exact checks leave open."""
    claimed = _Reading.of(claim)
    if not claimed.tokens:
        return Check(Verdict.UNSUPPORTED)
    windows = _windows(passage.text)
    checks = [Check(_compare(claimed, _Reading.of(span.of(passage.search_text))), span) for span in windows]
    best = _best(checks)
    if best.verdict is Verdict.UNCHECKED and verifier is not None:
        return _ask_model(claim, passage, windows, verifier)
    return best


def _windows(text: str) -> list[Span]:
    """Each sentence, and each two neighbours: a claim may join what the text says in two."""
    spans = sentences(text)
    return spans + [Span(first.start, second.end) for first, second in pairwise(spans)]


def _best(checks: list[Check]) -> Check:
    for verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNCHECKED):
        for check in checks:  # single sentences come first: the shortest proof is the best one
            if check.verdict is verdict:
                return check
    return Check(Verdict.UNSUPPORTED)


def _ask_model(claim: str, passage: Passage, windows: list[Span], verifier: Verifier) -> Check:
    entailments = verifier.verify(claim, [span.of(passage.search_text) for span in windows])
    ranked = sorted(
        zip(entailments, windows, strict=True), key=lambda pair: max(pair[0].supported, pair[0].contradicted)
    )
    entailment, span = ranked[-1]
    if entailment.unsupported >= max(entailment.supported, entailment.contradicted):
        return Check(Verdict.UNSUPPORTED)
    return Check(Verdict.SUPPORTED if entailment.supported > entailment.contradicted else Verdict.CONTRADICTED, span)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text as the exact checks see it: stems in order, and which of them are names, numbers, negations and hedges."""

    tokens: tuple[str, ...]
    names: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "_Reading":
        found = [word for word in words(text) if _plain(word) not in _FUNCTION_WORDS]
        return cls(
            tokens=tuple(_token(word) for word in found),
            # The first word of a sentence is written large whether it is a name or not.
            names=frozenset(_token(word) for index, word in enumerate(found) if word[0].isupper() and index),
        )

    @property
    def matter(self) -> tuple[str, ...]:
        """The tokens that are neither negations nor hedges."""
        return tuple(token for token in self.tokens if token not in (_NEGATION, _HEDGE))

    @property
    def numbers(self) -> frozenset[str]:
        return frozenset(token for token in self.tokens if token[0].isdigit())


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def _token(word: str) -> str:
    """What is compared: a stem, a number written in one way, or that this is a negation or a hedge."""
    plain = _plain(word)
    if plain in _NEGATIONS or plain.endswith("n't"):
        return _NEGATION
    if plain in _HEDGES:
        return _HEDGE
    if plain[0].isdigit():  # `1,200` and `1200` are the same, `05` and `5` too
        return plain.replace(",", "").lstrip("0") or "0"
    return stem(word)


def _compare(claim: _Reading, text: _Reading) -> Verdict:
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


def _is_odd(tokens: Sequence[str]) -> bool:
    """Whether the negations among the tokens turn the sentence round."""
    return sum(token == _NEGATION for token in tokens) % 2 == 1


def _has_other_number(claim: _Reading, text: _Reading, missing: Sequence[str]) -> bool:
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
