"""MultiHop-RAG: questions whose answer needs facts of several news articles. Is their evidence retrieved?

Tang and Yang 2024, https://arxiv.org/abs/2401.15391. As there, and in the authors' program `retrieval_evaluate.py`: a
retrieved passage counts when its text holds a gold evidence sentence whole, white space aside; queries of the type
`null_query`, which nothing answers, are left out. For each other query,

- `hits_at_10`, `hits_at_4`: 1 when one of the first 10 or 4 passages counts,
- `mrr_at_10`: 1 over the rank of the first of 10 that counts, 0 where none does,
- `evidence_at_10`: the share of the query's evidence sentences that the first 10 passages hold; this one is ours.

The figures are the means over the queries. A sentence that the assistant cuts in two is found by no passage.

`multihop-answers` asks the same queries, those that nothing answers too, for whole answers: `answer_match` by the type
of query (stricter than the authors' program `qa_evaluate.py`, which asks for one shared word), and whether those of the
type `null_query` are declined and the others not.
"""

from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from eval.benchmarks.retrieval import DEPTH, Query, RetrievalSuite
from eval.cases import Case
from eval.json_lines import read_json_lines, wrong_line
from eval.metrics.ranking import hits, recall, reciprocal_rank
from eval.suite import Suite
from rag.domain import Passage
from rag.errors import InputError

_NO_ANSWER = "null_query"
METRICS = (hits(DEPTH), hits(4), reciprocal_rank(DEPTH), recall(DEPTH, name="evidence"))


def load_multihop_rag(folder: Path) -> RetrievalSuite:
    """The suite of a folder with `corpus.jsonl` and `queries.jsonl`; raises InputError naming file and line."""
    corpus = folder / "corpus.jsonl"
    _check_corpus(corpus)
    queries = tuple(
        Query(place, line.query, dict.fromkeys(map(_squeezed, line.facts()), 1.0), (line.question_type,))
        for place, (_, line) in enumerate(read_json_lines(folder / "queries.jsonl", _Query))
        if line.question_type != _NO_ANSWER
    )
    if not queries:
        raise InputError(f"There are no queries with evidence in {folder / 'queries.jsonl'}. Give another folder.")
    return RetrievalSuite("multihop-rag", corpus, "body", queries, METRICS, document=_url, holds=_facts_of)


def load_multihop_answers(folder: Path) -> Suite:
    """The queries of the same folder as cases; raises InputError naming file and line."""
    corpus = folder / "corpus.jsonl"
    _check_corpus(corpus)
    cases = tuple(
        Case(
            id=str(place),
            question=line.query,
            answers=() if line.question_type == _NO_ANSWER else ((line.answer,),),
            unanswerable=line.question_type == _NO_ANSWER,
            tags=(line.question_type,),
        )
        for place, (_, line) in enumerate(read_json_lines(folder / "queries.jsonl", _Query))
    )
    return Suite("multihop-answers", cases, corpus)


def _check_corpus(path: Path) -> None:
    first_line_of: dict[str, int] = {}
    for number, line in read_json_lines(path, _Article):
        if line.url in first_line_of:
            raise wrong_line(path, number, f"the url '{line.url}' is already that of line {first_line_of[line.url]}")
        first_line_of[line.url] = number
    if not first_line_of:
        raise InputError(f"There are no articles in {path}. Give another folder.")


def _url(passage: Passage) -> str:
    """The corpus has no ids: an article's url, which its evidence names too, is its id."""
    return passage.origin.url or passage.document


def _facts_of(passage: Passage, query: Query) -> frozenset[str]:
    text = _squeezed(passage.text)
    return frozenset(fact for fact in query.wanted if fact in text)


def _squeezed(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


class _Given(BaseModel):
    model_config = ConfigDict(strict=True)


class _Article(_Given):
    url: str = Field(min_length=1)
    body: str


class _Evidence(_Given):
    fact: str = Field(pattern=r"\S")


class _Query(_Given):
    query: str = Field(pattern=r"\S")
    question_type: str
    answer: str = ""
    evidence_list: list[_Evidence]

    @model_validator(mode="after")
    def _has_evidence(self) -> Self:
        if self.question_type != _NO_ANSWER and not self.evidence_list:
            raise ValueError(f"only a '{_NO_ANSWER}' has no evidence")
        return self

    def facts(self) -> list[str]:
        return [evidence.fact for evidence in self.evidence_list]
