"""A person's verdict on an answer of the chat page, as a case."""

from collections.abc import Sequence

from rag.domain import Answer, Outcome, Turn

_LONGEST_ANSWER = 20_000
Fields = dict[str, object]


def case_of(id_: str, question: str, turns: Sequence[Turn], answer: Answer, *, good: bool, comment: str = "") -> Fields:
    """The fields of a case, for a line of a file that `eval.cases.load_cases` reads.

    Where the answer was good, what it cited is the evidence, or the question is unanswerable where it declined. Where
    it was not, or cited nothing, the case is a draft that keeps what was answered, for a person to complete.
    """
    fields: Fields = {"id": id_, "question": question, "tags": ["page", "good" if good else "bad"]}
    if turns:
        fields["turns"] = [{"question": turn.question, "answer": turn.answer} for turn in turns]
    cited = [{"document": one.origin.path, "quote": one.quote} for one in answer.citations]
    if good and answer.outcome is Outcome.ABSTAINED:
        fields["unanswerable"] = True
    elif good and cited:
        fields["evidence"] = cited
    else:
        fields["draft"] = True
    fields["answer"] = answer.text[:_LONGEST_ANSWER]
    return fields | ({"comment": comment} if comment else {})
