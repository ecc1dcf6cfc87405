"""Cases: questions with the answers that are wanted and the quotes that prove them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from eval.json_lines import read_json_lines, wrong_line
from eval.match import says
from rag.domain import Turn
from rag.errors import InputError


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words of a document that prove an answer; `document` is a path inside the suite's folder."""

    document: str
    quote: str = ""
    """Empty where the whole document is the proof."""


@dataclass(frozen=True, slots=True)
class GivenDocument:
    """A document that a case brings; its evidence names it by `id`."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """What some of the documents say where documents disagree."""

    answers: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One question of a suite, and what is wanted of its answer."""

    id: str
    question: str
    answers: tuple[tuple[str, ...], ...] = ()
    """Groups: a right answer says one of every group. Empty where no answer is wanted or none is known."""
    evidence: tuple[tuple[Evidence, ...], ...] = ()
    """For each part of the answer (a group of answers, or a side), the quotes of which any one proves it."""
    unanswerable: bool = False
    sides: tuple[Side, ...] = ()
    tags: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    """The exchanges before the question."""
    rewrite: str = ""
    """The question as a person would ask it by itself; empty where nobody wrote that."""
    as_of: str | None = None
    """The day (ISO 8601) whose state of knowledge is asked for."""
    documents: tuple[GivenDocument, ...] = ()
    """Where a case brings documents, they are all that is asked."""
    unwanted: tuple[str, ...] = ()
    """What the answer must not say."""
    draft: bool = False
    """A draft waits for a person to accept it and is not asked."""


_DAY = r"^\d{4}(-\d\d(-\d\d)?)?$"


def load_cases(path: Path) -> list[Case]:
    """The cases of a JSON Lines file, in order, drafts too; raises InputError naming the file and the wrong line."""
    first_line_of: dict[str, int] = {}
    cases = []
    for number, line in read_json_lines(path, _Line):
        case = line.case()
        if case.id in first_line_of:
            raise wrong_line(path, number, f"the id '{case.id}' is already that of line {first_line_of[case.id]}")
        first_line_of[case.id] = number
        cases.append(case)
    if not cases:
        raise InputError(f"There are no cases in {path}. Write one JSON object a line.")
    return cases


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, str_min_length=1)


class _Evidence(_Strict):
    document: str
    quote: str | None = None

    def evidence(self) -> Evidence:
        return Evidence(self.document, self.quote or "")


class _Side(_Strict):
    answers: list[str] = Field(min_length=1)
    evidence: list[_Evidence] = []

    def side(self) -> Side:
        return Side(tuple(self.answers), tuple(entry.evidence() for entry in self.evidence))


class _Turn(_Strict):
    question: str
    answer: str


class _Document(_Strict):
    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = Field(default=None, pattern=_DAY)


class _Line(_Strict):
    """One line of a cases file, not yet trusted."""

    id: str
    question: str
    answers: list[str] = []
    all_answers: list[Annotated[list[str], Field(min_length=1)]] = []
    evidence: list[_Evidence] = []
    unanswerable: bool = False
    sides: list[_Side] = []
    tags: list[str] = []
    turns: list[_Turn] = []
    rewrite: str = ""
    as_of: date | None = None
    documents: list[_Document] = []
    unwanted: list[str] = []
    draft: bool = False
    answer: str = ""  # what a person judged on the page; for people, as the comment is
    comment: str = ""

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.draft:  # a person has yet to say what is wanted
            return self
        wanted = bool(self.answers or self.all_answers)
        if self.answers and self.all_answers:
            raise ValueError("give 'answers' or 'all_answers', not both")
        if self.unanswerable and (wanted or self.evidence or self.sides):
            raise ValueError("an unanswerable question has no answers, evidence or sides")
        if not self.unanswerable and not (wanted or self.evidence):
            raise ValueError("an answerable question needs 'answers', 'all_answers' or 'evidence'")
        if self.evidence and not all(self._proofs_of_groups()):
            raise ValueError("every group of 'all_answers' needs a quote that says one of it")
        self._names_its_documents()
        return self

    def _names_its_documents(self) -> None:
        given = [document.id for document in self.documents]
        if len(set(given)) < len(given):
            raise ValueError("two of its 'documents' have the same id")
        for entry in [*self.evidence, *(entry for side in self.sides for entry in side.evidence)]:
            if given and entry.document not in given:
                raise ValueError(f"its 'documents' have no '{entry.document}'")

    def case(self) -> Case:
        sides = tuple(side.side() for side in self.sides)
        return Case(
            id=self.id,
            question=self.question,
            answers=tuple(map(tuple, self._groups())),
            evidence=tuple(side.evidence for side in sides) if sides else tuple(self._proofs_of_groups()),
            unanswerable=self.unanswerable,
            sides=sides,
            tags=tuple(self.tags),
            turns=tuple(Turn(turn.question, turn.answer) for turn in self.turns),
            rewrite=self.rewrite,
            as_of=None if self.as_of is None else self.as_of.isoformat(),
            documents=tuple(GivenDocument(**document.model_dump()) for document in self.documents),
            unwanted=tuple(self.unwanted),
            draft=self.draft,
        )

    def _groups(self) -> Sequence[Sequence[str]]:
        return [self.answers] if self.answers else self.all_answers

    def _proofs_of_groups(self) -> Iterator[tuple[Evidence, ...]]:
        """The evidence of each group: all of it for a single one, else the quotes that say one of its answers."""
        evidence = tuple(entry.evidence() for entry in self.evidence)
        if evidence and not self.all_answers:
            yield evidence
        elif evidence:
            for group in self.all_answers:
                yield tuple(entry for entry in evidence if not entry.quote or says(entry.quote, group))
