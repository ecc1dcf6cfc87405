"""The path of each kind of question: what it makes an answer of. A path that finds nothing leaves it to the prose."""

from collections.abc import Callable

from rag.answer.compare import compare_answer
from rag.answer.compute import compute_answer
from rag.answer.matter import Matter
from rag.answer.plan import Plan
from rag.answer.prose import plan_prose, plan_timeline
from rag.domain import AnswerKind
from rag.question.kind import kind_of

_PATHS: dict[AnswerKind, Callable[[Matter], Plan | None]] = {
    AnswerKind.COMPUTED: compute_answer,
    AnswerKind.COMPARE: compare_answer,
}
"""The kinds whose answers are not prose. A path gives None where it finds nothing of its kind."""


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
    return plan_prose(
        matter.question,
        matter.ranked,
        matter.read,
        verifier=matter.verifier,
        stories=matter.stories,
        newest=matter.newest,
    )
