"""Claims: three forms of lines are read, judged by the real exact checks, and scored as by hand."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from eval.benchmarks.claims import JudgedClaim, load_claims
from eval.benchmarks.judgement import JudgementRun, JudgementSuite, Judges, run_judgements
from rag.domain import Verdict
from rag.errors import InputError
from rag.ports import Entailment, Said, Verifier

Json = dict[str, Any]
CANAL = "The Ketteral Canal is 61 kilometres long."


class ContraryVerifier:
    """Finds everything contradicted."""

    name = "contrary"

    def verify_closely(self, claim: str, statements: Sequence[Said]) -> list[Entailment]:
        return []

    def verify(self, claim: str, texts: Sequence[str]) -> list[Entailment]:
        return [Entailment(supported=0.25, contradicted=0.5, unsupported=0.25) for _ in texts]


def pair(claim: str, evidence: str, label: str, **other: str) -> Json:
    return {"claim": claim, "evidence": evidence, "label": label, "unique_id": claim, **other}


def summary(text: str, document: str, *, consistent: bool) -> Json:
    return {"id": text, "summary": text, "document": document, "consistent": consistent, "domain": "barges"}


def wice(claim: str, *evidence: str, label: str) -> Json:
    return {"claim": claim, "evidence": list(evidence), "label": label, "meta": {"id": "dev1"}}


def load(folder: Path, *lines: Json) -> JudgementSuite:
    (folder / "claims.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return load_claims(folder / "claims.jsonl")


def run(folder: Path, *lines: Json, verifier: Verifier | None = None) -> JudgementRun:
    return run_judgements(load(folder, *lines), Judges(verifier=verifier))


FOUR = (
    pair(CANAL, CANAL, "SUPPORTS"),
    pair(CANAL.replace("61", "62"), CANAL, "REFUTES"),
    pair("A mill burned down at Dunmar.", CANAL, "NOT ENOUGH INFO"),
    pair("The choir of Ormund sang.", "It rained all week.", "SUPPORTS"),  # found unsupported
)


def test_the_metrics_are_those_worked_out_by_hand(tmp_path: Path) -> None:
    metrics = run(tmp_path, *FOUR).figures.metrics
    assert {name: mean.value for name, mean in metrics.items()} == pytest.approx(
        {
            "accuracy": 3 / 4,
            "macro_f1": (2 / 3 + 1 + 2 / 3) / 3,
            "recall_supported": 1 / 2,
            "recall_contradicted": 1.0,
            "recall_unsupported": 1.0,
            "calibration_error": 1 / 4,  # always certain, right three times
            "model_accuracy": None,
        }
    )


def test_what_was_judged_to_be_what_is_counted(tmp_path: Path) -> None:
    assert run(tmp_path, *FOUR).figures.confusion == {
        "supported": {"supported": 1, "contradicted": 0, "unsupported": 1},
        "contradicted": {"supported": 0, "contradicted": 1, "unsupported": 0},
        "unsupported": {"supported": 0, "contradicted": 0, "unsupported": 1},
    }


def test_a_kind_of_claim_that_does_not_occur_is_unscored_and_in_no_mean(tmp_path: Path) -> None:
    metrics = run(tmp_path, *FOUR[:2]).figures.metrics
    assert (metrics["recall_unsupported"].value, metrics["macro_f1"].value) == (None, 1.0)


def test_a_prediction_has_the_verdict_and_its_probabilities(tmp_path: Path) -> None:
    assert [case.prediction for case in run(tmp_path, FOUR[1]).cases] == [
        {
            "id": FOUR[1]["claim"],
            "verdict": "contradicted",
            "probabilities": {"supported": 0.0, "contradicted": 1.0, "unsupported": 0.0},
        }
    ]


def test_what_exact_checks_leave_open_counts_as_unsupported(tmp_path: Path) -> None:
    open_ = pair("Corravia closed the canal to barges.", "Barges found the canal of Corravia closed.", "SUPPORTS")
    assert run(tmp_path, open_).cases[0].judged.prediction["verdict"] == "unsupported"


def test_the_model_alone_is_measured_where_there_is_one(tmp_path: Path) -> None:
    done = run(tmp_path, *FOUR, verifier=ContraryVerifier())
    assert (done.figures.metrics["model_accuracy"].value, done.models) == (1 / 4, {"verifier": "contrary"})


def test_sets_that_do_not_tell_contradicted_claims_apart_count_them_as_unsupported(tmp_path: Path) -> None:
    edited = summary(CANAL.replace("61", "62"), CANAL, consistent=False)
    done = run(tmp_path, edited, verifier=ContraryVerifier())
    assert done.cases[0].judged.scores == {"accuracy": 1.0, "model_accuracy": 1.0}


def test_their_predictions_still_say_contradicted(tmp_path: Path) -> None:
    done = run(tmp_path, summary(CANAL.replace("61", "62"), CANAL, consistent=False))
    assert done.cases[0].prediction["verdict"] == "contradicted"


@pytest.mark.parametrize(
    ("line", "item"),
    [
        (pair("A", "B", "REFUTES", page="Lisk"), JudgedClaim("A", "A", "B", Verdict.CONTRADICTED, "Lisk")),
        (
            {"id": "7", "claim": "A", "evidence": "B", "label": "NOT ENOUGH INFO"},
            JudgedClaim("7", "A", "B", Verdict.UNSUPPORTED, None),
        ),
        (
            wice("A", "B.", "C.", label="partially_supported"),
            JudgedClaim(0, "A", "B.\nC.", Verdict.UNSUPPORTED, "B.", (Verdict.UNSUPPORTED, Verdict.SUPPORTED)),
        ),
        (
            wice("A", "B.", label="supported"),
            JudgedClaim(0, "A", "B.", Verdict.SUPPORTED, "B.", (Verdict.UNSUPPORTED, Verdict.SUPPORTED)),
        ),
        (
            summary("A", "B", consistent=True),
            JudgedClaim("A", "A", "B", Verdict.SUPPORTED, "B", (Verdict.UNSUPPORTED, Verdict.SUPPORTED), ("barges",)),
        ),
    ],
    ids=["VitaminC", "FEVER-symmetric", "WiCE, partly", "WiCE, supported", "SummEdits"],
)
def test_a_line_of_each_form_is_read(tmp_path: Path, line: Json, item: JudgedClaim) -> None:
    assert load(tmp_path, line).items == (item,)


@pytest.mark.parametrize(
    ("tokens", "written"),
    [
        ("It cost $ 5 -LRB- or more -RRB- .", "It cost $5 (or more)."),
        ("Lisk 's `` toll '' was n't low , 5 % .", "Lisk's \"toll\" wasn't low, 5%."),
        ("Moss is green.", "Moss is green."),
    ],
)
def test_texts_in_tokens_are_judged_as_people_write(tmp_path: Path, tokens: str, written: str) -> None:
    (item,) = load(tmp_path, pair(tokens, tokens, "SUPPORTS")).items
    assert isinstance(item, JudgedClaim)
    assert (item.claim, item.text) == (written, written)


def test_pages_that_set_the_models_probabilities_have_figures_of_their_own(tmp_path: Path) -> None:
    lines = [pair(page, CANAL, "SUPPORTS", page=page) for page in ("Harlow_Bridge", "Tarn", "Toft")]  # .842 .124 .006
    assert [item.tags for item in load(tmp_path, *lines).items] == [(), ("not calibrated on",), ("calibrated on",)]


def test_held_out_are_the_pages_that_training_leaves_out_and_sets_it_leaves_alone(tmp_path: Path) -> None:
    held_out = pair("one", CANAL, "SUPPORTS", page="Tarn")  # its share is .124
    learnt = pair("two", CANAL, "SUPPORTS", page="Harlow_Bridge")  # .842
    assert [item.id for item in load(tmp_path, held_out, learnt, FOUR[0]).held_out().items] == ["one", CANAL]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (pair("A", "B", "MAYBE"), "line 1: pair.label"),
        (wice("A", label="supported"), "line 1: wice.evidence"),
        ({**summary("A", "B", consistent=True), "consistent": "yes"}, "line 1: summary.consistent"),
        ({"id": "7"}, "line 1: pair.claim"),
    ],
)
def test_a_wrong_line_is_named_with_its_fault(tmp_path: Path, line: Json, fault: str) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, line)
    assert fault in str(caught.value)


def test_a_line_that_is_no_object_is_named(tmp_path: Path) -> None:
    (tmp_path / "claims.jsonl").write_text("7\n")
    with pytest.raises(InputError, match="line 1"):
        load_claims(tmp_path / "claims.jsonl")
