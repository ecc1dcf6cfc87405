"""What teaches the reader relevance beyond short questions: claims with their evidence, and questions in several parts.

People also ask long questions whose parts stand in different documents, and check claims. These examples say only
whether a passage bears on such a question; they say nothing of where an answer stands.
"""

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from rag.text.sentences import sentences
from training.data import held_out, nearest, rows
from training.reader_data import Embed, Example, Question

NEAREST = 10
CLAIMS, COMPOSED, TWO = 6000, 9000, 3000
WICE_SENTENCES = 6
_KEPT = 0.65
"""The share of a sentence's ordinary words that a question made of it keeps; names and numbers always stay."""
_NAMED_OR_NUMBER = re.compile(r"[A-Z0-9]")
_OUTLETS = [
    f"{first} {second}"
    for first in "Northern Daily Evening Global Harbour Weekly Central Modern Sunday Capital Public Open".split()
    for second in "Herald Ledger Wire Review Post Monitor Gazette Bulletin Journal Dispatch Observer Record".split()
]
_JOINED = (
    "{a}, and {b}?",
    "Who or what is it of which {x} says that {a}, and {y} that {b}?",
    "Does the {x} article on {a} agree with the {y} report that {b}?",
    "Is it true, as reported by {x}, that {a}, while according to {y}, {b}?",
    "Which one, according to both {x} and {y}, {a} and also {b}?",
    "{a}, as {x} reported, or {b}, according to {y}?",
)


def relevance_examples(
    folder: Path, questions: Sequence[Question], embed: Embed, rng: random.Random
) -> dict[str, list[Example]]:
    """Examples by kind; `other` in a kind's name marks passages that are near and do not bear on the question."""
    made: dict[str, list[Example]] = {"claim": [], "claim_other": [], "composed": [], "composed_other": [], "two": []}
    for example in [*_claims(folder, embed, rng), *_wice(folder, rng), *_composed(questions, embed, rng)]:
        made[example.kind].append(example)
    made["two"] = list(_two(questions, rng))
    for found in made.values():
        rng.shuffle(found)
    return made


def _claims(folder: Path, embed: Embed, rng: random.Random) -> Iterator[Example]:
    """Claims on Wikipedia pages with the sentence that decides them, and with a near one of another page."""
    found = [
        row
        for row in rows(folder / "vitaminc_real.jsonl")
        if row["label"] != "NOT ENOUGH INFO" and not held_out("verifier", row["page"])
    ]
    found = rng.sample(found, min(CLAIMS, len(found)))
    texts = list(dict.fromkeys(row["evidence"] for row in found))
    pages = {row["evidence"]: row["page"] for row in found}
    vectors = embed(texts)
    near_rows = nearest(embed([row["claim"] for row in found]), vectors, NEAREST)
    for row, near in zip(found, near_rows, strict=True):
        yield Example("claim", row["claim"], row["page"], row["evidence"], None, True, spans_known=False)
        others = [texts[index] for index in near if pages[texts[index]] != row["page"]]
        if others:
            other = rng.choice(others)
            yield Example("claim_other", row["claim"], pages[other], other, None, False, spans_known=False)


def _wice(folder: Path, rng: random.Random) -> Iterator[Example]:
    """Claims with the part of a long web page that supports them, and with another part of it."""
    for row in rows(folder / "wice_claims.jsonl"):
        if held_out("verifier", row["evidence"][0]):
            continue
        evidence: list[str] = row["evidence"]
        wanted = {index for indices in row["supporting_sentences"] for index in indices}
        for start in range(0, len(evidence), WICE_SENTENCES // 2):
            held = wanted & set(range(start, start + WICE_SENTENCES))
            bears = bool(held) and len(held) >= len(wanted) / 2
            if not bears and (held or rng.random() < 0.8):
                continue
            text = " ".join(evidence[start : start + WICE_SENTENCES])
            yield Example("claim" if bears else "claim_other", row["claim"], None, text, None, bears, spans_known=False)


def _composed(questions: Sequence[Question], embed: Embed, rng: random.Random) -> Iterator[Example]:
    """Long questions made of two sentences of different articles; each of the two passages bears on one part."""
    contexts = {one.context: one for one in questions if one.source not in ("reddit", "amazon_reviews")}
    texts = list(contexts)
    vectors = embed(texts)
    picked = [(text, said) for text in rng.sample(texts, min(COMPOSED // 2, len(texts))) if (said := _said(text, rng))]
    near_rows = nearest(embed([said for _, said in picked]), vectors, NEAREST)
    composed: list[tuple[str, str, str]] = []
    for (text, said), near in zip(picked, near_rows, strict=True):
        others = [texts[index] for index in near if contexts[texts[index]].article != contexts[text].article]
        other = rng.choice(others or texts)
        if also := _said(other, rng):
            x, y = rng.sample(_OUTLETS, 2)
            query = rng.choice(_JOINED).format(a=_shortened(said, rng), b=_shortened(also, rng), x=x, y=y)
            composed.append((query, text, other))
    near_rows = nearest(embed([query for query, _, _ in composed]), vectors, NEAREST)
    for (query, text, other), near in zip(composed, near_rows, strict=True):
        for bears in (text, other):
            yield Example("composed", query, contexts[bears].title, bears, None, True, spans_known=False)
        near_ones = [texts[index] for index in near if texts[index] not in (text, other)]
        for wrong in rng.sample(near_ones, min(2, len(near_ones))):
            yield Example("composed_other", query, contexts[wrong].title, wrong, None, False, spans_known=False)


def _said(text: str, rng: random.Random) -> str | None:
    """A sentence of the text that names something."""
    found = [text[span.start : span.end] for span in sentences(text)]
    found = [one for one in found if 8 <= len(one.split()) <= 40 and _NAMED_OR_NUMBER.search(one[1:])]
    return rng.choice(found) if found else None


def _shortened(sentence: str, rng: random.Random) -> str:
    words = sentence.strip(" .!?").split()
    kept = [word for word in words if _NAMED_OR_NUMBER.match(word) or rng.random() < _KEPT]
    return " ".join(kept or words)


def _two(questions: Sequence[Question], rng: random.Random) -> Iterator[Example]:
    """Two questions in one sentence, with the passage and the answer of one of them."""
    answered = [one for one in questions if one.spans and one.source in ("squad", "new_wiki", "qed")]
    for _ in range(TWO):
        asked, also = rng.sample(answered, 2)
        parts = [asked.text.rstrip("? "), also.text.rstrip("? ")]
        rng.shuffle(parts)
        joined = f"{parts[0]}, and {parts[1]}?"
        yield Example("two", joined, asked.title, asked.context, asked.spans[0], True)
