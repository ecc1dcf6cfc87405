"""What is so or not so with a record, such as whether dogs are allowed: how it is written, asked, said and denied."""

import random
import re
from collections.abc import Mapping

from rag.question.as_claim import as_claim
from training.everyday.shape import Attribute, Stand, Value, World, parts
from training.everyday.values import capital, fill

_FLAGS = {
    ("en", "yes"): ("yes", "Yes", "✓", "yes", "x", "Y", "Yes"),
    ("en", "no"): ("no", "No", "–", "no", "–", "N", "No"),
    ("de", "yes"): ("ja", "Ja", "✓", "ja", "x", "ja", "Ja"),
    ("de", "no"): ("nein", "Nein", "–", "nein", "–", "nein", "Nein"),
}
"""As cells and fields write them, each in the same place as its opposite of the same style."""
_POINT = re.compile(r"(?P<subject>.*?) ?/(?P<verb>\w+)/(?P<rest>.*)")
_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_EITHER = re.compile(r"<([^/>]*)/([^>]*)>")
_ARTICLE = re.compile(r" an? ")
_EIN = re.compile(r" (ein(?:e[nrms]?)?) ")
_AUXILIARIES = frozenset("is are was were may can must will".split())
_TAKING_NO = frozenset("is are was were has have".split())
_FIRST = {"I": ("am", "have", "do"), "we": ("are", "have", "do"), "you": ("are", "have", "do")}
_KEPT_SMALL = frozenset(
    "Der Die Das Den Dem Es Man Ein Eine Einen Im In Wir Bitte Nur Für Zum Kein Keine Keinen Auf Am An Beim Dafür "
    "Dort Hier Ab Bis Mit Ohne Sie Er Wer".split()
)
"""First words of German sentences that are written small within one."""
_YES = {"en": ("Yes", "Yes", "Yes", "Yes, of course", "Sure"), "de": ("Ja", "Ja", "Ja, natürlich")}
_NO = {"en": ("No", "No", "No", "Unfortunately not", "No, sorry"), "de": ("Nein", "Nein", "Leider nein")}


def stand(cell: str, writes: str, *, so: str = "", not_so: str = "", asides: str = "") -> dict[str, str]:
    """How a matter may stand: `yes`, `no` or words of its own in a cell, sentences, and names of points."""
    return {"cell": cell, "writes": writes, "so": so, "not_so": not_so, "asides": asides}


def matter(
    name: str, labels: str, points: Mapping[str, str], *stands: Mapping[str, str], of: str = "", near: str = ""
) -> Attribute:
    """Something that is so or not so; the first of its points tells which stands are a yes, and which a no.

    `{t}` is a time of the day, between `{early}` and `{late}`; `{n}` a number, between `{less}` and `{more}`; `{x}` and
    `{y}` are two of the things it may be about.
    """
    first = next(iter(points))
    groups: dict[str, list[Mapping[str, str]]] = {}
    for one in stands:
        is_yes, is_no = first in one["so"].split(), first in one["not_so"].split()
        groups.setdefault("yes" if is_yes else "no" if is_no else "in part", []).append(one)

    def make(world: World) -> Value:
        rng = world.rng
        drawn = _drawn(rng, parts(of))
        one = rng.choice(rng.choice(list(groups.values())))
        drawn_points = {key: tuple(fill(words, **drawn) for words in parts(text)) for key, text in points.items()}
        so, not_so = (tuple(drawn_points[point] for point in one[key].split()) for key in ("so", "not_so"))
        flags = _FLAGS.get((world.language, one["cell"]))
        cells = flags or tuple(fill(words, **drawn) for words in parts(one["cell"]))
        writes, asides = (tuple(fill(words, **drawn) for words in parts(one[key])) for key in ("writes", "asides"))
        return Value(
            "flag" if flags else f"flag {name}", cells, stand=Stand(writes, so, not_so, drawn_points[first], asides)
        )

    named = parts(labels)
    return Attribute(name, named, make, (), (), (), heading=named[0], near=frozenset(near.split()), is_matter=True)


def _drawn(rng: random.Random, things: tuple[str, ...]) -> dict[str, str]:
    hour, number = rng.randrange(18, 23), rng.randrange(3, 9)
    drawn = {
        "t": f"{hour}:00",
        "early": f"{hour - rng.randrange(1, 6)}:{rng.choice(('00', '30'))}",
        "late": f"{hour + rng.randrange(1, 24 - hour)}:{rng.choice(('00', '30', '15'))}" if hour < 23 else "23:30",
        "n": str(number),
        "less": str(number - rng.randrange(1, number - 1)),
        "more": str(number + rng.randrange(1, 6)),
    }
    if things:
        drawn["x"], drawn["y"] = rng.sample(things, 2)
    return drawn


def filled(pattern: str, name: str | None) -> str:
    """A wording of this record; without a name what names it is left out where it can be."""
    kept = _EITHER.sub(r"\1", _OPTIONAL.sub(lambda found: found[1] if name else "", pattern)).replace("^", "")
    return fill(kept, s=name or "it")


def can_be_nameless(pattern: str) -> bool:
    """Whether the wording still says what it is about without the name of its record."""
    return "{s}" not in _OPTIONAL.sub("", pattern).lower()


def said(stand: Stand, name: str, rng: random.Random) -> str:
    """How a paper tells it in a sentence."""
    return capital(_written(rng.choice(stand.writes), name, rng))


def _written(pattern: str, name: str, rng: random.Random) -> str:
    return filled(pattern, name if not can_be_nameless(pattern) or rng.random() < 0.3 else None)


def replied(stand: Stand, name: str, language: str, rng: random.Random) -> tuple[str, str]:
    """A question as a paper puts it, and the answer, which begins with Yes or No and may end there."""
    point, is_so = rng.choice(stand.points)
    pattern = rng.choice(point)
    question = capital(filled(asked_whether(pattern, language, rng), None if can_be_nameless(pattern) else name))
    answer, dice = rng.choice((_YES if is_so else _NO)[language]), rng.random()
    if dice < 0.2 and stand.is_told_by_one:
        return question, f"{answer}."
    if dice < 0.6 and point == stand.first and stand.asides:
        return question, f"{answer}, {rng.choice(stand.asides)}."
    return question, f"{answer}, {_written(_within(rng.choice(stand.writes), language), name, rng)}"


def _within(pattern: str, language: str) -> str:
    """A sentence as it goes on within another."""
    first = pattern.split()[0]
    is_kept = first == "I" or (language == "de" and "{" not in first and first not in _KEPT_SMALL)
    return pattern if is_kept else pattern[0].lower() + pattern[1:].replace("S}", "s}", first.startswith("{"))


def _cut(pattern: str) -> tuple[str, str, str]:
    found = _POINT.fullmatch(pattern)
    assert found, pattern
    return found["subject"], found["verb"], found["rest"]


def affirmed(pattern: str, language: str, rng: random.Random) -> str:
    """The point as a claim."""
    subject, verb, rest = _cut(pattern)
    if language == "en" and subject in _FIRST and rng.random() < 0.4:
        be, have, _ = _FIRST[subject]
        verb = {"may": f"{be} allowed to", "must": f"{have} to"}.get(verb, verb)
    return f"{subject} {verb}{rest}"


def denied(pattern: str, language: str, rng: random.Random) -> str:
    """The point as a claim that it is not so."""
    subject, verb, rest = _cut(pattern)
    if _EITHER.search(rest):
        return f"{subject} {verb}" + _EITHER.sub(r"<\2/>", rest)
    if language == "de":
        return _denied_in_german(subject, verb, rest)
    if verb in _TAKING_NO and _ARTICLE.match(rest) and (subject == "there" or rng.random() < 0.5):
        return f"{subject} {verb} no {_ARTICLE.sub('', rest, count=1)}"
    if subject == "there":
        return f"there {verb} no{rest}" if not rest.startswith(" any") else f"there {verb} not{rest}"
    be, have, do = _FIRST.get(subject, ("", "", ""))
    match verb:
        case "must":
            return f"{subject} {rng.choice((f'{do} not {have} to', f'{do} not need to')) if do else 'need not'}{rest}"
        case "may":
            return f"{subject} {rng.choice(('may not', 'cannot', f'{be} not allowed to' if be else 'must not'))}{rest}"
        case "can":
            return f"{subject} cannot{rest}"
        case _ if verb in _AUXILIARIES:
            return f"{subject} {verb} not{rest}"
        case _:
            return f"{subject} {_do(verb)} not {_base(verb)}{rest}"


def _denied_in_german(subject: str, verb: str, rest: str) -> str:
    before, mark, after = rest.partition("^")
    if mark and _EIN.match(f" {after}"):
        return f"{subject} {verb}{before}k{after}"
    if mark:
        return f"{subject} {verb}{before.rstrip()} nicht {after}"
    if _EIN.match(rest):
        return f"{subject} {verb} k{rest.lstrip()}"
    return f"{subject} {verb} nicht{rest}"


def asked_whether(pattern: str, language: str, rng: random.Random, *, plain: bool = False) -> str:
    """The point as a question that is answered by yes or no."""
    subject, verb, rest = _cut(pattern)
    if language == "de":
        return f"{capital(verb)} {subject}{rest}?"
    be, have, do = _FIRST.get(subject, ("", "", ""))
    if be and not plain and rng.random() < 0.5:
        if verb == "may":
            return f"{rng.choice((f'Can {subject}', f'{capital(be)} {subject} allowed to'))}{rest}?"
        if verb == "must":
            return f"{capital(do)} {subject} {rng.choice((have, 'need'))} to{rest}?"
    if verb in _AUXILIARIES:
        return f"{capital(verb)} {subject}{rest}?"
    return f"{capital(_do(verb))} {subject} {_base(verb)}{rest}?"


def bare(pattern: str, name: str | None, language: str, rng: random.Random) -> str:
    """The point as the product makes a claim of the question: `Leila Amari keep a dog.`"""
    question = filled(asked_whether(pattern, language, rng, plain=True), name)
    return as_claim(question) or filled(affirmed(pattern, language, rng), name)


def _do(verb: str) -> str:
    return "does" if verb.endswith("s") else "do"


def _base(verb: str) -> str:
    if verb in ("has", "goes", "does"):
        return {"has": "have", "goes": "go", "does": "do"}[verb]
    return re.sub(r"(?:(?<=ss)|(?<=sh)|(?<=ch)|(?<=x))es$|s$", "", verb)
