"""Real news reports that lie beside the checkout. They are not ours to copy: here are questions and short answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.domain import Outcome

SEEDS = Path(__file__).parent.parent.parent.parent / "shared/corpus/seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/corpus/seeds is absent: users do not have it")

# What is asked, the beginning of the report that says it, words that a right answer holds.
CASES = [
    ("Who is the Chinese consul general in Osaka?", "000", "Xue Jian"),
    ("What share of Japan's seafood exports did China account for?", "000", "one-fifth"),
    ("Who held talks with Liu Jinsong in Beijing?", "000", "Kanai"),
    ("When were the two postponed movies expected to be released?", "000", "December 6"),
    ("When did China and Japan hold technical exchanges in Beijing?", "001", "May 28"),
    ("When did China ban all aquatic products from Japan?", "001", "August 24, 2023"),
    ("Who is the director of the Institute of US and East Asian Studies at Liaoning University?", "001", "Lü Chao"),
    ("How long may it take for shipments of Japanese seafood to China to resume?", "001", "several months"),
    ("When was the joint technical meeting of China and Japan held?", "002", "April 12, 2025"),
    ("What did Chinese officials emphasize about their seafood industry?", "002", "financial hardships"),
    ("On which law is the export ban on dual-use items based?", "003", "Export Control Law"),
    ("How far is Taiwan from Japan's closest island?", "003", "100 km"),
    ("Which fighter jet locked its radar onto a Japanese F-15?", "003", "J-15"),
    ("Where did Wang Yi meet Yoko Kamikawa?", "004", "Laos"),
    ("For which drugmaker did the arrested executive work?", "004", "Astellas"),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    opened = Assistant.open(tmp_path_factory.mktemp("seeds") / "library", create=True)
    assert len(ingest([SEEDS], into=opened).added) == 5
    yield opened
    opened.close()


NAMED = [pytest.param(*case, id=case[2]) for case in CASES]


@pytest.mark.parametrize(("question", "report", "words"), NAMED)
def test_the_answer_names_the_right_report(assistant: Assistant, question: str, report: str, words: str) -> None:
    answer = assistant.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    right = [citation for citation in answer.citations if words in citation.quote]
    assert right, answer.text
    assert {Path(citation.origin.path).name[:3] for citation in right} == {report}


@pytest.mark.parametrize("question", [case[0] for case in CASES])
def test_every_quote_equals_the_file_at_its_span(assistant: Assistant, question: str) -> None:
    for citation in assistant.ask(question).citations:
        text = (SEEDS / Path(citation.origin.path).name).read_bytes().decode("utf-8-sig")
        assert citation.span.of(text) == citation.quote


@pytest.mark.parametrize(
    "question", ["How many moons does Neptune have?", "Who won the tennis final?", "What is the recipe for rye bread?"]
)
def test_what_no_report_says_is_not_answered(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).outcome is Outcome.ABSTAINED
