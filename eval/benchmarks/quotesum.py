"""QuoteSum: questions whose answer stands in several passages, each of which is to be quoted.

Schuster et al. 2024, "SEMQA: Semi-Extractive Multi-Source Question Answering", https://aclanthology.org/2024.naacl-long.74.
A question's passages are the whole library; the short answer of each is a part of what is wanted. The data set has
several people's summaries of the same passages: they make one case.
"""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ConfigDict

from eval.benchmarks.own_documents import Given, files_of, numbered, proof, suite_of
from eval.cases import Case
from eval.json_lines import read_json_lines, wrong_line
from eval.match import plain
from eval.suite import Suite

_PASSAGES = 8


def load_quotesum(data: Path) -> Suite:
    """The suite of a file, or of a folder's files `quotesum*.jsonl`; raises InputError naming file and line."""
    return suite_of("quotesum", (case for path in files_of(data, "quotesum") for case in _cases(path)))


def _cases(path: Path) -> Iterator[Case]:
    seen: set[tuple[object, ...]] = set()
    for number, line in read_json_lines(path, _Line):
        documents = numbered([(line.of("title", place), line.of("source", place)) for place in _places()])
        by_id = {document.id: document for document in documents}
        short = {place: line.of("short_ans_", place) for place in _places()}
        parts = [
            (answer, by_id[str(place)]) for place, answer in short.items() if plain(answer) and str(place) in by_id
        ]
        if not parts:
            raise wrong_line(path, number, "no source has a short answer")
        if (same := (line.question, documents)) in seen:
            continue
        seen.add(same)
        yield Case(
            id=line.unique_id,
            question=line.question,
            answers=tuple(dict.fromkeys((answer,) for answer, _ in parts)),
            evidence=tuple((proof(document, answer),) for answer, document in parts),
            documents=documents,
            tags=(f"{len(documents)} passages",),
        )


def _places() -> range:
    return range(1, _PASSAGES + 1)


class _Line(Given):
    """A line, with up to eight numbered titles, sources and short answers beside these fields."""

    model_config = ConfigDict(strict=True, extra="allow")
    unique_id: str
    question: str

    def of(self, field: str, place: int) -> str:
        """A numbered field; empty where it is missing or no text."""
        value = (self.model_extra or {}).get(f"{field}{place}")
        return value if isinstance(value, str) else ""
