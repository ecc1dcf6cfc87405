"""Short answers that exclude each other, with the package's own reader and verifier."""

from dataclasses import replace

import pytest

from rag.answer.rivals import ShortAnswer, are_rivals, can_be_rivals, echoes, rivalry, same_answer, short_answer
from rag.domain import Document, Origin, Passage, Span
from rag.evidence.statement import Statement
from rag.models.reader import OnnxReader
from rag.models.verifier import OnnxVerifier
from rag.ports import Reading
from rag.search.rerank import ReadPassage

QUESTION = "How many boats lay in the harbour of Oster?"
MANY = "The harbour of Oster was full. 87 boats lay in the harbour when the storm came."
FEW = "When the storm came, 64 boats lay in the harbour of Oster, said the pilot."


@pytest.fixture(scope="module")
def reader() -> OnnxReader:
    return OnnxReader()


@pytest.fixture(scope="module")
def verifier() -> OnnxVerifier:
    return OnnxVerifier()


def _answer(reader: OnnxReader, question: str, text: str) -> ShortAnswer | None:
    document = Document(id=text[:8], text=text, origin=Origin(path="a.txt"))
    passage = Passage.cut(document, Span(0, len(text)))
    return short_answer(question, ReadPassage(passage, 0.0, reader.read(question, [passage])[0]))


def test_two_numbers_for_one_thing_are_rivals(reader: OnnxReader, verifier: OnnxVerifier) -> None:
    many, few = _answer(reader, QUESTION, MANY), _answer(reader, QUESTION, FEW)
    assert many
    assert few
    assert {many.text.split()[0], few.text.split()[0]} == {"87", "64"}
    assert are_rivals(QUESTION, rivalry(QUESTION, many, few, verifier))


def test_the_order_of_two_answers_makes_no_difference(reader: OnnxReader, verifier: OnnxVerifier) -> None:
    many, few = _answer(reader, QUESTION, MANY), _answer(reader, QUESTION, FEW)
    assert many
    assert few
    assert rivalry(QUESTION, many, few, verifier) == pytest.approx(rivalry(QUESTION, few, many, verifier))


def test_numbers_that_one_sentence_says_both_are_no_rivals(reader: OnnxReader, verifier: OnnxVerifier) -> None:
    both = _answer(reader, QUESTION, "Of the 87 boats that lay in the harbour of Oster 64 were lost.")
    few = _answer(reader, QUESTION, FEW)
    assert both
    assert few
    assert rivalry(QUESTION, both, few, verifier) == 0


def test_numbers_of_different_things_are_no_rivals(reader: OnnxReader) -> None:
    boats = ShortAnswer("87 boats", Statement(_passage("87 boats"), Span(0, 8)), _reading(reader))
    crowns = ShortAnswer("900 crowns", Statement(_passage("900 crowns"), Span(0, 10)), _reading(reader))
    assert not can_be_rivals("How many boats?", boats, crowns)


def test_of_what_may_have_several_answers_only_numbers_or_names_are_rivals(reader: OnnxReader) -> None:
    quiet, digging, ann, bo = (
        ShortAnswer(text, Statement(_passage(text), Span(0, len(text))), _reading(reader))
        for text in ("the quiet", "digging", "Ann Vell", "Bo Rand")
    )
    assert not can_be_rivals("What is Hollin?", quiet, digging)
    assert not can_be_rivals("What is Hollin?", quiet, ann)
    assert can_be_rivals("What is Hollin?", ann, bo)
    assert can_be_rivals("What is Hollin?", quiet, digging, echoed=True)


def test_numbers_in_words_are_compared_by_what_they_count_too(reader: OnnxReader) -> None:
    months, tonnes = (
        ShortAnswer(text, Statement(_passage(text), Span(0, len(text))), _reading(reader))
        for text in ("eight months", "900 tonnes")
    )
    assert not can_be_rivals("How long is the pier?", months, tonnes)


def test_a_nation_is_no_rival_of_somebody_called_after_it(reader: OnnxReader) -> None:
    said = _passage("Ann Vell, the Belmarian master, broke a wrist.")
    master = ShortAnswer("Ann Vell", Statement(said, Span(0, len(said.text))), _reading(reader))
    nation = ShortAnswer("Belmar", Statement(_passage("A boat of Belmar sank."), Span(0, 22)), _reading(reader))
    assert not can_be_rivals("Who steered the boat?", master, nation)


def test_what_a_bare_number_counts_stands_after_it(reader: OnnxReader) -> None:
    passages = map(_passage, ("Up to 20 boats a day may pass.", "It needs 90 days.", "Only 12 boats may."))
    boats, days, fewer = (
        ShortAnswer(number, Statement(passage, Span(0, len(passage.text))), _reading(reader))
        for number, passage in zip(("20", "90", "12"), passages, strict=True)
    )
    assert not can_be_rivals("How many boats may pass?", boats, days)
    assert can_be_rivals("How many boats may pass?", boats, fewer)


def test_what_is_no_number_does_not_answer_how_many(reader: OnnxReader) -> None:
    boats = ShortAnswer("87 boats", Statement(_passage("87 boats"), Span(0, 8)), _reading(reader))
    word = ShortAnswer("the harbour", Statement(_passage("the harbour"), Span(0, 11)), _reading(reader))
    assert not can_be_rivals("How many boats?", boats, word)


def test_a_number_is_no_rival_of_a_word(reader: OnnxReader) -> None:
    number = ShortAnswer("35 per cent", Statement(_passage("35 per cent"), Span(0, 11)), _reading(reader))
    word = ShortAnswer("a higher duty", Statement(_passage("a higher duty"), Span(0, 13)), _reading(reader))
    assert not can_be_rivals("What is the duty on glass?", number, word)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2014", "August 8, 2014", True),
        ("1,150", "1150 tonnes", True),
        ("Ann", "Ann Vell", True),
        ("Ann", "Bo", False),
        ("87 boats", "64 boats", False),
    ],
)
def test_an_answer_is_the_same_as_one_that_holds_it(one: str, other: str, same: bool) -> None:
    assert same_answer(one, other) is same


def test_a_passage_that_only_asks_the_question_answers_it_elsewhere_or_not_at_all(reader: OnnxReader) -> None:
    answer = _answer(reader, QUESTION, f"{QUESTION} It is 87, as the records of the pilots show.")
    assert answer is None or "87" in answer.text
    assert _answer(reader, QUESTION, QUESTION) is None


def test_where_a_passage_asks_the_very_question_all_that_it_asks_is_compared() -> None:
    assert are_rivals("Who opened the mill, and when was it sold?", 0.2, echoed=True)


def test_what_runs_on_into_the_next_sentence_is_no_short_answer(reader: OnnxReader) -> None:
    text = "64 boats lay in Oster. 87 sank."
    passage = _passage(text)
    running, within = (replace(_reading(reader), answers=(Span(0, end),)) for end in (len(text), len("64 boats")))
    assert short_answer(QUESTION, ReadPassage(passage, 0.0, running)) is None
    assert short_answer(QUESTION, ReadPassage(passage, 0.0, within)) is not None


def test_a_headline_gives_no_short_answer(reader: OnnxReader) -> None:
    passage = _passage("The Oster Post, 15 March 2025 87 boats in the harbour")
    read = replace(_reading(reader), answers=(Span(30, 38),))
    assert short_answer(QUESTION, ReadPassage(passage, 0.0, read)) is None


def test_of_a_question_that_asks_twice_no_rivals_are_told() -> None:
    assert are_rivals("How many boats lay there?", 0.99)
    assert not are_rivals("How many boats lay there, and how many sank?", 0.99)


def test_where_several_things_may_be_right_more_is_asked_for() -> None:
    assert are_rivals("Who opened the mill?", 0.8)
    assert not are_rivals("Why did the mill close?", 0.8)


def test_less_is_asked_for_where_a_passage_asks_the_very_question() -> None:
    assert not are_rivals("Who opened the mill?", 0.5)
    assert are_rivals("Who opened the mill?", 0.5, echoed=True)
    assert echoes("Who opened the mill?", _passage("Who opened the mill? It was Ann."))
    assert not echoes("Who opened the mill?", _passage("Ann opened the mill. Who closed the mill?"))


def _passage(text: str) -> Passage:
    return Passage.cut(Document(id=text, text=text, origin=Origin(path="a.txt")), Span(0, len(text)))


def _reading(reader: OnnxReader) -> Reading:
    return reader.read(QUESTION, [_passage(MANY)])[0]


def test_a_number_without_the_rate_that_is_asked_for_is_no_rival(reader: OnnxReader) -> None:
    passages = map(_passage, ("Up to 12 boats a day may pass.", "Five boats sailed under forged papers."))
    daily, forged = (
        ShortAnswer(number, Statement(passage, Span(0, len(passage.text))), _reading(reader))
        for number, passage in zip(("12", "Five"), passages, strict=True)
    )
    assert can_be_rivals("How many boats may pass?", daily, forged)
    assert not can_be_rivals("How many boats a day may pass?", daily, forged)
    assert can_be_rivals("How many boats a day may pass?", daily, forged, echoed=True)
