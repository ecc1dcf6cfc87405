"""What a language model is shown: the statements that answer best, each with what it stands under, within a budget.

A small model reads a few hundred tokens a second at best, and loses itself in whole passages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rag.answer.rank import Ranked
from rag.domain import Passage
from rag.evidence.statement import TOLD_ALONE, Statement, statements_of
from rag.text.words import points_back, words

LISTED = TOLD_ALONE
_WITH_NEIGHBOURS = 2
"""So many of the best statements of prose are shown with the sentences beside them."""
_SHARE_OF_A_LIST = 0.5
"""So much of the budget the rest of a list or table may take that the best statement is of."""
_TAGS_BYTES = 70
_COPY_AT = 0.8
_WORDS_COMPARED = 4


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Statements of one passage that stand under the same headings, in their order."""

    passage: Passage
    statements: tuple[Statement, ...]

    @property
    def headed(self) -> tuple[str, ...]:
        """What its statements stand under, outermost first."""
        return self.statements[0].headed

    @property
    def lines(self) -> list[str]:
        """What it says, line by line: a row is read with the names of its columns."""
        return [f"- {one.said}" if one.kind in LISTED else one.said for one in self.statements]


def whole_excerpts(passages: Sequence[Passage]) -> list[Excerpt]:
    """All that passages say, in their order."""
    return _grouped([one for passage in passages for one in statements_of(passage)])


def chosen_excerpts(ranked: Sequence[Ranked], *, budget_bytes: int) -> list[Excerpt]:
    """The best statements that fit, by the passage that holds them, that of the best one first.

    What is about something else than the question names is left out where anything is about that, and so is what says
    again what is there.
    """
    about = [one for one in ranked if one.fit > 0] or list(ranked)
    chosen: dict[Statement, None] = {}
    runs: list[set[tuple[str, ...]]] = []
    begun: set[tuple[Passage, tuple[str, ...]]] = set()
    left = budget_bytes
    listed = int(_SHARE_OF_A_LIST * budget_bytes)
    for place, statement, is_beside in _candidates(about):
        if statement in chosen:
            continue
        cost = len(statement.said.encode()) + 3
        key = (statement.passage, statement.headed)
        cost += 0 if key in begun else _header_bytes(statement)
        told = _runs(statement.reading)
        if cost > left or (is_beside and cost > listed) or any(_copies(told, known) for known in runs):
            if not chosen and place == 0:
                break
            continue
        listed -= cost if is_beside else 0
        left -= cost
        begun.add(key)
        runs.append(told)
        chosen[statement] = None
    return _grouped(list(chosen) or [one.statement for one in about[:1]])


def _header_bytes(statement: Statement) -> int:
    """About what it costs to begin an excerpt."""
    origin = statement.passage.origin
    named = " ".join(filter(None, [origin.title, origin.outlet, origin.published, *statement.headed]))
    return _TAGS_BYTES + len(named.encode())


def _candidates(ranked: Sequence[Ranked]) -> Iterator[tuple[int, Statement, bool]]:
    """Statements in the order in which they are worth showing; and whether they only stand beside a better one."""
    prose = 0
    for place, one in enumerate(ranked):
        statement = one.statement
        yield place, statement, False
        if statement.kind in LISTED:
            if place == 0:
                yield from ((place, other, True) for other in _siblings(statement))
            continue
        prose += 1
        if prose <= _WITH_NEIGHBOURS or points_back(statement.text):
            yield from ((place, other, True) for other in _neighbours(statement, after=prose <= _WITH_NEIGHBOURS))


def _siblings(statement: Statement) -> list[Statement]:
    """The other rows or items of the same table or list, in this passage."""
    said = statements_of(statement.passage)
    return [one for one in said if one.kind is statement.kind and one.headed == statement.headed and one != statement]


def _neighbours(statement: Statement, *, after: bool) -> list[Statement]:
    """The sentence before one of prose, and the one `after` it, under the same heading."""
    said = statements_of(statement.passage)
    at = said.index(statement) if statement in said else -1
    beside = [*said[at + 1 : at + 2], *(said[at - 1 : at] if at > 0 else [])] if after else said[max(at - 1, 0) : at]
    return [one for one in beside if one.headed == statement.headed and one.kind not in LISTED]


def _grouped(chosen: Sequence[Statement]) -> list[Excerpt]:
    groups: dict[tuple[Passage, tuple[str, ...]], list[Statement]] = {}
    for one in chosen:
        groups.setdefault((one.passage, one.headed), []).append(one)
    return [Excerpt(passage, tuple(sorted(each, key=lambda one: one.span))) for (passage, _), each in groups.items()]


def _runs(text: str) -> set[tuple[str, ...]]:
    said = [word.lower() for word in words(text)]
    return set(zip(*(islice(said, start, None) for start in range(_WORDS_COMPARED)), strict=False)) or {tuple(said)}


def _copies(runs: set[tuple[str, ...]], known: set[tuple[str, ...]]) -> bool:
    return len(runs & known) >= _COPY_AT * len(runs)
