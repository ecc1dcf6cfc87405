"""Small edits of a true sentence: those that make it false or unproved, and those that leave it true.

What readers are fooled by: swapped actors, negation, a changed number, date, name or attribution, an invented tail, a
plan told as a fact. Rules over words; each gives a sentence that reads much like the one it was made of.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_NUMBER_WORDS = "two three four five six seven eight nine ten eleven twelve".split()
_NAME = re.compile(
    r"\b(?!(?:The|A|An|In|On|At|It|He|She|They|We|I|This|That|These|Those|His|Her|Its|Their|As|But|And|For|From|By|After"
    r"|Before|When|While|With|If|There|However|Although|During|Since|To|Of|Or|Not|No|Some|Many|Most|Both|All|One|Two"
    r"|What|Who|Which|How|Where|You|My|Our|Also|Other|Such|Then|Each|Under|Over|Until|According)\b)"
    r"[A-Z][\w’'-]+(?:[ ](?:of |de |the |van |von )?[A-Z][\w’'-]+)*"
)
_NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,-])\d+(?:\.\d+)?(?![\w-])")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
_DAY = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b")
_DAY_OF_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)}) (?P<day>\d{{1,2}})\b")
_WORD_NUMBER = re.compile(rf"\b(?:{'|'.join(_NUMBER_WORDS)})\b", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"\b(is|was|are|were|has|have|had|will|would|can|could|should|must|does|did|do)\b(?! not\b|n't)"
)
_NOT = re.compile(r"\b(is|was|are|were|has|have|had|will|would|can|could|should|must) not\b")
_DID_NOT = re.compile(r"\b(?:did not|didn't|never|failed to|refused to) ", re.IGNORECASE)
_PAST = re.compile(
    r"(?<=[a-z)] )([a-z]{3,}ed)(?= (?:the|a|an|its|his|her|their|that|to|in|on|at|from|into|by|with|for|[A-Z\d]))"
)
_SAID = (
    "said told announced reported claimed stated added argued warned wrote noted testified confirmed denied explained"
)
_SPEECH = re.compile(
    rf"\b(?:{_SAID.replace(' ', '|')})\b|\baccording to\b|\bin the (?:opinion|view) of\b", re.IGNORECASE
)
_REPORTED = re.compile(r"\b(?:may|might|could|reportedly|allegedly|possibly|probably|perhaps|nearly|almost) ")
_PLANNED = re.compile(
    r"\b(?:plans?|planned|hopes?|hoped|wants?|wanted|intends?|intended|expects?|expected|proposed) to "
)
_SUBJECT_OBJECT = re.compile(
    r"^(?P<a>(?:[Tt]he |[Aa]n? )?[A-Z]?[\w’'-]+(?: [A-Z][\w’'-]+)*) (?P<verb>[a-z]{3,}ed) "
    r"(?P<b>(?:the |an? )?(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*|[a-z]{4,}))(?P<rest>[ ,.].*)$"
)
_PASSIVE = re.compile(
    r"^(?P<b>.{3,60}?) (?P<was>was|were|is|are) (?P<verb>[a-z]{3,}ed) by "
    r"(?P<a>(?:the |an? )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)(?P<rest>[ ,.].*)$"
)
_BOUND = re.compile(
    r"\b(?:than|over|under|above|below|at least|at most|up to|almost|nearly|about|around)\b", re.IGNORECASE
)
_COMMON = re.compile(r"\bthe ([a-z]{4,})\b")

_OPPOSITES = """
first/last largest/smallest highest/lowest most/least before/after north/south east/west northern/southern
eastern/western increase/decrease increased/decreased increasing/decreasing rose/fell rise/fall rising/falling
grew/shrank more/fewer best/worst oldest/youngest longest/shortest higher/lower larger/smaller above/below
win/lose won/lost majority/minority early/late earlier/later began/ended start/end started/stopped
opened/closed open/closed maximum/minimum support/oppose supported/opposed accepted/rejected approved/rejected
agreed/refused allowed/banned allow/ban male/female men/women always/never inside/outside ancient/modern
success/failure successful/unsuccessful succeeded/failed gained/lost bought/sold buy/sell arrived/departed
entered/left hired/dismissed raised/lowered expanded/reduced expand/reduce strong/weak strengthened/weakened
rich/poor public/private positive/negative profit/loss profits/losses guilty/innocent convicted/acquitted
legal/illegal imports/exports import/export imported/exported upper/lower major/minor same/different
improved/worsened better/worse faster/slower hot/cold young/old born/died father/son mother/daughter
husband/wife including/excluding possible/impossible likely/unlikely popular/unpopular domestic/foreign
victory/defeat defeated/joined attacked/defended ally/enemy allies/enemies advance/retreat resumed/suspended
lifted/imposed appeared/disappeared
""".split()
_ALIKE = """
began/started big/large many/numerous about/approximately almost/nearly also/additionally help/assist often/frequently
near/close_to show/demonstrate shows/demonstrates buy/purchase bought/purchased children/kids country/nation
film/movie ended/finished got/received built/constructed created/made main/primary famous/well-known said/stated
whole/entire wrote/authored quickly/rapidly after/following before/prior_to because/since doctor/physician
allow/permit allowed/permitted banned/prohibited stopped/halted rose/climbed fell/dropped killed/slain
important/significant used/employed annual/yearly around/roughly current/present however/nevertheless
area/region job/post company/firm kept/retained attempt/try attempted/tried get/obtain start/begin
""".split()
_QUANTIFIERS = (
    "some/all several/all many/few most/few all/some few/many part_of/all_of only/not_only at_least/at_most over/under "
    "more_than/less_than less_than/more_than one_of_the/the_only"
).split()


def _pairs(written: Sequence[str], *, both: bool) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in written:
        first, second = pair.replace("_", " ").split("/")
        found.setdefault(first, []).append(second)
        if both:
            found.setdefault(second, []).append(first)
    return found


_OPPOSITE, _SAME, _QUANTIFIER = (
    _pairs(_OPPOSITES, both=True),
    _pairs(_ALIKE, both=True),
    _pairs(_QUANTIFIERS, both=False),
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
    if _BOUND.search(claim):
        return  # `more than 20` may be as true as `more than 30`
    others = _NUMBER.findall(around)
    for match in _NUMBER.finditer(claim):
        old = match.group()
        if _YEAR.fullmatch(old) or any(match.span() == day.span("day") for day in _DAY_OF_MONTH.finditer(claim)):
            continue  # dates have edits of their own
        near = [other for other in others if other != old and not _YEAR.fullmatch(other)]
        if near and rng.random() < 0.4:
            yield _exchanged(claim, match, rng.choice(near)), True
        yield _exchanged(claim, match, _other_number(old, rng)), True
    for match in _WORD_NUMBER.finditer(claim):
        others = [word for word in _NUMBER_WORDS if word != match.group().lower()]
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
    for match in _YEAR.finditer(claim):
        near = [year for year in _YEAR.findall(around) if year != match.group()]
        new = (
            rng.choice(near)
            if near and rng.random() < 0.4
            else str(int(match.group()) + rng.choice([-10, -3, -1, 1, 2, 7]))
        )
        yield _exchanged(claim, match, new), True
    for match in _DAY_OF_MONTH.finditer(claim):
        day = rng.choice([day for day in range(1, 29) if day != int(match["day"])])
        yield claim[: match.start("day")] + str(day) + claim[match.end("day") :], True
    for pattern, names in ((_MONTH, MONTHS), (_DAY, _DAYS)):
        for match in pattern.finditer(claim):
            yield _exchanged(claim, match, rng.choice([name for name in names if name != match.group()])), True


def _name(claim: str, around: str, rng: random.Random) -> Iterator[tuple[str, bool | None]]:
    found = [match for match in _NAME.finditer(claim) if match.group() not in (*MONTHS, *_DAYS)]
    others = _other_names(claim, around)
    for match in found:
        if others:
            yield _exchanged(claim, match, rng.choice(others)), None


def _other_names(claim: str, around: str) -> list[str]:
    found = (name for name in _NAME.findall(around) if name not in MONTHS and name not in _DAYS)
    return [name for name in dict.fromkeys(found) if not any(word in claim for word in name.split())]


def _actors(claim: str, around: str, rng: random.Random) -> Iterator[tuple[str, bool | None]]:
    found = [match for match in _NAME.finditer(claim) if match.group() not in (*MONTHS, *_DAYS)]
    if len(found) < 2:
        found = list(_COMMON.finditer(claim))
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
    if turned := _PASSIVE.match(claim):
        yield f"{turned['a']} {turned['was']} {turned['verb']} by {lower(turned['b'])}{turned['rest']}", None
    if active := _SUBJECT_OBJECT.match(claim):
        yield f"{active['a']} was {active['verb']} by {active['b']}{active['rest']}", None


def lower(name: str) -> str:
    """Without the capital of a sentence's first word, where that word is an article."""
    return name[:1].lower() + name[1:] if re.match(r"(?:The|An?) ", name) else name


def _negation(claim: str, around: str, rng: random.Random) -> Iterator[tuple[str, bool | None]]:
    if match := _NOT.search(claim):
        yield _exchanged(claim, match, match.group(1)), True
        return
    if match := _DID_NOT.search(claim):
        yield _exchanged(claim, match, ""), True
        return
    if match := _AUXILIARY.search(claim):
        yield _exchanged(claim, match, f"{match.group(1)} {rng.choice(['not', 'not', 'never', 'no longer'])}"), True
    for match in list(_PAST.finditer(claim))[:1]:
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
    for text in _exchange(_OPPOSITE, claim, rng):
        yield text, True


def _quantifier(claim: str, around: str, rng: random.Random) -> Iterator[tuple[str, bool | None]]:
    for text in _exchange(_QUANTIFIER, claim, rng):
        yield text, None


def _attribution(claim: str, around: str, rng: random.Random) -> Iterator[tuple[str, bool | None]]:
    others = _other_names(claim, around)
    if not others:
        return
    other = rng.choice(others)
    for speech in _SPEECH.finditer(claim):
        for match in _NAME.finditer(claim):
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
    for pattern in (_REPORTED, _PLANNED):
        for match in pattern.finditer(claim):
            yield _exchanged(claim, match, "" if pattern is _REPORTED else "managed to "), None


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
    yield from _exchange(_SAME, claim, rng)


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
    if turned := _PASSIVE.match(claim):
        yield f"{turned['a']} {turned['verb']} {lower(turned['b'])}{turned['rest']}"
    elif (active := _SUBJECT_OBJECT.match(claim)) and active["b"][0].isupper():
        yield f"{active['b']} was {active['verb']} by {lower(active['a'])}{active['rest']}"
    if said := re.match(r"([A-Z][\w’' -]{{3,40}}) (?:said|stated|reported|announced) that (.{{20,}})", claim):
        yield f"According to {said.group(1)}, {said.group(2)}"


def _rewritten_number(claim: str, rng: random.Random) -> Iterator[str]:
    for match in re.finditer(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w.,]\d)", claim):
        yield _exchanged(claim, match, match.group().replace(",", ""))
    for number, word in enumerate(_NUMBER_WORDS, start=2):
        if match := re.search(rf"\b{word}\b", claim):
            yield _exchanged(claim, match, str(number))
        if match := re.search(rf"(?<![\w.,$£€-]){number}(?= [a-z])", claim):
            yield _exchanged(claim, match, word)
    for match in re.finditer(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}}), (\d{{4}})", claim):
        yield _exchanged(claim, match, f"{match.group(2)} {match.group(1)} {match.group(3)}")
    if match := re.search(r"(\d)%", claim):
        yield claim.replace("%", " percent")
