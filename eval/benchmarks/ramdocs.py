"""RAMDocs: ambiguous questions over right, misinforming and noisy documents.

Wang et al. 2025, "Retrieval-Augmented Generation with Conflicting Evidence", https://arxiv.org/abs/2504.13079. Its
documents are the whole library. Each right answer is a part of what is wanted; the answers of all documents, right or
misinforming, are the sides of a disagreement where there are several. The authors also ask that no wrong answer be
named. We do not: an assistant that reads only these documents cannot know, and is to tell both sides.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from eval.benchmarks.own_documents import Given, files_of, numbered, proof, suite_of
from eval.cases import Case, Side
from eval.json_lines import read_json_lines
from eval.suite import Suite


def load_ramdocs(data: Path) -> Suite:
    """The suite of a file, or of a folder's files `ramdocs*.jsonl`; raises InputError naming file and line."""
    return suite_of("ramdocs", (case for path in files_of(data, "ramdocs") for case in _cases(path)))


def _cases(path: Path) -> Iterator[Case]:
    for place, (_, line) in enumerate(read_json_lines(path, _Line)):
        documents = numbered([(None, document.text) for document in line.documents])
        by_id = {document.id: document for document in documents}
        said: dict[str, list[str]] = {}
        for number, document in enumerate(line.documents, start=1):
            if document.type != "noise" and str(number) in by_id:
                said.setdefault(document.answer, []).append(str(number))
        sides = tuple(Side((answer,), tuple(proof(by_id[id_], answer) for id_ in ids)) for answer, ids in said.items())
        misinformed = any(document.type == "misinfo" for document in line.documents)
        yield Case(
            id=str(place),
            question=line.question,
            answers=tuple((answer,) for answer in line.gold_answers),
            evidence=tuple(side.evidence for side in sides),
            sides=sides if len(sides) > 1 else (),
            documents=documents,
            tags=("misinformation" if misinformed else "several answers" if len(sides) > 1 else "one answer",),
        )


class _Document(Given):
    text: str
    type: Literal["correct", "misinfo", "noise"]
    answer: str


class _Line(Given):
    question: str
    documents: list[_Document]
    gold_answers: list[str]
