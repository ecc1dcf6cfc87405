"""Real news reports that lie beside the checkout. They are not ours to copy; the suite `seeds` asks about them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eval.benchmarks.seeds import load_seeds
from eval.cases import Case
from eval.match import plain, says
from eval.run import run
from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.domain import Outcome

SEEDS = Path(__file__).parent.parent.parent.parent / "shared/corpus/seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/corpus/seeds is absent: users do not have it")

SUITE = load_seeds(SEEDS)
EVERY_SIXTH = replace(SUITE, cases=SUITE.cases[::6])
DECISIONS = {"yes", "no", "documents disagree"}

each_case = pytest.mark.parametrize("case", SUITE.cases, ids=lambda case: case.id)
each_conflict = pytest.mark.parametrize("case", [one for one in SUITE.cases if one.sides], ids=lambda case: case.id)


def report(name: str) -> str:
    return (SEEDS / name).read_bytes().decode("utf-8-sig")


@each_case
def test_every_gold_quote_is_in_its_report(case: Case) -> None:
    assert [one for part in case.evidence for one in part if one.quote not in report(one.document)] == []


@each_case
def test_every_gold_answer_is_in_a_report_that_proves_it(case: Case) -> None:
    parts = case.evidence if len(case.evidence) == len(case.answers) else [sum(case.evidence, ())] * len(case.answers)
    missing = [
        group
        for group, part in zip(case.answers, parts, strict=True)
        if not {plain(answer) for answer in group} <= DECISIONS
        and not any(says(report(entry.document), group) for entry in part)
    ]
    assert missing == []


@each_conflict
def test_a_side_is_told_by_its_own_reports_and_no_other(case: Case) -> None:
    for side in case.sides:
        telling = {path.name for path in SEEDS.iterdir() if says(report(path.name), side.answers)}
        assert telling == {entry.document for entry in side.evidence}


def test_every_quote_equals_the_file_at_its_span() -> None:
    assert run(EVERY_SIXTH).metrics["quote_exactness"].value == 1.0


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    opened = Assistant.open(tmp_path_factory.mktemp("seeds") / "library", create=True)
    assert len(ingest([SEEDS], into=opened).added) == 5
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "question", ["How many moons does Neptune have?", "Who won the tennis final?", "What is the recipe for rye bread?"]
)
def test_what_no_report_says_is_not_answered(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).outcome is Outcome.ABSTAINED
