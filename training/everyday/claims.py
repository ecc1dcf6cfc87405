"""Claims about a collection, each with a statement that says so, says otherwise, or says neither."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from training.everyday.facts import Fact, Known, Line
from training.everyday.matters import affirmed, bare, denied, filled
from training.everyday.paraphrase import said_otherwise
from training.everyday.questions import may_be_nameless, named, untold_attributes
from training.everyday.shape import Point, Value
from training.everyday.values import capital, fill
from training.everyday.wording import claim_pattern, negated
from training.everyday.wordnet import WordNet

_TIMES_A_FACT = 3
_IN_WORDS = ("phrase", "rule", "status")
"""Kinds of values in whose words one can be exchanged; of others, one of the words around."""
_SEVERAL = frozenset(
    "hobby allergy drug complaint risk thing goods feature fix removed bring need tool event degree service spice "
    "drink".split()
)
"""Kinds of values of which a record may have more than the one that is told: another is unsupported, not denied."""
_VAGUE = frozenset("rule wifi way who weather remedy".split())
"""Kinds of values of which one does not always exclude another."""
_SMALLEST_ROUNDED = 20
_SAME_WITHIN = 0.03
"""Amounts so near to each other may be told by the same words."""


@dataclass(frozen=True)
class Claim:
    """A claim, a statement, and what the statement says of it; `kind` tells how it was made."""

    text: str
    line: Line
    label: str
    kind: str


@dataclass(frozen=True)
class _About:
    """What a claim is made of."""

    fact: Fact
    known: Known
    line: Line
    wordnet: WordNet

    @property
    def rng(self) -> random.Random:
        return self.known.collection.world.rng

    @property
    def language(self) -> str:
        return self.known.collection.template.language

    def name(self) -> str:
        return named(self.known, self.fact.record, self.rng)

    def pattern(self) -> str:
        return claim_pattern(self.fact.attribute, self.language, self.rng)[0]

    def says(self, pattern: str, value: str) -> str:
        return fill(pattern, s=self.name(), v=value)

    def form(self) -> str:
        """The value as a person writes it, in the paper's words or in others."""
        return self.rng.choice(self.fact.value.all_forms)


def claims(known: Known, number: int, wordnet: WordNet, *, most: int) -> Iterator[dict[str, Any]]:
    """The claims of a collection, ready to be written."""
    rng = known.collection.world.rng
    facts = [fact for fact in known.facts if fact.attribute.says or fact.attribute.is_matter]
    for fact in rng.sample(facts, min(most, len(facts))):
        about = _About(fact, known, rng.choice(fact.lines), wordnet)
        makers = _MAKERS_OF_MATTERS if fact.attribute.is_matter else _MAKERS
        for make in dict.fromkeys(rng.choice(makers) for _ in range(_TIMES_A_FACT)):
            for claim in make(about):
                yield {
                    "template": known.collection.template.name,
                    "collection": number,
                    "claim": _sentence(claim.text, rng),
                    "context": claim.line.statement.setting(claim.text),
                    "text": claim.line.text,
                    "label": claim.label,
                    "kind": claim.kind,
                }


def _sentence(text: str, rng: random.Random) -> str:
    text = capital(" ".join(text.split()))
    return text if text.endswith(".") or rng.random() < 0.05 else f"{text}."


def _true(about: _About) -> Iterator[Claim]:
    pattern, kind = claim_pattern(about.fact.attribute, about.language, about.rng)
    told, value = about.line.told(about.fact.record, about.fact.attribute.name), about.form()
    is_other = kind == "verb" and told is not None and value != told.written
    yield Claim(about.says(pattern, value), about.line, "supported", "other-form" if is_other else kind)


def _rounded(about: _About) -> Iterator[Claim]:
    """About so much, more or less than so much."""
    amount, rng = about.fact.value.amount, about.rng
    if amount is None or amount < _SMALLEST_ROUNDED or about.language != "en":
        return
    digits = 2 - len(str(int(amount)))
    near = round(amount, digits)
    if 0 < abs(near - amount) <= _SAME_WITHIN * amount:
        yield _of_amount(about, "about|around|roughly|approximately", near, "supported", "rounded")
    bound = round(amount * rng.choice((0.8, 1.25)), digits)
    is_more = rng.random() < 0.5
    if abs(bound - amount) > 2 * _SAME_WITHIN * amount:
        label = "supported" if is_more == (amount > bound) else "contradicted"
        yield _of_amount(about, "more than|over" if is_more else "less than|under", bound, label, "bound")
    if rng.random() < 0.4:
        far = round(amount * rng.choice((0.5, 0.65, 1.5, 1.9)), digits)
        yield _of_amount(about, "about|around|roughly", far, "contradicted", "wrong-rounded")


def _of_amount(about: _About, words: str, amount: float, label: str, kind: str) -> Claim:
    form = about.rng.choice(about.fact.value.forms)
    written = f"{amount:,.0f}" if amount >= 1000 and about.rng.random() < 0.7 else f"{amount:.0f}"
    value = re.sub(r"\d[\d,.]*\d|\d", written, form, count=1)
    return Claim(about.says(about.pattern(), f"{about.rng.choice(words.split('|'))} {value}"), about.line, label, kind)


def _denied(about: _About) -> Iterator[Claim]:
    pattern = negated(about.pattern())
    if pattern:
        yield Claim(about.says(pattern, about.form()), about.line, "contradicted", "negated")


def _denied_other(about: _About) -> Iterator[Claim]:
    """That it is not what it is not."""
    pattern, wrong = negated(about.pattern()), _wrong_value(about)
    if pattern and wrong and wrong.kind not in _SEVERAL and about.rng.random() < 0.5:
        yield Claim(about.says(pattern, about.rng.choice(wrong.forms)), about.line, "supported", "denied-other")


def _wrong(about: _About) -> Iterator[Claim]:
    wrong = _wrong_value(about)
    if wrong:
        text = about.says(about.pattern(), about.rng.choice(wrong.forms))
        label = "unsupported" if wrong.kind in _SEVERAL else "contradicted"
        yield Claim(text, about.line, label, "wrong-value")


def _wrong_value(about: _About) -> Value | None:
    """Another value: that of another record, or any; None where both may be true."""
    if about.fact.value.kind in _VAGUE:
        return None
    others = [one.values[about.fact.attribute.name] for one in about.known.records]
    is_of_other = about.rng.random() < 0.5
    value = about.rng.choice(others) if is_of_other else about.fact.attribute.make(about.known.collection.world)
    return None if _alike(value, about.fact.value) else value


def _alike(one: Value, other: Value) -> bool:
    """Whether two values might be said by the same words."""
    if one.amount is not None and other.amount is not None and one.unit == other.unit:
        return abs(one.amount - other.amount) <= _SAME_WITHIN * abs(other.amount)
    mine, others = ([form.lower() for form in value.all_forms] for value in (one, other))
    return any(form in theirs or theirs in form for form in mine for theirs in others)


def _of_another(about: _About) -> Iterator[Claim]:
    """The statement is of another record: it says nothing of this one, whatever its value."""
    fact, known = about.fact, about.known
    line = _line_of_another(about)
    if line:
        theirs = known.records[line.record or 0].values[fact.attribute.name]
        value = theirs if about.rng.random() < 0.65 else fact.value
        text = about.says(about.pattern(), about.rng.choice(value.all_forms))
        yield Claim(text, line, "unsupported", "other-subject")


def _line_of_another(about: _About) -> Line | None:
    """A statement that tells the same of another record."""
    fact, known = about.fact, about.known
    lines = [
        line
        for line in known.lines
        if line.record not in (None, fact.record)
        and line.tells(fact.attribute.name)
        and known.is_of(line, line.record or 0)
        and not line.shows(known.records[fact.record].key)
    ]
    return about.rng.choice(lines) if lines else None


def _not_told(about: _About) -> Iterator[Claim]:
    """The statement is of the right record and tells something else."""
    known, rng = about.known, about.rng
    untold = [one for one in untold_attributes(known.collection) if one.says]
    if untold and rng.random() < 0.4:
        attribute = rng.choice(untold)
        value = attribute.make(known.collection.world)
        if not about.line.shows(value):
            pattern, _ = claim_pattern(attribute, about.language, rng)
            text = about.says(pattern, rng.choice(value.forms))
            yield Claim(text, about.line, "unsupported", "not-told")
        return
    lines = _lines_of_other_facts(about)
    if lines:
        yield Claim(about.says(about.pattern(), about.form()), rng.choice(lines), "unsupported", "not-told")


def _lines_of_other_facts(about: _About) -> list[Line]:
    """Statements of the right record that tell nothing that may pass for the fact."""
    fact, known, rng = about.fact, about.known, about.rng
    return [
        line
        for line in known.lines
        if line.record == fact.record
        and line.told(fact.record, fact.attribute.name) is None
        and not line.may_tell(fact.record, fact.attribute, known.collection.template.attributes)
        and (fact.attribute.is_matter or not line.shows(fact.value))
        and ((line.piece and line.piece.told) or rng.random() < 0.3)
    ]


def _word(about: _About) -> Iterator[Claim]:
    """A word of a true claim exchanged for one that means the same, or the opposite."""
    if about.language != "en":
        return
    pattern, value, name = about.pattern(), about.form(), about.name()
    is_phrase = about.fact.value.kind in _IN_WORDS
    for opposite in (True, False):
        made = said_otherwise(value if is_phrase else pattern, about.wordnet, about.rng, opposite=opposite)
        if made is not None:
            text = fill(pattern if is_phrase else made, s=name, v=made if is_phrase else value)
            label, kind = ("contradicted", "antonym") if opposite else ("supported", "synonym")
            yield Claim(text, about.line, label, kind)


def _so(about: _About) -> Iterator[Claim]:
    """That it is so, in several words, one time as the product makes a claim of a question, and that it is not."""
    point, is_so = _point(about.fact.value, about.rng)
    for kind, label in (("so", is_so), ("so-asked", is_so), ("so-denied", not is_so)):
        if about.rng.random() < 0.6:
            text = _worded(about, point, kind, is_named=False)
            yield Claim(text, about.line, "supported" if label else "contradicted", kind)


def _point(value: Value, rng: random.Random) -> tuple[Point, bool]:
    """Something that this value decides, as often what is so as what is not, where it tells both."""
    stand = value.stand
    assert stand
    both = [(points, is_so) for points, is_so in ((stand.so, True), (stand.not_so, False)) if points]
    points, is_so = rng.choice(both)
    return rng.choice(points), is_so


def _worded(about: _About, point: Point, kind: str, *, is_named: bool) -> str:
    language, rng = about.language, about.rng
    pattern = rng.choice(point)
    name = about.name() if is_named or not may_be_nameless(pattern, about.known) else None
    if kind == "so-asked":
        return bare(pattern, name, language, rng)
    return filled((denied if kind == "so-denied" else affirmed)(pattern, language, rng), name)


def _so_of_another(about: _About) -> Iterator[Claim]:
    """The statement tells the same matter of another record."""
    line = _line_of_another(about)
    if line:
        point, _ = _point(about.rng.choice(about.known.records).values[about.fact.attribute.name], about.rng)
        text = _worded(about, point, about.rng.choice(_WORDED), is_named=True)
        yield Claim(text, line, "unsupported", "so-other-subject")


def _so_not_told(about: _About) -> Iterator[Claim]:
    """The statement is of the right record and tells another matter."""
    fact, known, rng = about.fact, about.known, about.rng
    untold = [one for one in untold_attributes(known.collection) if one.is_matter]
    if untold and rng.random() < 0.4:
        value, line = rng.choice(untold).make(known.collection.world), about.line
    else:
        lines = _lines_of_other_facts(about)
        if not lines:
            return
        value, line = fact.value, rng.choice(lines)
    point, _ = _point(value, rng)
    text = _worded(about, point, rng.choice(_WORDED), is_named=False)
    yield Claim(text, line, "unsupported", "so-not-told")


_WORDED = ("so", "so-asked", "so-denied")
_MAKERS_OF_MATTERS = (_so, _so, _so, _so_of_another, _so_not_told)
_MAKERS = (
    *(_true, _true, _true, _true),
    *(_rounded, _denied, _denied_other),
    *(_wrong, _wrong, _of_another, _of_another, _not_told),
    *(_word, _word, _word, _word),
)
