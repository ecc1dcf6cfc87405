"""MTRAG: the last question of a conversation, over the passages that people found for it.

Katsis et al. 2025, "MTRAG: A Multi-Turn Conversational Benchmark for Evaluating RAG Systems",
https://arxiv.org/abs/2501.03468. The passages of a conversation are the whole library, and each of them counts as
evidence. A question that is unanswerable has none: it is asked over the first passages of other conversations of its
collection. Questions called underspecified are left out: neither an answer nor an abstention is right. The agent's
replies are a model's, so answers are not compared with them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field

from eval.benchmarks.own_documents import Given, files_of, suite_of
from eval.cases import Case, Evidence, GivenDocument
from eval.json_lines import read_json_lines
from eval.suite import Suite
from rag.domain import Turn

_FOREIGN = 10
_LONGEST_QUESTION = 2000


def load_mtrag(data: Path) -> Suite:
    """The suite of a file, or of a folder's files `mtrag*.jsonl`; raises InputError naming file and line."""
    lines = [line for path in files_of(data, "mtrag") for _, line in read_json_lines(path, _Line)]
    return suite_of("mtrag", _cases(lines))


def _cases(lines: list["_Line"]) -> Iterator[Case]:
    for line in lines:
        [answerability] = line.answerability
        unanswerable = answerability == "UNANSWERABLE"
        documents = _documents(line.contexts) if line.contexts else _foreign(line, lines)
        if answerability in ("UNDERSPECIFIED", "CONVERSATIONAL") or not documents:
            continue
        said = [turn.text for turn in line.input]
        yield Case(
            id=line.task_id,
            question=said[-1][:_LONGEST_QUESTION],
            evidence=() if unanswerable else (tuple(Evidence(document.id) for document in documents),),
            unanswerable=unanswerable,
            turns=tuple(Turn(asked, reply) for asked, reply in zip(said[:-1:2], said[1:-1:2], strict=False)),
            documents=documents,
            tags=(answerability.lower(), line.collection),
        )


def _documents(contexts: list["_Context"]) -> tuple[GivenDocument, ...]:
    by_id = {one.document_id: GivenDocument(one.document_id, one.text, one.title or None) for one in contexts}
    return tuple(document for document in by_id.values() if document.text.strip())


def _foreign(line: "_Line", lines: list["_Line"]) -> tuple[GivenDocument, ...]:
    others = [
        other
        for other in lines
        if other.collection == line.collection and other.conversation_id != line.conversation_id and other.contexts
    ]
    return _documents([other.contexts[0] for other in others])[:_FOREIGN]


class _Said(Given):
    speaker: Literal["user", "agent"]
    text: str


class _Context(Given):
    document_id: str
    text: str
    title: str = ""


class _Line(Given):
    conversation_id: str
    task_id: str
    contexts: list[_Context]
    input: list[_Said] = Field(min_length=1)
    answerability: list[str] = Field(min_length=1, max_length=1)
    collection: str = Field(alias="Collection")
