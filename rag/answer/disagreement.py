"""Documents that disagree on what an answer says: both sides, each with its proof, and the lonely side named.

Two signs: a sentence of another document that the verifier finds to contradict a claim of the answer, and short answers
of different documents, found by the reader, that exclude each other. Where the later document tells of a change, both
may be right in their time: that is a succession.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from pathlib import PurePath

from rag.answer.rivals import ShortAnswer, are_rivals, echoes, rivalry, same_answer, short_answer
from rag.domain import Passage
from rag.evidence.fit import fit
from rag.evidence.roles import same_roles, turned_round
from rag.evidence.same_subject import may_be_one_subject
from rag.evidence.statement import Statement, statements_of
from rag.ports import Entailment, Verifier
from rag.question.answer_types import asks_how, asks_to_describe, asks_why
from rag.question.as_claim import as_claim
from rag.question.subjects import named_by, subjects_of
from rag.search.rerank import ReadPassage
from rag.text.words import content_stems, content_words, points_back, stem

CHANGED = "This changed over time."
_SENTENCES_ASKED = 10
_SAME_MATTER = 0.3
"""A sentence bears on a claim where it holds this share of its content words, and of those that are no names."""
_SAME_ACT = 0.15
"""The same, where both tell of one act of the same two actors."""
_CONTRADICTED_AT, _AGREES_AT = 0.9, 0.5
_UNJUDGED = Entailment(supported=0.0, contradicted=0.0, unsupported=1.0)
_PASSAGES_ASKED = 8
_ON_THE_MATTER = 3.0
"""The reader's relevance from which on its short answers are set against each other."""
_MOST = 2
# What a later report tells of a change with.
_CHANGE = re.compile(
    r"\b(?:again|resum\w+|lift\w*|re-?impos\w+|reinstat\w+|restor\w+|re-?open\w*|revers\w+|replac\w+|postpon\w+"
    r"|no longer|now|since then|anew|renew\w+|amend\w+|updat\w+|correct\w+|chang\w+|former\w*|until"
    r"|drop\w*|fell|fall\w*|rose|ris\w+|rais\w+|increas\w+|decreas\w+|lower\w*|cut|cuts|return\w*"
    r"|(?:be|been|is|was|were|go|goes|come|came|let|put|brought) back|took over|succeed\w*)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Position:
    """What some documents say against others: a sentence of each, the best first."""

    proofs: list[Statement] = field(default_factory=list)
    answer: str = ""
    """The short answer that they share; empty where whole sentences are compared."""

    def join(self, proof: Statement) -> None:
        """Adds a sentence; of one document only the first counts."""
        if all(other.passage.document != proof.passage.document for other in self.proofs):
            self.proofs.append(proof)

    def reports(self, stories: Mapping[str, str]) -> int:
        """How many documents say so; those that tell one story in the same words count once."""
        return len({stories.get(proof.passage.document, proof.passage.document) for proof in self.proofs})


class Relation(StrEnum):
    """How two positions stand to each other."""

    CONFLICT = "conflict"
    SUCCESSION = "succession"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two positions that cannot both be right at one time; the one that more reports take is first."""

    positions: tuple[Position, Position]
    relation: Relation
    reports: tuple[int, int]

    @property
    def statement(self) -> str:
        """`4 reports say China, 1 says Japan. Only The Daily says the latter.`"""
        (first, second), (many, few) = self.positions, self.reports
        said = [
            f"{_counted(many)} {'says' if many == 1 else 'say'} {_quoted(first.answer) or 'one thing'}",
            f"{few} {'says' if few == 1 else 'say'} {_quoted(second.answer) or 'another'}",
        ]
        lonely = f" Only {_named(second.proofs[0].passage)} says the latter." if few == 1 < many else ""
        return ", ".join(said) + "." + lonely


def find_disagreements(
    question: str,
    claims: Sequence[Statement],
    read: Sequence[ReadPassage],
    *,
    verifier: Verifier,
    stories: Mapping[str, str],
    newest: bool = False,
) -> list[Disagreement]:
    """Where the passages that were read disagree on the claims of an answer, at most two; `stories` by document.

    Where the `newest` is asked for, what older reports answer is no rival of it. What is about something else than the
    question names is not heard.
    """
    read = _on_the_subject(question, read)
    found = [*_about_answers(question, read, verifier, stories, newest=newest)]
    # Of somebody who is to be described one sentence tells this and one that, which the verifier takes for denial.
    judge = None if asks_to_describe(question) else verifier
    found += filter(None, (_about_claim(claim, read, judge, stories) for claim in claims))
    chosen: list[Disagreement] = []
    # Whole sentences that deny each other are the surer sign.
    for one in sorted(found, key=lambda one: (bool(one.positions[0].answer), -sum(one.reports))):
        if not any(_documents(one.positions[1]) <= _documents(*other.positions) for other in chosen):
            chosen.append(one)
    return chosen[:_MOST]


def _on_the_subject(question: str, read: Sequence[ReadPassage]) -> Sequence[ReadPassage]:
    """The passages that say something about what the question names; all of them where none does."""
    subjects = subjects_of(question, named_by([one.passage for one in read]))
    if not subjects:
        return read
    return [one for one in read if any(fit(subjects, said) > 0 for said in statements_of(one.passage))] or read


def _about_claim(
    claim: Statement, read: Sequence[ReadPassage], verifier: Verifier | None, stories: Mapping[str, str]
) -> Disagreement | None:
    """Sentences of other documents that contradict a claim, as it does them, against those that say the same.

    Without a verifier only actors who change places contradict, and only the same actors agree.
    """
    ours, theirs = Position([claim]), Position()
    near = _on_the_same_matter(claim, read)
    judged = verifier.verify(claim.text, [proof.text for proof in near]) if verifier else [_UNJUDGED] * len(near)
    for proof, entailment in zip(near, judged, strict=True):
        if turned_round(claim.text, proof.text) or (verifier and _deny_each_other(claim, proof, entailment, verifier)):
            theirs.join(proof)
        elif entailment.supported >= _AGREES_AT or same_roles(claim.text, proof.text):
            ours.join(proof)
    return disagreement(ours, theirs, stories) if theirs.proofs else None


def _on_the_same_matter(claim: Statement, read: Sequence[ReadPassage]) -> list[Statement]:
    """The sentences of other documents that share most words with a claim, first those on the same act."""
    stems = set(content_stems(claim.text))
    found: list[tuple[bool, float, Statement]] = []
    for one in read:
        if one.passage.document == claim.passage.document:
            continue
        for proof in statements_of(one.passage):
            if not may_be_one_subject(claim, proof):
                continue
            share = len(stems & set(content_stems(proof.text))) / max(1, len(stems))
            same_act = turned_round(claim.text, proof.text) or same_roles(claim.text, proof.text)
            if share >= (_SAME_ACT if same_act else _SAME_MATTER):
                found.append((same_act, share, proof))
    found.sort(key=lambda one: (not one[0], -one[1]))
    return [proof for _, _, proof in found[:_SENTENCES_ASKED]]


def _deny_each_other(claim: Statement, other: Statement, entailment: Entailment, verifier: Verifier) -> bool:
    """Whether two sentences contradict each other; `entailment` is of the claim by the other.

    What a sentence that points back is about is not known here, and two that share only names tell of two things.
    """
    if entailment.contradicted < _CONTRADICTED_AT or points_back(claim.text) or points_back(other.text):
        return False
    ours, theirs = _without_names(claim.text), _without_names(other.text)
    if len(ours & theirs) < _SAME_MATTER * max(len(ours), len(theirs)):
        return False
    (back,) = verifier.verify(other.text, [claim.text])
    return back.contradicted >= _CONTRADICTED_AT


def _without_names(text: str) -> set[str]:
    """The stems of a text's content words that are written small."""
    return {stem(word) for word in content_words(text) if not word[0].isupper()}


def _about_answers(
    question: str, read: Sequence[ReadPassage], verifier: Verifier, stories: Mapping[str, str], *, newest: bool
) -> Iterator[Disagreement]:
    """The short answer that most documents give, against each that excludes it, the likeliest rival first.

    Where a passage echoes the question, as texts that are planted to be found do, no rival is thought unlikely.
    """
    is_echoed = any(echoes(question, one.passage) for one in read[:_PASSAGES_ASKED])
    # A question that asks yes or no is decided elsewhere; several reasons, ways and descriptions may be right.
    may_be_several = any(asks(question) for asks in (asks_why, asks_how, asks_to_describe))
    if as_claim(question) or (may_be_several and not is_echoed):
        return
    positions: list[tuple[Position, ShortAnswer]] = []
    answers = [answer for one in read[:_PASSAGES_ASKED] if (answer := short_answer(question, one))]
    answers = [answer for answer in answers if is_echoed or answer.reading.relevance >= _ON_THE_MATTER]
    if newest:
        last = max((answer.proof.day or "" for answer in answers), default="")
        answers = [answer for answer in answers if (answer.proof.day or last) == last]
    for answer in answers:
        same = next((position for position, other in positions if same_answer(other.text, answer.text)), None)
        if same is None:
            positions.append((same := Position(answer=answer.text), answer))
        same.join(answer.proof)
    if not positions:
        return
    positions.sort(key=lambda position: -position[0].reports(stories))
    (first, told), *others = positions
    rivals = []
    for position, other in others:
        if _documents(position) <= _documents(first):
            continue
        if not may_be_one_subject(told.proof, other.proof, apart_from=(told.text, other.text)):
            continue
        chance = rivalry(question, told, other, verifier, echoed=is_echoed)
        if are_rivals(question, chance, echoed=is_echoed):
            rivals.append((chance, position))
    for _, second in sorted(rivals, key=lambda rival: -rival[0]):
        yield disagreement(first, second, stories)


def disagreement(ours: Position, theirs: Position, stories: Mapping[str, str]) -> Disagreement:
    """Two positions against each other, the one that more reports take first."""
    counts = ours.reports(stories), theirs.reports(stories)
    relation = Relation.SUCCESSION if _is_succession(ours, theirs) else Relation.CONFLICT
    if counts[0] >= counts[1]:
        return Disagreement((ours, theirs), relation, counts)
    return Disagreement((theirs, ours), relation, (counts[1], counts[0]))


def _is_succession(ours: Position, theirs: Position) -> bool:
    """Whether they never speak of one day, and whenever another one speaks than before, it tells of a change."""
    days = [{proof.day or "" for proof in one.proofs} for one in (ours, theirs)]
    if any(not one or not other or _may_be_one_day(one, other) for one in days[0] for other in days[1]):
        return False
    told = sorted((proof.day or "", proof in ours.proofs, proof.text) for one in (ours, theirs) for proof in one.proofs)
    turns = [list(turn) for _, turn in groupby(told, key=lambda one: one[1])]
    return all(any(_CHANGE.search(text) for _, _, text in turn) for turn in turns[1:])


def _may_be_one_day(one: str, other: str) -> bool:
    """Whether a day or month may be, or hold, the other."""
    return one.startswith(other) or other.startswith(one)


def in_order(disagreement: Disagreement) -> list[Statement]:
    """The sentences of a succession by the days of their documents, the oldest first."""
    return sorted(
        (proof for position in disagreement.positions for proof in position.proofs), key=lambda proof: proof.day or ""
    )


def _documents(*positions: Position) -> set[str]:
    return {proof.passage.document for position in positions for proof in position.proofs}


def _named(passage: Passage) -> str:
    origin = passage.origin
    return origin.outlet or origin.title or PurePath(origin.path).name


def _quoted(answer: str) -> str:
    return f"“{answer}”" if answer else ""


def _counted(reports: int) -> str:
    return f"{reports} {'report' if reports == 1 else 'reports'}"
