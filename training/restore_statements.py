"""The shipped close reader as a run that `training.statements --start` goes on from.

    python -m training.restore_statements OUT --source MPNET

The weights come back as they are shipped, in seven bits; the word table, which is not trained, is that of the source.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from transformers.models.mpnet.modeling_mpnet import MPNetEncoder

from rag.models.onnx import WEIGHTS
from training.export_statements import MAX_TOKENS, NAME
from training.graph import HEADS, Array
from training.mpnet import FIRST_POSITION, as_bert_name
from training.statements import StatementModel


def restored(folder: Path, source: Path) -> dict[str, torch.Tensor]:
    """The weights by the names of `StatementModel`."""
    stored = {one.name: numpy_helper.to_array(one) for one in onnx.load(folder / f"{NAME}.onnx").graph.initializer}
    layers = 1 + max(int(name.split(".")[2]) for name in stored if name.startswith("encoder.layer."))
    model = StatementModel(source, layers)
    state = model.state_dict()
    for name in state:
        if name.startswith("encoder."):
            found = _of_encoder(as_bert_name(name.removeprefix("encoder.")), stored, state[name].numpy())
        else:
            found = _of_head(name, stored)
        assert found.shape == state[name].shape, name
        state[name] = torch.from_numpy(np.ascontiguousarray(found, np.float32))
    return state


def _of_encoder(name: str, stored: dict[str, Array], source: Array) -> Array:
    if name == "embeddings.word_embeddings.weight":
        return source
    if name == "embeddings.position_embeddings.weight":
        return np.concatenate([source[:FIRST_POSITION], stored["positions"], source[FIRST_POSITION + MAX_TOKENS :]])
    if name == "encoder.relative_attention_bias.weight":
        distances = torch.arange(1 - MAX_TOKENS, MAX_TOKENS)
        buckets = MPNetEncoder.relative_position_bucket(distances, num_buckets=len(source)).numpy()
        found = source.copy()
        found[buckets] = stored["distances"].T
        return found
    value = stored[name].astype(np.float32)
    module = name.rpartition(".")[0]
    if name.endswith(".weight") and f"{module}.scale" in stored:
        value = (value * stored[f"{module}.scale"]).T
    # The query holds the attention's division by the root of the head's width.
    width = stored["embeddings.LayerNorm.bias"].size
    return value * (width // HEADS) ** 0.5 if ".self.query." in name else value


def _of_head(name: str, stored: dict[str, Array]) -> Array:
    module, _, part = name.partition(".")
    parts = ("start of all", "end of all") if module == "span" else (module,)
    found = [stored[f"{one} {part}"] for one in parts]
    return np.concatenate([one.T if part == "weight" else one for one in found])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--source", type=Path, default=Path("all-mpnet-base-v2"), help="the encoder's folder")
    run = parser.parse_args()
    torch.save({"model": restored(WEIGHTS, run.source)}, run.out)
