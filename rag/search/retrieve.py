"""Finds the passages that fit a question: by words and by meaning, for each of its parts, where it says to look."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from rag.domain import Passage, ScoredPassage, Within
from rag.ports import EVERYWHERE, Embedder, Library, Vectors
from rag.question.understand import Asked, KnownNames, Part, understand

_Scores = dict[Passage, float]
_CANDIDATES = 60
_MEANING = 1.0
"""How much the cosine counts beside the share of the best BM25; docs/benchmarks.md says how it was chosen."""
_SAME_DOCUMENT = 0.95
"""What a passage counts for each better one of its document: the next fact often stands in another document."""
_PREFERRED = 1.1
_NEWEST = 0.2


def retrieve(query: str, *, library: Library, embedder: Embedder, limit: int) -> list[ScoredPassage]:
    """The best passages for a query, best first, at most `limit`; scores are comparable within one query only.

    A query that names its sources, or has several parts, is searched once for each, and the rankings take turns.
    """
    asked = asked_in(query, library)
    searches = _searches(asked, embedder)
    rankings = [_ranking(search, asked, library, limit) for search in searches]
    if not any(rankings):  # nothing of these sources, as far as the library may be searched
        rankings = [_ranking(replace(searches[0], within=EVERYWHERE), asked, library, limit)]
    return _in_turn(rankings)[:limit]


def asked_in(query: str, library: Library) -> Asked:
    """What a query asks of this library: its sources and days, its parts, and whether the newest."""
    return understand(query, _known_names(library.outlets(), library.authors()))


@dataclass(frozen=True, slots=True)
class _Search:
    matter: str
    """Words to search for, those of all parts."""
    emphasis: str
    """Words of this part, which count once more."""
    vector: Vectors
    within: Within


@lru_cache(maxsize=4)
def _known_names(outlets: tuple[str, ...], authors: tuple[str, ...]) -> KnownNames:
    return KnownNames(outlets, authors)


def _searches(asked: Asked, embedder: Embedder) -> list[_Search]:
    """One search for each part; what is searched for is the whole question and, once more, the part."""
    texts = list(dict.fromkeys([asked.query, *(part.text for part in asked.parts)]))
    vectors = dict(zip(texts, embedder.embed(texts), strict=True))
    whole = vectors[asked.query]

    def search(part: Part) -> _Search:
        both = whole + vectors[part.text]
        emphasis = "" if part.text == asked.query else part.text
        vector: Vectors = both / (both @ both) ** 0.5
        return _Search(asked.matter, emphasis, vector, part.within)

    return [search(part) for part in asked.parts]


def _ranking(search: _Search, asked: Asked, library: Library, limit: int) -> list[ScoredPassage]:
    """The passages for one part, best first."""
    by_words, by_meaning = _found(search, search.within, library)
    if not by_words and not by_meaning and search.within.published:
        search = replace(search, within=replace(search.within, published=None))  # the day was not the report's
        by_words, by_meaning = _found(search, search.within, library)
    preferred: set[Passage] = set()
    # A part that names its source is searched there; the others look first where the question points to.
    for wish in () if search.within.by or search.within.published else asked.preferred:
        more = _found(search, wish, library)
        by_words, by_meaning = more[0] | by_words, more[1] | by_meaning
        preferred.update(*more)
    unknown = [passage for passage in by_words if passage not in by_meaning]
    cosines = by_meaning | dict(zip(unknown, library.similarities(search.vector, unknown), strict=True))
    scores = fuse(by_words, cosines)
    newness = _newness(scores) if asked.newest else {}
    for passage in scores:
        scores[passage] *= (_PREFERRED if passage in preferred else 1.0) * (1 + _NEWEST * newness.get(passage, 0.0))
    return _spread(scores, limit)


def _found(search: _Search, within: Within, library: Library) -> tuple[_Scores, _Scores]:
    """Candidates by words with their BM25, and by meaning with their cosine."""
    by_words = library.search_keywords(search.matter, limit=_CANDIDATES, emphasis=search.emphasis, within=within)
    by_meaning = library.search_vectors(search.vector, limit=_CANDIDATES, within=within)
    return {found.passage: found.score for found in by_words}, {found.passage: found.score for found in by_meaning}


def fuse(by_words: Mapping[Passage, float], cosines: Mapping[Passage, float], meaning: float = _MEANING) -> _Scores:
    """BM25 as a share of the best, and the cosine: both tell how good a passage is, where ranks tell only which.

    `cosines` holds every candidate, `by_words` those that share words with the query; `meaning` weighs the cosine.
    """
    best = max(by_words.values(), default=1.0)
    return {passage: by_words.get(passage, 0.0) / best + meaning * cosine for passage, cosine in cosines.items()}


def _newness(passages: Iterable[Passage]) -> _Scores:
    """Of dated passages, 1 for the newest day down to 0 for the oldest."""
    days = sorted({passage.origin.published for passage in passages if passage.origin.published})
    place = {day: at / max(1, len(days) - 1) for at, day in enumerate(days)}
    return {passage: place[passage.origin.published] for passage in passages if passage.origin.published}


def _spread(scores: _Scores, limit: int) -> list[ScoredPassage]:
    """The best first, each passage discounted by those of its document that come before it."""
    # In plain lists: to look a passage up takes longer than all the rest of this.
    left = sorted(scores.items(), key=lambda found: (-found[1], found[0].document, found[0].span))
    worth = [score for _, score in left]
    before: Counter[str] = Counter()
    chosen: list[ScoredPassage] = []
    while left and len(chosen) < limit:
        at = worth.index(max(worth))
        best = left.pop(at)[0]
        chosen.append(ScoredPassage(best, worth.pop(at)))
        before[best.document] += 1
        discount = _SAME_DOCUMENT ** before[best.document]
        for place, (passage, score) in enumerate(left):
            if passage.document == best.document:
                worth[place] = score * discount
    return chosen


def _in_turn(rankings: Sequence[Sequence[ScoredPassage]]) -> list[ScoredPassage]:
    """One ranking of several: the best of each, then the second of each; a passage of several comes once.

    With one ranking the scores are its own; with several, 1 / place, since those of different parts do not compare.
    """
    if len(rankings) == 1:
        return list(rankings[0])
    rounds = zip_longest(*rankings)
    order = (found for round_ in rounds for found in sorted(filter(None, round_), key=lambda found: -found.score))
    passages = dict.fromkeys(found.passage for found in order)
    return [ScoredPassage(passage, 1 / place) for place, passage in enumerate(passages, start=1)]
