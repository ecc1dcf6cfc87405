"""RAGTruth: answers of real language models to a question and passages. Which hold something unsupported?

Niu et al. 2024, "RAGTruth: A Hallucination Corpus for Developing Trustworthy Retrieval-Augmented Language Models",
https://arxiv.org/abs/2401.00396; here its question answering part, in which a line is one answer:

- `d1`: the passages, one text, each after `passage 1:` and so on; `query`: the question; `d2`: the answer.
- `labels`: the spans of `d2` that people marked as unsupported or conflicting, also where they are true in the world
  (`implicit_true`). An answer is unsupported when it has one, which is the paper's rule for whole answers.
- `label`: what whoever made this form of the set drew from them. It is `entailment` where no span is marked, and also
  where each was found to be beside the question (`relevances`, one `yes` or `no` a span); `contradiction` where a
  span that is not is an `Evident Conflict`; otherwise `neutral`. The metrics with `_relevant` take an answer for
  unsupported when this is not `entailment`.

An answer is cut into sentences as the product cuts a reply, and each is checked against each passage. A sentence's
probability of being unsupported is 1 less the largest of being supported by a passage; the answer's is the largest of
its sentences, less a constant in log odds: of many sentences one looks weak by chance alone. The constant was chosen on
the dev file, so that .5 is where F1 is best. The rules come from reading answers; none was chosen for what it does to
the figures:

- What names passages is the answer's footnote, not its matter: `(Passage 2)` and `Based on the given passages,` are
  taken out, as the product takes out `[2]`.
- Some sentences assert nothing of the world, so they are `unchecked` and left out of the largest: lines that end in a
  colon (headings, and what leads into a list), questions, sentences without content words, and sentences on what
  passages do not say ("Unable to answer …"), for no passage says what it leaves out.
- An item of a list that is no sentence of its own (no full stop ends it) is read together with the line that leads into
  it: "Foods with gluten include: Barley".
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from eval.benchmarks.checks import check
from eval.benchmarks.judgement import Figures, Judged, JudgementSuite, Judges, known
from eval.json_lines import read_records
from eval.mean import mean_of
from eval.metrics.probability import auroc, best_threshold, calibration_error, f1_of
from rag.domain import Verdict
from rag.generate.reply import parse_reply
from rag.ports import Verifier
from rag.text.words import content_words

FLAGGED_AT = 0.5
_BY_CHANCE = 4.0
_PASSAGE = re.compile(r"(?:^|\n\s*\n)passage \d+:")
_NUMBERS = r"passages? \d+(?:(?:, and |, | and | & )(?:passage )?\d+)*"
_GIVEN = r"(?:the )?(?:\w+ )?(?:given|provided|above) passages?"
_NAMED = re.compile(rf"\s*\((?:see |from |in )?{_NUMBERS}\)", re.IGNORECASE)
_OPENING = re.compile(rf"^(?:based on|according to|in|from) (?:{_GIVEN}|{_NUMBERS}),\s*", re.IGNORECASE)
_SAY = r"(?:answer|provide|mention|contain|say|state|specify|include|give|address|determine)"
_ON_PASSAGES = re.compile(r"\b(?:passages?|text|context|information|answer)\b", re.IGNORECASE)
_LEFT_OUT = re.compile(
    rf"\b(?:(?:unable to|cannot|can't|not possible to) (?:be )?(?:\w+ )?{_SAY}|"
    rf"(?:do|does|did)(?: not|n't) (?:\w+ )?{_SAY}|not (?:\w+ )?{_SAY}e?d|no (?:\w+ )?(?:information|mention|answer))",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")


def load_ragtruth(path: Path) -> JudgementSuite:
    """The suite of a file of answers; raises InputError naming file and line."""
    return JudgementSuite("ragtruth", "verifier", load_answers(path), _figures)


def load_answers(path: Path) -> "tuple[RagTruthAnswer, ...]":
    """The answers of a file, with what people marked; raises InputError naming file and line."""
    return tuple(
        RagTruthAnswer(
            id_, line.d2, passages_of(line.d1), bool(line.labels), line.label != "entailment", tags=(line.model,)
        )
        for id_, line in read_records(path, _Line, lambda line: line.id)
    )


def _less(probability: float, log_odds: float) -> float:
    """A probability with this much taken from its log odds; what is certain stays so."""
    if not 0 < probability < 1:
        return probability
    return 1 / (1 + math.exp(log_odds) * (1 - probability) / probability)


def passages_of(text: str) -> tuple[str, ...]:
    """The passages of `d1`; a text that numbers none is one passage."""
    return tuple(passage for part in _PASSAGE.split(text) if (passage := part.strip()))


def claims_of(answer: str) -> Iterator[tuple[str, bool]]:
    """The sentences of an answer without what names passages, and whether each asserts anything."""
    lead = ""
    for sentence in parse_reply(_NAMED.sub("", answer), passage_count=0).sentences:
        said = _OPENING.sub("", sentence.text)
        if said.endswith(":"):
            lead = said
            yield said, False
        elif said.endswith("?") or (_ON_PASSAGES.search(said) and _LEFT_OUT.search(said)):
            yield said, False
        elif lead and not _SENTENCE_END.search(said):
            yield f"{lead} {said}", True
        else:
            lead = ""
            yield said, bool(content_words(said))


@dataclass(frozen=True, slots=True)
class RagTruthJudged(Judged):
    """Whether an answer is unsupported, whether in what bears on the question, and how likely it was found to be."""

    unsupported: bool
    relevant: bool
    probability: float


@dataclass(frozen=True, slots=True)
class RagTruthAnswer:
    """An answer of a language model, its passages, and what people found."""

    id: str | int
    answer: str
    passages: tuple[str, ...]
    unsupported: bool
    """Whether people marked a span of it."""
    relevant: bool
    """Whether a marked span bears on the question."""
    tags: tuple[str, ...] = ()
    """The model that wrote it."""

    @property
    def held_out(self) -> bool:
        """Always: nothing is trained on this set."""
        return True

    def judge(self, judges: Judges) -> RagTruthJudged:
        """What exact checks and the verifier, where there is one, say of its sentences."""
        claims, largest = [], 0.0
        for text, asserts in claims_of(self.answer):
            verdict = Verdict.UNCHECKED
            if asserts:
                verdict, unsupported = self._check(text, judges.verifier)
                largest = max(largest, unsupported)
            claims.append({"text": text, "verdict": str(verdict)})
        largest = _less(largest, _BY_CHANCE)
        return RagTruthJudged(
            prediction={"unsupported_probability": largest, "claims": claims},
            scores={"accuracy": float((largest >= FLAGGED_AT) is self.unsupported)},
            unsupported=self.unsupported,
            relevant=self.relevant,
            probability=largest,
        )

    def _check(self, claim: str, verifier: Verifier | None) -> tuple[Verdict, float]:
        """The best verdict of any passage, and the probability that none supports the claim."""
        checks = [check(claim, passage, verifier) for passage in self.passages]
        verdicts = {verdict for verdict, _ in checks}
        best = next(one for one in (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNSUPPORTED) if one in verdicts)
        return best, 1 - max(entailment.supported for _, entailment in checks)


def _figures(done: Sequence[RagTruthJudged]) -> Figures:
    chances = [one.probability for one in done]
    flagged = [chance >= FLAGGED_AT for chance in chances]
    unsupported, relevant = [one.unsupported for one in done], [one.relevant for one in done]
    threshold, best = best_threshold(chances, lambda found: f1_of(found.tolist(), unsupported))
    every = len(done)
    return Figures(
        metrics={
            "f1": known(f1_of(flagged, unsupported), every),
            "precision": mean_of(
                [float(so) if found else None for found, so in zip(flagged, unsupported, strict=True)]
            ),
            "recall": mean_of([float(found) if so else None for found, so in zip(flagged, unsupported, strict=True)]),
            "f1_at_best_threshold": known(best, every),
            "auroc": known(auroc(chances, unsupported), every),
            "calibration_error": known(calibration_error(chances, unsupported), every),
            "accuracy": mean_of([one.scores["accuracy"] for one in done]),
            "unsupported_share": mean_of([float(one) for one in unsupported]),
            "f1_relevant": known(f1_of(flagged, relevant), every),
            "auroc_relevant": known(auroc(chances, relevant), every),
        },
        confusion={
            actual: {
                "flagged": int(np.sum(np.array(unsupported, bool) == is_so, where=np.array(flagged, bool))),
                "passed": int(np.sum(np.array(unsupported, bool) == is_so, where=~np.array(flagged, bool))),
            }
            for actual, is_so in (("unsupported", True), ("supported", False))
        },
        notices=(
            f"f1_at_best_threshold flags from {threshold:.3f} on, which was chosen on these very answers: it flatters.",
        ),
    )


class _Given(BaseModel):
    model_config = ConfigDict(strict=True)


class _Marked(_Given):
    start: int
    end: int


class _Line(_Given):
    id: str = Field(min_length=1)
    d1: str = Field(pattern=r"\S")
    d2: str
    label: Literal["entailment", "neutral", "contradiction"]
    labels: list[_Marked]
    model: str
