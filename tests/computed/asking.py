"""The tables in a library, and each question asked: what was computed, and whether it is right."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.domain import Answer
from tests.computed.questions import Question
from tests.computed.tables import write


@dataclass(frozen=True)
class Asked:
    """A question with its answer; `wrong` where a result is shown that is not right, `right` where it is."""

    question: Question
    answer: Answer

    @property
    def right(self) -> bool:
        computed, wanted = self.answer.computed, self.question.result
        if computed is None or wanted is None:
            return computed is None and wanted is None
        if isinstance(wanted, str):
            return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", self.answer.claims[0].text) is not None
        return _is_near(Decimal(computed.result), Decimal(wanted))

    @property
    def wrong(self) -> bool:
        return self.answer.computed is not None and not self.right


def _is_near(shown: Decimal, exact: Decimal) -> bool:
    """Whether a result is the exact one, rounded as it is shown."""
    exponent = shown.as_tuple().exponent
    assert isinstance(exponent, int)
    return abs(shown - exact) <= Decimal(1).scaleb(exponent) / 2


def ask_all(questions: Iterator[Question], assistant: Assistant) -> list[Asked]:
    return [Asked(one, assistant.ask(one.text)) for one in questions]


def report(asked: Sequence[Asked]) -> str:
    """The figures, and what is not right."""
    right, wrong = (sum(told) for told in zip(*((one.right, one.wrong) for one in asked), strict=True))
    lines = [f"{len(asked)} questions, right {right}, wrong {wrong}"]
    for one in asked:
        if not one.right:
            kind = "WRONG" if one.wrong else "not computed"
            lines.append(f"{kind}: {one.question} {one.answer.text[:110]}")
    return "\n".join(lines)


def filled(folder: Path, assistant: Assistant) -> Assistant:
    """The assistant with the tables in its library."""
    folder.mkdir(parents=True, exist_ok=True)
    write(folder)
    ingest([folder], into=assistant)
    return assistant
