"""What a question is about, as the passages that were read name it, and which statements are about that."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.domain import Passage
from rag.evidence.fit import fit
from rag.evidence.statement import Statement
from rag.ports import Library
from rag.question.subjects import Subject, Subjects, named_by, subjects_of


@dataclass(frozen=True, slots=True)
class About:
    """The subjects of a question, and the documents that name each of them somewhere."""

    subjects: Subjects
    documents: dict[Subject, frozenset[str]]

    @classmethod
    def of(cls, question: str, passages: Sequence[Passage], library: Library) -> "About":
        """What a question is about; the passages tell whether its first word is a name, the library who names what."""
        subjects = subjects_of(question, is_name=named_by(passages))
        read = list(dict.fromkeys(passage.document for passage in passages))
        named = [one for group in subjects.groups for one in group if one.words]
        return cls(subjects, {one: frozenset(library.naming(one.words, read)) for one in named})

    def fit(self, statement: Statement) -> float:
        """How well a statement fits, from 0 (it is about something else) to 1."""
        return fit(self.subjects, statement, self._names)

    def _names(self, subject: Subject, passage: Passage) -> bool:
        return passage.document in self.documents.get(subject, frozenset())
