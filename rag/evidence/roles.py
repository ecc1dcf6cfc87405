"""Who does it to whom: whether a text tells it the other way round than a claim."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import permutations

from rag.text.sentences import sentences
from rag.text.words import STOPWORDS, stem, words

_Act = tuple[str, str, str]
_REACH = 12
"""Two actors further apart than this, in words, are seldom those of one act."""
_PREFIX = 4
_THING_REACH = 4
"""So many words before `of Japan` and `from Japan` may name what is of Japan."""
_TEXTS_KEPT = 4096
"""Texts whose reading is kept: every claim of an answer is compared with the same sentences, in several ways."""
# What goes both ways: `A met B` says what `B met A` says.
_MUTUAL = frozenset(
    """
    meet met talk agre agreement negoti discuss share border marri divorc fight fought war disput relat tie trade deal
    differ conflict partner neighbor neighbour ally alli join match play tour compar similar cousin friend spous dialogu
    exchang compet rival between both each other side two adjac next near
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
_JOINING = _ARTICLES | {"and", "or"}
_OWNERS = frozenset("whose his her its their my our your".split())
_PASSIVE = frozenset("is are was were be been being got get".split())
_SAME_WORDS, _FEWEST_WORDS = 0.8, 2
"""A sentence is said again where it has this share, and this number, of a claim's words, names aside and in order."""


@dataclass(frozen=True, slots=True)
class _Token:
    plain: str
    stem: str
    named: bool
    """Whether it is written large, as names are."""
    actor: bool
    """Whether it may name somebody: written large, or what an article stands before."""


def turned_round(claim: str, text: str) -> bool:
    """Whether a text has two actors of the claim change places, and nowhere has them as it says.

    `Japan banned imports of China` turns `China banned imports of Japan` round; `Imports of Japan were banned by China`
    does not. They change places around one act or, where a sentence says the claim again, wherever they stand in it;
    or what the claim says of one's things (`Japanese fish`), the text says of the other's.
    """
    claimed, told = _acts_of(claim), _told(text)
    if not claimed & told and any((act, second, first) in told for act, first, second in claimed):
        return True
    if _of_the_other(claim, text):
        return True
    said_again = [_exchanged(claim, sentence) for sentence in _sentences_of(text)]
    return True in said_again and False not in said_again


def same_roles(claim: str, text: str) -> bool:
    """Whether a text has two actors of the claim around one act in the places that they have there."""
    return bool(_acts_of(claim) & _told(text))


def tells_who_to_whom(text: str, acts: Collection[str]) -> bool:
    """Whether a text tells of one of these acts, by their stems, what somebody by name did to another."""
    for sentence in _sentences_of(text):
        named = {_name(token) for token in _tokens(sentence) if token.named}
        if any(act in acts and {first, second} <= named for act, first, second in _acts_of(sentence)):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Frame:
    """The words of a sentence by their stems, without the names, and between which of them these stand."""

    words: tuple[str, ...]
    names: tuple[tuple[str, int, bool], ...]
    """Each name, after how many of the words it stands, and whether `by` stands before it."""

    @classmethod
    @lru_cache(maxsize=_TEXTS_KEPT)
    def of(cls, sentence: str) -> "_Frame":
        """The frame of a sentence."""
        said: list[str] = []
        names: list[tuple[str, int, bool]] = []
        before = ""
        for token in _tokens(sentence):
            if token.named:
                names.append((_name(token), len(said), before == "by"))
            elif token.plain not in _JOINING:
                said.append(token.stem)
            before = token.plain
        return cls(tuple(said), tuple(names))


def _exchanged(claim: str, sentence: str) -> bool | None:
    """Whether a sentence has two names of the claim in each other's place; None where it does not say the claim again.

    Names in a row, such as those of a list, stand in one place.
    """
    ours, theirs = _Frame.of(claim), _Frame.of(sentence)
    if len({name for name, *_ in ours.names} & {name for name, *_ in theirs.names}) < 2:
        return None
    blocks = SequenceMatcher(None, ours.words, theirs.words, autojunk=False).get_matching_blocks()
    pairs = [(block.a + at, block.b + at) for block in blocks for at in range(block.size)]
    if len(pairs) < max(_FEWEST_WORDS, _SAME_WORDS * len(ours.words)):
        return None
    here = [(name, sum(at < slot for at, _ in pairs), by) for name, slot, by in ours.names]
    there = {(name, sum(at < slot for _, at in pairs), by) for name, slot, by in theirs.names}
    kept = {(name, place) for name, place, _ in there}
    for (one, place, by), (other, elsewhere, by_too) in permutations(here, 2):
        if place < elsewhere and {(one, place), (other, elsewhere)}.isdisjoint(kept):
            between = (ours.words[at] for at, _ in pairs[place:elsewhere])
            if {(one, elsewhere, by_too), (other, place, by)} <= there and _MUTUAL.isdisjoint(between):
                return True
    return False


def _of_the_other(claim: str, text: str) -> bool:
    """Whether some kind of things that the claim gives to one of its actors is only the other's in the text."""
    actors = {_name(token) for token in _tokens(claim) if token.named}
    told = _things_of(text)
    return any(
        all(name != owner for name, kind, _ in told if kind == thing)
        and any(sure and kind == thing and name in actors for name, kind, sure in told)
        for owner, thing, _ in _things_of(claim)
    )


@lru_cache(maxsize=_TEXTS_KEPT)
def _things_of(text: str) -> frozenset[tuple[str, str, bool]]:
    """Whose things a text names: the actor, the thing by its stem, and whether it is surely his.

    `Japanese fish` surely is; in `fish of Japan`, `Chinese buyers of fish from Japan` and `China's fish market` every
    thing that may be meant counts.
    """
    found = set()
    for sentence in _sentences_of(text):
        tokens = _tokens(sentence)
        for at, token in enumerate(tokens):
            if not token.named:
                continue
            after = tokens[at + 1 : at + 2]
            if after and not after[0].named and after[0].plain not in STOPWORDS:
                found.add((_name(token), after[0].stem, _is_of_a_nation(token)))
            if at and tokens[at - 1].plain in ("of", "from"):
                near = [one for one in tokens[max(0, at - 1 - _THING_REACH) : at - 1] if one.plain not in STOPWORDS]
                found.update((_name(token), one.stem, False) for one in near if not one.named)
    return frozenset(found)


@lru_cache(maxsize=_TEXTS_KEPT)
def _sentences_of(text: str) -> tuple[str, ...]:
    return tuple(span.of(text) for span in sentences(text))


@lru_cache(maxsize=_TEXTS_KEPT)
def _told(text: str) -> frozenset[_Act]:
    return frozenset().union(*map(_acts_of, _sentences_of(text)))


@lru_cache(maxsize=_TEXTS_KEPT)
def _acts_of(sentence: str) -> frozenset[_Act]:
    return frozenset(_acts(_tokens(sentence)))


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    before = ""
    for word in words(text):
        plain = word.lower().replace("’", "'")
        is_named = plain not in STOPWORDS and word[0].isupper()
        is_actor = is_named or (plain not in STOPWORDS and not word[0].isdigit() and before in _ARTICLES)
        found.append(_Token(plain, stem(word), is_named, is_actor))
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
                if act.actor or act.plain in STOPWORDS or act.plain[0].isdigit() or _has_an_owner(tokens[at - 1]):
                    continue
                # `was banned by Japan`, and `remarks by Japan`.
                suffers = tokens[at - 1].plain in _PASSIVE and act.plain.endswith(("ed", "en"))
                passive = tokens[at + 1].plain == "by" or (
                    (tokens[at - 1].plain in _PASSIVE or act.plain.endswith(("ed", "en")))
                    and any(token.plain == "by" for token in tokens[at + 1 : second])
                )
                if suffers and not passive:
                    continue  # `was signed to Arsenal` does not say who signed whom
                yield (act.stem, _name(other), _name(one)) if passive else (act.stem, _name(one), _name(other))


def _has_an_owner(before: _Token) -> bool:
    """Whether what follows a word is somebody's thing, and no act: `Japanese fish`, `whose master`."""
    return before.plain in _OWNERS or _is_of_a_nation(before)


def _is_of_a_nation(token: _Token) -> bool:
    """Whether a word is an adjective such as `Japanese`: what follows it is a thing, and no act."""
    return token.named and token.plain.endswith(("ian", "ean", "ese", "ish"))


def _name(token: _Token) -> str:
    """`Japan`, `Japanese` and `Tokyo` are one actor."""
    return _SEATS.get(token.stem, token.stem[:_PREFIX])
