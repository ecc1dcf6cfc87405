"""SQuAD 2.0: questions about a paragraph, half of which it does not answer. Does the reader find the answer, and know?

Rajpurkar, Jia and Liang 2018, "Know What You Don't Know", https://arxiv.org/abs/1806.03822. The reader is given the
paragraph and its article's title; its best span is the answer, whatever the probability that there is none. A question
is declined from the probability .5 on. As in SQuAD's own script, a declined question scores 1 where it is unanswerable
and 0 where it is not, an answer the words that it shares with the nearest gold answer (`eval.metrics.overlap`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from eval.benchmarks.held_out import HELD_OUT, calibration_tags, held_out_share
from eval.benchmarks.judgement import Figures, Judged, JudgementSuite, Judges, known
from eval.json_lines import read_records
from eval.mean import mean_of
from eval.metrics.overlap import exact, overlap
from eval.metrics.probability import auroc, best_threshold, calibration_error
from rag.domain import Document, Origin, Passage, Span
from rag.errors import ModelError

DECLINED_AT = 0.5


def load_squad(path: Path) -> JudgementSuite:
    """The suite of a file of questions; raises InputError naming file and line."""
    questions = tuple(
        SquadQuestion(id_, line.title, line.question, line.context, tuple(answer.text for answer in line.answers))
        for id_, line in read_records(path, _Line, lambda line: line.id)
    )
    return JudgementSuite("squad", "reader", questions, _figures)


@dataclass(frozen=True, slots=True)
class SquadJudged(Judged):
    """How the reader's answer fits, and how likely it thinks that there is none."""

    answerable: bool
    found: float
    """F1 of the best span, 0 to 1, were nothing declined."""
    exact: float
    no_answer: float


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question about a paragraph; without gold answers it is unanswerable."""

    id: str | int
    title: str | None
    """Of its article, where the file names one."""
    question: str
    context: str
    golds: tuple[str, ...]

    @property
    def share(self) -> float:
        """The share of its article, or of the paragraph where no article is named, by which training holds it out."""
        return held_out_share(f"reader {self.title or self.context}")

    @property
    def held_out(self) -> bool:
        """Whether training leaves its article out."""
        return self.share < HELD_OUT

    @property
    def tags(self) -> tuple[str, ...]:
        """Of a held-out article, whether it set the reader's probability of no answer."""
        return calibration_tags(self.share)

    def judge(self, judges: Judges) -> SquadJudged:
        """What the reader finds; raises ModelError where there is none."""
        if judges.reader is None:
            raise ModelError("There is no reader, which the suite 'squad' measures. Install footnoted again.")
        origin = Origin("context", title=self.title.replace("_", " ") if self.title else None)
        passage = Passage.cut(Document("context", self.context, origin), Span(0, len(self.context)))
        (reading,) = judges.reader.read(" ".join(self.question.split()), [passage])
        answer = reading.answers[0].of(self.context) if reading.answers else ""
        declined = reading.no_answer >= DECLINED_AT
        answerable = bool(self.golds)
        found, same = overlap(answer, self.golds), exact(answer, self.golds)
        return SquadJudged(
            prediction={"answer": answer, "no_answer_probability": reading.no_answer},
            scores={
                "f1": float(not answerable) if declined else found,
                "exact_match": float(not answerable) if declined else same,
                "f1_answerable": found if answerable else None,
            },
            answerable=answerable,
            found=found,
            exact=same,
            no_answer=reading.no_answer,
        )


def _figures(done: Sequence[SquadJudged]) -> Figures:
    answerable = [one.answerable for one in done]
    unanswerable = np.logical_not(answerable)
    no_answer = [one.no_answer for one in done]
    found = np.array([one.found for one in done])
    threshold, best = best_threshold(
        no_answer, lambda declined: float(np.where(declined, unanswerable, found).mean()) if done else None
    )
    every = len(done)
    means = {name: mean_of([one.scores[name] for one in done]) for name in ("f1", "exact_match", "f1_answerable")}
    return Figures(
        metrics={
            **means,
            "f1_at_best_threshold": known(best, every),
            "answerable_auroc": known(auroc([1 - chance for chance in no_answer], answerable), every),
            "calibration_error": known(calibration_error(no_answer, unanswerable.tolist()), every),
            "answerable_share": mean_of([float(one) for one in answerable]),
        },
        confusion={
            actual: {
                "answered": sum(one.answerable is is_so and one.no_answer < DECLINED_AT for one in done),
                "declined": sum(one.answerable is is_so and one.no_answer >= DECLINED_AT for one in done),
            }
            for actual, is_so in (("answerable", True), ("unanswerable", False))
        },
        notices=(
            f"f1_at_best_threshold declines from {threshold:.3f} on, which was chosen on these very questions: it "
            "flatters.",
        ),
    )


class _Given(BaseModel):
    model_config = ConfigDict(strict=True)


class _Answer(_Given):
    text: str


class _Line(_Given):
    id: str = Field(min_length=1)
    title: str | None = None
    context: str
    question: str = Field(pattern=r"\S")
    answers: list[_Answer]
