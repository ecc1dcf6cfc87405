"""The verifier, on the real weights."""

import numpy as np
import pytest

from rag.models.onnx import WEIGHTS
from rag.models.verifier import OnnxVerifier
from rag.ports import Entailment

pytestmark = pytest.mark.skipif(
    not (WEIGHTS / "verifier.json").exists(), reason="the verifier's weights are not in rag/models/weights"
)

BRIDGE = (
    "The Harlow Bridge was opened in 1931 by the engineer Edith Marlow. It is 412 metres long and carries two railway "
    "tracks over the river Senn."
)
FILLER = "The committee met again and talked for hours about the colour of the curtains. "


@pytest.fixture(scope="module")
def verifier() -> OnnxVerifier:
    return OnnxVerifier()


def verify_one(verifier: OnnxVerifier, claim: str, text: str) -> Entailment:
    (entailment,) = verifier.verify(claim, [text])
    return entailment


def verdict(entailment: Entailment) -> str:
    return max(("supported", "contradicted", "unsupported"), key=lambda name: float(getattr(entailment, name)))


def test_no_texts_give_no_entailments(verifier: OnnxVerifier) -> None:
    assert verifier.verify("The bridge is long.", []) == []


def test_one_entailment_for_each_text_in_their_order(verifier: OnnxVerifier) -> None:
    claim, texts = "Edith Marlow opened the Harlow Bridge.", [FILLER, BRIDGE, "Onions are sweet.", BRIDGE]
    assert verifier.verify(claim, texts) == [verify_one(verifier, claim, text) for text in texts]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("The bridge was opened by Edith Marlow.", "supported"),
        ("The Harlow Bridge crosses the river Senn.", "supported"),
        ("The Harlow Bridge was opened in 1947.", "contradicted"),
        ("The Harlow Bridge was not opened in 1931.", "contradicted"),
        ("The mayor of Varnholt resigned on Tuesday.", "unsupported"),
    ],
)
def test_what_a_text_says_of_a_claim(verifier: OnnxVerifier, claim: str, expected: str) -> None:
    assert verdict(verify_one(verifier, claim, BRIDGE)) == expected


def test_probabilities_sum_to_one(verifier: OnnxVerifier) -> None:
    entailment = verify_one(verifier, "Edith Marlow was an engineer.", BRIDGE)
    assert np.isclose(entailment.supported + entailment.contradicted + entailment.unsupported, 1)


def test_a_long_text_is_read_to_its_end(verifier: OnnxVerifier) -> None:
    claim = "The bridge was opened by Edith Marlow."
    at_its_end, nowhere = (verify_one(verifier, claim, FILLER * 60 + rest) for rest in (BRIDGE, ""))
    assert verdict(nowhere) == "unsupported"
    assert at_its_end.unsupported < nowhere.unsupported / 2


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "😀" * 50, "a" * 5000])
def test_odd_texts_support_nothing(verifier: OnnxVerifier, text: str) -> None:
    assert verdict(verify_one(verifier, "The Harlow Bridge was opened in 1931.", text)) != "supported"
