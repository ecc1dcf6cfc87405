"""Yes, No, or that the documents disagree: questions that ask whether something is so, decided by the verifier."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag.conflict import Position
from rag.domain import Verdict
from rag.exact import Statement
from rag.ports import Verifier
from rag.proof import Proof
from rag.rerank import ReadPassage
from rag.roles import turned_round
from rag.stated import as_claim
from rag.verify import verify
from rag.words import sentences

_PASSAGES_ASKED = 8
_DECIDED_AT = 0.7
"""A question without its auxiliary is a poor claim, and a wrong Yes worse than none, so it must be surer here."""
_SAME_MATTER = 0.6
"""A sentence with this share of the claim's words, and a negation that the claim has not, denies it."""


class Decision(StrEnum):
    """What the documents say to a question that asks whether something is so."""

    YES = "Yes."
    NO = "No."
    DISAGREE = "The documents disagree."


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with the sentences that say so, and those that deny it; of each document one, the surest first."""

    decision: Decision
    supporting: Position
    denying: Position

    @property
    def proofs(self) -> list[Proof]:
        """The sentences that carry the decision."""
        return self.denying.proofs if self.decision is Decision.NO else self.supporting.proofs


def decide(question: str, read: Sequence[ReadPassage], verifier: Verifier) -> Decided | None:
    """What the best passages say to a question that asks yes or no; None where it asks else, or they do not decide."""
    claim = as_claim(question)
    if claim is None:
        return None
    surest: dict[str, tuple[float, Verdict, Proof]] = {}
    for one in read[:_PASSAGES_ASKED]:
        found = _judged(claim, one, verifier)
        if found and found[0] > surest.get(one.passage.document, (0.0,))[0]:
            surest[one.passage.document] = found
    ordered = sorted(surest.values(), key=lambda found: -found[0])
    supporting, denying = (
        Position([proof for _, verdict, proof in ordered if verdict is wanted])
        for wanted in (Verdict.SUPPORTED, Verdict.CONTRADICTED)
    )
    if supporting.proofs and denying.proofs:
        decision = Decision.DISAGREE
    elif supporting.proofs or denying.proofs:
        decision = Decision.YES if supporting.proofs else Decision.NO
    else:
        return None
    return Decided(decision, supporting, denying)


def _judged(claim: str, read: ReadPassage, verifier: Verifier) -> tuple[float, Verdict, Proof] | None:
    """How surely a passage supports or denies the claim, and the sentence that does; None where it does neither.

    A sentence that has the claim's actors change places may not deny it, but tells another story.
    """
    passage = read.passage
    check = verify(claim, passage, verifier=verifier)
    if check.verdict is not Verdict.SUPPORTED:
        for span in sentences(passage.search_text):
            if turned_round(claim, span.of(passage.search_text)):
                return 1.0, Verdict.CONTRADICTED, Proof(passage, span.shifted(passage.span.start))
    if check.span is None or check.entailment is None:
        return None
    chance = max(check.entailment.supported, check.entailment.contradicted)
    verdict = check.verdict
    if verdict is Verdict.SUPPORTED:
        claimed, proof = Statement.of(claim), check.span.of(passage.search_text)
        # A proof may be two sentences: what the other one denies is not the claim.
        told = [Statement.of(span.of(proof)) for span in sentences(proof)]
        said = max(told, key=lambda one: len(set(claimed.matter) & set(one.matter)))
        if claimed.is_negated != said.is_negated:
            shared = len(set(claimed.matter) & set(said.matter)) / max(1, len(set(claimed.matter)))
            if shared < _SAME_MATTER:
                return None
            verdict, chance = Verdict.CONTRADICTED, max(chance, _DECIDED_AT)
    if chance < _DECIDED_AT:
        return None
    return chance, verdict, Proof(passage, check.span.shifted(passage.span.start))
