"""The reader, on the real weights."""

from itertools import pairwise

import numpy as np
import pytest

from rag.domain import Span
from rag.models.onnx import WEIGHTS
from rag.models.reader import ANSWERS, OnnxReader, windows
from rag.ports import Reading
from tests.answers import whole_passage

pytestmark = pytest.mark.skipif(
    not (WEIGHTS / "reader.json").exists(), reason="the reader's weights are not in rag/models/weights"
)

BRIDGE = (
    "The Harlow Bridge was opened in 1931 by the engineer Edith Marlow. It is 412 metres long and carries two railway "
    "tracks over the river Senn. Repairs after the flood of 1987 cost nine million crowns."
)
SOUP = "Simmer the onions slowly in butter before you add the stock and the thyme. Serve the soup with dark bread."
COUNCIL = (
    "The council of Varnholt voted on Tuesday to close the old tram depot. Mayor Jonas Pell said the site would become "
    "a library, because the present one floods every spring."
)
FILLER = "The committee met again and talked for hours about the colour of the curtains. "


@pytest.fixture(scope="module")
def reader() -> OnnxReader:
    return OnnxReader()


def read_one(reader: OnnxReader, question: str, text: str, title: str | None = None) -> Reading:
    (reading,) = reader.read(question, [whole_passage(text, title=title)])
    return reading


def test_no_passages_give_no_readings(reader: OnnxReader) -> None:
    assert reader.read("Who opened the bridge?", []) == []


def test_one_reading_for_each_passage_in_their_order(reader: OnnxReader) -> None:
    question, texts = "How long is the Harlow Bridge?", [SOUP, BRIDGE, COUNCIL]
    together = reader.read(question, [whole_passage(text) for text in texts])
    assert together == [read_one(reader, question, text) for text in texts]


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("Who opened the Harlow Bridge?", BRIDGE, "Edith Marlow"),
        ("How long is the bridge?", BRIDGE, "412 metres"),
        ("When was the flood?", BRIDGE, "1987"),
        ("Who is the mayor?", COUNCIL, "Jonas Pell"),
    ],
)
def test_best_answer_is_the_right_one(reader: OnnxReader, question: str, text: str, answer: str) -> None:
    assert answer in read_one(reader, question, text).answers[0].of(text)


def test_answers_lie_in_the_passage_and_do_not_overlap(reader: OnnxReader) -> None:
    text = "“Ünïcode” 🙂 — " + BRIDGE + " 東京 " + COUNCIL
    answers = read_one(reader, "Who is the mayor?", text, title="A title").answers
    assert 1 <= len(answers) <= ANSWERS
    assert all(answer.within(Span(0, len(text))) and answer.of(text).strip() for answer in answers)
    ordered = sorted(answers)
    assert all(first.end <= second.start for first, second in pairwise(ordered))


def test_passage_that_answers_is_more_relevant_than_others(reader: OnnxReader) -> None:
    bridge, soup, council = reader.read(
        "Who opened the Harlow Bridge?", [whole_passage(t) for t in (BRIDGE, SOUP, COUNCIL)]
    )
    assert bridge.relevance > max(soup.relevance, council.relevance)


def test_unanswerable_question_more_likely_has_no_answer(reader: OnnxReader) -> None:
    answerable = read_one(reader, "How long is the Harlow Bridge?", BRIDGE).no_answer
    assert read_one(reader, "How many onions are in the soup?", BRIDGE).no_answer > answerable
    assert 0 <= answerable <= 1


def test_answer_is_found_wherever_it_stands_in_a_long_passage(reader: OnnxReader) -> None:
    for before in (0, 30, 60):
        text = FILLER * before + BRIDGE + " " + FILLER * (60 - before)
        assert "Edith Marlow" in read_one(reader, "Who opened the Harlow Bridge?", text).answers[0].of(text)


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\x00\u200b\u202e", "\ud800 lone", "🙂" * 700, "a" * 5000, "Zalgo\u0336\u0336"]
)
def test_odd_text_is_read(reader: OnnxReader, text: str) -> None:
    for question in ("Who?", "", "\udfff", "why " * 2000):
        reading = read_one(reader, question, text, title=text[:200])
        assert np.isfinite(reading.relevance)
        assert 0 <= reading.no_answer <= 1
        assert all(answer.end <= len(text) for answer in reading.answers)


def test_windows_overlap_and_cover_the_whole_text(reader: OnnxReader) -> None:
    text = FILLER * 60
    (found,) = windows(
        reader._model.tokenizer, "Why?", [("Curtains", text)], max_tokens=reader.max_tokens, stride=reader.stride
    )
    assert len(found) > 2
    assert all(len(window.tokens) == len(window.types) <= reader.max_tokens for window in found)
    assert all(first.offsets[-reader.stride :] == second.offsets[: reader.stride] for first, second in pairwise(found))
    assert (found[0].offsets[0][0], found[-1].offsets[-1][1]) == (0, len(text.rstrip()))
