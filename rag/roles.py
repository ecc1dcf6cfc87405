"""Who does it to whom: whether a text tells it the other way round than a claim."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.words import STOPWORDS, sentences, stem, words

_Act = tuple[str, str, str]
_REACH = 12
"""Two actors further apart than this, in words, are seldom those of one act."""
_PREFIX = 4
# What goes both ways: `A met B` says what `B met A` says.
_MUTUAL = frozenset(
    """
    meet met talk agre agreement negoti discuss share border marri divorc fight fought war disput relat tie trade deal
    differ conflict partner neighbor neighbour ally alli join match play tour compar similar cousin friend spous dialogu
    exchang compet rival between both each other side two
    """.split()
)
# The seat of a government stands for its country.
_SEATS = {
    stem(seat): stem(country)[:_PREFIX]
    for seat, country in (
        pair.split("/")
        for pair in """
        Beijing/China Tokyo/Japan Moscow/Russia Kremlin/Russia Washington/America London/Britain Paris/France
        Berlin/Germany Seoul/Korea Taipei/Taiwan Delhi/India Islamabad/Pakistan Kyiv/Ukraine Kiev/Ukraine Tehran/Iran
        Jerusalem/Israel Ankara/Turkey Canberra/Australia Ottawa/Canada Rome/Italy Madrid/Spain Riyadh/Saudi
        Brasilia/Brazil Hanoi/Vietnam Manila/Philippines Jakarta/Indonesia
        """.split()
    )
}
_ARTICLES = frozenset({"the", "a", "an"})
_PASSIVE = frozenset("is are was were be been being got get".split())


@dataclass(frozen=True, slots=True)
class _Token:
    plain: str
    stem: str
    actor: bool
    """Whether it may name somebody: written large, or what an article stands before."""


def turned_round(claim: str, text: str) -> bool:
    """Whether a text has two actors of the claim change places around one act, and nowhere has them as it says.

    `Japan banned imports of China` turns `China banned imports of Japan` round; `Imports of Japan were banned by China`
    does not.
    """
    claimed = _acts_of(claim)
    if not claimed:
        return False
    told = _told(text)
    return not claimed & told and any((act, second, first) in told for act, first, second in claimed)


def same_roles(claim: str, text: str) -> bool:
    """Whether a text has two actors of the claim around one act in the places that they have there."""
    return bool(_acts_of(claim) & _told(text))


@lru_cache(maxsize=1024)
def _told(text: str) -> frozenset[_Act]:
    return frozenset().union(*(_acts_of(span.of(text)) for span in sentences(text)))


@lru_cache(maxsize=4096)
def _acts_of(sentence: str) -> frozenset[_Act]:
    return frozenset(_acts(_tokens(sentence)))


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    before = ""
    for word in words(text):
        plain = word.lower().replace("’", "'")
        is_actor = plain not in STOPWORDS and not word[0].isdigit() and (word[0].isupper() or before in _ARTICLES)
        found.append(_Token(plain, stem(word), is_actor))
        before = plain
    return found


def _acts(tokens: Sequence[_Token]) -> Iterator[_Act]:
    """Each act that stands between two actors: the act, who does it, and to whom; by stems."""
    for first, one in enumerate(tokens):
        if not one.actor:
            continue
        for second in range(first + 2, min(len(tokens), first + _REACH)):
            other = tokens[second]
            if not other.actor or _name(other) == _name(one):
                continue
            if any(token.stem in _MUTUAL for token in tokens[first + 1 : second]):
                continue
            for at in range(first + 1, second):
                act = tokens[at]
                if act.actor or act.plain in STOPWORDS or act.plain[0].isdigit():
                    continue
                passive = (tokens[at - 1].plain in _PASSIVE or act.plain.endswith(("ed", "en"))) and any(
                    token.plain == "by" for token in tokens[at + 1 : second]
                )
                yield (act.stem, _name(other), _name(one)) if passive else (act.stem, _name(one), _name(other))


def _name(token: _Token) -> str:
    """`Japan`, `Japanese` and `Tokyo` are one actor."""
    return _SEATS.get(token.stem, token.stem[:_PREFIX])
