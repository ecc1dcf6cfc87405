"""Benchmarks of retrieval: are the passages found that a question needs? Nothing is answered."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.library import OpenAssistant, open_assistant, temporary_assistant
from eval.mean import Mean, mean_of
from eval.metrics.ranking import Ranking, RankingMetric
from eval.versions import versions
from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.domain import Passage, ScoredPassage
from rag.search.rerank import CANDIDATES, rerank
from rag.search.retrieve import asked_in, retrieve

DEPTH = 10
"""How many passages of a ranking are judged."""
_SEARCHED_FOR_DOCUMENTS = 50
OWN = "reranked"
"""The ranking of the assistant itself."""
Search = Callable[[str, Assistant, int], list[ScoredPassage]]


@dataclass(frozen=True, slots=True)
class Query:
    """One question, and what should be found for it."""

    id: str | int
    """The query's own id, or its place in its file, from 0."""
    question: str
    wanted: Mapping[str, float]
    """Evidence or ids of documents, each with its grade above 0; never empty."""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RetrievalSuite:
    """A corpus, and queries with what should be found in it."""

    name: str
    corpus: Path
    text_field: str
    queries: tuple[Query, ...]
    metrics: tuple[RankingMetric, ...]
    document: Callable[[Passage], str]
    """The corpus's own id of the document that a passage is of."""
    holds: Callable[[Passage, Query], frozenset[str]]
    """Which of the things that a query wants a passage holds."""
    of_documents: bool = False
    """Whether documents are ranked, each by its best passage, and not passages."""


@dataclass(frozen=True, slots=True)
class QueryRun:
    """One query, the best passages of the assistant's own retrieval, and the scores of each ranking by metric."""

    query: Query
    passages: tuple[ScoredPassage, ...]
    """Best first; `document` is the corpus's own id."""
    scores: Mapping[str, Mapping[str, float]]

    @property
    def prediction(self) -> dict[str, Any]:
        """The raw outcome, from which anyone can compute the scores again."""
        return {
            "id": self.query.id,
            "question": self.query.question,
            "passages": [
                {
                    "document": found.passage.document,
                    "start": found.passage.span.start,
                    "end": found.passage.span.end,
                    "text": found.passage.text,
                    "score": found.score,
                }
                for found in self.passages
            ],
        }


@dataclass(frozen=True, slots=True)
class RetrievalRun:
    """All that came of running a retrieval suite."""

    suite: str
    cases: tuple[QueryRun, ...]
    rankings: Mapping[str, Mapping[str, Mean]]
    """The metrics of each ranking; `fused` is the assistant's own."""
    by_tag: Mapping[str, Mapping[str, Mean]]
    documents: int
    passages: int
    versions: Mapping[str, str]
    models: Mapping[str, str]
    notices: tuple[str, ...]
    ingest_seconds: float
    seconds: float

    @property
    def metrics(self) -> Mapping[str, Mean]:
        """The metrics of the assistant's own retrieval."""
        return self.rankings[OWN]


def run_retrieval(
    suite: RetrievalSuite,
    *,
    assistant: OpenAssistant = open_assistant,
    on_case: Callable[[int, int], None] | None = None,
) -> RetrievalRun:
    """Ingests the corpus into a temporary library, and ranks its passages for every query in four ways.

    `assistant` opens one over an empty library folder; `on_case` hears how many queries are done, of how many.
    """
    started = time.perf_counter()
    with temporary_assistant(assistant) as asked:
        report = ingest([suite.corpus], into=asked, text_field=suite.text_field)
        done: list[QueryRun] = []
        for query in suite.queries:
            done.append(_run_query(query, suite, asked))
            if on_case:
                on_case(len(done), len(suite.queries))
        documents, passages = asked.library.catalog.counts()
        embedder = asked.embedder.name
    tags = sorted({tag for query in suite.queries for tag in query.tags})
    return RetrievalRun(
        suite=suite.name,
        cases=tuple(done),
        rankings={name: _means(done, name) for name in RANKINGS},
        by_tag={tag: _means([case for case in done if tag in case.query.tags], OWN) for tag in tags},
        documents=documents,
        passages=passages,
        versions=versions(),
        models={"embedder": embedder} | ({"reader": asked.reader.name} if asked.reader else {}),
        notices=tuple(failure.error for failure in report.failed),
        ingest_seconds=report.seconds,
        seconds=time.perf_counter() - started,
    )


def _run_query(query: Query, suite: RetrievalSuite, asked: Assistant) -> QueryRun:
    best = {name: _best(search, query, suite, asked) for name, search in RANKINGS.items()}
    scores = {}
    for name, passages in best.items():
        ranking = Ranking(query.wanted, tuple(suite.holds(found.passage, query) for found in passages))
        scores[name] = {metric.name: metric.measure(ranking) for metric in suite.metrics}
    return QueryRun(query, best[OWN], scores)


def _best(search: Search, query: Query, suite: RetrievalSuite, asked: Assistant) -> tuple[ScoredPassage, ...]:
    """The first passages of a ranking, or the best passage of each of its first documents."""
    found = search(query.question, asked, _SEARCHED_FOR_DOCUMENTS if suite.of_documents else DEPTH)
    named = [replace(one, passage=replace(one.passage, document=suite.document(one.passage))) for one in found]
    if suite.of_documents:
        firsts: dict[str, ScoredPassage] = {}
        for one in named:
            firsts.setdefault(one.passage.document, one)
        named = list(firsts.values())
    return tuple(named[:DEPTH])


def _means(cases: Sequence[QueryRun], ranking: str) -> dict[str, Mean]:
    names = cases[0].scores[ranking] if cases else ()
    return {name: mean_of([case.scores[ranking][name] for case in cases]) for name in names}


def _keywords(question: str, asked: Assistant, limit: int) -> list[ScoredPassage]:
    return asked.library.search_keywords(question, limit=limit)


def _vectors(question: str, asked: Assistant, limit: int) -> list[ScoredPassage]:
    return asked.library.search_vectors(asked.embedder.embed([question])[0], limit=limit)


def _fused(question: str, asked: Assistant, limit: int) -> list[ScoredPassage]:
    return retrieve(question, library=asked.library, embedder=asked.embedder, limit=limit)


def _reranked(question: str, asked: Assistant, limit: int) -> list[ScoredPassage]:
    found = _fused(question, asked, max(CANDIDATES, limit))
    in_parts = len(asked_in(question, asked.library).parts) > 1
    read = rerank(question, found, reader=asked.reader, limit=limit, keep_order=in_parts)
    return [ScoredPassage(one.passage, one.score) for one in read]


RANKINGS: Mapping[str, Search] = {"keywords": _keywords, "vectors": _vectors, "fused": _fused, OWN: _reranked}
"""The assistant's own retrieval, and beside it what its parts find alone."""
