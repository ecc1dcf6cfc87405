"""Make `verifier.onnx` and `verifier.json` from what `training.verifier` left in a folder.

    python -m training.export_verifier DATA --folder FOLDER

The encoder is that of `graph.py`; the head stays in 32-bit floats. A quarter of the held-out pages and articles sets
the temperature; the rest is left to measure on.
"""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx

from eval.benchmarks.treebank import as_written
from rag.models.embedder import OnnxEmbedder
from rag.models.verifier import OnnxVerifier
from training.data import is_for_calibration, rows
from training.export import run, write_manifest, write_model
from training.graph import Array, Graph, encoder
from training.reader_data import read
from training.verifier_data import LABELS, NOT_SUPPORTED, Pair, sentence_pairs

MAX_TOKENS, STRIDE = 320, 128
SHAPE = {"max_tokens": MAX_TOKENS, "stride": STRIDE}
SEED = 20261121
OF_EACH = 1500


def build(weights: dict[str, Array]) -> onnx.ModelProto:
    """`input_ids` and `token_type_ids` of shape (1, tokens) to the logits of shape (1, 3)."""
    graph = Graph()
    of_encoder = {name.removeprefix("encoder."): value for name, value in weights.items()}
    x = encoder(graph, of_encoder, max_tokens=MAX_TOKENS, types="token_type_ids")
    first = graph.step("Squeeze", graph.step("Gather", x, graph.integers(0), axis=1), graph.integers(1))
    product = graph.step("MatMul", first, graph.constant("verdict weight", weights["verdict.weight"].T))
    graph.step("Add", product, graph.constant("verdict bias", weights["verdict.bias"]), name="verdict")
    return graph.model("verifier", ["input_ids", "token_type_ids"], {"verdict": [1, 3]})


def calibration_pairs(data: Path, rng: random.Random) -> list[Pair]:
    """As many claims of people as made ones, of pages and articles that were not trained on."""
    of_people = [
        Pair("vitaminc", as_written(row["claim"]), as_written(row["evidence"]), LABELS[row["label"]])
        for row in rows(data / "vitaminc_real.jsonl")
        if is_for_calibration("verifier", row["page"])
    ]
    questions = [one for one in read(data) if is_for_calibration("reader", one.article)]
    made = list(sentence_pairs(questions, OnnxEmbedder().embed, rng))
    return [pair for found in (of_people, made) for pair in rng.sample(found, min(OF_EACH, len(found)))]


def temperature(verifier: OnnxVerifier, pairs: Sequence[Pair]) -> float:
    """The one that makes these pairs' labels likeliest."""
    logits = np.array([verifier.logits(pair.claim, [pair.text])[0][0] for pair in pairs])
    labels = np.array([pair.label for pair in pairs])

    def surprise(divisor: float) -> float:
        scaled = logits / divisor
        chances = np.exp(scaled - scaled.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        right = np.where(
            labels == NOT_SUPPORTED, chances[:, 1:].sum(axis=1), chances[np.arange(len(labels)), labels.clip(0)]
        )
        return float(-np.log(right.clip(1e-9)).mean())

    return round(float(min(np.arange(0.5, 4, 0.02), key=surprise)), 2)


def export(data: Path, folder: Path) -> None:
    """Write the model, then its manifest once more with the temperature found."""
    write_model(folder, "verifier", build)
    write_manifest(folder, "verifier", **SHAPE, temperature=1.0)
    pairs = calibration_pairs(data, random.Random(SEED))
    divisor = temperature(OnnxVerifier(folder), pairs)
    write_manifest(folder, "verifier", **SHAPE, temperature=divisor)
    print(f"temperature {divisor} from {len(pairs)} pairs")


if __name__ == "__main__":
    run(export, __doc__)
