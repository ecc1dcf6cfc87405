"""An answer in prose: the statements that answer, decided, put in order, and set against each other."""

from collections.abc import Iterator, Sequence

from rag.answer.choose import choose
from rag.answer.disagreement import CHANGED, Disagreement, Relation, find_disagreements, in_order
from rag.answer.matter import Matter
from rag.answer.plan import Plan
from rag.answer.rank import Ranked
from rag.answer.yes_or_no import decide
from rag.domain import Period
from rag.evidence.roles import same_roles
from rag.evidence.statement import Statement
from rag.question.answer_types import asks_who_to_whom, asks_why
from rag.question.as_claim import as_claim
from rag.text.dates import named_periods

_MOST_CHANGES = 5
_TIMELINE = 10
_ON_THE_MATTER = 5
"""So many sentences are set against the other documents, those of the answer first."""
_ASKED = 0.5
"""A sentence that is not in the answer counts among them where it holds this share of the question's matter."""
_TIMELINE_WITHIN = 4.0
"""A sentence belongs on a timeline where its score is at most this much below the best one's."""


def plan_prose(matter: Matter) -> Plan:
    """The sentences that answer a question, best first, or by their days where the matter changed.

    Where the newest is asked for, it is told first.
    """
    question, ranked, verifier = matter.question, matter.ranked, matter.verifier
    proofs = choose(question, ranked)
    if matter.newest:
        proofs = _newest_first(proofs)
    if verifier is None or not proofs:
        return Plan(tuple(proofs))
    decided = decide(matter, verifier)
    if decided:
        return Plan(decided.proofs, decided.lead, (decided.conflict,) if decided.conflict else ())
    told = dict.fromkeys(proofs)
    if not asks_why(question) and not as_claim(question):
        near = set(choose(question, ranked, limit=_ON_THE_MATTER, within=_TIMELINE_WITHIN, only_asked=False))
        asked = [one.statement for one in ranked if one.features["coverage"] >= _ASKED and one.statement in near]
        told.update(dict.fromkeys(asked))
    found = find_disagreements(
        question, list(told), matter.read, verifier=verifier, stories=matter.stories, newest=matter.newest
    )
    changes = next((one for one in found if one.relation is Relation.SUCCESSION and _holds_any(one, proofs)), None)
    conflicts = tuple(one for one in found if one.relation is Relation.CONFLICT)
    if changes and not asks_why(question):  # what changed in the meantime is no reason
        order = in_order(changes)[::-1] if matter.newest else in_order(changes)
        return Plan(tuple(order[:_MOST_CHANGES]), CHANGED, conflicts)
    if conflicts and asks_who_to_whom(question):  # what each side says is the answer
        return Plan(tuple(_best_of_each(conflicts[0], ranked)), "", conflicts)
    return Plan(tuple(_lonely_last(proofs, conflicts)), "", conflicts)


def _best_of_each(conflict: Disagreement, ranked: Sequence[Ranked]) -> Iterator[Statement]:
    """What answers best of each side's documents and tells the same, the side first that more reports are on."""
    for position in conflict.positions:
        documents = {proof.passage.document for proof in position.proofs}
        first = position.proofs[0]
        told = (one.statement for one in ranked if one.statement.passage.document in documents)
        yield next((one for one in told if one in position.proofs or same_roles(first.text, one.text)), first)


def _lonely_last(proofs: Sequence[Statement], conflicts: Sequence[Disagreement]) -> list[Statement]:
    """The sentences without those that more reports deny; the best one stays, after one of these where it is told."""
    outnumbered = [one.positions for one in conflicts if one.reports[0] > one.reports[1]]
    lonely = {proof for _, few in outnumbered for proof in few.proofs}
    told = [proof for proof in proofs if proof not in lonely]
    if proofs[0] not in lonely:
        return told
    denied = any(proof in many.proofs for many, few in outnumbered if proofs[0] in few.proofs for proof in told)
    return [*told, proofs[0]] if denied else [proofs[0], *told]


def _newest_first(proofs: Sequence[Statement]) -> list[Statement]:
    """The dated sentences by their days, the newest first; those that nothing dates keep their places."""
    dated = iter(sorted((proof for proof in proofs if proof.day), key=lambda proof: proof.day or "", reverse=True))
    return [next(dated) if proof.day else proof for proof in proofs]


def _holds_any(one: Disagreement, proofs: Sequence[Statement]) -> bool:
    return any(proof in proofs for position in one.positions for proof in position.proofs)


def plan_timeline(question: str, ranked: Sequence[Ranked]) -> Plan:
    """The sentences on the matter by their days, the oldest first; those that nothing dates are left out.

    The day is the one that a sentence names, else that of its document's publication.
    """
    proofs = choose(question, ranked, limit=_TIMELINE, within=_TIMELINE_WITHIN, only_asked=False)
    dated = sorted(((day, proof) for proof in proofs if (day := _day_of(proof))), key=lambda one: one[0])
    undated = len(proofs) - len(dated)
    counted = "1 sentence" if undated == 1 else f"{undated} sentences"
    return Plan(
        tuple(proof for _, proof in dated),
        days=tuple(day for day, _ in dated),
        notice=f"Left out of the timeline, since nothing dates them: {counted}." if undated else "",
    )


def _day_of(proof: Statement) -> str | None:
    named = [period for _, period in named_periods(proof.text)]
    return _written(named[0]) if named else proof.day


def _written(period: Period) -> str | None:
    """A period as precisely as it is one: a day, a month, a year."""
    first, last = period.first or period.last, period.last or period.first
    if first is None or last is None or first == last:
        return first
    return first[:7] if first[:7] == last[:7] else first[:4]
