"""What the verifier learns from: claims with texts that support, contradict or do not decide them.

Reads VitaminC (real and synthetic), WiCE, SummEdits, and the articles and questions of the reader's sets, of which
claims are made: sentences as they stand, shortened, in other words; with small false edits (`edits.py`); questions with
their right and with wrong answers. Each false edit of a sentence is also put into the text itself, where it is then
true and the old sentence false: so the sound of a claim tells nothing. FEVER-symmetric is only measured on.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.benchmarks.treebank import as_written
from rag.question.as_claim import stated
from rag.text.sentences import sentences
from training.data import held_out, nearest, rows
from training.edits import Edit, false_edits, lower, true_edits
from training.reader_data import VAGUE, Embed, Question

SUPPORTED, CONTRADICTED, UNSUPPORTED, NOT_SUPPORTED = 0, 1, 2, -1
"""The classes of the model's outputs; the last is the second or the third, which of them is not known."""
LABELS = {"SUPPORTS": SUPPORTED, "REFUTES": CONTRADICTED, "NOT ENOUGH INFO": UNSUPPORTED}
MOST_WORDS = 230
SENTENCES_OF_A_CONTEXT = 4
REVIEWS = 0.15
"""The share of reviews and posts that are used: people seldom check claims on them."""
WICE_SENTENCES = 8
NEAREST = 8


@dataclass(frozen=True)
class Pair:
    """A claim, a text, and what the text says of it."""

    kind: str
    claim: str
    text: str
    label: int


def pairs(folder: Path, questions: Sequence[Question], embed: Embed, rng: random.Random) -> dict[str, list[Pair]]:
    """Every pair that these sets give, shuffled, by kind; held-out pages, documents and articles are left out."""
    made: dict[str, list[Pair]] = defaultdict(list)
    for pair in [
        *vitaminc(folder / "vitaminc_real.jsonl", "vitaminc"),
        *vitaminc(folder / "vitaminc_synthetic.jsonl", "synthetic"),
        *wice(folder / "wice_claims.jsonl", rng),
        *summedits(folder / "summedits.jsonl"),
        *edited_claims(folder / "vitaminc_real.jsonl", rng),
        *sentence_pairs(questions, embed, rng),
        *answers_as_claims(questions, rng),
    ]:
        made[pair.kind].append(pair)
    for found in made.values():
        rng.shuffle(found)
    return made


def vitaminc(path: Path, kind: str, *, of_held_out: bool = False) -> Iterator[Pair]:
    """Claims on Wikipedia pages with sentences of two versions of the page."""
    for row in rows(path):
        if held_out("verifier", row["page"]) is of_held_out:
            yield Pair(kind, as_written(row["claim"]), as_written(row["evidence"]), LABELS[row["label"]])


def wice(path: Path, rng: random.Random) -> Iterator[Pair]:
    """Claims of Wikipedia with parts of the web pages they cite."""
    for row in rows(path):
        evidence: list[str] = row["evidence"]
        if held_out("verifier", evidence[0]):
            continue
        for wanted in row["supporting_sentences"]:
            if not wanted or max(wanted) - min(wanted) >= WICE_SENTENCES:
                continue
            start = max(0, min(wanted) - rng.randrange(WICE_SENTENCES - (max(wanted) - min(wanted))))
            text = " ".join(evidence[start : start + WICE_SENTENCES])
            if _short(text):
                yield Pair("wice", row["claim"], text, SUPPORTED if row["label"] == "supported" else NOT_SUPPORTED)
        named = {index for wanted in row["supporting_sentences"] for index in wanted}
        starts = [start for start in range(len(evidence)) if not named & set(range(start, start + WICE_SENTENCES))]
        for start in rng.sample(starts, min(2, len(starts))):
            text = " ".join(evidence[start : start + WICE_SENTENCES])
            if _short(text):
                yield Pair("wice", row["claim"], text, UNSUPPORTED)


def summedits(path: Path) -> Iterator[Pair]:
    """Summaries of reports, papers and talks, many with one wrong detail."""
    for row in rows(path):
        if not held_out("verifier", row["document"]) and _short(row["document"]):
            text = " ".join(row["document"].split())
            yield Pair("summedits", row["summary"], text, SUPPORTED if row["consistent"] else NOT_SUPPORTED)


def edited_claims(path: Path, rng: random.Random) -> Iterator[Pair]:
    """Supported claims of VitaminC, edited."""
    found = [pair for pair in vitaminc(path, "vitaminc") if pair.label == SUPPORTED]
    for pair in found:
        elsewhere = rng.choice(found).text
        edits = false_edits(pair.claim, pair.text, elsewhere, rng)
        for edit in _picked(edits, 2, rng):
            yield Pair("claim_edits", edit.text, pair.text, label_of(edit.contradicted))
        alike = true_edits(pair.claim, rng)
        if alike:
            yield Pair("claim_alike", rng.choice(alike), pair.text, SUPPORTED)


def label_of(contradicted: bool | None) -> int:
    return NOT_SUPPORTED if contradicted is None else CONTRADICTED if contradicted else UNSUPPORTED


def sentence_pairs(questions: Sequence[Question], embed: Embed, rng: random.Random) -> Iterator[Pair]:
    """Sentences of articles with the text they stand in: true, edited on one side or both, and with other texts."""
    contexts = dict.fromkeys(one.context for one in questions if one.source != "timeqa" and _short(one.context))
    reviews = {one.context for one in questions if one.source in VAGUE}
    texts = [text for text in contexts if text not in reviews or rng.random() < REVIEWS]
    picked = [(text, said) for text in texts for said in _said(text, rng)]
    vectors = embed(texts)
    near_rows = nearest(embed([said for _, said in picked]), vectors, NEAREST)
    for (text, said), near in zip(picked, near_rows, strict=True):
        around = _around(text, said, rng)
        elsewhere = rng.choice(texts)
        alike = true_edits(said, rng)
        claim = rng.choice(alike) if alike and rng.random() < 0.7 else said
        yield Pair("sentence", claim, around, SUPPORTED)
        edits = _picked(false_edits(claim, text, elsewhere, rng), 3, rng)
        for edit in edits:
            yield Pair("edits", edit.text, around, label_of(edit.contradicted))
        beside = [one for one in _said(text, rng) if one != said]
        if beside:
            yield Pair("joined", _joined(claim, beside[0], rng), text, SUPPORTED)
            for edit in edits[:1]:
                yield Pair("joined", _joined(edit.text, beside[0], rng), text, label_of(edit.contradicted))
        # The text with the edit: now the edited sentence is true, the old one false.
        whole = [edit for edit in false_edits(said, text, elsewhere, rng) if edit.kind != "tail"]
        for edit in _picked(whole, 2, rng):
            other = around.replace(said, edit.text)
            yield Pair("mirrored", edit.text, other, SUPPORTED)
            # Without the attribution or the hedge, a text says less than the claim or more: only the first is safe.
            if edit.kind not in ("attribution", "hedge", "quantifier"):
                yield Pair("mirrored_false", said, other, label_of(edit.contradicted))
        without = text.replace(said, " ")
        if len(without.split()) > 40 and rng.random() < 0.5:
            yield Pair("elsewhere", claim, without, UNSUPPORTED)
        others = [texts[index] for index in near if texts[index] != text]
        if others and rng.random() < 0.5:
            yield Pair("elsewhere", claim, rng.choice(others), UNSUPPORTED)


def _picked(edits: list[Edit], count: int, rng: random.Random) -> list[Edit]:
    """Some of the edits; the swap of two actors, which readers notice least, whenever there is one."""
    return sorted(rng.sample(edits, len(edits)), key=lambda edit: edit.kind != "actors")[:count]


def _joined(claim: str, other: str, rng: random.Random) -> str:
    """Two sentences as one claim, as answers join what several sentences of a text say."""
    first, second = rng.sample([claim, other], 2)
    return f"{first} {second}" if rng.random() < 0.5 else f"{first.rstrip('.! ')}, and {lower(second)}"


def _said(text: str, rng: random.Random) -> list[str]:
    found = [text[span.start : span.end] for span in sentences(text)]
    found = [one for one in found if 6 <= len(one.split()) <= 45 and one[0].isupper() and one[-1] in ".!"]
    return rng.sample(found, min(SENTENCES_OF_A_CONTEXT, len(found)))


def _around(text: str, said: str, rng: random.Random) -> str:
    """The sentence with up to as many neighbours as its text has."""
    spans = sentences(text)
    place = next(index for index, span in enumerate(spans) if text[span.start : span.end] == said)
    reach = rng.choice([0, 1, 1, 2, len(spans)])
    first, last = max(0, place - rng.randint(0, reach)), min(len(spans) - 1, place + rng.randint(0, reach))
    return text[spans[first].start : spans[last].end]


_NAMED = re.compile(r"\b[A-Z][\w'-]+(?: [A-Z][\w'-]+)*|\b\d[\d,.]*\d\b")


def answers_as_claims(questions: Sequence[Question], rng: random.Random) -> Iterator[Pair]:
    """Questions with their answers, with other words of the same text, and, where nothing answers, with any."""
    for question in questions:
        if not _short(question.context) or question.source == "timeqa":
            continue
        if question.source in VAGUE and rng.random() >= REVIEWS:
            continue
        answers = question.answers()
        others = [
            name
            for name in dict.fromkeys(_NAMED.findall(question.context))
            if name.lower() not in question.text.lower()
            and not any(name.lower() in answer or answer in name.lower() for answer in answers)
        ]
        if question.spans:
            start, end = question.spans[0]
            right = question.context[start:end]
            if len(right.split()) <= 10:
                yield Pair("answer", stated(question.text, right), question.context, SUPPORTED)
                alike = [name for name in others if name[0].isdigit() == right[0].isdigit()]
                if alike:
                    wrong = rng.choice(alike)
                    yield Pair("wrong_answer", stated(question.text, wrong), question.context, NOT_SUPPORTED)
        elif others:
            yield Pair("wrong_answer", stated(question.text, rng.choice(others)), question.context, NOT_SUPPORTED)


def _short(text: str) -> bool:
    return len(text.split()) <= MOST_WORDS
