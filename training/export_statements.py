"""Make `closereader.onnx` and `closereader.json` from what `training.statements` left in a folder.

    python -m training.export_statements FOLDER --source MPNET

The encoder is that of `graph.py`; the heads stay in 32-bit floats.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import onnx
import torch
from tokenizers import Tokenizer

from training.graph import Array, Graph, encoder, sha256
from training.mpnet import EPSILON, as_bert
from training.statements import MOST

NAME = "closereader"
MAX_TOKENS = sum(MOST.values()) + 4


def build(weights: dict[str, Array]) -> onnx.ModelProto:
    """`input_ids` of shape (1, tokens) to how well it answers, start, end and verdict."""
    graph = Graph()
    of_encoder = {
        name.removeprefix("encoder."): value for name, value in weights.items() if name.startswith("encoder.")
    }
    named, distances = as_bert(of_encoder, max_tokens=MAX_TOKENS)
    x = encoder(graph, named, max_tokens=MAX_TOKENS, distances=distances, epsilon=EPSILON)
    first = graph.step("Squeeze", graph.step("Gather", x, graph.integers(0), axis=1), graph.integers(1))

    def head(y: str, module: str, name: str, rows: slice) -> str:
        matrix = graph.constant(f"{name} weight", weights[f"{module}.weight"][rows].T)
        bias = graph.constant(f"{name} bias", weights[f"{module}.bias"][rows])
        return str(graph.step("Add", graph.step("MatMul", y, matrix), bias, name=name))

    head(first, "answers", "answers", slice(0, 1))
    head(first, "verdict", "verdict", slice(0, 3))
    for output, name in enumerate(("start", "end")):
        each = head(x, "span", f"{name} of all", slice(output, output + 1))
        graph.step("Squeeze", each, graph.integers(2), name=name)
    outputs: dict[str, list[Any]] = {
        "answers": [1, 1],
        "verdict": [1, 3],
        "start": [1, "tokens"],
        "end": [1, "tokens"],
    }
    return graph.model(NAME, ["input_ids"], outputs)


def export(folder: Path, source: Path) -> None:
    """Write the model, its tokenizer and its manifest beside the run it is made of."""
    run = torch.load(folder / "run.pt", weights_only=True, map_location="cpu")
    weights = {name: value.float().numpy() for name, value in run["model"].items()}
    file = folder / f"{NAME}.onnx"
    onnx.save(build(weights), file)
    tokenizer, encoder_file = f"{NAME}-tokenizer.json", source / "model.safetensors"
    read = Tokenizer.from_file(str(source / "tokenizer.json"))
    read.no_padding()
    read.no_truncation()
    read.save(str(folder / tokenizer), pretty=False)
    manifest = {
        "name": f"footnoted-{NAME}-int8",
        "most_tokens": MOST,
        "model": {"file": file.name, "sha256": sha256(file)},
        "tokenizer": {"file": tokenizer, "sha256": sha256(folder / tokenizer)},
        "source": {"file": encoder_file.name, "sha256": sha256(encoder_file)},
        "training": {"examples": run["seen"], "seconds": round(run["seconds"])},
        "licence": "Apache-2.0",
    }
    (folder / f"{NAME}.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--source", type=Path, default=Path("all-mpnet-base-v2"), help="the encoder's folder")
    run = parser.parse_args()
    export(run.folder, run.source)
