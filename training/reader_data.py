"""What the reader learns from: questions with passages that answer them, passages that do not, and made ones.

Reads `squad_v2.jsonl`, `squadshifts.jsonl`, `qed.jsonl` and `timeqa_easy.jsonl`. Whole articles (where a set names
none, whole passages) are held out by a hash of their name. Nothing here is drawn without a seed.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from rag.domain import Document, Origin, Passage, Span
from training.data import HELD_OUT, nearest, rows, share

NEAREST = 12
VAGUE = {"reddit", "amazon_reviews"}
"""Their questions ("What did I buy?") mostly fit many passages, so they are used little beyond their own."""
PAGE_PIECE = 900
"""Code points of a passage cut from a page of TimeQA."""


@dataclass(frozen=True)
class Question:
    """A question about a context; `spans` are its answers there, the most agreed on first, none where there is none."""

    source: str
    article: str
    title: str | None
    text: str
    context: str
    spans: tuple[tuple[int, int], ...]

    @property
    def held_out(self) -> bool:
        return share("reader", self.article) < HELD_OUT

    @property
    def passage(self) -> Passage:
        """The context as one passage."""
        document = Document(id="context", text=self.context, origin=Origin("context", title=self.title))
        return Passage.cut(document, Span(0, len(self.context)))

    def answers(self) -> set[str]:
        return {self.context[start:end].lower() for start, end in self.spans}


@dataclass(frozen=True)
class Example:
    """What the reader sees and should say; `relevant` is None where the passage is near but does not answer.

    `span` is None where nothing answers, or where that is not known (`spans_known`).
    """

    kind: str
    question: str
    title: str | None
    context: str
    span: tuple[int, int] | None
    relevant: bool | None
    spans_known: bool = True


def read(folder: Path) -> list[Question]:
    """The questions of every set."""
    return [
        *_squad(folder / "squad_v2.jsonl"),
        *_squad(folder / "squadshifts.jsonl"),
        *_qed(folder / "qed.jsonl"),
        *_timeqa(folder / "timeqa_easy.jsonl"),
    ]


def _squad(path: Path) -> Iterator[Question]:
    for row in rows(path):
        counted = Counter(
            (answer["answer_start"], answer["answer_start"] + len(answer["text"])) for answer in row["answers"]
        )
        spans = tuple(sorted(counted, key=lambda span: (-counted[span], span[1] - span[0])))
        title = row.get("title")
        yield Question(
            row.get("domain", "squad"),
            title or row["context"],
            title.replace("_", " ") if title and title != "None" else None,
            row["question"].strip(),
            row["context"],
            spans,
        )


def _qed(path: Path) -> Iterator[Question]:
    for row in rows(path):
        spans = tuple(
            dict.fromkeys((part["start"], part["end"]) for answer in row["original_nq_answers"] for part in answer)
        )
        title, context = row["title_text"], row["paragraph_text"]
        if spans and all(0 <= start < end <= len(context) for start, end in spans):
            yield Question("qed", title, title, row["question_text"], context, spans)


def _timeqa(path: Path) -> Iterator[Question]:
    for row in rows(path):
        page = row["context"]
        title = row["idx"].removeprefix("/wiki/").split("#")[0].replace("_", " ")
        spans = [(start, end) for start, end in zip(row["from"], row["end"], strict=True) if end > start]
        for start, end in pieces(page):
            inside = tuple((first - start, last - start) for first, last in spans if start <= first and last <= end)
            text = page[start:end]
            # Elsewhere on the page the same words may or may not answer, so such passages teach nothing.
            named = any(target and target.lower() in text.lower() for target in row["targets"])
            if inside or not named:
                yield Question("timeqa", title, title, row["question"], text, inside)


def pieces(page: str) -> list[tuple[int, int]]:
    """A page cut at ends of sentences into pieces of about `PAGE_PIECE` code points."""
    cuts, start = [], 0
    for end in [found.end() for found in re.finditer(r" [.?!] ", page)] + [len(page)]:
        if end - start >= PAGE_PIECE or end == len(page):
            cuts.append((start, end))
            start = end
    return [(first, last) for first, last in cuts if last > first]


def _cut(question: Question, rng: random.Random) -> Example | None:
    """The passage from the sentence on that answers: what that sentence's `it` means, only the title still says."""
    start, end = question.spans[0]
    first = question.context.rfind(". ", 0, start) + 2
    if first < 2 or not _POINTING_BACK.match(question.context, first):
        return None
    stop = _end_of_sentence(question.context, _end_of_sentence(question.context, end) if rng.random() < 0.7 else end)
    return Example(
        "cut", question.text, question.title, question.context[first:stop], (start - first, end - first), True
    )


Embed = Callable[[Sequence[str]], np.ndarray]


def examples(questions: Sequence[Question], embed: Embed, rng: random.Random) -> dict[str, list[Example]]:
    """Every example that these questions give, shuffled, by kind."""
    made: dict[str, list[Example]] = defaultdict(list)
    by_article: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        by_article[question.article].append(question)
    for question in questions:
        if question.spans:
            made[question.source].append(_example(question.source, question, question.spans[0]))
            if question.source not in VAGUE:
                made["made"].extend(unanswerable(question, by_article[question.article], rng))
            if question.title and (cut := _cut(question, rng)):
                made["cut"].append(cut)
        else:
            kind = "impossible" if question.source == "squad" else "elsewhere"
            made[kind].append(_example(kind, question, None))
    made["retrieved"] = list(retrieved([one for one in questions if one.spans], embed, rng))
    for kind in made:
        rng.shuffle(made[kind])
    return made


def _example(kind: str, question: Question, span: tuple[int, int] | None, **changes: Any) -> Example:
    if changes:
        question = replace(question, **changes)
    relevant = True if span else False if kind == "elsewhere" else None
    return Example(kind, question.text, question.title, question.context, span, relevant)


def retrieved(questions: Sequence[Question], embed: Embed, rng: random.Random) -> Iterator[Example]:
    """For each question a passage that the embedder ranks high and that does not hold the answer.

    A question whose own passage the embedder finds nowhere near the top ("What did I buy?") could be about any
    passage, so it gives none.
    """
    contexts = list(dict.fromkeys(question.context for question in questions))
    titles = {question.context: question.title for question in questions}
    place = {context: row for row, context in enumerate(contexts)}
    questions = [one for one in questions if one.source not in VAGUE or rng.random() < 0.15]
    found = nearest(embed([question.text for question in questions]), embed(contexts), NEAREST + 1)
    for question, near in zip(questions, found, strict=True):
        if place[question.context] not in near[:NEAREST]:
            continue
        answers = question.answers()
        others = [
            other
            for other in (contexts[index] for index in near)
            if other != question.context and not any(answer in other.lower() for answer in answers)
        ]
        # The nearest most often, for those are the ones that the reader will have to tell apart.
        for other in rng.sample(others[:4], min(1, len(others))) + rng.sample(others[4:], min(1, len(others[4:]))):
            yield Example("retrieved", question.text, titles[other], other, None, False)


_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'-]+(?: (?:of |de |the )?[A-Z][\w'-]+)*")
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,.]*\d|(?<![\w.,])\d(?![\w.,])")
_POINTING_BACK = re.compile(r"(?:It|Its|He|His|She|Her|They|Their|This|These)\b")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'“(])")
_OPPOSITES = (
    "first/last largest/smallest highest/lowest most/least before/after north/south east/west northern/southern "
    "eastern/western increase/decrease more/fewer best/worst oldest/youngest longest/shortest higher/lower "
    "larger/smaller above/below win/lose won/lost majority/minority early/late earliest/latest start/end began/ended "
    "maximum/minimum support/oppose male/female men/women always/never enter/leave inside/outside ancient/modern"
)
_OPPOSITE = {
    word: other for pair in (both.split("/") for both in _OPPOSITES.split()) for word, other in (pair, pair[::-1])
}


def unanswerable(question: Question, same_article: Sequence[Question], rng: random.Random) -> Iterator[Example]:
    """The question or its passage changed so that the passage no longer answers."""
    ways = [_without_answer, _other_name, _other_name_told, _opposite]
    rng.shuffle(ways)
    for way in ways:
        if changes := way(question, same_article, rng):
            yield _example("made", question, None, **changes)
            return


def _without_answer(question: Question, _: Sequence[Question], rng: random.Random) -> dict[str, str] | None:
    """The passage without the sentences that hold the answer."""
    sentences = _SENTENCE_END.split(question.context)
    answers = [answer for answer in question.answers() if answer]
    kept = [sentence for sentence in sentences if not any(answer in sentence.lower() for answer in answers)]
    if len(kept) < 3 or len(kept) < len(sentences) - 3:
        return None
    return {"context": " ".join(kept)}


def _other_name(question: Question, same_article: Sequence[Question], rng: random.Random) -> dict[str, str] | None:
    """The question about another name or number, of the same passage where it has one."""
    for pattern in rng.sample([_NAME, _NUMBER], 2):
        found = [match for match in pattern.finditer(question.text) if match.group() in question.context]
        if not found:
            continue
        match = rng.choice(found)
        others = pattern.findall(question.context) + pattern.findall(rng.choice(same_article).context)
        answers = question.answers()
        others = [
            other
            for other in others
            if not any(word in question.text for word in other.split())
            and len(other) > 1
            and not any(other.lower() in answer or answer in other.lower() for answer in answers)
            and other.isdigit() == match.group().isdigit()
        ]
        if others:
            return {"text": question.text[: match.start()] + rng.choice(others) + question.text[match.end() :]}
    return None


def _other_name_told(question: Question, same_article: Sequence[Question], rng: random.Random) -> dict[str, str] | None:
    """The passage about another name or number where it answers: the question now asks what it does not say."""
    changed = _other_name(question, same_article, rng)
    if changed is None:
        return None
    before, after = _difference(question.text, changed["text"])
    start, end = question.spans[0]
    around = slice(max(0, question.context.rfind(". ", 0, start)), _end_of_sentence(question.context, end))
    told = question.context[around]
    if before not in told or before in question.context[start:end]:
        return None
    return {"context": question.context[: around.start] + told.replace(before, after) + question.context[around.stop :]}


def _difference(text: str, other: str) -> tuple[str, str]:
    """The stretches of whole words in which two texts differ."""
    one, two = text.split(" "), other.split(" ")
    first = next(place for place, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1])
    last = next(place for place, pair in enumerate(zip(one[::-1], two[::-1], strict=False)) if pair[0] != pair[1])
    before, after = (" ".join(words[first : len(words) - last]) for words in (one, two))
    return before.strip("?,.'\" "), after.strip("?,.'\" ")


def _end_of_sentence(text: str, start: int) -> int:
    found = text.find(". ", start)
    return len(text) if found < 0 else found + 1


def _opposite(question: Question, _: Sequence[Question], rng: random.Random) -> dict[str, str] | None:
    """The question with a word turned into its opposite."""
    words = question.text.split(" ")
    places = [place for place, word in enumerate(words) if word in _OPPOSITE]
    if not places:
        return None
    place = rng.choice(places)
    words[place] = _OPPOSITE[words[place]]
    return {"text": " ".join(words)}
