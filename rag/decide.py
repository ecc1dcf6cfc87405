"""Yes, No, or that the documents disagree: questions that ask whether something is so, decided by the verifier."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag.conflict import Position, Proof
from rag.domain import Verdict
from rag.ports import Verifier
from rag.rerank import ReadPassage
from rag.roles import turned_round
from rag.verify import verify
from rag.words import sentences

_PASSAGES_ASKED = 8
_ASKS = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must)(?P<negated>n['’]t)?\s+(?P<rest>.+)",
    re.IGNORECASE,
)
_TRUE = re.compile(
    r"(?:it|that)\s+(?:true|right|correct|so)\s+that\s+(?P<rest>.+)|there\s+(?:really\s+)?", re.IGNORECASE
)
# `Did A or B win?` does not ask yes or no; `more or less` does.
_CHOICE = re.compile(r"\bor\b(?!\s+(?:not|less|more|so)\b)", re.IGNORECASE)


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


def as_claim(question: str) -> str | None:
    """What a question asks the truth of, as a claim without its auxiliary; None where it does not ask yes or no.

    `Did China ban the imports?` gives `China ban the imports`: the order of words is what the checks need, and they
    care little for auxiliaries.
    """
    match = _ASKS.fullmatch(question.strip().rstrip("?! ."))
    if match is None or _CHOICE.search(question):
        return None
    rest = match["rest"]
    if true := _TRUE.match(rest):
        rest = true["rest"] or rest
    return rest[:1].upper() + rest[1:] + "."


def decide(question: str, read: Sequence[ReadPassage], verifier: Verifier) -> Decided | None:
    """What the best passages say to a question that asks yes or no; None where it asks else, or they do not decide."""
    claim = as_claim(question)
    if claim is None:
        return None
    found: dict[Verdict, list[tuple[float, Proof]]] = {Verdict.SUPPORTED: [], Verdict.CONTRADICTED: []}
    for one in read[:_PASSAGES_ASKED]:
        check = verify(claim, one.passage, verifier=verifier)
        turned = None if check.verdict is Verdict.SUPPORTED else _turned(claim, one)
        if turned is not None:
            found[Verdict.CONTRADICTED].append((0.0, turned))
        elif check.span is not None and check.entailment is not None and check.verdict in found:
            chance = max(check.entailment.supported, check.entailment.contradicted)
            found[check.verdict].append((chance, Proof(one.passage, check.span.shifted(one.passage.span.start))))
    supporting, denying = (_position(found[verdict]) for verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED))
    if supporting.proofs and denying.proofs:
        decision = Decision.DISAGREE
    elif supporting.proofs or denying.proofs:
        decision = Decision.YES if supporting.proofs else Decision.NO
    else:
        return None
    return Decided(decision, supporting, denying)


def _turned(claim: str, read: ReadPassage) -> Proof | None:
    """The sentence that has the claim's actors change places: it may not deny the claim, but tells another story."""
    passage = read.passage
    for span in sentences(passage.search_text):
        if turned_round(claim, span.of(passage.search_text)):
            return Proof(passage, span.shifted(passage.span.start))
    return None


def _position(found: list[tuple[float, Proof]]) -> Position:
    position = Position()
    for _, proof in sorted(found, key=lambda pair: -pair[0]):
        position.join(proof)
    return position
