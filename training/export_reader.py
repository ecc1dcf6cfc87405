"""Make `reader.onnx` and `reader.json` from what `training.reader` left in a folder.

    python -m training.export_reader DATA --folder FOLDER

The encoder is that of `graph.py`; the heads stay in 32-bit floats. DATA is what the reader was trained on: two of the
four held-out articles of SQuAD 2.0 set how sure it is that there is no answer; the other two are left to measure on.
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnx

from rag.models.reader import OnnxReader
from training.data import is_for_calibration
from training.export import run, write_manifest, write_model
from training.graph import Array, Graph, encoder
from training.reader_data import Question, read

MAX_TOKENS, STRIDE, MAX_ANSWER_TOKENS = 320, 96, 32
SHAPE = {"max_tokens": MAX_TOKENS, "stride": STRIDE, "max_answer_tokens": MAX_ANSWER_TOKENS}
UNCALIBRATED = {"missing": 1.0, "bias": 0.0}


def build(weights: dict[str, Array]) -> onnx.ModelProto:
    """`input_ids` and `token_type_ids` of shape (1, tokens) to relevance, start and end."""
    graph = Graph()
    of_encoder = {name.removeprefix("encoder."): value for name, value in weights.items()}
    x = encoder(graph, of_encoder, max_tokens=MAX_TOKENS, types="token_type_ids")

    def head(y: str, module: str, output: int, name: str) -> str:
        matrix = graph.constant(f"{name} weight", weights[f"{module}.weight"][output][:, None])
        product = graph.step("MatMul", y, matrix)
        return graph.step(
            "Add", product, graph.constant(f"{name} bias", weights[f"{module}.bias"][output : output + 1]), name=name
        )

    first = graph.step("Squeeze", graph.step("Gather", x, graph.integers(0), axis=1), graph.integers(1))
    head(first, "judge", 0, "relevance")
    for output, name in enumerate(("start", "end")):
        graph.step("Squeeze", head(x, "span", output, f"{name} of all"), graph.integers(2), name=name)
    outputs: dict[str, list[Any]] = {
        "relevance": [1, 1],
        "start": [1, "tokens"],
        "end": [1, "tokens"],
    }
    return graph.model("reader", ["input_ids", "token_type_ids"], outputs)


def calibrate(reader: OnnxReader, questions: list[Question]) -> dict[str, float]:
    """How sure it is that there is no answer, from how far that outscores the best span; by logistic regression."""
    rows, labels = [], []
    for question in questions:
        (found,) = reader.read_windows(question.text, [question.passage])
        likeliest = min(found, key=lambda window: window.missing)
        rows.append([likeliest.missing, 1.0])
        labels.append(float(not question.spans))
    features, wanted = np.array(rows), np.array(labels)
    weights = np.zeros(2)
    for _ in range(50):  # Newton's method
        chance = 1 / (1 + np.exp(-features @ weights))
        curve = (features * (chance * (1 - chance))[:, None]).T @ features + 1e-3 * np.eye(2)
        weights += np.linalg.solve(curve, features.T @ (wanted - chance) - 1e-3 * weights)
    names = ("missing", "bias")
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def export(data: Path, folder: Path) -> None:
    """Write the model, then its manifest once more with what the calibration found."""
    write_model(folder, "reader", build)
    write_manifest(folder, "reader", **SHAPE, no_answer=UNCALIBRATED)
    held_out = [
        one
        for one in read(data)
        if one.source == "squad" and one.held_out and is_for_calibration("reader", one.article)
    ]
    no_answer = calibrate(OnnxReader(folder), held_out)
    write_manifest(folder, "reader", **SHAPE, no_answer=no_answer)
    print("no answer:", no_answer, f"from {len(held_out)} questions")


if __name__ == "__main__":
    run(export, __doc__)
