"""The cases about the seed reports: what can be told of them without the reports, which users do not have."""

from collections import Counter

import pytest

from eval.benchmarks.seeds import SEED_CASES
from eval.cases import Case, load_cases

CASES = load_cases(SEED_CASES)
MINIMUM_BY_TAG = {
    "fact": 20, "reason": 12, "yes-no": 8, "several": 6, "latest": 5, "attribution": 7, "conflicting": 6, "as-of": 6,
    "follow-up": 6, "unanswerable": 16, "who-banned": 5,
}  # fmt: skip
LONGEST_WORDS = 6

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


def test_there_are_at_least_eighty_cases() -> None:
    assert len(CASES) >= 80


@pytest.mark.parametrize(("tag", "minimum"), MINIMUM_BY_TAG.items())
def test_every_tag_has_enough_cases(tag: str, minimum: int) -> None:
    assert sum(tag in case.tags for case in CASES) >= minimum


def test_what_is_asked_is_not_asked_twice() -> None:
    asked = Counter((case.question, case.as_of) for case in CASES)
    assert [question for question, count in asked.items() if count > 1] == []


@each_case
def test_a_case_is_tagged_either_answerable_or_unanswerable(case: Case) -> None:
    assert ("answerable" in case.tags, "unanswerable" in case.tags) == (not case.unanswerable, case.unanswerable)


@each_case
def test_a_case_holds_a_few_words_of_the_reports_at_most(case: Case) -> None:
    answers = [answer for group in case.answers for answer in group]
    answers += [answer for side in case.sides for answer in side.answers]
    quotes = [entry.quote for part in case.evidence for entry in part]
    assert [words for words in [*answers, *quotes] if len(words.split()) > LONGEST_WORDS] == []


@pytest.mark.parametrize("case", [case for case in CASES if "who-banned" in case.tags], ids=lambda case: case.question)
def test_one_report_stands_alone_on_who_banned_whose_seafood(case: Case) -> None:
    assert [len({entry.document for entry in side.evidence}) for side in case.sides] == [4, 1]
