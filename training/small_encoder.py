"""The encoder of a reader or verifier that is committed, in 32-bit floats again, as a start for another training.

Its int8 weights lose little: what a run of hours has learnt need not be learnt anew.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from transformers import BertConfig, BertModel

from training.graph import HEADS, LAYERS, WIDTH

_VOCABULARY, _INNER, _POSITIONS = 30522, 1536, 512


def encoder_of(model: Path) -> BertModel:
    """The encoder of an int8 model that `graph.py` wrote, with dropout 0 and its word table frozen."""
    stored = {one.name: numpy_helper.to_array(one) for one in onnx.load(model).graph.initializer}
    config = BertConfig(
        vocab_size=_VOCABULARY,
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        intermediate_size=_INNER,
        max_position_embeddings=_POSITIONS,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    encoder = BertModel(config, add_pooling_layer=False)
    weights = {
        name: torch.from_numpy(np.ascontiguousarray(_value(name, stored, tensor.numpy()), dtype=np.float32))
        for name, tensor in encoder.state_dict().items()
    }
    encoder.load_state_dict(weights)
    encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    return encoder


def _value(name: str, stored: dict[str, np.ndarray], made: np.ndarray) -> np.ndarray:
    """One of the encoder's weights, from what is stored; positions past the model's longest text stay as made."""
    if name == "embeddings.word_embeddings.weight":
        return stored["words"] * stored["word_scales"]
    if name == "embeddings.position_embeddings.weight":
        known = stored["positions"]
        return np.concatenate([known, made[len(known) :]])
    if name == "embeddings.token_type_embeddings.weight":
        return stored["types"]
    # The attention's division by the root of the head's width is folded into the query.
    factor = (WIDTH // HEADS) ** -0.5 if ".attention.self.query." in name else 1.0
    module, _, part = name.rpartition(".")
    if f"{module}.scale" in stored and part == "weight":
        return (stored[name].astype(np.float32) * stored[f"{module}.scale"]).T / factor
    if name not in stored and part in ("weight", "bias"):
        raise SystemExit(f"The model has no {name}: it is none that training/graph.py wrote.")
    return stored[name] / factor if part == "bias" else stored[name]
