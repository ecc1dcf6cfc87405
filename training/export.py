"""What the exports of reader and verifier share: the command line, the files beside the weights, the manifest."""

import argparse
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import onnx
from safetensors.numpy import load_file

from rag.models.onnx import WEIGHTS
from training.graph import PACKAGE, SOURCE_SHA256, Array, sha256

TOKENIZER = "embedder-tokenizer.json"


def write_model(folder: Path, name: str, build: Callable[[dict[str, Array]], onnx.ModelProto]) -> None:
    """Write NAME.onnx, built of the NAME.safetensors that the training left there, and put the tokenizer beside it."""
    file = folder / f"{name}.onnx"
    onnx.save(build(load_file(folder / f"{name}.safetensors")), file)
    shutil.copy(WEIGHTS / TOKENIZER, folder)
    print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB, sha256 {sha256(file)}")


def write_manifest(folder: Path, name: str, **facts: Any) -> None:
    """Write NAME.json: what this model needs to run, then where it comes from, by the training's own log."""
    log = json.loads((folder / "training.json").read_text(encoding="utf-8"))
    manifest = {
        "name": f"footnoted-{name}-int8",
        **facts,
        "model": {"file": f"{name}.onnx", "sha256": sha256(folder / f"{name}.onnx")},
        "tokenizer": {"file": TOKENIZER, "sha256": sha256(folder / TOKENIZER)},
        "source": {"package": PACKAGE.replace("_", "-"), "file": "model.safetensors", "sha256": SOURCE_SHA256},
        "training": {fact: log[fact] for fact in ("seed", "device", "steps", "examples", "seconds")},
        "licence": "Apache-2.0",
    }
    (folder / f"{name}.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def run(export: Callable[[Path, Path], None], description: str | None) -> None:
    """Export what the command line names."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with the sets")
    parser.add_argument("--folder", type=Path, required=True, help="where the training left its weights")
    arguments = parser.parse_args()
    export(arguments.data, arguments.folder)
