"""SciFact: scientific claims, and the abstracts that support or refute them. Are these abstracts retrieved?

Wadden et al. 2020, https://arxiv.org/abs/2004.14974, as a retrieval task in the form of BEIR (Thakur et al. 2021,
https://arxiv.org/abs/2104.08663): `corpus.jsonl`, `queries.jsonl`, and the judged documents in `qrels/`. Documents are
ranked, each by its best passage. A document counts when it is judged above 0; queries without such a document are left
out. `ndcg_at_10` and `recall_at_10` are defined in `eval.metrics.ranking`; the figures are the means over the queries.
"""

from collections import defaultdict
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from eval.benchmarks.retrieval import DEPTH, Query, RetrievalSuite
from eval.json_lines import read_json_lines, read_lines, wrong_line
from eval.metrics.ranking import ndcg, recall
from rag.domain import Passage
from rag.errors import InputError

_HEADING = ["query-id", "corpus-id", "score"]
METRICS = (ndcg(DEPTH), recall(DEPTH))


def load_scifact(folder: Path) -> RetrievalSuite:
    """The suite of a folder; every file of `qrels/` is read. Raises InputError naming file and line."""
    corpus = folder / "corpus.jsonl"
    questions = _by_id(folder / "queries.jsonl")
    documents = _by_id(corpus)
    wanted: dict[str, dict[str, float]] = defaultdict(dict)
    tags: dict[str, list[str]] = defaultdict(list)
    for path in sorted((folder / "qrels").glob("*.tsv")):
        for number, line in enumerate(read_lines(path), start=1):
            fields = line.strip().split("\t")
            if not line.strip() or fields == _HEADING:
                continue
            query, document, grade = _judged(fields, path, number)
            for kind, id_, known in (("query", query, questions), ("document", document, documents)):
                if id_ not in known:
                    raise wrong_line(path, number, f"there is no {kind} '{id_}'")
            if grade > 0:
                wanted[query][document] = grade
                tags[query].append(path.stem)
    if not wanted:
        raise InputError(f"There are no judged documents in {folder / 'qrels'}. Give another folder.")
    queries = tuple(
        Query(id_, question, wanted[id_], tuple(dict.fromkeys(tags[id_])))
        for id_, question in questions.items()
        if id_ in wanted
    )
    return RetrievalSuite(
        "scifact", corpus, "text", queries, METRICS, document=_id, holds=_wanted_document, of_documents=True
    )


def _by_id(path: Path) -> dict[str, str]:
    """The texts of a file by id, in order."""
    first_line_of: dict[str, int] = {}
    texts: dict[str, str] = {}
    for number, line in read_json_lines(path, _Text):
        if line.id in first_line_of:
            raise wrong_line(path, number, f"the _id '{line.id}' is already that of line {first_line_of[line.id]}")
        first_line_of[line.id] = number
        texts[line.id] = line.text
    return texts


def _judged(fields: list[str], path: Path, number: int) -> tuple[str, str, float]:
    """Query, document and grade."""
    try:
        query, document, grade = fields
        return query, document, float(grade)
    except ValueError:
        raise wrong_line(path, number, "it is not a query-id, a corpus-id and a score, parted by tabs") from None


def _id(passage: Passage) -> str:
    """The library keeps the corpus's own ids."""
    return passage.document


def _wanted_document(passage: Passage, query: Query) -> frozenset[str]:
    return frozenset({passage.document} & query.wanted.keys())


class _Text(BaseModel):
    """A document or a query."""

    model_config = ConfigDict(strict=True)
    id: str = Field(alias="_id", min_length=1)
    text: str
