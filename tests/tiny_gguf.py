"""A language model of a third of a megabyte with random weights: real to its server, and it writes only letters."""

from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray

NAME = "tiny-random"
CONTEXT_TOKENS = 1024

_WIDTH, _INNER, _HEADS, _LAYERS, _SEED = 64, 128, 4, 1, 7
_TEMPLATE = "{% for message in messages %}{{ message.role }}: {{ message.content }}\n{% endfor %}assistant:"


def write_tiny_gguf(path: Path) -> Path:
    """Writes the model; the same bytes every time."""
    control = ["<unk>", "<s>", "</s>"]
    every_byte = [f"<0x{byte:02X}>" for byte in range(256)]
    letters = ["▁", *"abcdefghijklmnopqrstuvwxyz"]
    kinds = [gguf.TokenType.UNKNOWN, gguf.TokenType.CONTROL, gguf.TokenType.CONTROL]
    kinds += [gguf.TokenType.BYTE] * len(every_byte) + [gguf.TokenType.NORMAL] * len(letters)

    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name(NAME)
    writer.add_context_length(CONTEXT_TOKENS)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(_LAYERS)
    writer.add_feed_forward_length(_INNER)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_HEADS)
    writer.add_rope_dimension_count(_WIDTH // _HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(kinds))
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([*control, *every_byte, *letters])
    writer.add_token_scores([0.0] * (len(control) + len(every_byte)) + [-1.0] * len(letters))
    writer.add_token_types([int(kind) for kind in kinds])
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template(_TEMPLATE)
    for name, weights in _weights(len(kinds), silent=len(control) + len(every_byte)).items():
        writer.add_tensor(name, weights)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _weights(vocabulary: int, *, silent: int) -> dict[str, NDArray[np.float32]]:
    random = np.random.default_rng(_SEED)

    def drawn(*shape: int) -> NDArray[np.float32]:
        values: NDArray[np.float32] = random.standard_normal(shape, dtype=np.float32)
        return values / np.float32(shape[-1] ** 0.5)

    weights = {"token_embd.weight": drawn(vocabulary, _WIDTH), "output.weight": drawn(vocabulary, _WIDTH)}
    # Some letter is always likelier than nought, so the model never ends early and writes no half of a character.
    weights["output.weight"][:silent] = 0
    weights["output_norm.weight"] = np.ones(_WIDTH, np.float32)
    for layer in range(_LAYERS):
        block = f"blk.{layer}."
        for name in ("attn_norm", "ffn_norm"):
            weights[f"{block}{name}.weight"] = np.ones(_WIDTH, np.float32)
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            weights[f"{block}{name}.weight"] = drawn(_WIDTH, _WIDTH)
        weights[f"{block}ffn_gate.weight"] = drawn(_INNER, _WIDTH)
        weights[f"{block}ffn_up.weight"] = drawn(_INNER, _WIDTH)
        weights[f"{block}ffn_down.weight"] = drawn(_WIDTH, _INNER)
    return weights
