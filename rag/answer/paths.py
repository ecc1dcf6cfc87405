"""The path of each kind of question: what it makes an answer of. A path that finds nothing leaves it to the prose."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rag.answer.plan import Plan
from rag.answer.prose import plan_prose, plan_timeline
from rag.answer.rank import Ranked
from rag.domain import AnswerKind
from rag.ports import Library, Verifier
from rag.question.kind import kind_of
from rag.search.rerank import ReadPassage


@dataclass(frozen=True, slots=True)
class Matter:
    """A question with all that was found for it."""

    question: str
    ranked: Sequence[Ranked]
    """What the best passages say, the best answer first."""
    read: Sequence[ReadPassage]
    """Every passage that was read, best first."""
    stories: Mapping[str, str]
    """The story of each document that was read."""
    library: Library
    verifier: Verifier | None = None
    newest: bool = False


_PATHS: dict[AnswerKind, Callable[[Matter], Plan | None]] = {}
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
