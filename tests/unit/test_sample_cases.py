"""The sample eval cases agree with the articles in examples/ that they cite."""

import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from ingest.readers.pdf import read_pdf

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
CASES_FILE = ROOT / "eval" / "datasets" / "sample" / "cases.jsonl"
MINIMUM_BY_TAG = {"fact": 22, "why-how": 12, "several": 8, "unanswerable": 14, "conflicting": 8, "latest": 5}

Case = dict[str, Any]

CASES: list[Case] = [json.loads(line) for line in CASES_FILE.read_text(encoding="utf-8").split("\n") if line]
ANSWERABLE = [case for case in CASES if not case["unanswerable"]]
UNANSWERABLE = [case for case in CASES if case["unanswerable"]]


def tagged(tag: str) -> list[Case]:
    return [case for case in CASES if tag in case["tags"]]


def one_spaced(text: str) -> str:
    return " ".join(text.split())


def plain_words(text: str) -> str:
    """Lower case, without punctuation, one space between words: how answers are compared."""
    letters = (" " if unicodedata.category(letter)[0] in "PZC" else letter for letter in text.lower())
    return one_spaced("".join(letters))


@cache
def text_of(name: str) -> str:
    """The words of an example article: verbatim for txt and md, one-spaced for the other formats."""
    path = EXAMPLES / name
    if path.suffix == ".pdf":
        # Of a PDF the words that its reader gives are meant: its quotation marks are plain.
        return one_spaced(read_pdf(path.read_bytes(), name=name, most_pages=50).text)
    if path.suffix == ".docx":
        return one_spaced("\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs))
    text = path.read_bytes().decode("utf-8")
    if path.suffix == ".html":
        visible = re.sub(r"<(script|style)\b.*?</\1>", " ", text, flags=re.DOTALL)
        return one_spaced(html.unescape(re.sub(r"<[^>]+>", " ", visible)))
    return text


def sides_of(case: Case) -> list[Case]:
    """The case itself, or its sides where documents disagree."""
    sides: list[Case] = case.get("sides", [case])
    return sides


def evidence_of(case: Case) -> Iterator[dict[str, str]]:
    for part in [case, *case.get("sides", [])]:
        yield from part["evidence"]


def answer_groups(part: Case) -> list[list[str]]:
    groups: list[list[str]] = part["all_answers"] if "all_answers" in part else [part["answers"]]
    return groups


def says(text: str, answers: list[str]) -> bool:
    return any(plain_words(answer) in plain_words(text) for answer in answers)


each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
each_answerable_case = pytest.mark.parametrize("case", ANSWERABLE, ids=lambda case: case["id"])
each_unanswerable_case = pytest.mark.parametrize("case", UNANSWERABLE, ids=lambda case: case["id"])
each_conflict = pytest.mark.parametrize("case", tagged("conflicting"), ids=lambda case: case["id"])
each_case_over_several = pytest.mark.parametrize("case", tagged("several"), ids=lambda case: case["id"])


def test_there_are_at_least_sixty_cases() -> None:
    assert len(CASES) >= 60


def test_case_ids_are_unique() -> None:
    assert [name for name, count in Counter(case["id"] for case in CASES).items() if count > 1] == []


def test_questions_are_unique() -> None:
    assert [text for text, count in Counter(case["question"] for case in CASES).items() if count > 1] == []


@each_case
def test_a_case_has_one_known_tag(case: Case) -> None:
    assert [tag in MINIMUM_BY_TAG for tag in case["tags"]] == [True]


@pytest.mark.parametrize(("tag", "minimum"), MINIMUM_BY_TAG.items())
def test_every_tag_has_enough_cases(tag: str, minimum: int) -> None:
    assert len(tagged(tag)) >= minimum


def test_every_example_is_evidence_of_some_case() -> None:
    cited = {entry["document"] for case in CASES for entry in evidence_of(case)}
    assert cited == {path.name for path in EXAMPLES.iterdir()}


@each_case
def test_every_evidence_document_exists(case: Case) -> None:
    assert [entry["document"] for entry in evidence_of(case) if not (EXAMPLES / entry["document"]).is_file()] == []


@each_case
def test_every_quote_is_in_its_document(case: Case) -> None:
    assert [entry for entry in evidence_of(case) if entry["quote"] not in text_of(entry["document"])] == []


@each_case
def test_unanswerable_is_what_the_tag_says(case: Case) -> None:
    assert case["unanswerable"] == ("unanswerable" in case["tags"])


@each_unanswerable_case
def test_an_unanswerable_case_has_no_answers(case: Case) -> None:
    assert case["answers"] == []


@each_unanswerable_case
def test_an_unanswerable_case_has_no_evidence(case: Case) -> None:
    assert case["evidence"] == []


@each_answerable_case
def test_every_gold_answer_is_in_some_quote(case: Case) -> None:
    groups = [(group, side["evidence"]) for side in sides_of(case) for group in answer_groups(side)]
    assert [group for group, evidence in groups if not any(says(entry["quote"], group) for entry in evidence)] == []


@each_answerable_case
def test_every_quote_carries_a_gold_answer(case: Case) -> None:
    quotes = [(entry["quote"], answer_groups(side)) for side in sides_of(case) for entry in side["evidence"]]
    assert [quote for quote, groups in quotes if not any(says(quote, group) for group in groups)] == []


@each_conflict
def test_no_side_of_a_conflict_says_the_gold_answer_of_the_other(case: Case) -> None:
    one, other = case["sides"]
    quotes = [(entry["quote"], a["answers"]) for a, b in [(one, other), (other, one)] for entry in b["evidence"]]
    assert [quote for quote, answers in quotes if says(quote, answers)] == []


@each_conflict
def test_the_majority_side_of_a_conflict_comes_first(case: Case) -> None:
    first, second = (len({entry["document"] for entry in side["evidence"]}) for side in case["sides"])
    assert first > second


@each_conflict
def test_the_answers_of_a_conflict_are_those_of_its_majority(case: Case) -> None:
    assert case["answers"] == case["sides"][0]["answers"]


@each_case_over_several
def test_a_case_over_several_documents_cites_more_than_one(case: Case) -> None:
    assert len({entry["document"] for entry in case["evidence"]}) > 1


@each_case_over_several
def test_no_one_document_answers_a_case_over_several(case: Case) -> None:
    texts = {path.name: text_of(path.name) for path in EXAMPLES.iterdir()}
    assert [name for name, text in texts.items() if all(says(text, group) for group in case["all_answers"])] == []
