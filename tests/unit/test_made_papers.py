"""Made papers: what is known of them is so, and no wrong statement says what a right one says."""

import random
import re
from functools import cache
from typing import Any

import pytest

from training.everyday.claims import claims
from training.everyday.collect import collection
from training.everyday.facts import Known, known, tokens
from training.everyday.kinds import HELD_OUT, TEMPLATES
from training.everyday.matters import affirmed, asked_whether, bare, denied, filled, replied
from training.everyday.questions import questions, untold_attributes
from training.everyday.shape import Attribute, Stand, Template, World
from training.everyday.wording import negated
from training.everyday.wordnet import WordNet

WORDS = WordNet(same={"adviser": ("consultant",)}, opposite={"employer": ("employee",)})
EACH = pytest.mark.parametrize("template", TEMPLATES[::5], ids=lambda template: template.name)

MATTERS = [
    pytest.param(template, attribute, id=f"{template.name}: {attribute.name}")
    for template in TEMPLATES
    for attribute in template.attributes
    if attribute.is_matter
]
TELLING_MATTERS = pytest.mark.parametrize(
    "template",
    [one for one in TEMPLATES if any(attribute.is_matter for attribute in one.attributes)][::5],
    ids=lambda template: template.name,
)


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
    assert {one["label"] for one in claimed(template) if one["kind"].endswith("other-subject")} <= {"unsupported"}


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


def stands(template: Template, attribute: Attribute) -> list[Stand]:
    values = [attribute.make(World(random.Random(seed), template.language)) for seed in range(30)]
    return [value.stand for value in values if value.stand]


@pytest.mark.parametrize(("template", "attribute"), MATTERS)
def test_nothing_is_both_so_and_not_so(template: Template, attribute: Attribute) -> None:
    assert not any(set(stand.so) & set(stand.not_so) for stand in stands(template, attribute))


@pytest.mark.parametrize(("template", "attribute"), MATTERS)
def test_what_a_matter_is_mainly_about_is_so_of_some_and_not_so_of_others(
    template: Template, attribute: Attribute
) -> None:
    points = [(is_so, words[0]) for stand in stands(template, attribute) for words, is_so in stand.points if words]
    assert {is_so for is_so, _ in points} == {True, False}


@TELLING_MATTERS
def test_what_a_statement_tells_of_a_matter_is_supported_or_contradicted(template: Template) -> None:
    labels = {one["label"] for one in claimed(template) if one["kind"] in ("so", "so-asked", "so-denied")}
    assert labels <= {"supported", "contradicted"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_a_limit_lies_between_what_is_allowed_and_what_is_not(template: Template) -> None:
    for attribute in (one for one in template.attributes if one.is_matter):
        for seed in range(30):
            value = attribute.make(World(random.Random(seed), template.language))
            limit = re.search(r"(after|until|ab|bis) (\d+:\d\d)", value.forms[0])
            if limit and value.stand:
                times = [
                    (time, is_so) for words, is_so in value.stand.points for time in re.findall(r"\d+:\d\d", words[0])
                ]
                is_from = limit[1] in ("after", "ab")
                assert times
                assert all(((minutes(time) > minutes(limit[2])) == is_from) == is_so for time, is_so in times)


def minutes(time: str) -> int:
    hour, minute = time.split(":")
    return 60 * int(hour) + int(minute)


DOGS = Stand(
    ("Dogs are not allowed.",),
    (("dogs /are/ forbidden[ at {s}]",),),
    (("I /may/ bring a dog[ to {s}]",),),
    first=("I /may/ bring a dog[ to {s}]",),
    asides=("but the kennel takes dogs",),
)


@pytest.mark.parametrize("seed", range(20))
def test_an_answer_begins_with_no_where_what_is_asked_is_not_so(seed: int) -> None:
    question, answer = replied(DOGS, "Hotel Anker", "en", random.Random(seed))
    assert answer.startswith(("No", "Unfortunately")) == ("dog?" in question)


@pytest.mark.parametrize("seed", range(20))
def test_a_mere_yes_or_no_answers_no_question_about_a_limit(seed: int) -> None:
    limited = Stand(("Open until 20:00.",), (("I /can/ come at 19:00",),), (("I /can/ come at 21:00",),))
    assert replied(limited, "X", "en", random.Random(seed))[1].endswith("pen until 20:00.")


@pytest.mark.parametrize(
    ("language", "point", "question", "denial"),
    [
        ("en", "{s} /is/ vegan", "Is {s} vegan?", "{s} is not vegan"),
        ("en", "{s} /has/ television", "Does {s} have television?", "{s} does not have television"),
        ("en", "{s} /must/ clean the stairs", "Must {s} clean the stairs?", "{s} need not clean the stairs"),
        ("en", "there /is/ a lift at {s}", "Is there a lift at {s}?", "there is no lift at {s}"),
        ("en", "{s} /is/ <still/no longer> sold", "Is {s} still sold?", "{s} is no longer sold"),
        (
            "de",
            "Hunde /dürfen/ ^gehalten werden",
            "Dürfen Hunde gehalten werden?",
            "Hunde dürfen nicht gehalten werden",
        ),
        ("de", "{s} /hat/ einen Balkon", "Hat {s} einen Balkon?", "{s} hat keinen Balkon"),
        ("de", "{s} /enthält/ </keine >Nüsse", "Enthält {s} Nüsse?", "{s} enthält keine Nüsse"),
    ],
)
def test_what_is_so_or_not_is_asked_and_denied_at_its_verb(
    language: str, point: str, question: str, denial: str
) -> None:
    dice = random.Random(1)
    assert filled(asked_whether(point, language, dice, plain=True), "X") == question.replace("{s}", "X")
    assert filled(denied(point, language, dice), "X") == denial.replace("{s}", "X")


def test_a_claim_is_made_of_a_question_as_the_product_makes_it() -> None:
    assert bare("{s} /may/ keep a dog", "Leila Amari", "en", random.Random(1)) == "Leila Amari keep a dog."


def test_where_all_is_about_one_record_its_name_is_left_out() -> None:
    assert filled(affirmed("dogs /are/ allowed[ at {s}]", "en", random.Random(1)), None) == "dogs are allowed"
