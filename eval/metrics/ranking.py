"""Rankings: how much of what is wanted was found, and how far up?

Hits and reciprocal rank: Tang and Yang 2024, "MultiHop-RAG", https://arxiv.org/abs/2401.15391. Recall: Manning,
Raghavan and Schütze 2008, *Introduction to Information Retrieval*, chapter 8. Normalised discounted cumulative gain:
Järvelin and Kekäläinen 2002, "Cumulated gain-based evaluation of IR techniques", in the form of `trec_eval`'s
`ndcg_cut`, which BEIR reports (Thakur et al. 2021, https://arxiv.org/abs/2104.08663): the sum of grade / log2(rank + 1)
over the ranks, over the same sum of the best possible ranking.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ranking:
    """What was wanted, each thing with its grade above 0, and which of it stands at each rank, best first."""

    wanted: Mapping[str, float]
    found: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class RankingMetric:
    """A figure of one ranking between 0 and 1, larger is better."""

    name: str
    measure: Callable[[Ranking], float]


def hits(depth: int) -> RankingMetric:
    """1 where anything wanted is among the first `depth`, else 0."""
    return RankingMetric(f"hits_at_{depth}", lambda ranking: float(any(ranking.found[:depth])))


def reciprocal_rank(depth: int) -> RankingMetric:
    """1 over the rank of the first that holds anything wanted, 0 where none of the first `depth` does."""
    return RankingMetric(
        f"mrr_at_{depth}",
        lambda ranking: next((1 / rank for rank, here in enumerate(ranking.found[:depth], start=1) if here), 0.0),
    )


def recall(depth: int, *, name: str = "recall") -> RankingMetric:
    """The share of what is wanted that is among the first `depth`."""
    return RankingMetric(
        f"{name}_at_{depth}",
        lambda ranking: len(frozenset().union(*ranking.found[:depth])) / len(ranking.wanted),
    )


def ndcg(depth: int) -> RankingMetric:
    """Normalised discounted cumulative gain of the first `depth`, where nothing wanted is found twice."""
    return RankingMetric(f"ndcg_at_{depth}", lambda ranking: _ndcg(ranking, depth))


def _ndcg(ranking: Ranking, depth: int) -> float:
    gains = (sum(ranking.wanted[thing] for thing in here) for here in ranking.found[:depth])
    return discounted(gains) / discounted(sorted(ranking.wanted.values(), reverse=True)[:depth])


def discounted(gains: Iterable[float]) -> float:
    """The discounted cumulative gain of these gains, the best rank first."""
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))
