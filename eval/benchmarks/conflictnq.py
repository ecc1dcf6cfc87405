"""ConflictNQ: questions with real passages and made-up ones that say something else.

The data set of that name pairs each question of Natural Questions (Kwiatkowski et al. 2019,
https://aclanthology.org/Q19-1026) with a real and a counterfactual answer and passages for both, which are the whole
library here. Either answer is said by documents, so either matches; `conflict_recall` asks for both.
"""

from collections.abc import Iterator
from pathlib import Path

from eval.benchmarks.own_documents import Given, files_of, numbered, proof, suite_of
from eval.cases import Case, Side
from eval.json_lines import read_json_lines
from eval.suite import Suite


def load_conflictnq(data: Path) -> Suite:
    """The suite of a file, or of a folder's files `conflictnq*.jsonl`; raises InputError naming file and line."""
    return suite_of("conflictnq", (case for path in files_of(data, "conflictnq") for case in _cases(path)))


def _cases(path: Path) -> Iterator[Case]:
    for _, line in read_json_lines(path, Line):
        real = numbered([(None, entry.passage) for entry in line.real_passages], "real-")
        fake = numbered([(None, entry.passage) for entry in line.fake_passages], "fake-")
        sides = (
            Side((line.real_short_answer,), tuple(proof(document, line.real_short_answer) for document in real)),
            Side((line.fake_short_answer,), tuple(proof(document, line.fake_short_answer) for document in fake)),
        )
        yield Case(
            id=line.id,
            question=line.question,
            answers=((line.real_short_answer, line.fake_short_answer),),
            evidence=tuple(side.evidence for side in sides),
            sides=sides,
            documents=(*real, *fake),
        )


class _Passage(Given):
    passage: str


class Line(Given):
    """One question of the data."""

    id: str
    question: str
    real_short_answer: str
    real_passages: list[_Passage]
    fake_short_answer: str
    fake_passages: list[_Passage]
