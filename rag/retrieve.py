"""Finds the passages that fit a question: by words, by meaning, fused."""

from rag.domain import Passage, ScoredPassage
from rag.ports import Embedder, Library

_CANDIDATES = 50
_RANK_CONSTANT = 10
"""Of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): how little a first place counts over a second.

Their 60 levels the ranks so far that fusing is worse than words alone; docs/benchmarks.md says how 10 was chosen."""


def retrieve(query: str, *, library: Library, embedder: Embedder, limit: int) -> list[ScoredPassage]:
    """The best passages for a query, best first, at most `limit`; scores are comparable within one query only."""
    by_words = library.search_keywords(query, limit=_CANDIDATES)
    by_meaning = library.search_vectors(embedder.embed([query])[0], limit=_CANDIDATES)
    return fuse(by_words, by_meaning)[:limit]


def fuse(*rankings: list[ScoredPassage], constant: int = _RANK_CONSTANT) -> list[ScoredPassage]:
    """One ranking from several, by reciprocal rank; a passage found by several rises."""
    scores: dict[Passage, float] = {}
    for ranking in rankings:
        for rank, found in enumerate(ranking, start=1):
            scores[found.passage] = scores.get(found.passage, 0.0) + 1 / (constant + rank)
    fused = [ScoredPassage(passage, score) for passage, score in scores.items()]
    return sorted(fused, key=lambda found: (-found.score, found.passage.document, found.passage.span))
