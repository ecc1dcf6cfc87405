"""Made papers: what is known of them is so, and no wrong statement says what a right one says."""

import random
from functools import cache
from typing import Any

import pytest

from training.everyday.claims import claims
from training.everyday.collect import collection
from training.everyday.facts import Known, known, tokens
from training.everyday.kinds import HELD_OUT, TEMPLATES
from training.everyday.questions import questions, untold_attributes
from training.everyday.shape import Template
from training.everyday.wording import negated
from training.everyday.wordnet import WordNet

WORDS = WordNet(same={"adviser": ("consultant",)}, opposite={"employer": ("employee",)})
EACH = pytest.mark.parametrize("template", TEMPLATES[::5], ids=lambda template: template.name)


@cache
def read(template: Template, seed: int = 1) -> Known:
    return known(collection(template, random.Random(f"{seed} {template.name}")))


@cache
def asked(template: Template) -> list[dict[str, Any]]:
    return list(questions(read(template), 0, most=14))


@cache
def claimed(template: Template) -> list[dict[str, Any]]:
    return list(claims(read(template), 0, WORDS, most=14))


def test_at_least_six_templates_are_held_out_and_all_are_known() -> None:
    assert len(HELD_OUT) >= 6
    assert {template.name for template in TEMPLATES} >= HELD_OUT


def test_no_two_templates_have_one_name() -> None:
    assert len({template.name for template in TEMPLATES}) == len(TEMPLATES)


@EACH
def test_the_same_dice_give_the_same_papers(template: Template) -> None:
    one, other = (collection(template, random.Random("7")) for _ in range(2))
    assert [(paper.name, paper.pieces) for paper in one.papers] == [
        (paper.name, paper.pieces) for paper in other.papers
    ]


@EACH
def test_papers_of_each_kind_tell_facts_that_can_be_found(template: Template) -> None:
    assert any(read(template, seed).facts for seed in (1, 2, 3))


@EACH
def test_no_question_without_an_answer_has_a_right_statement(template: Template) -> None:
    assert all(one["answerable"] == any(line["label"] for line in one["candidates"]) for one in asked(template))


@EACH
def test_the_answer_is_within_its_statement(template: Template) -> None:
    for line in (line for one in asked(template) for line in one["candidates"] if line["answer"]):
        start, end = line["answer"]
        assert 0 <= start < end <= len(line["text"])


@EACH
def test_no_statement_is_both_right_and_wrong(template: Template) -> None:
    for one in asked(template):
        right, wrong = (
            {(c["context"], c["text"]) for c in one["candidates"] if c["label"] == label} for label in (1, 0)
        )
        assert not right & wrong


@EACH
def test_what_no_paper_tells_is_nowhere_told(template: Template) -> None:
    found = read(template)
    for attribute in untold_attributes(found.collection):
        assert not any(line.tells(attribute.name) for line in found.lines)


@EACH
def test_a_claim_of_the_papers_own_words_holds_a_value_of_its_statement(template: Template) -> None:
    found = read(template)
    forms = {form for record in found.records for value in record.values.values() for form in value.all_forms}
    for one in claimed(template):
        if one["kind"] in ("label", "verb"):
            assert any(tokens(form) in tokens(one["claim"]) for form in forms)


@EACH
def test_claims_of_another_record_are_never_supported(template: Template) -> None:
    assert {one["label"] for one in claimed(template) if one["kind"] == "other-subject"} <= {"unsupported"}


@pytest.mark.parametrize(
    ("claim", "denied"),
    [
        ("{s} costs {v}", "{s} does not cost {v}"),
        ("{s} uses platform {v}", "{s} does not use platform {v}"),
        ("{s} goes to {v}", "{s} does not go to {v}"),
        ("{s} carries {v}", "{s} does not carry {v}"),
        ("{s} passes {v}", "{s} does not pass {v}"),
        ("the rent of {s} is {v}", "the rent of {s} is not {v}"),
        ("die Miete von {s} ist {v}", "die Miete von {s} ist nicht {v}"),
    ],
)
def test_a_claim_is_denied_at_its_verb(claim: str, denied: str) -> None:
    assert negated(claim) == denied


def test_a_claim_whose_verb_is_not_known_is_not_denied() -> None:
    assert negated("{v} made {s}") is None
