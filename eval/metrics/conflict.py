"""Conflicts: where documents disagree, does the answer tell every side, and show the sides as such?

- `conflict_recall`: the share of a case's sides of which a claim, or a side of a conflict that the answer reports, says
  an answer. After the recall of all valid answers in Wang et al. 2025, "Retrieval-Augmented Generation with Conflicting
  Evidence", https://arxiv.org/abs/2504.13079 (RAMDocs).
- `conflict_shown`: 1 where one reported conflict has a side of its own for each of two of the case's sides, which says
  an answer of it and cites a document of it.
- `lonely_shown`: where one side of a case rests on one document and every other on several, 1 where such a conflict has
  that side, citing fewer documents than another.
"""

from collections.abc import Iterator
from itertools import permutations

from eval.cases import Case
from eval.match import says
from eval.metrics.answer import cites
from eval.metrics.metric import Metric, share
from eval.result import Result
from rag.domain import Side


def told(result: Result) -> str:
    """What an answer claims and what the sides of its conflicts say, one of them a line."""
    answer = result.answer
    sides = [side.claim for conflict in answer.conflicts for side in conflict.sides]
    return "\n".join([*(claim.text for claim in answer.claims), *sides])


def _recall(case: Case, result: Result) -> float | None:
    """The share of sides that are told; unscored where no sides are known."""
    return share(sum(says(told(result), side.answers) for side in case.sides), len(case.sides))


def _shown(case: Case, result: Result) -> float | None:
    """1 where two sides are shown against each other, else 0; unscored where no two sides are known."""
    return float(any(_against(case, result))) if len(case.sides) > 1 else None


def _lonely(case: Case, result: Result) -> float | None:
    """1 where the side that stands alone is shown so, else 0; unscored where none stands alone against several."""
    sizes = [len({entry.document for entry in side.evidence}) for side in case.sides]
    if len(sizes) < 2 or sorted(sizes)[0] != 1 or sorted(sizes)[1] == 1:
        return None
    alone = sizes.index(1)
    return float(
        any(
            which == alone and len(cites(side, result)) < len(cites(other, result))
            for which, side, other in _against(case, result)
        )
    )


def _against(case: Case, result: Result) -> Iterator[tuple[int, Side, Side]]:
    """Each side of a reported conflict that tells a side of the case, its place there, and one that tells another."""
    for conflict in result.answer.conflicts:
        for side, other in permutations(conflict.sides, 2):
            for which, another in permutations(range(len(case.sides)), 2):
                if _tells(side, which, case, result) and _tells(other, another, case, result):
                    yield which, side, other


def _tells(side: Side, which: int, case: Case, result: Result) -> bool:
    """Whether a side of a reported conflict says what this side of the case does, citing a document of it if known."""
    documents = {gold.document for gold in result.gold[which]} if result.gold else set()
    return says(side.claim, case.sides[which].answers) and (not documents or bool(documents & cites(side, result)))


RECALL = Metric("conflict_recall", "sides of a disagreement that the answer tells", _recall)
SHOWN = Metric("conflict_shown", "disagreements of which two sides are shown as a conflict", _shown)
LONELY = Metric("lonely_shown", "single documents against several that are shown to stand alone", _lonely)
