"""Yes, No, or that the documents disagree: questions that ask whether something is so.

The reader points at the sentence of a passage that bears on the question. Whether it says yes, the verifier tells. That
it says no is taken from its words alone: a negation of what is asked, another number, actors who change places. Of a
sentence that merely tells something else of the same things the verifier says too often that it denies a claim.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rag.answer.cells import asked_cells
from rag.answer.disagreement import CHANGED, Disagreement, Position, Relation, disagreement, in_order
from rag.answer.matter import Matter
from rag.answer.rank import Ranked
from rag.domain import Span, Verdict
from rag.evidence.exact import Wording, compare, is_negated_around, unstated_numbers
from rag.evidence.fit import fit
from rag.evidence.roles import same_roles, turned_round
from rag.evidence.statement import Statement, statements_of
from rag.ports import CloseReader, Reading, Said, Verifier
from rag.question.as_claim import as_claim
from rag.question.subjects import named_by, subjects_of
from rag.search.rerank import ReadPassage
from rag.text.words import content_stems, points_back, words

_PASSAGES_ASKED = 8
_MOST = 3
_OLDER = "Older reports say otherwise."
# These were chosen on questions about the sample corpus; docs/benchmarks.md says how they do on others.
_ON_THE_MATTER = 4.0
"""The reader's relevance from which on a passage decides."""
_SAME_MATTER = 0.3
"""So much of the claim's content words the sentence holds that the reader points at."""
_NEARLY_ALL = 0.8
"""And so much another sentence."""
_SAID_AT = 0.45
_TOO_LIKELY = 0.75
"""A negated sentence that the verifier takes for support as surely as this may negate something else."""
_SURE = 0.7
"""Only who is as sure as this is heard against others."""
_READ_AS_YES, _READ_AS_NO = 0.9, 0.6
"""How surely a single statement is to be read as a yes or a no."""
_YES_OR_NO = r"(?:(?P<no>no|nein|non|none|keine?)|yes|ja|oui|sí)\b"
_BEGINS = re.compile(rf"\W*(?:[AR]:\s*)?{_YES_OR_NO}(?=[\s,.;:!–—-]|$)", re.IGNORECASE)
_VALUE = re.compile(rf":\s*{_YES_OR_NO}\W*$", re.IGNORECASE)
_LIMITS = re.compile(r"\b(?:only|except|unless|but|nur|außer|sofern|wenn)\b", re.IGNORECASE)
"""What is so only of some, or at some times, is a yes to few questions."""
_PROVED, _NEGATED = 0.96, 0.65
"""How sure what the words alone decide is, and a negation among them."""
_OF_EACH = frozenset("all always both completely entirely every everybody everyone most mostly only still".split())
"""What is so of some, or was so once, need not be so of these."""
_OF_NOW = re.compile(r"\b(?:still|now|nowadays|currently|today|at present|any ?more|any longer|yet)\b", re.IGNORECASE)
_PRESENT = re.compile(r"\s*(?:is|are|do|does|can|has|have)(?:n['’]t)?\b", re.IGNORECASE)


class Decision(StrEnum):
    """What the documents say to a question that asks whether something is so."""

    YES = "Yes."
    NO = "No."
    DISAGREE = "The documents disagree."


@dataclass(frozen=True, slots=True)
class Decided:
    """What a question that asks yes or no comes to, the sentences that say so, and the conflict where there is one."""

    lead: str
    proofs: tuple[Statement, ...]
    conflict: Disagreement | None = None


@dataclass(frozen=True, slots=True)
class _Vote:
    sureness: float
    decision: Decision
    proof: Statement


def decide(matter: Matter, verifier: Verifier) -> Decided | None:
    """What the documents say to a question that asks yes or no; None where it asks else, or they do not decide.

    A paper is decided by the one statement that is about it, read closely; reports by what they say together.
    """
    claim = as_claim(matter.question)
    if claim is None:
        return None
    if matter.close_reader and (vote := _read_closely(matter.question, claim, matter.ranked, matter.close_reader)):
        says_so_itself = not vote.proof.values and _BEGINS.match(vote.proof.text)
        return Decided("" if says_so_itself else vote.decision, (vote.proof,))
    near = [one for one in matter.read[:_PASSAGES_ASKED] if one.reading and one.reading.relevance >= _ON_THE_MATTER]
    surest: dict[str, _Vote] = {}
    for one in near:
        vote = _vote(claim, one, verifier)
        document = one.passage.document
        if vote and (document not in surest or vote.sureness > surest[document].sureness):
            surest[document] = vote
    votes = sorted(surest.values(), key=lambda vote: -vote.sureness)
    if not votes or (_OF_NOW.search(matter.question) and not _is_newest_heard(votes, near)):
        return None
    return _together(votes, matter.stories, of_the_present=_PRESENT.match(matter.question) is not None)


def _read_closely(question: str, claim: str, ranked: Sequence[Ranked], reader: CloseReader) -> _Vote | None:
    """What the statement says that answers best, where it is of no report and decides; None else.

    Its own yes or no counts first: of these the model knows little.
    """
    best = ranked[0] if ranked else None
    if best is None or best.fit <= 0 or best.statement.passage.origin.outlet is not None:
        return None
    proof = replace(best.statement, asked=asked_cells(question, best.statement, best.answer))
    told = _told(proof)
    if told is None and is_negated_around(claim, proof.text):
        told = Decision.NO
    if told is not None:
        return _Vote(_PROVED, told, proof)
    (said,) = reader.verify(claim, [Said(proof.setting(claim), proof.said)])
    if said.contradicted >= _READ_AS_NO:
        return _Vote(said.contradicted, Decision.NO, proof)
    if said.supported >= _READ_AS_YES and not _LIMITS.search(proof.text):
        return _Vote(said.supported, Decision.YES, proof)
    return None


def _told(proof: Statement) -> Decision | None:
    """The yes or no that a statement begins with, or that stands in the cell or field that is asked for."""
    found = _VALUE.search(proof.asked or proof.said) if proof.values else _BEGINS.match(proof.said)
    if found is None:
        return None
    return Decision.NO if found["no"] else Decision.YES


def _together(votes: Sequence[_Vote], stories: Mapping[str, str], *, of_the_present: bool) -> Decided | None:
    """What votes come to. Of the present the newest tells; who is not sure is not heard against others."""
    yes, no = (
        Position([vote.proof for vote in votes if vote.decision is wanted], answer)
        for wanted, answer in ((Decision.YES, "yes"), (Decision.NO, "no"))
    )
    if not yes.proofs or not no.proofs:
        return Decided(votes[0].decision, (votes[0].proof,))
    sides = disagreement(yes, no, stories)
    changed = sides.relation is Relation.SUCCESSION
    days = {vote.proof.day or "" for vote in votes}
    newest = {vote.decision for vote in votes if vote.proof.day == max(days)}
    if of_the_present and "" not in days and len(newest) == 1:
        return Decided(f"{newest.pop()} {CHANGED if changed else _OLDER}", tuple(in_order(sides)[::-1][:_MOST]))
    if changed:
        return Decided(CHANGED, tuple(in_order(sides)[-_MOST:]))
    sure = {vote.decision for vote in votes if vote.sureness >= _SURE}
    if len(sure) == 1:
        return _together([vote for vote in votes if vote.decision in sure], stories, of_the_present=of_the_present)
    return Decided(Decision.DISAGREE, tuple(sides.positions[0].proofs[:1]), sides) if sure else None


def _is_newest_heard(votes: Sequence[_Vote], near: Sequence[ReadPassage]) -> bool:
    """Whether the newest of the documents on the matter decides: what an older one says may have changed since."""
    days = [one.passage.origin.published for one in near]
    return None not in days and any(vote.proof.day == max(filter(None, days)) for vote in votes)


def _vote(claim: str, read: ReadPassage, verifier: Verifier) -> _Vote | None:
    """What a passage says to a claim, and how surely; None where it decides nothing.

    A sentence that has the claim's actors change places may not deny it, but tells another story.
    """
    passage, text = read.passage, read.passage.search_text
    cut = statements_of(passage)
    for one in cut:
        if turned_round(claim, one.text):
            return _Vote(1.0, Decision.NO, one)
    place = _pointed_at(claim, cut, read.reading)
    if place is None:
        return None
    proof, said = cut[place], cut[place].text
    if place and points_back(said):
        proof = replace(proof, span=Span(cut[place - 1].span.start, proof.span.end))
    exact = compare(Wording.of(claim), Wording.of(said))
    if exact in (Verdict.SUPPORTED, Verdict.CONTRADICTED):
        return _Vote(_PROVED, Decision.YES if exact is Verdict.SUPPORTED else Decision.NO, proof)
    if not fit(subjects_of(claim, named_by([passage])), proof):
        return None  # it tells of somebody else
    each = verifier.verify(claim, list(dict.fromkeys([said, proof.text])))
    supported, contradicted = max(one.supported for one in each), max(one.contradicted for one in each)
    if is_negated_around(claim, proof.text):
        return _Vote(_NEGATED, Decision.NO, proof) if supported < _TOO_LIKELY else None
    if supported < max(_SAID_AT, contradicted) or unstated_numbers(claim, text) or _asks_of_each(claim, said):
        return None
    return _Vote(_PROVED if same_roles(claim, said) else supported, Decision.YES, proof)


def _pointed_at(claim: str, cut: Sequence[Statement], reading: Reading | None) -> int | None:
    """Which statement bears on a claim: the reader's if it is on the matter, else one that says nearly all of it."""
    asked = set(content_stems(claim))
    shares = [len(asked & set(content_stems(one.reading))) / max(1, len(asked)) for one in cut]
    if reading and reading.answers and cut:
        start = reading.answers[0].start + cut[0].passage.span.start
        for place, one in enumerate(cut):
            is_near = shares[place] >= _SAME_MATTER or (place and points_back(one.text))
            if is_near and one.span.start <= start < one.span.end:
                return place
    best = max(range(len(cut)), key=lambda place: shares[place], default=None)
    return best if best is not None and shares[best] >= _NEARLY_ALL else None


def _asks_of_each(claim: str, said: str) -> bool:
    """Whether a claim speaks of all or most, or of what lasts, and the sentence does not."""
    return bool(_OF_EACH & {word.lower() for word in words(claim)} - {word.lower() for word in words(said)})
