"""The path of each kind of question: what it makes an answer of. A path that finds nothing leaves it to the prose."""

from collections.abc import Callable
from dataclasses import replace

from rag.answer.compare import compare_answer
from rag.answer.compute import compute_answer
from rag.answer.define import plan_definition
from rag.answer.matter import Matter
from rag.answer.numbered import plan_numbered
from rag.answer.overview import plan_documents, plan_summary
from rag.answer.parties import plan_parties
from rag.answer.plan import Plan
from rag.answer.prose import plan_prose, plan_timeline
from rag.answer.rows import plan_rows
from rag.answer.several import plan_list
from rag.answer.steps import plan_steps
from rag.domain import AnswerKind
from rag.question.kind import kind_of

_Path = Callable[[Matter], Plan | None]


def _first_of(*paths: _Path) -> _Path:
    """The first of several paths that finds something."""
    return lambda matter: next(filter(None, (path(matter) for path in paths)), None)


_PATHS: dict[AnswerKind, _Path] = {
    # What answers best may be one item of several.
    AnswerKind.VALUE: _first_of(plan_numbered, plan_parties, plan_rows, plan_list),
    AnswerKind.DEFINITION: _first_of(plan_numbered, plan_definition, plan_list),
    AnswerKind.LIST: _first_of(plan_parties, plan_rows, plan_list),
    AnswerKind.STEPS: plan_steps,
    AnswerKind.COMPUTED: _first_of(compute_answer, plan_rows),
    AnswerKind.COMPARE: compare_answer,
    AnswerKind.SUMMARY: plan_summary,
    AnswerKind.DOCUMENTS: plan_documents,
}
"""The kinds whose answers are not prose. A path gives None where it finds nothing of its kind."""
_TOLD_IN_PROSE = frozenset({AnswerKind.YES_NO, AnswerKind.DEFINITION})
"""The kinds that prose tells too."""


def plan(matter: Matter, *, is_answerable: bool, timeline: bool = False) -> Plan:
    """What answers a question, by its kind; an empty plan where nothing does."""
    if timeline:
        return plan_timeline(matter.question, matter.ranked) if is_answerable else Plan()
    kind = kind_of(matter.question)
    path = _PATHS.get(kind)
    made = path(matter) if path else None
    if made and (made.is_certain or is_answerable):
        return made
    if not is_answerable:
        return Plan()
    told = plan_prose(matter)
    return replace(told, kind=kind) if kind in _TOLD_IN_PROSE else told
