"""The weights of an MPNet encoder under the names of BERT's, as `graph.py` takes them.

It differs in three things: positions are counted from 2, tokens have no types, and each head adds to its scores how far
two tokens are apart. What is added depends on the distance alone, so it is written out as a table.
"""

import numpy as np
import torch
from transformers.models.mpnet.modeling_mpnet import MPNetEncoder

from training.graph import Array

FIRST_POSITION = 2
EPSILON = 1e-5
_NAMES = {
    ".attention.attn.q.": ".attention.self.query.",
    ".attention.attn.k.": ".attention.self.key.",
    ".attention.attn.v.": ".attention.self.value.",
    ".attention.attn.o.": ".attention.output.dense.",
    ".attention.LayerNorm.": ".attention.output.LayerNorm.",
}


def as_bert_name(name: str) -> str:
    """What BERT calls a weight of MPNet."""
    for theirs, ours in _NAMES.items():
        name = name.replace(theirs, ours)
    return name


def as_bert(weights: dict[str, Array], *, max_tokens: int) -> tuple[dict[str, Array], Array]:
    """The weights, and what each head adds at each distance: (heads, 2 * max_tokens - 1), from the farthest before."""
    made = {}
    for name, value in weights.items():
        made[as_bert_name(name)] = value
    made["embeddings.position_embeddings.weight"] = made["embeddings.position_embeddings.weight"][FIRST_POSITION:]
    made["embeddings.token_type_embeddings.weight"] = np.zeros((1, made["embeddings.LayerNorm.bias"].size), np.float32)
    by_bucket = made.pop("encoder.relative_attention_bias.weight")
    distances = torch.arange(1 - max_tokens, max_tokens)
    buckets = MPNetEncoder.relative_position_bucket(distances, num_buckets=len(by_bucket)).numpy()
    return made, by_bucket[buckets].T.astype(np.float32)
