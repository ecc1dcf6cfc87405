"""RAGTruth: answers are cut into claims, judged by the real exact checks against each passage, scored as by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.benchmarks.judgement import JudgementRun, JudgementSuite, Judges, run_judgements
from eval.benchmarks.ragtruth import claims_of, load_ragtruth, passages_of
from rag.errors import InputError

Json = dict[str, Any]
CANAL, MILL = "The Ketteral Canal is 61 kilometres long.", "A mill burned down at Dunmar."
ELSEWHERE = "The choir of Ormund sang."
SPAN = {"start": 0, "end": 5, "text": "The c", "label_type": "Evident Baseless Info"}


def answer(id_: str, text: str, *, marked: bool, label: str | None = None, model: str = "scribe") -> Json:
    return {
        "id": id_,
        "d1": f"passage 1:{CANAL}\n\npassage 2:{MILL}",
        "d2": text,
        "query": "What happened?",
        "labels": [SPAN] if marked else [],
        "label": label or ("neutral" if marked else "entailment"),
        "model": model,
    }


def load(folder: Path, *lines: Json) -> JudgementSuite:
    (folder / "answers.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return load_ragtruth(folder / "answers.jsonl")


def run(folder: Path, *lines: Json) -> JudgementRun:
    return run_judgements(load(folder, *lines), Judges())


FOUR = (
    answer("a", MILL, marked=False),  # supported by the second passage: 0
    answer("b", f"{CANAL} {ELSEWHERE}", marked=True),  # one sentence is unsupported: 1
    answer("c", ELSEWHERE, marked=False),  # 1
    answer("d", CANAL, marked=True, label="entailment"),  # marked, beside the question: 0
)


def test_the_metrics_are_those_worked_out_by_hand(tmp_path: Path) -> None:
    metrics = run(tmp_path, *FOUR).figures.metrics
    assert {name: mean.value for name, mean in metrics.items()} == pytest.approx(
        {
            "f1": 2 * 1 / (2 + 2),
            "precision": 1 / 2,
            "recall": 1 / 2,
            "f1_at_best_threshold": 2 * 2 / (4 + 2),  # all flagged
            "auroc": (1 + 1 / 2 + 1 / 2 + 0) / 4,
            "calibration_error": 1 / 2,
            "accuracy": 1 / 2,
            "unsupported_share": 1 / 2,
            "f1_relevant": 2 * 1 / (2 + 1),
            "auroc_relevant": (1 + 1 / 2 + 1) / 3,
        }
    )


def test_what_was_flagged_and_passed_is_counted(tmp_path: Path) -> None:
    assert run(tmp_path, *FOUR[:3]).figures.confusion == {
        "unsupported": {"flagged": 1, "passed": 0},
        "supported": {"flagged": 1, "passed": 1},
    }


def test_a_prediction_has_every_claim_with_its_verdict(tmp_path: Path) -> None:
    text = f"Based on the given passages, here is what happened:\n{CANAL.replace('61', '62')} {MILL} {ELSEWHERE}"
    (case,) = run(tmp_path, answer("a", text, marked=True)).cases
    assert case.prediction == {
        "id": "a",
        "unsupported_probability": 1.0,
        "claims": [
            {"text": "here is what happened:", "verdict": "unchecked"},
            {"text": CANAL.replace("61", "62"), "verdict": "contradicted"},
            {"text": MILL, "verdict": "supported"},
            {"text": ELSEWHERE, "verdict": "unsupported"},
        ],
    }


def test_an_answer_that_asserts_nothing_is_not_unsupported(tmp_path: Path) -> None:
    done = run(tmp_path, answer("a", "Unable to answer based on given passages.", marked=False))
    assert done.cases[0].judged.prediction["unsupported_probability"] == 0.0


def test_the_figures_are_also_given_for_each_model(tmp_path: Path) -> None:
    done = run(tmp_path, answer("a", MILL, marked=False), answer("b", ELSEWHERE, marked=False, model="other"))
    assert {tag: metrics["accuracy"].value for tag, metrics in done.by_tag.items()} == {"scribe": 1.0, "other": 0.0}


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Moss is green (Passage 1). Rust is red (passages 2, 3).", [("Moss is green.", True), ("Rust is red.", True)]),
        ("According to passage 2, moss is green.", [("moss is green.", True)]),
        ("Based on the three provided passages, moss is green.", [("moss is green.", True)]),
        ("Based on moss, rust is red.", [("Based on moss, rust is red.", True)]),
        ("Green plants include:\n\n* Moss\n* Fern", [
            ("Green plants include:", False), ("Green plants include: Moss", True), ("Green plants include: Fern", True)
        ]),
        ("How to dry moss:\n1. Wash it.\n2. Press it.", [
            ("How to dry moss:", False), ("Wash it.", True), ("Press it.", True)
        ]),
        ("Plants are:\n- Moss\nRust is red.\nGrey", [
            ("Plants are:", False), ("Plants are: Moss", True), ("Rust is red.", True), ("Grey", True)
        ]),
        ("However, the passages do not mention rust.", [("However, the passages do not mention rust.", False)]),
        ("There is no information on rust.", [("There is no information on rust.", False)]),
        ("Rust is not mentioned in the passages.", [("Rust is not mentioned in the passages.", False)]),
        ("Moss does not contain iron.", [("Moss does not contain iron.", True)]),
        ("What is moss?", [("What is moss?", False)]),
        ("There it is!", [("There it is!", False)]),
        ("", []),
    ],
    ids=[
        "passages named in brackets", "a passage named first", "passages named in other words", "another opening",
        "a list of things", "a list of steps", "a list that ends", "what passages leave out", "no information",
        "not mentioned", "a negation of the world", "a question", "no content", "nothing",
    ],
)  # fmt: skip
def test_an_answer_is_cut_into_what_it_asserts(text: str, claims: list[tuple[str, bool]]) -> None:
    assert list(claims_of(text)) == claims


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("passage 1:Moss.\n\nStill moss.\n\npassage 2: Rust, see passage 3: none.\n", ("Moss.\n\nStill moss.",
         "Rust, see passage 3: none.")),
        ("Moss.", ("Moss.",)),
    ],
    ids=["numbered", "one without a number"],
)  # fmt: skip
def test_passages_are_parted_where_they_are_numbered(text: str, passages: tuple[str, ...]) -> None:
    assert passages_of(text) == passages


@pytest.mark.parametrize(
    ("change", "fault"),
    [({"label": "maybe"}, "label"), ({"labels": [{"start": 0}]}, "labels.0.end"), ({"d1": " "}, "d1")],
)
def test_a_wrong_line_is_named_with_its_fault(tmp_path: Path, change: Json, fault: str) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, {**FOUR[0], **change})
    assert f"line 1: {fault}" in str(caught.value)
