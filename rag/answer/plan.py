"""What an answer will say, before it is footnoted: its statements, what they come to, where the documents disagree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rag.answer.disagreement import Disagreement
from rag.domain import AnswerKind, Claim, Computed, Conflict, Operand, Side, Span, Verdict
from rag.evidence.cite import Footnotes
from rag.evidence.shown import shown, written
from rag.evidence.statement import Statement
from rag.evidence.verify import verify
from rag.ports import Verifier
from rag.search.rerank import ReadPassage

MOST_LISTED = 12
"""So many items of a list are shown, and how many more there are is said."""
_SHOWN_OF_A_SIDE = 3
_SURE = 0.35
"""The words that were asked for stand out where the reader's probability of no answer is at most this."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a statement that a computation takes; no number where it is only counted."""

    statement: Statement
    span: Span
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Computation:
    """What is computed from cells, and the sentence that tells it; the fields are those of `Computed`."""

    text: str
    operation: str
    cells: tuple[Cell, ...]
    result: str
    unit: str = ""
    marked: int = 12
    """So many of its cells, the first, have their markers in the sentence: the highest has that of its row alone."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which statements an answer is made of, what they come to, and where the documents disagree on them."""

    proofs: tuple[Statement, ...] = ()
    lead: str = ""
    disagreements: tuple[Disagreement, ...] = ()
    days: tuple[str, ...] = ()
    """Of a timeline: the day of each sentence."""
    marks: tuple[str, ...] = ()
    """Of steps: the number of each."""
    notice: str = ""
    kind: AnswerKind = AnswerKind.VALUE
    computation: Computation | None = None
    """What is told first, where the answer is computed; the proofs follow it, if any are to be told."""
    is_certain: bool = False
    """Whether it answers by its making, however unsure the reader is of the passages."""


def claims_of(
    planned: Plan, read: Sequence[ReadPassage], notes: Footnotes, *, verifier: Verifier | None
) -> Iterator[Claim]:
    """Each sentence as a claim that is checked like any other; one that does not pass is left out."""
    readings = {one.passage: one.reading for one in read}
    for place, proof in enumerate(map(shown, planned.proofs)):
        text = _proved(proof, verifier)
        marker = notes.add(proof.passage, proof.span) if text else None
        if text and marker is not None:
            is_of = proof.subject if text == proof.asked else None
            beside = notes.add(proof.passage, is_of) if is_of else None
            markers = (marker,) if beside is None else (marker, beside)
            reading = readings.get(proof.passage)
            is_sure = not planned.lead and reading is not None and reading.no_answer <= _SURE
            short = _short(text, proof, reading.answers) if reading and is_sure else None
            day, mark = (dict(enumerate(each)).get(place) for each in (planned.days, planned.marks))
            yield Claim(text, Verdict.SUPPORTED, markers, short=short, day=day, mark=mark or "")


def _proved(proof: Statement, verifier: Verifier | None) -> str | None:
    """What is said of a statement; in other words than its own only where these pass the check. None where none do."""
    told = dict.fromkeys([written(proof), written(replace(proof, asked="")), proof.text])
    passed = (text for text in told if verify(text, proof.passage, verifier=verifier).verdict is Verdict.SUPPORTED)
    return next(passed, None)


def computed_of(computation: Computation, notes: Footnotes) -> tuple[Claim, Computed] | None:
    """What is computed, as a claim with the cells it rests on; None where one of them cannot be cited.

    It is supported by its making: whoever reads it can compute it again from the quoted cells.
    """
    operands = []
    for cell in computation.cells:
        marker = notes.add(cell.statement.passage, cell.statement.span)
        if marker is None:
            return None
        operands.append(Operand(marker, cell.statement.value(cell.span), cell.span, cell.value))
    markers = tuple(dict.fromkeys(operand.marker for operand in operands[: computation.marked]))
    told = Computed(computation.operation, tuple(operands), computation.result, computation.unit)
    return Claim(computation.text, Verdict.SUPPORTED, markers), told


def _short(text: str, proof: Statement, answers: Sequence[Span]) -> Span | None:
    """Where a sentence holds the reader's best answer, in the sentence on one line."""
    within = proof.span.shifted(-proof.passage.span.start)
    if not answers or not answers[0].within(within):
        return None
    words = " ".join(answers[0].of(proof.passage.search_text).split())
    at = text.find(words)
    return Span(at, at + len(words)) if words and at >= 0 else None


def conflicts_of(disagreements: Sequence[Disagreement], notes: Footnotes) -> Iterator[Conflict]:
    """Disagreements with their footnotes, few of each side; a side whose words cannot be cited is none."""
    for one in disagreements:
        sides = []
        for position in one.positions:
            told = [shown(proof) for proof in position.proofs[:_SHOWN_OF_A_SIDE]]
            markers = [notes.add(proof.passage, proof.span) for proof in told]
            cited = tuple(marker for marker in markers if marker is not None)
            if cited:
                sides.append(Side(told[0].text, cited))
        if len(sides) == len(one.positions):
            yield Conflict(one.statement, tuple(sides))
