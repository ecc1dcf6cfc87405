"""Make the embedder's files in rag/models/weights from the weights of all-MiniLM-L6-v2.

    python -m training.export_embedder --texts held_out.jsonl

The encoder is that of `graph.py`; pooling and normalisation are inside.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from transformers import BertModel

from training.graph import PACKAGE, SOURCE_SHA256, WIDTH, Array, Graph, encoder, sha256, source_folder

WEIGHTS = Path(__file__).parents[1] / "rag" / "models" / "weights"
MAX_TOKENS = 256


def build(weights: dict[str, Array]) -> onnx.ModelProto:
    """The int8 encoder: `input_ids` of shape (1, tokens) to `vector` of shape (1, 384), a unit vector."""
    graph = Graph()
    step = graph.step
    x = encoder(graph, weights, max_tokens=MAX_TOKENS)
    mean = step("ReduceMean", x, axes=[1], keepdims=0)
    squares = step("ReduceSum", step("Mul", mean, mean), graph.integers(1), keepdims=1)
    step("Div", mean, step("Sqrt", squares), name="vector")

    return graph.model("embedder", ["input_ids"], {"vector": [1, WIDTH]})


def token_ids(tokenizer: Tokenizer, text: str) -> list[int]:
    """A text's tokens, the end mark kept where it is cut."""
    ids = tokenizer.encode(text).ids
    return ids if len(ids) <= MAX_TOKENS else [*ids[: MAX_TOKENS - 1], ids[-1]]


def cosines(model_file: Path, source: Path, tokenizer: Tokenizer, texts: list[str]) -> Array:
    """Cosine of each text's int8 vector to that of the original in 32-bit floats, by PyTorch and transformers."""
    session = onnxruntime.InferenceSession(model_file)
    original = BertModel.from_pretrained(source, add_pooling_layer=False).eval()
    found = []
    for text in texts:
        ids = np.array([token_ids(tokenizer, text)])
        with torch.no_grad():
            mean = original(input_ids=torch.from_numpy(ids)).last_hidden_state.mean(dim=1)[0].numpy()
        found.append(float(session.run(None, {"input_ids": ids})[0][0] @ mean / np.linalg.norm(mean)))
    return np.array(found)


def main() -> None:
    """Write the model, the tokenizer and the manifest, and print how near the vectors are to the original's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--texts", type=Path, required=True, help="JSON Lines to compare on, read from `context` or `text`"
    )
    parser.add_argument("--limit", type=int, default=300, help="how many of them")
    parser.add_argument("--folder", type=Path, default=WEIGHTS, help="where the files go")
    arguments = parser.parse_args()

    source = source_folder()
    model_file = arguments.folder / "embedder.onnx"
    tokenizer_file = arguments.folder / "embedder-tokenizer.json"
    onnx.save(build(load_file(source / "model.safetensors")), model_file)
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()  # whoever cuts a text says where
    tokenizer.save(str(tokenizer_file), pretty=False)

    records = (json.loads(line) for line in arguments.texts.read_text(encoding="utf-8").splitlines())
    texts = list(dict.fromkeys(record.get("context") or record["text"] for record in records))
    chosen = np.random.default_rng(0).permutation(len(texts))[: arguments.limit]
    near = cosines(model_file, source, tokenizer, [texts[i] for i in chosen])
    print(f"cosine to 32-bit floats on {len(near)} texts: mean {near.mean():.4f}, smallest {near.min():.4f}")

    manifest = {
        "name": "all-MiniLM-L6-v2-int8",
        "dimension": WIDTH,
        "max_tokens": MAX_TOKENS,
        "model": {"file": model_file.name, "sha256": sha256(model_file)},
        "tokenizer": {"file": tokenizer_file.name, "sha256": sha256(tokenizer_file)},
        "source": {"package": PACKAGE.replace("_", "-"), "file": "model.safetensors", "sha256": SOURCE_SHA256},
        "licence": "Apache-2.0",
        "figures": {"cosine_mean": round(float(near.mean()), 4), "cosine_min": round(float(near.min()), 4)},
    }
    (arguments.folder / "embedder.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    print(f"{model_file.name}: {model_file.stat().st_size / 1e6:.1f} MB, sha256 {sha256(model_file)}")


if __name__ == "__main__":
    main()
