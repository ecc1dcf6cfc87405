"""Make `verifier.onnx` and `verifier.json` from what `training.verifier` left in a folder.

    python -m training.export_verifier DATA --folder FOLDER

The encoder is that of `graph.py`; the head stays in 32-bit floats. A quarter of the held-out pages and articles sets
the temperature; the rest is left to measure on.
"""

import argparse
import json
import random
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from safetensors.numpy import load_file

from eval.benchmarks.treebank import as_written
from rag.models.embedder import OnnxEmbedder
from rag.models.onnx import WEIGHTS
from rag.models.verifier import OnnxVerifier
from training.data import is_for_calibration, rows
from training.graph import PACKAGE, SOURCE_SHA256, Array, Graph, encoder, sha256
from training.reader_data import read
from training.verifier_data import LABELS, NOT_SUPPORTED, Pair, sentence_pairs

MAX_TOKENS, STRIDE = 320, 128
TOKENIZER = "embedder-tokenizer.json"
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


def write_manifest(folder: Path, divisor: float, log: dict[str, Any]) -> None:
    """Write `verifier.json`."""
    manifest = {
        "name": "footnoted-verifier-int8",
        "max_tokens": MAX_TOKENS,
        "stride": STRIDE,
        "temperature": divisor,
        "model": {"file": "verifier.onnx", "sha256": sha256(folder / "verifier.onnx")},
        "tokenizer": {"file": TOKENIZER, "sha256": sha256(folder / TOKENIZER)},
        "source": {"package": PACKAGE.replace("_", "-"), "file": "model.safetensors", "sha256": SOURCE_SHA256},
        "training": {name: log[name] for name in ("seed", "device", "steps", "examples", "seconds")},
        "licence": "Apache-2.0",
    }
    (folder / "verifier.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def export(data: Path, folder: Path) -> None:
    """Write the model, then its manifest once more with the temperature found."""
    onnx.save(build(load_file(folder / "verifier.safetensors")), folder / "verifier.onnx")
    shutil.copy(WEIGHTS / TOKENIZER, folder)
    log = json.loads((folder / "training.json").read_text(encoding="utf-8"))
    write_manifest(folder, 1.0, log)
    pairs = calibration_pairs(data, random.Random(SEED))
    divisor = temperature(OnnxVerifier(folder), pairs)
    write_manifest(folder, divisor, log)
    size = (folder / "verifier.onnx").stat().st_size / 1e6
    print(f"verifier.onnx: {size:.1f} MB, sha256 {sha256(folder / 'verifier.onnx')}")
    print(f"temperature {divisor} from {len(pairs)} pairs")


def main() -> None:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with the sets")
    parser.add_argument("--folder", type=Path, required=True, help="where `training.verifier` left its weights")
    arguments = parser.parse_args()
    export(arguments.data, arguments.folder)


if __name__ == "__main__":
    main()
