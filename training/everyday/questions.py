"""Questions about a collection, each with its right statements and the hardest of the wrong ones."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

from rag.text.words import content_stems
from training.everyday.collect import other_key
from training.everyday.facts import Fact, Known, Line
from training.everyday.matters import asked_whether, can_be_nameless, filled
from training.everyday.shape import Attribute, Collection, Value
from training.everyday.values import fill
from training.everyday.wording import asked, by_label, claim_pattern, whether

MOST_WRONG = 7
_MOST_OF_OTHERS = 4
_MOST_OF_THE_SAME = 2
_NOWHERE = {
    "en": (
        "What is the fax number of {s}?",
        "What colour is the cover of {s}?",
        "Who was the witness of {s}?",
        "What is the serial number of {s}?",
        "Which exchange rate was used for {s}?",
        "What is the password for {s}?",
        "Where can I park for {s}?",
        "Who translated {s}?",
        "How many complaints were there about {s}?",
        "What did the newspaper write about {s}?",
    ),
    "de": (
        "Wie lautet das Passwort für {s}?",
        "Wer war Zeuge bei {s}?",
        "Wie ist die Faxnummer von {s}?",
        "Was schrieb die Zeitung über {s}?",
    ),
}
"""What no paper of any template tells."""


def questions(known: Known, number: int, *, most: int) -> Iterator[dict[str, Any]]:
    """The questions of a collection, ready to be written."""
    rng = known.collection.world.rng
    for fact in rng.sample(known.facts, min(most, len(known.facts))):
        question, is_for_record = _about(fact, known, rng)
        right = [(line, _place(line, fact, known, is_for_record)) for line in fact.lines]
        wrong = [line for line in known.lines if line not in fact.lines and _is_wrong(line, fact, known)]
        yield _written(known, number, question, right, _hardest(question, wrong, fact, known))
    if known.facts:
        for _ in range(max(1, most // 4)):
            made = _without_answer(known, rng)
            if made is not None:
                question, near = made
                yield _written(known, number, question, [], _hardest(question, known.lines, near, known))


def named(known: Known, record: int, rng: random.Random) -> str:
    """A record as a person names it, in full or in part."""
    forms = known.names[record]
    full = [form for form in forms if form in known.records[record].key.forms]
    return _mention(known, rng.choice(full if full and rng.random() < 0.6 else forms), rng)


def _mention(known: Known, form: str, rng: random.Random) -> str:
    template = known.collection.template
    kinds = known.collection.kinds
    kind = kinds[0] if rng.random() < 0.75 else rng.choice(kinds)
    return fill(rng.choice(template.mentions), k=form, kind=kind)


def _about(fact: Fact, known: Known, rng: random.Random) -> tuple[str, bool]:
    """A question for a fact, and whether what it asks for is the record that has it."""
    language, dice = known.collection.template.language, rng.random()
    if dice < 0.2 and fact.attribute.which and _is_unique(fact, known):
        pattern = rng.choice(fact.attribute.which)
        text = fill(pattern, v=rng.choice(fact.value.all_forms), kind=known.collection.kinds[0])
        return asked(text, language, rng), True
    name = named(known, fact.record, rng)
    if fact.value.stand:
        return asked(_whether_so(fact.value, known, name), language, rng), False
    if dice > 0.85 and fact.attribute.says:
        pattern, _ = claim_pattern(fact.attribute, language, rng)
        value = fact.value if rng.random() < 0.5 else fact.attribute.make(known.collection.world)
        return asked(whether(fill(pattern, s=name, v=rng.choice(value.forms)), language, rng), language, rng), False
    return asked(_plainly(fact.attribute, name, known), language, rng), False


def _whether_so(value: Value, known: Known, name: str, *, is_named: bool = False) -> str:
    """A question whether something is so that this value tells."""
    assert value.stand
    rng = known.collection.world.rng
    pattern = rng.choice(rng.choice(value.stand.points)[0])
    question = asked_whether(pattern, known.collection.template.language, rng)
    return filled(question, name if is_named or not may_be_nameless(pattern, known) else None)


def may_be_nameless(pattern: str, known: Known) -> bool:
    """Whether somebody leaves out what a question or claim is about: mostly, where all is about one record."""
    return len(known.records) == 1 and can_be_nameless(pattern) and known.collection.world.rng.random() < 0.7


def untold_attributes(collection: Collection) -> list[Attribute]:
    """The attributes that nothing in a collection tells, nor anything that may pass for them."""
    attributes, told = collection.template.attributes, collection.told
    return [
        one for one in attributes if one.name not in told and not any(one.is_near(other, attributes) for other in told)
    ]


def _plainly(attribute: Attribute, name: str, known: Known, *, is_named: bool = False) -> str:
    world, rng, language = known.collection.world, known.collection.world.rng, known.collection.template.language
    if attribute.is_matter:
        return _whether_so(attribute.make(world), known, name, is_named=is_named)
    text = by_label(attribute, name, language, rng) if rng.random() < 0.4 else None
    return text or fill(rng.choice(attribute.asks), s=name)


def _is_unique(fact: Fact, known: Known) -> bool:
    """Whether no other record has this value in any form."""
    forms = set(fact.value.all_forms)
    others = (one.values[fact.attribute.name] for at, one in enumerate(known.records) if at != fact.record)
    return not any(forms & set(value.all_forms) for value in others)


def _place(line: Line, fact: Fact, known: Known, is_for_record: bool) -> tuple[int, int] | None:
    """Where the answer stands in a right line; None where only its context names it, or the line is it as a whole."""
    if is_for_record:
        places = (line.place(form) for form in known.records[fact.record].key.all_forms)
        return next((place for place in places if place), None)
    told = line.told(fact.record, fact.attribute.name)
    if told is None or (fact.value.stand and not told.labelled):
        return None  # a sentence that says by itself whether something is so is the answer as a whole
    return line.place_of(told)


def _is_wrong(line: Line, fact: Fact, known: Known) -> bool:
    """Whether a line surely does not answer: it is seen to be of another record, or holds the value in no form."""
    attributes = known.collection.template.attributes
    told = line.told(fact.record, fact.attribute.name)
    if told is not None or line.may_tell(fact.record, fact.attribute, attributes):
        return False
    if line.record not in (None, fact.record) and known.is_of(line, line.record or 0):
        return True
    return not line.tells(fact.attribute.name) and (fact.attribute.is_matter or not line.holds(fact.value))


def _hardest(question: str, wrong: Sequence[Line], near: Fact, known: Known) -> list[Line]:
    """The wrong lines that are most like right ones: the same attribute of others, others of the same, shared words."""
    rng = known.collection.world.rng
    stems = set(content_stems(question))
    shared = {
        line: len(stems & set(content_stems(f"{line.context} {line.text}"))) + rng.random()
        for line in dict.fromkeys(wrong)
    }
    ranked = sorted(shared, key=lambda line: -shared[line])
    of_others = [line for line in ranked if line.tells(near.attribute.name)]
    of_same = [line for line in ranked if line.record == near.record and line not in of_others]
    first = [*of_others[:_MOST_OF_OTHERS], *of_same[:_MOST_OF_THE_SAME]]
    return [*first, *(line for line in ranked if line not in first)][:MOST_WRONG]


def _without_answer(known: Known, rng: random.Random) -> tuple[str, Fact] | None:
    """A question that nothing answers, and the fact that is nearest."""
    collection, near, dice = known.collection, rng.choice(known.facts), rng.random()
    template, language = collection.template, collection.template.language
    untold = untold_attributes(collection)
    if dice < 0.45 and untold:
        name = named(known, near.record, rng)
        return asked(_plainly(rng.choice(untold), name, known), language, rng), near
    if dice < 0.88:
        key = other_key(template, collection.world, collection.records)
        if key is None or any(line.shows(key) for line in known.lines):
            return None
        name = _mention(known, rng.choice(key.forms), rng)
        return asked(_plainly(near.attribute, name, known, is_named=True), language, rng), near
    return asked(fill(rng.choice(_NOWHERE[language]), s=named(known, near.record, rng)), language, rng), near


def _written(
    known: Known,
    number: int,
    question: str,
    right: Sequence[tuple[Line, tuple[int, int] | None]],
    wrong: Sequence[Line],
) -> dict[str, Any]:
    candidates = [*((line, 1, place) for line, place in right), *((line, 0, None) for line in wrong)]
    return {
        "template": known.collection.template.name,
        "collection": number,
        "question": question,
        "answerable": bool(right),
        "candidates": [
            {"context": line.statement.setting(question), "text": line.text, "label": label, "answer": place}
            for line, label, place in candidates
        ],
    }
