"""The citation metrics agree with a person: invented answers over the sample corpus, each claim and citation judged.

`tests/data/checked_answers.jsonl` has one answer a line. `supported` says of a claim whether the words it cites, all
together, bear it out. `right` has for each claim, and each of its markers in turn, whether that citation bears the
claim out, alone or as a part that the others lack. The judgements were written with the answers, before any metric saw
them, but for two citations that two claims share: they had been judged once, instead of once for each claim.

They are read as an extractive answer, whose claims are the words it cites (two that say them in other words are then
called unsupported), and as a language model's, where the verifier decides what the words leave open.

`checked_paraphrases.jsonl` has 30 claims more, judged before any metric saw them, and made to be hard: each true one
says its quote in other words, each false one keeps more of the quote's words. The small verifier is not up to that.
"""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from eval.cases import Case
from eval.metrics import citation
from eval.metrics.metric import Metric
from eval.result import Result
from eval.sample import sample_documents
from rag.domain import Answer, Citation, Claim, Document, Mode, Origin, Outcome, Span, Verdict
from rag.models.verifier import OnnxVerifier

DATA = Path(__file__).parent.parent / "data"
ANSWERS, PARAPHRASES = DATA / "checked_answers.jsonl", DATA / "checked_paraphrases.jsonl"
METRICS = (citation.RECALL, citation.PRECISION)
CASE = Case("checked", "?")


@cache
def checked(file: Path = ANSWERS) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@cache
def documents() -> dict[str, Document]:
    lines = [*checked(), *checked(PARAPHRASES)]
    names = sorted({cited["document"] for line in lines for cited in line["citations"]})
    return {name: Document(name, (sample_documents() / name).read_text("utf-8"), Origin(name)) for name in names}


def result_of(line: dict[str, Any]) -> Result:
    citations = []
    for marker, cited in enumerate(line["citations"], start=1):
        start = documents()[cited["document"]].text.index(cited["quote"])
        span = Span(start, start + len(cited["quote"]))
        citations.append(Citation(marker, cited["document"], span, cited["quote"], Origin(cited["document"])))
    claims = tuple(Claim(one["text"], Verdict.SUPPORTED, tuple(one["markers"])) for one in line["claims"])
    answer = Answer("?", "?", Outcome.ANSWERED, 1.0, Mode.EXTRACTIVE, "", claims, tuple(citations))
    return Result(answer, documents=documents())


def share(judged: list[bool]) -> float | None:
    return sum(judged) / len(judged) if judged else None


def by_hand(metric: Metric, line: dict[str, Any]) -> float | None:
    if metric is citation.RECALL:
        return share([claim["supported"] for claim in line["claims"]])
    return share([right for judged in line["right"] for right in judged])


def test_at_least_sixty_answers_were_checked() -> None:
    assert len(checked()) >= 60


def test_both_verdicts_are_common() -> None:
    supported = [claim["supported"] for line in checked() for claim in line["claims"]]
    assert 0.3 <= sum(supported) / len(supported) <= 0.7


@cache
def verifier() -> OnnxVerifier:
    return OnnxVerifier()


def read_as(mode: Mode, result: Result) -> Result:
    return replace(result, answer=replace(result.answer, mode=mode), verifier=verifier())


def agreement(metric: Metric, mode: Mode, file: Path) -> float:
    lines = checked(file)
    agreed = [metric.measure(CASE, read_as(mode, result_of(line))) == by_hand(metric, line) for line in lines]
    return sum(agreed) / len(agreed)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_the_metric_agrees_with_the_person_on_nineteen_of_twenty_answers(metric: Metric, mode: Mode) -> None:
    assert agreement(metric, mode, ANSWERS) >= 0.95


@pytest.mark.xfail(reason="the verifier is too small for what is said in other words: docs/benchmarks.md", strict=True)
@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_the_metric_agrees_with_the_person_where_a_model_uses_words_of_its_own(metric: Metric) -> None:
    assert agreement(metric, Mode.GENERATIVE, PARAPHRASES) >= 0.95
