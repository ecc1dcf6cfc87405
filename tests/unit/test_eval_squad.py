"""SQuAD: its questions are read, put to the reader, and scored as by hand."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from eval.benchmarks.held_out import held_out_share
from eval.benchmarks.judgement import JudgementRun, JudgementSuite, Judges, run_judgements
from eval.benchmarks.squad import load_squad
from eval.suites import find_suite
from rag.domain import Passage, Span
from rag.errors import InputError, ModelError
from rag.ports import Reading
from rag.text.words import words

Json = dict[str, Any]
CONTEXT = "The canal is 61 kilometres long."


class NumberReader:
    """Answers with the first number, the less sure the more of the question's words the passage lacks."""

    name = "numbers"

    def __init__(self) -> None:
        self.titles: list[str | None] = []

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        return [self._read(question, passage) for passage in passages]

    def _read(self, question: str, passage: Passage) -> Reading:
        self.titles.append(passage.origin.title)
        asked, held = words(question), words(passage.text.lower())
        numbers = [word for word in held if word[0].isdigit()]
        spans = [Span(at, at + len(number)) for number in numbers[:1] if (at := passage.text.index(number)) >= 0]
        return Reading(0.0, tuple(spans), sum(word not in held for word in asked) / len(asked))


def question(text: str, *answers: str, id_: str | None = None, title: str = "Lisk_Valley", **other: object) -> Json:
    golds = [{"text": answer, "answer_start": 0} for answer in answers]
    return {"id": id_ or text, "title": title, "context": CONTEXT, "question": text, "answers": golds, **other}


def load(folder: Path, *lines: Json) -> JudgementSuite:
    (folder / "squad.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return load_squad(folder / "squad.jsonl")


def run(folder: Path, *lines: Json) -> JudgementRun:
    return run_judgements(load(folder, *lines), Judges(NumberReader()))


FOUR = (
    question("how long is the canal", "61 kilometres"),  # .2 of its words are missing: answered, F1 2/3
    question("who dug the canal"),  # .5: declined, rightly
    question("is the canal long"),  # 0: answered, wrongly
    question("why was it built", "61"),  # 1: declined, wrongly
)


def test_the_metrics_are_those_worked_out_by_hand(tmp_path: Path) -> None:
    metrics = run(tmp_path, *FOUR).figures.metrics
    assert {name: mean.value for name, mean in metrics.items()} == pytest.approx(
        {
            "f1": (2 / 3 + 1 + 0 + 0) / 4,
            "exact_match": 1 / 4,
            "f1_answerable": (2 / 3 + 1) / 2,
            "f1_at_best_threshold": 2 / 4,  # all declined
            "answerable_auroc": 1 / 4,
            "calibration_error": (0.2 + 0.5 + 1 + 1) / 4,
            "answerable_share": 2 / 4,
        }
    )


def test_an_unanswerable_question_is_unscored_where_only_answerable_ones_count(tmp_path: Path) -> None:
    f1 = run(tmp_path, *FOUR).figures.metrics["f1_answerable"]
    assert (f1.n, f1.unscored) == (2, 2)


def test_what_was_answered_and_declined_is_counted(tmp_path: Path) -> None:
    assert run(tmp_path, *FOUR).figures.confusion == {
        "answerable": {"answered": 1, "declined": 1},
        "unanswerable": {"answered": 1, "declined": 1},
    }


def test_the_best_threshold_is_said_to_flatter(tmp_path: Path) -> None:
    (notice,) = run(tmp_path, *FOUR).figures.notices
    assert "from 0.000 on" in notice
    assert "flatters" in notice


def test_a_prediction_is_the_best_span_even_where_it_is_declined(tmp_path: Path) -> None:
    assert [case.prediction for case in run(tmp_path, *FOUR[:2]).cases] == [
        {"id": "how long is the canal", "answer": "61", "no_answer_probability": 0.2},
        {"id": "who dug the canal", "answer": "61", "no_answer_probability": 0.5},
    ]


def test_a_reader_without_a_span_answers_with_nothing(tmp_path: Path) -> None:
    line = question("is it grey", "grey", context="It is grey.")
    assert run(tmp_path, line).cases[0].judged.prediction["answer"] == ""


def test_the_reader_is_given_the_title_of_the_article(tmp_path: Path) -> None:
    reader = NumberReader()
    untitled = question("is it", id_="untitled")
    del untitled["title"]
    run_judgements(load(tmp_path, question("is it"), untitled), Judges(reader))
    assert reader.titles == ["Lisk Valley", None]


def test_without_a_reader_the_suite_stops_with_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no reader"):
        run_judgements(load(tmp_path, FOUR[0]), Judges())


ARTICLES = [
    question("one", title="Lisk_Valley"),  # its share is .325
    question("two", title="Dunmar_Lock"),  # .148
    question("three", title="Odel"),  # .045
]


def test_held_out_are_the_articles_that_the_readers_training_leaves_out(tmp_path: Path) -> None:
    load(tmp_path, *ARTICLES)
    suite = find_suite("squad", data=tmp_path / "squad.jsonl", held_out=True)
    assert isinstance(suite, JudgementSuite)
    assert [item.id for item in suite.items] == ["two", "three"]


def test_articles_that_set_the_probability_have_figures_of_their_own(tmp_path: Path) -> None:
    assert [item.tags for item in load(tmp_path, *ARTICLES).items] == [(), ("not calibrated on",), ("calibrated on",)]


def test_a_file_of_which_nothing_is_held_out_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="None of these cases"):
        load(tmp_path, ARTICLES[0]).held_out()


def test_the_share_of_a_key_never_changes() -> None:
    # The first eight digits of the sha256 of "reader Rhine" are 2e794ad6.
    assert held_out_share("reader Rhine") == 0x2E794AD6 / 0xFFFFFFFF


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([FOUR[0], FOUR[0]], "squad.jsonl, line 2: the id 'how long is the canal' is already that of line 1"),
        ([{**FOUR[0], "answers": None}], "squad.jsonl, line 1: answers"),
        ([{**FOUR[0], "question": " "}], "squad.jsonl, line 1: question"),
        ([], "no records in"),
    ],
    ids=["id twice", "no answers", "blank question", "empty file"],
)
def test_a_wrong_line_is_named_with_its_fault(tmp_path: Path, lines: list[Json], fault: str) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, *lines)
    assert fault in str(caught.value)
