"""Measures the metrics: right answers are damaged in known ways, and each metric is asked whether it notices.

A mutant is noticed when a metric that is there for this kind of damage scores it worse than the undamaged answer. The
right answers come from the suite's gold, so the figure says nothing about the assistant, only about the measuring.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from random import Random
from typing import Any

from eval import damage
from eval.cases import Case
from eval.corpus import Corpus
from eval.damage import Damage, Source, names_in
from eval.metrics import METRICS
from eval.references import reference
from eval.result import Result
from rag.domain import Answer, Mode
from rag.errors import InputError
from rag.ports import Verifier

WANTED, WANTED_PER_KIND = 0.95, 0.85
ROUNDS = 2
"""How often each kind of damage is done to each answer, each time elsewhere."""

KINDS: Mapping[Damage, tuple[str, ...]] = {
    damage.swap_citation: ("citation_recall", "citation_precision", "evidence_precision"),
    damage.drop_citation: ("citation_recall", "evidence_recall"),
    damage.negate: ("citation_recall", "groundedness", "contradiction_rate"),
    damage.change_number: ("citation_recall", "groundedness"),
    damage.change_date: ("citation_recall", "groundedness"),
    damage.change_name: ("citation_recall", "groundedness"),
    damage.swap_actors: ("citation_recall", "groundedness"),
    damage.invent_sentence: ("citation_recall", "groundedness"),
    damage.false_quote: ("quote_exactness",),
    damage.answer_unanswerable: ("abstention_recall", "abstention_accuracy"),
    damage.answer_beside: ("answer_match", "evidence_precision"),
    damage.decline: ("answer_match", "abstention_accuracy"),
    damage.hide_side: ("conflict_recall",),
}
"""Each kind of damage, and the metrics that are there to notice it."""
_BY_NAME = {metric.name: metric for metric in METRICS}


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of damage was noticed."""

    name: str
    mutants: int
    noticed: int
    missed_by: Mapping[str, int]
    """How many of them each metric missed that is there for this kind and could score them."""
    unnoticed: tuple[str, ...]
    """The cases of the mutants that no metric noticed."""

    @property
    def score(self) -> float:
        """The share noticed."""
        return self.noticed / self.mutants


@dataclass(frozen=True, slots=True)
class Mutation:
    """How the damage done to a suite's right answers was noticed."""

    suite: str
    kinds: tuple[Kind, ...]
    references: int
    """How many right answers were damaged."""
    left_out: tuple[str, ...]
    """The cases whose gold makes no answer that the metrics call right."""

    @property
    def mutants(self) -> int:
        """How many there were."""
        return sum(kind.mutants for kind in self.kinds)

    @property
    def score(self) -> float:
        """The share of all mutants that was noticed."""
        return sum(kind.noticed for kind in self.kinds) / self.mutants

    @property
    def failed(self) -> bool:
        """Whether the metrics miss more than they may."""
        return self.score < WANTED or any(kind.score < WANTED_PER_KIND for kind in self.kinds)

    def as_json(self) -> dict[str, Any]:
        """The object of `footnoted eval --mutate --json`."""
        return {
            "suite": self.suite,
            "mutation_score": self.score,
            "mutants": self.mutants,
            "failed": self.failed,
            "kinds": {kind.name: {"score": kind.score} | asdict(kind) for kind in self.kinds},
            "references": self.references,
            "left_out": list(self.left_out),
        }


def mutate(
    suite: str,
    cases: Sequence[tuple[Case, Corpus]],
    *,
    mode: Mode = Mode.EXTRACTIVE,
    verifier: Verifier | None = None,
    seed: int = 0,
) -> Mutation:
    """Damages the right answer to each case, given with the documents that it is about, in every way that fits it.

    `mode` is how the answers are taken to be made: a generative one need not use the words that it cites, so its claims
    are left to the exact checks and to `verifier`. The same seed gives the same mutants.
    """
    rated = [(case, corpus, reference(case, corpus, mode=mode, verifier=verifier)) for case, corpus in cases]
    right = [(case, corpus, result) for case, corpus, result in rated if result is not None and _is_right(case, result)]
    corpora = {id(corpus): corpus for _, corpus, _ in right}
    names = {key: names_in(corpus.documents.values()) for key, corpus in corpora.items()}
    sources = [Source(case, result, corpus, names[id(corpus)], Random()) for case, corpus, result in right]
    kinds = [_kind(how, watching, sources, seed) for how, watching in KINDS.items()]
    found = tuple(kind for kind in kinds if kind.mutants)
    if not found:
        raise InputError(f"The suite '{suite}' has no gold to make right answers of. Give its cases evidence.")
    kept = {case.id for case, _, _ in right}
    return Mutation(suite, found, len(right), tuple(case.id for case, _ in cases if case.id not in kept))


def _is_right(case: Case, result: Result) -> bool:
    """Whether every metric that watches for damage gives full marks or none at all."""
    scores = [(_BY_NAME[name], _BY_NAME[name].measure(case, result)) for names in KINDS.values() for name in names]
    return all(score is None or score == float(metric.larger_is_better) for metric, score in scores)


def _kind(how: Damage, watching: Sequence[str], sources: Sequence[Source], seed: int) -> Kind:
    noticed, mutants = 0, 0
    unnoticed: list[str] = []
    missed: Counter[str] = Counter()
    for source in sources:
        seen: list[Answer] = []
        for turn in range(ROUNDS):
            chance = Random(f"{seed} {how.__name__} {source.case.id} {turn}")
            mutant = how(replace(source, chance=chance))
            if mutant is None or mutant.answer in seen:
                continue
            seen.append(mutant.answer)
            mutants += 1
            worse = {name: _is_worse(name, source, mutant) for name in watching}
            missed.update(name for name, found in worse.items() if found is False)
            if any(worse.values()):
                noticed += 1
            else:
                unnoticed.append(source.case.id)
    return Kind(how.__name__, mutants, noticed, dict(missed), tuple(unnoticed))


def _is_worse(name: str, source: Source, mutant: Result) -> bool | None:
    """Whether a metric scores the mutant worse; None where it cannot score both."""
    metric = _BY_NAME[name]
    before, after = metric.measure(source.case, source.result), metric.measure(source.case, mutant)
    if before is None or after is None:
        return None
    return after < before if metric.larger_is_better else after > before
