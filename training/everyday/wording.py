"""How people put a question or a claim: short, polite, careless, in the first person."""

import random
import re

from training.everyday.shape import Attribute
from training.everyday.values import capital, fill

_BY_LABEL = {
    "en": (
        "What is the {noun} of {s}?",
        "What is the {noun} of {s}?",
        "What is the {noun} of {s}?",
        "What's the {noun} for {s}?",
        "{noun} of {s}",
        "{noun} {s}",
        "{s} {noun}",
        "{s}: {noun}?",
        "Can you tell me the {noun} of {s}?",
        "I need the {noun} of {s}.",
        "Please look up the {noun} of {s}.",
        "Do you know the {noun} of {s}?",
        "I would like to know the {noun} of {s}.",
        "I am looking for the {noun} of {s}, what is it?",
        "I forgot the {noun} of {s}.",
    ),
    "de": (
        "{noun} {s}",
        "{noun} für {s}",
        "{s}: {noun}?",
        "Ich suche für {s} die Angabe {noun}.",
        "Bitte für {s} nennen: {noun}.",
    ),
}
_TRUE = {
    "en": (
        "Is it true that {claim}?",
        "Is it right that {claim}?",
        "{Claim}, right?",
        "{Claim}, is that correct?",
        "Does it say that {claim}?",
        "I think {claim}. Is that so?",
    ),
    "de": ("Stimmt das: {claim}?", "{Claim}, richtig?", "{Claim}, stimmt das?"),
}
_BEFORE = {
    "en": ("Hi, ", "Hello, ", "Please: ", "Quick question: ", "Hey, ", "One more thing: ", "Sorry, ", "ok, "),
    "de": ("Hallo, ", "Kurze Frage: ", "Bitte: ", "Noch etwas: "),
}
_AFTER = {"en": (", please?", " please?", "? Thanks!", "??"), "de": (", bitte?", "? Danke!", "??")}
_AUXILIARY = re.compile(r"\b(is|are|was|were|must|can|may|will|would|should|ist|sind|war|wird|kann|muss|darf)\b")
_GERMAN = frozenset("ist sind war wird kann muss darf".split())
_VERB = re.compile(r"^\{s\} ([a-z]+s)\b")
_BASE = {"has": "have", "goes": "go", "carries": "carry", "supplies": "supply"}


def careless(text: str, rng: random.Random) -> str:
    """The question as somebody types it: mostly as it is, at times in small letters, without its mark, or misspelt."""
    dice = rng.random()
    if dice < 0.12:
        return text.lower()
    if dice < 0.2:
        return text.rstrip("?.")
    if dice < 0.26:
        return text.lower().rstrip("?.")
    return _misspelt(text, rng) if dice < 0.29 else text


def asked(question: str, language: str, rng: random.Random) -> str:
    """A question as somebody puts it."""
    question = capital(" ".join(question.split()))
    if rng.random() < 0.06:
        question = rng.choice(_BEFORE[language]) + question[0].lower() + question[1:]
    elif rng.random() < 0.05 and question.endswith("?"):
        question = question.rstrip("?") + rng.choice(_AFTER[language])
    return careless(question, rng)


def _misspelt(text: str, rng: random.Random) -> str:
    """One word with two letters exchanged; never a name or a number."""
    places = [found.span() for found in re.finditer(r"(?<![@.\w-])[a-z]{5,}(?![@\w-])", text)]
    if not places:
        return text
    start, end = rng.choice(places)
    at = rng.randrange(start + 1, end - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def by_label(attribute: Attribute, name: str, language: str, rng: random.Random) -> str | None:
    """A question that names the attribute by a noun; None where that does not read well."""
    if not attribute.noun:
        return None
    return fill(rng.choice(_BY_LABEL[language]), noun=rng.choice(attribute.noun), s=name)


def whether(claim: str, language: str, rng: random.Random) -> str:
    """A question whether a claim is so."""
    return fill(rng.choice(_TRUE[language]), claim=claim)


def claim_pattern(attribute: Attribute, language: str, rng: random.Random) -> tuple[str, str]:
    """A claim of `{s}` and `{v}` without its full stop, and how it is worded: `label` or `verb`."""
    if attribute.noun and language == "en" and (not attribute.says or rng.random() < 0.4):
        return f"the {rng.choice(attribute.noun)} of {{s}} is {{v}}", "label"
    return rng.choice(attribute.says).replace("{S}", "{s}").replace("{V}", "{v}"), "verb"


def negated(pattern: str) -> str | None:
    """The pattern of a claim denied; None where it is not known how."""
    verb = _VERB.match(pattern)
    if verb and not _AUXILIARY.fullmatch(verb[1]):
        base = _BASE.get(verb[1], re.sub(r"(?:(?<=ss)|(?<=sh)|(?<=ch)|(?<=x))es$|s$", "", verb[1]))
        return f"{{s}} does not {base}{pattern[verb.end() :]}"
    auxiliary = _AUXILIARY.search(pattern)
    if auxiliary is None:
        return None
    word = "nicht" if auxiliary[1] in _GERMAN else "not"
    return f"{pattern[: auxiliary.end()]} {word}{pattern[auxiliary.end() :]}"
