"""The sample eval cases agree with the documents in examples/ that they cite."""

import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from ingest.readers.choose import read_corpus, read_file
from ingest.readers.document import ReadDocument
from ingest.readers.kind import CORPORA, kind_of

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
CASES_FILE = ROOT / "eval" / "datasets" / "sample" / "cases.jsonl"
MINIMUM_BY_KIND = {
    "news": {"fact": 22, "why-how": 12, "several": 8, "conflicting": 8, "latest": 5, "unanswerable": 14},
    "everyday": {
        "value": 14, "date": 8, "lookup": 10, "list": 7, "steps": 4, "count": 6, "compare": 5, "yes-no": 7,
        "definition": 3, "unanswerable": 16,
    },
}  # fmt: skip
WORKED_OUT = {"count", "yes-no"}
"""Kinds whose answers stand in no document: they follow from what is quoted."""

Case = dict[str, Any]

CASES: list[Case] = [json.loads(line) for line in CASES_FILE.read_text(encoding="utf-8").split("\n") if line]
ANSWERABLE = [case for case in CASES if not case["unanswerable"]]
QUOTED = [case for case in ANSWERABLE if not WORKED_OUT.intersection(case["tags"])]
EXAMPLE_FILES = {path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.rglob("*") if path.is_file()}
UNANSWERABLE = [case for case in CASES if case["unanswerable"]]


def tagged(tag: str) -> list[Case]:
    return [case for case in CASES if tag in case["tags"]]


def one_spaced(text: str) -> str:
    return " ".join(text.split())


def plain_words(text: str) -> str:
    """Lower case, without punctuation, one space between words: how answers are compared."""
    letters = (" " if unicodedata.category(letter)[0] in "PZC" else letter for letter in text.lower())
    return one_spaced("".join(letters))


def read_as_ingest_does(path: Path) -> Iterator[ReadDocument]:
    data = path.read_bytes()
    kind = kind_of(data, path.suffix, name=path.name)
    if kind not in CORPORA:
        yield read_file(kind, data, name=path.name, most_pages=50)
        return
    for record in read_corpus(kind, BytesIO(data), name=path.name, text_field=None, longest=100_000):
        assert isinstance(record, ReadDocument)
        yield record


@cache
def text_of(name: str) -> str:
    """The words of an example: verbatim for an article in txt or md, one-spaced for all others."""
    path = EXAMPLES / name
    if path.suffix == ".pdf" or path.parent != EXAMPLES:
        # The words that the reader gives are meant: plain quotation marks in a PDF, rows that name their columns.
        return one_spaced(" ".join(read.text for read in read_as_ingest_does(path)))
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


def quote_of(entry: dict[str, str]) -> str:
    """The words of a quote as `text_of` gives those of its document."""
    return one_spaced(entry["quote"]) if entry["document"].startswith("everyday/") else entry["quote"]


def answer_groups(part: Case) -> list[list[str]]:
    groups: list[list[str]] = part["all_answers"] if "all_answers" in part else [part["answers"]]
    return groups


def says(text: str, answers: list[str]) -> bool:
    return any(plain_words(answer) in plain_words(text) for answer in answers)


each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
each_quoted_case = pytest.mark.parametrize("case", QUOTED, ids=lambda case: case["id"])
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
def test_a_case_has_one_known_kind_and_its_part(case: Case) -> None:
    kind, part = case["tags"]
    assert kind in MINIMUM_BY_KIND[part]


@pytest.mark.parametrize(
    ("part", "kind", "minimum"), [(part, *one) for part, kinds in MINIMUM_BY_KIND.items() for one in kinds.items()]
)
def test_every_kind_has_enough_cases(part: str, kind: str, minimum: int) -> None:
    assert len([case for case in CASES if case["tags"] == [kind, part]]) >= minimum


@each_case
def test_a_case_is_proved_by_documents_of_its_own_part(case: Case) -> None:
    everyday = {entry["document"].startswith("everyday/") for entry in evidence_of(case)}
    assert everyday <= {"everyday" in case["tags"]}


def test_every_example_is_evidence_of_some_case() -> None:
    assert {entry["document"] for case in CASES for entry in evidence_of(case)} == EXAMPLE_FILES


@each_case
def test_every_evidence_document_exists(case: Case) -> None:
    assert [entry["document"] for entry in evidence_of(case) if not (EXAMPLES / entry["document"]).is_file()] == []


@each_case
def test_every_quote_is_in_its_document(case: Case) -> None:
    assert [entry for entry in evidence_of(case) if quote_of(entry) not in text_of(entry["document"])] == []


@each_case
def test_unanswerable_is_what_the_tag_says(case: Case) -> None:
    assert case["unanswerable"] == ("unanswerable" in case["tags"])


@each_unanswerable_case
def test_an_unanswerable_case_has_no_answers(case: Case) -> None:
    assert case["answers"] == []


@each_unanswerable_case
def test_an_unanswerable_case_has_no_evidence(case: Case) -> None:
    assert case["evidence"] == []


@each_quoted_case
def test_every_gold_answer_is_in_some_quote(case: Case) -> None:
    groups = [(group, side["evidence"]) for side in sides_of(case) for group in answer_groups(side)]
    assert [group for group, evidence in groups if not any(says(entry["quote"], group) for entry in evidence)] == []


@each_quoted_case
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
    texts = {name: text_of(name) for name in EXAMPLE_FILES}
    assert [name for name, text in texts.items() if all(says(text, group) for group in case["all_answers"])] == []
