"""Names that stand where another stands: the other tenant beside Leila Amari, the other bookkeeper."""

import re
from collections.abc import Sequence

from rag.domain import ScoredPassage
from rag.ports import Library
from rag.question.phrases import FUNCTION_WORDS, LARGE

_PASSAGES = 30
_PLACES = 20
_WORDS_BEFORE = 2


def names_alike(noun: str, names: Sequence[str], library: Library) -> list[str]:
    """The names that stand beside a noun (`Tenant: …`, `… as tenant`), or after the words that one of `names` follows.

    Without those names themselves; each once, in the order found.
    """
    found = _texts(library.search_keywords(f"{noun} {' '.join(names)}", limit=_PASSAGES))
    places = {before for name in names for text in found for before in _before(text, name)}
    if places:
        found = list(dict.fromkeys([*found, *_texts(library.search_keywords(" ".join(places), limit=_PASSAGES))]))
    written = f"(?i:{re.escape(noun)})"  # in any case; names only as names are written
    forms = [
        rf"\b{written}s?\b[\"”’')]?(?: is| was|:|,)?\s+(?P<name>{LARGE})",
        rf"(?P<name>{LARGE}),? (?:as|is|was)? ?(?:an? |the |our |[(\[]\s*(?:the )?)?[\"“‘']?{written}\b",
        *(rf"{re.escape(place)}\s+(?P<name>{LARGE})" for place in sorted(places)[:_PLACES]),
    ]
    others: dict[str, str] = {}
    for text in found:
        for form in forms:
            for match in re.finditer(form, text):
                if name := _without_article(match["name"]):
                    others.setdefault(name.lower(), name)
    given = {word for name in names for word in name.lower().split()}
    return [name for name in others.values() if given.isdisjoint(name.lower().split()) and name.lower() != noun.lower()]


def _without_article(name: str) -> str:
    """A name without the small words that a sentence begins with: `The Swan` gives `Swan`, `He` nothing."""
    first, _, rest = name.partition(" ")
    return _without_article(rest) if first.lower() in FUNCTION_WORDS else name


def _texts(hits: Sequence[ScoredPassage]) -> list[str]:
    return [" ".join(hit.passage.search_text.split()) for hit in hits]


def _before(text: str, name: str) -> list[str]:
    """The words that a name follows in a text, each time; none where it begins a sentence."""
    befores = []
    for match in re.finditer(rf"\b{re.escape(name)}\b", text):
        words = re.findall(r"\S+", text[: match.start()])[-_WORDS_BEFORE:]
        if len(words) == _WORDS_BEFORE and not words[-1].endswith((".", "!", "?")):
            befores.append(" ".join(words))
    return befores
