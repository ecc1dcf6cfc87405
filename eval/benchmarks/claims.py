"""Claims beside the text they are to be judged by: VitaminC, FEVER-symmetric, WiCE and SummEdits.

Is a claim supported, contradicted, or neither? Every line of a file is read by its own form:

- VitaminC (Schuster, Fisch and Barzilay 2021, https://arxiv.org/abs/2103.08541) and FEVER-symmetric (Schuster et al.
  2019, https://arxiv.org/abs/1908.05267): `claim`, `evidence`, and the `label` SUPPORTS, REFUTES or NOT ENOUGH INFO.
  Both are texts in tokens, which are put together again as people write.
- WiCE (Kamoi et al. 2023, https://arxiv.org/abs/2303.01432): `claim`, `evidence` as a list of sentences, and the
  `label` supported, partially_supported or not_supported; the last two are unsupported.
- SummEdits (Laban et al. 2023, https://arxiv.org/abs/2305.14540): `document`, `summary`, and whether it is
  `consistent`; otherwise it is unsupported.

The last two do not say which claims their text contradicts, so for them a contradicted claim counts as an unsupported
one. The verdict is the likeliest by exact checks and the verifier model together (`rag/evidence/verify.py`);
`model_accuracy` is the model's alone, given the text whole. Held out, by the hash that training uses, are pages of
VitaminC, the texts of WiCE by their first sentence, documents of SummEdits, and all of
FEVER-symmetric, which training leaves alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Discriminator, Field, RootModel, Tag

from eval.benchmarks.checks import check, likeliest, probability
from eval.benchmarks.held_out import HELD_OUT, calibration_tags, held_out_share
from eval.benchmarks.judgement import Figures, Judged, JudgementSuite, Judges, known
from eval.benchmarks.treebank import as_written
from eval.json_lines import read_records
from eval.mean import mean_of
from eval.metrics.probability import calibration_error, f1_of
from rag.domain import Verdict
from rag.ports import Entailment

_THREE = (Verdict.UNSUPPORTED, Verdict.CONTRADICTED, Verdict.SUPPORTED)
_TWO = (Verdict.UNSUPPORTED, Verdict.SUPPORTED)


def load_claims(path: Path) -> JudgementSuite:
    """The suite of a file of claims; raises InputError naming file and line."""
    claims = tuple(line.root.item(id_) for id_, line in read_records(path, _Line, lambda line: line.root.id))
    return JudgementSuite("claims", "verifier", claims, _figures)


@dataclass(frozen=True, slots=True)
class ClaimJudged(Judged):
    """What a claim is and what it was judged to be."""

    gold: Verdict
    verdict: Verdict
    confidence: float
    """The probability of the verdict."""


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim, the text to judge it by, and what it is."""

    id: str | int
    claim: str
    text: str
    gold: Verdict
    key: str | None = None
    """What training holds out by; None where it leaves the whole set alone."""
    verdicts: tuple[Verdict, ...] = _THREE
    """What the set tells apart."""
    tags: tuple[str, ...] = ()

    @property
    def held_out(self) -> bool:
        """Whether training leaves its page or document out."""
        return self.key is None or held_out_share(f"verifier {self.key}") < HELD_OUT

    def judge(self, judges: Judges) -> ClaimJudged:
        """What exact checks and the verifier, where there is one, say of it."""
        _, probabilities = check(self.claim, self.text, judges.verifier)
        told_apart = self._told_apart(probabilities)
        best = likeliest(told_apart, self.verdicts)
        return ClaimJudged(
            prediction={
                "verdict": str(likeliest(probabilities, _THREE)),
                "probabilities": {str(one): probability(probabilities, one) for one in reversed(_THREE)},
            },
            scores={"accuracy": float(best is self.gold), "model_accuracy": self._model_accuracy(judges)},
            gold=self.gold,
            verdict=best,
            confidence=probability(told_apart, best),
        )

    def _model_accuracy(self, judges: Judges) -> float | None:
        if judges.verifier is None:
            return None
        (alone,) = judges.verifier.verify(self.claim, [self.text])
        return float(likeliest(self._told_apart(alone), self.verdicts) is self.gold)

    def _told_apart(self, found: Entailment) -> Entailment:
        if Verdict.CONTRADICTED in self.verdicts:
            return found
        return Entailment(found.supported, 0.0, found.unsupported + found.contradicted)


def _figures(done: Sequence[ClaimJudged]) -> Figures:
    golds = [one for one in reversed(_THREE) if any(judged.gold is one for judged in done)]
    f1s = [f1_of([one.verdict is gold for one in done], [one.gold is gold for one in done]) for gold in golds]
    right = [one.verdict is one.gold for one in done]
    return Figures(
        metrics={
            "accuracy": mean_of([one.scores["accuracy"] for one in done]),
            "macro_f1": known(mean_of(f1s).value, len(done)),
            **{
                f"recall_{gold}": mean_of([float(one.verdict is gold) if one.gold is gold else None for one in done])
                for gold in reversed(_THREE)
            },
            "calibration_error": known(calibration_error([one.confidence for one in done], right), len(done)),
            "model_accuracy": mean_of([one.scores["model_accuracy"] for one in done]),
        },
        confusion={
            str(gold): {
                str(verdict): sum(one.gold is gold and one.verdict is verdict for one in done)
                for verdict in reversed(_THREE)
            }
            for gold in golds
        },
    )


class _Given(BaseModel):
    model_config = ConfigDict(strict=True)
    id: str | None = Field(None, min_length=1, validation_alias=AliasChoices("unique_id", "id"))


class _Pair(_Given):
    """A line of VitaminC, or of FEVER-symmetric, which names no page."""

    claim: str = Field(pattern=r"\S")
    evidence: str
    label: Literal["SUPPORTS", "REFUTES", "NOT ENOUGH INFO"]
    page: str | None = None

    def item(self, id_: str | int) -> JudgedClaim:
        gold = {"SUPPORTS": Verdict.SUPPORTED, "REFUTES": Verdict.CONTRADICTED}.get(self.label, Verdict.UNSUPPORTED)
        tags = () if self.page is None else calibration_tags(held_out_share(f"verifier {self.page}"))
        return JudgedClaim(id_, as_written(self.claim), as_written(self.evidence), gold, self.page, tags=tags)


class _Wice(_Given):
    claim: str = Field(pattern=r"\S")
    evidence: list[str] = Field(min_length=1)
    label: Literal["supported", "partially_supported", "not_supported"]

    def item(self, id_: str | int) -> JudgedClaim:
        gold = Verdict.SUPPORTED if self.label == "supported" else Verdict.UNSUPPORTED
        return JudgedClaim(id_, self.claim, "\n".join(self.evidence), gold, self.evidence[0], _TWO)


class _Summary(_Given):
    summary: str = Field(pattern=r"\S")
    document: str
    consistent: bool
    domain: str

    def item(self, id_: str | int) -> JudgedClaim:
        gold = Verdict.SUPPORTED if self.consistent else Verdict.UNSUPPORTED
        return JudgedClaim(id_, self.summary, self.document, gold, self.document, _TWO, (self.domain,))


def _form(line: Any) -> str:
    """Which form a line has, before it is checked."""
    if isinstance(line, dict) and "consistent" in line:
        return "summary"
    return "wice" if isinstance(line, dict) and isinstance(line.get("evidence"), list) else "pair"


_Form = Annotated[
    Annotated[_Pair, Tag("pair")] | Annotated[_Wice, Tag("wice")] | Annotated[_Summary, Tag("summary")],
    Discriminator(_form),
]


class _Line(RootModel[_Form]):
    """A line in one of the three forms."""
