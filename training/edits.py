"""Small edits of a true sentence: those that make it false or unproved, and those that leave it true.

What readers are fooled by: swapped actors, negation, a changed number, date, name or attribution, an invented tail, a
plan told as a fact. Rules over words; each gives a sentence that reads much like the one it was made of.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from training.patterns import (
    AUXILIARY,
    BOUND,
    COMMON,
    DAY,
    DAY_OF_MONTH,
    DAYS,
    DID_NOT,
    MONTH,
    MONTHS,
    NAME,
    NOT,
    NUMBER,
    NUMBER_WORDS,
    OPPOSITE,
    PASSIVE,
    PAST,
    PLANNED,
    QUANTIFIER,
    REPORTED,
    SAME,
    SPEECH,
    SUBJECT_OBJECT,
    WORD_NUMBER,
    YEAR,
)


@dataclass(frozen=True)
class Edit:
    """A sentence made of another: what was done, and whether the text that proved the first one contradicts it.

    `contradicted` is None where the text may contradict it or merely not say it.
    """

    kind: str
    text: str
    contradicted: bool | None


Way = Callable[[str, str, random.Random], Iterator[tuple[str, bool | None]]]


def false_edits(claim: str, around: str, elsewhere: str, rng: random.Random) -> list[Edit]:
    """One edit of each kind that the sentence allows; `around` is the text that proves it, `elsewhere` another one."""
    made = []
    for kind, way in _FALSE.items():
        other = elsewhere if kind == "tail" or (kind in ("name", "attribution") and rng.random() < 0.3) else around
        found = [(text, contradicted) for text, contradicted in way(claim, other, rng) if text != claim]
        if found:
            text, contradicted = rng.choice(found)
            made.append(Edit(kind, _tidy(text), contradicted))
    return made


def true_edits(claim: str, rng: random.Random) -> list[str]:
    """The sentence in other words or shorter, still true."""
    made = [_tidy(text) for way in (_alike, _shorter, _turned, _rewritten_number) for text in way(claim, rng)]
    return [text for text in dict.fromkeys(made) if text != claim and len(text.split()) >= 4]


def _tidy(text: str) -> str:
    text = re.sub(r" +", " ", text).strip()
    return text[:1].upper() + text[1:]


def _exchanged(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _number(claim: str, around: str, rng: random.Random) -> Iterator[tuple[str, bool | None]]:
    if BOUND.search(claim):
        return  # `more than 20` may be as true as `more than 30`
    others = NUMBER.findall(around)
    for match in NUMBER.finditer(claim):
        old = match.group()
        if YEAR.fullmatch(old) or any(match.span() == day.span("day") for day in DAY_OF_MONTH.finditer(claim)):
            continue  # dates have edits of their own
        near = [other for other in others if other != old and not YEAR.fullmatch(other)]
        if near and rng.random() < 0.4:
            yield _exchanged(claim, match, rng.choice(near)), True
        yield _exchanged(claim, match, _other_number(old, rng)), True
    for match in WORD_NUMBER.finditer(claim):
        others = [word for word in NUMBER_WORDS if word != match.group().lower()]
        yield _exchanged(claim, match, rng.choice(others)), True


def _other_number(old: str, rng: random.Random) -> str:
    value = float(old.replace(",", ""))
    if "." in old:
        places = len(old.split(".")[1])
        return f"{value + rng.choice([-1, 1]) * rng.choice([0.1, 0.3, 1, 2.5]) * max(1, value / 10):.{places}f}".lstrip(
            "-"
        )
    whole = int(value)
    way = rng.random()
    if way < 0.35 and whole >= 10:  # one digit
        digits = list(str(whole))
        place = rng.randrange(len(digits))
        digits[place] = rng.choice([digit for digit in "123456789" if digit != digits[place]])
        new = int("".join(digits))
    elif way < 0.6:
        new = whole * rng.choice([2, 3, 10])
    else:
        new = whole + rng.choice([-3, -2, -1, 1, 2, 3, 5]) * max(1, whole // 10)
    new = abs(new) if abs(new) != whole else whole + 1
    return f"{new:,}" if "," in old else str(new)


def _date(claim: str, around: str, rng: random.Random) -> Iterator[tuple[str, bool | None]]:
    for match in YEAR.finditer(claim):
        near = [year for year in YEAR.findall(around) if year != match.group()]
        new = (
            rng.choice(near)
            if near and rng.random() < 0.4
            else str(int(match.group()) + rng.choice([-10, -3, -1, 1, 2, 7]))
        )
        yield _exchanged(claim, match, new), True
    for match in DAY_OF_MONTH.finditer(claim):
        day = rng.choice([day for day in range(1, 29) if day != int(match["day"])])
        yield claim[: match.start("day")] + str(day) + claim[match.end("day") :], True
    for pattern, names in ((MONTH, MONTHS), (DAY, DAYS)):
        for match in pattern.finditer(claim):
            yield _exchanged(claim, match, rng.choice([name for name in names if name != match.group()])), True


def _name(claim: str, around: str, rng: random.Random) -> Iterator[tuple[str, bool | None]]:
    found = [match for match in NAME.finditer(claim) if match.group() not in (*MONTHS, *DAYS)]
    others = _other_names(claim, around)
    for match in found:
        if others:
            yield _exchanged(claim, match, rng.choice(others)), None


def _other_names(claim: str, around: str) -> list[str]:
    found = (name for name in NAME.findall(around) if name not in MONTHS and name not in DAYS)
    return [name for name in dict.fromkeys(found) if not any(word in claim for word in name.split())]


def _actors(claim: str, around: str, rng: random.Random) -> Iterator[tuple[str, bool | None]]:
    found = [match for match in NAME.finditer(claim) if match.group() not in (*MONTHS, *DAYS)]
    if len(found) < 2:
        found = list(COMMON.finditer(claim))
    pairs = [
        (first, second)
        for first in found
        for second in found
        # `A and B` or `A, B` swapped says the same.
        if first.end() < second.start()
        and first.group() != second.group()
        and not re.fullmatch(r"\W*(?:and|or|,|&|with)\W*(?:the )?", claim[first.end() : second.start()])
    ]
    for first, second in pairs:
        yield (
            claim[: first.start()]
            + second.group()
            + claim[first.end() : second.start()]
            + first.group()
            + claim[second.end() :],
            None,
        )
    if turned := PASSIVE.match(claim):
        yield f"{turned['a']} {turned['was']} {turned['verb']} by {lower(turned['b'])}{turned['rest']}", None
    if active := SUBJECT_OBJECT.match(claim):
        yield f"{active['a']} was {active['verb']} by {active['b']}{active['rest']}", None


def lower(name: str) -> str:
    """Without the capital of a sentence's first word, where that word is an article."""
    return name[:1].lower() + name[1:] if re.match(r"(?:The|An?) ", name) else name


def _negation(claim: str, around: str, rng: random.Random) -> Iterator[tuple[str, bool | None]]:
    if match := NOT.search(claim):
        yield _exchanged(claim, match, match.group(1)), True
        return
    if match := DID_NOT.search(claim):
        yield _exchanged(claim, match, ""), True
        return
    if match := AUXILIARY.search(claim):
        yield _exchanged(claim, match, f"{match.group(1)} {rng.choice(['not', 'not', 'never', 'no longer'])}"), True
    for match in list(PAST.finditer(claim))[:1]:
        base = _base(match.group(1))
        yield (
            _exchanged(claim, match, rng.choice([f"did not {base}", f"never {match.group(1)}", f"refused to {base}"])),
            True,
        )
    if rng.random() < 0.1:
        yield "It is not true that " + lower(claim), True


def _base(past: str) -> str:
    """The plain form of a regular past tense."""
    stem = past[:-2]
    if past.endswith("ied"):
        return past[:-3] + "y"
    if re.search(r"([bdgklmnprt])\1$", stem) and not stem.endswith(("ll", "ss")):
        return stem[:-1]
    if re.search(r"(?:[^aeiou][aiou][cdgkmrstvz]|at|iv|uc|rg|ng|nc|ov|is|iz|rs|ns|ur|ir|ag)$", stem):
        return stem + "e"
    return stem


def _exchange(table: dict[str, list[str]], claim: str, rng: random.Random) -> Iterator[str]:
    for old, news in table.items():
        for match in re.finditer(rf"\b{re.escape(old)}\b", claim):
            yield _exchanged(claim, match, rng.choice(news))


def _opposite(claim: str, around: str, rng: random.Random) -> Iterator[tuple[str, bool | None]]:
    for text in _exchange(OPPOSITE, claim, rng):
        yield text, True


def _quantifier(claim: str, around: str, rng: random.Random) -> Iterator[tuple[str, bool | None]]:
    for text in _exchange(QUANTIFIER, claim, rng):
        yield text, None


def _attribution(claim: str, around: str, rng: random.Random) -> Iterator[tuple[str, bool | None]]:
    others = _other_names(claim, around)
    if not others:
        return
    other = rng.choice(others)
    for speech in SPEECH.finditer(claim):
        for match in NAME.finditer(claim):
            if abs(match.start() - speech.end()) < 30 or abs(speech.start() - match.end()) < 30:
                yield _exchanged(claim, match, other), None
    if rng.random() < 0.5:
        yield rng.choice([f"According to {other}, {lower(claim)}", f"{claim.rstrip('. ')}, {other} said."]), False


def _tail(claim: str, elsewhere: str, rng: random.Random) -> Iterator[tuple[str, bool | None]]:
    sentences = [one for one in re.split(r"(?<=[.!?])\s+", elsewhere) if 5 <= len(one.split()) <= 30]
    if sentences:
        tail = rng.choice(sentences).rstrip(". ")
        words = tail.split()
        tail = " ".join(words[: rng.randint(4, max(4, min(14, len(words))))])
        joint = rng.choice([", and ", ", while ", " because ", ", which meant that ", ", although ", "; "])
        yield claim.rstrip(". ") + joint + lower(tail) + ".", False
    places = _other_names(claim, elsewhere)
    if places:
        name = rng.choice(places)
        added = rng.choice([f" with {name}", f", together with {name}", f" in {name}", f" at the request of {name}"])
        yield claim.rstrip(". ") + added + ".", False


def _hedge(claim: str, around: str, rng: random.Random) -> Iterator[tuple[str, bool | None]]:
    for pattern in (REPORTED, PLANNED):
        for match in pattern.finditer(claim):
            yield _exchanged(claim, match, "" if pattern is REPORTED else "managed to "), None


_FALSE: dict[str, Way] = {
    "number": _number,
    "date": _date,
    "name": _name,
    "actors": _actors,
    "negation": _negation,
    "opposite": _opposite,
    "quantifier": _quantifier,
    "attribution": _attribution,
    "tail": _tail,
    "hedge": _hedge,
}


def _alike(claim: str, rng: random.Random) -> Iterator[str]:
    yield from _exchange(SAME, claim, rng)


def _shorter(claim: str, rng: random.Random) -> Iterator[str]:
    yield re.sub(r" ?\([^()]*\)", "", claim)
    yield re.sub(r", (?:which|who|where|whose|a|an|the) [^,]{5,80},(?= [a-z])", "", claim, count=1)
    if opening := re.match(
        r"(?:In|On|At|After|During|By|Since|As of|Following) [^,]{3,40}(?:, \d{4})?, (?!\d{4})(.{25,})", claim
    ):
        yield opening.group(1)
    for part in re.split(r", (?:and|but|while|although|with|which) |; ", claim)[:1]:
        if part != claim and len(part.split()) >= 6:
            yield part.rstrip(",. ") + "."


def _turned(claim: str, rng: random.Random) -> Iterator[str]:
    """Active to passive and back."""
    if turned := PASSIVE.match(claim):
        yield f"{turned['a']} {turned['verb']} {lower(turned['b'])}{turned['rest']}"
    elif (active := SUBJECT_OBJECT.match(claim)) and active["b"][0].isupper():
        yield f"{active['b']} was {active['verb']} by {lower(active['a'])}{active['rest']}"
    if said := re.match(r"([A-Z][\w’' -]{{3,40}}) (?:said|stated|reported|announced) that (.{{20,}})", claim):
        yield f"According to {said.group(1)}, {said.group(2)}"


def _rewritten_number(claim: str, rng: random.Random) -> Iterator[str]:
    for match in re.finditer(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w.,]\d)", claim):
        yield _exchanged(claim, match, match.group().replace(",", ""))
    for number, word in enumerate(NUMBER_WORDS, start=2):
        if match := re.search(rf"\b{word}\b", claim):
            yield _exchanged(claim, match, str(number))
        if match := re.search(rf"(?<![\w.,$£€-]){number}(?= [a-z])", claim):
            yield _exchanged(claim, match, word)
    for match in re.finditer(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}}), (\d{{4}})", claim):
        yield _exchanged(claim, match, f"{match.group(2)} {match.group(1)} {match.group(3)}")
    if match := re.search(r"(\d)%", claim):
        yield claim.replace("%", " percent")
