"""Follow-ups of the mtRAG conversations: does the completed question hold the words of a person's rewriting?

Katsis et al. 2025, https://arxiv.org/abs/2501.03468. A line has `turns` (all questions so far, each after `|user|:`)
and `rewrite`. The conversations come without documents, so they are asked over the sample corpus, which answers none of
them: `query_f1` tells how well they were completed, abstention how often they were declined. Cases are tagged by
whether the person changed the question, and by their file.

    python -m eval.benchmarks.follow_ups DATA

prints the same overlap without asking anything, and beside it that of the bare last question.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

from pydantic import Field

from eval.benchmarks.own_documents import Given, files_of
from eval.cases import Case
from eval.json_lines import read_json_lines
from eval.metrics.query import overlap
from eval.sample import sample_documents
from eval.suite import Suite
from rag.domain import Turn
from rag.errors import InputError
from rag.question.follow_up import self_contained

_SPEAKER = re.compile(r"(?:^|\n)\|user\|:")
_CHANGED, _LEFT = "changed by the person", "left by the person"


def load_follow_ups(data: Path) -> Suite:
    """The suite of a file, or of a folder's files `followups*.jsonl`; raises InputError naming file and line."""
    cases = tuple(case for path in files_of(data, "followups") for case in _cases(path))
    if not cases:
        raise InputError(f"There is no case in {data}. Give another file.")
    return Suite("followups", cases, sample_documents())


def measure(suite: Suite) -> dict[str, float]:
    """The means of what the module describes."""
    changed, left = ([case for case in suite.cases if tag in case.tags] for tag in (_CHANGED, _LEFT))
    counted = {_CHANGED: float(len(changed)), _LEFT: float(len(left))}
    means = {
        "F1 bare": [overlap(case.question, case.rewrite) for case in changed],
        "F1 completed": [overlap(_completed(case), case.rewrite) for case in changed],
        "left by us too": [float(_completed(case) == case.question) for case in left],
    }
    return counted | {name: fmean(values) for name, values in means.items() if values}


def _cases(path: Path) -> Iterator[Case]:
    for _, line in read_json_lines(path, _Line):
        *earlier, last = [turn.strip() for turn in _SPEAKER.split(line.turns) if turn.strip()]
        rewrite = _SPEAKER.sub("", line.rewrite).strip()
        yield Case(
            id=line.id,
            question=last,
            unanswerable=True,
            turns=tuple(Turn(question, "") for question in earlier),
            rewrite=rewrite,
            tags=(_LEFT if rewrite == last else _CHANGED, path.stem),
        )


def _completed(case: Case) -> str:
    return self_contained(case.question, case.turns)


class _Line(Given):
    id: str
    turns: str = Field(pattern=r"\|user\|:\s*\S")
    rewrite: str


if __name__ == "__main__":
    for name, value in measure(load_follow_ups(Path(sys.argv[1]))).items():
        print(f"{name}: {value:.3f}")
