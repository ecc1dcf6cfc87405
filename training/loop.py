"""The loop that every training shares: batches of like lengths, a rate that falls to nothing, a save now and then.

On a GPU where there is one, else on a CPU: bf16 autocast, lengths in multiples of 32, dropout 0 (PyTorch's CPU dropout
is serial and switches the fast attention off).
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from training.graph import source_folder

SEED = 20261121
MULTIPLE = 32
"""Lengths are padded to a multiple of this: few shapes, little waste."""
TOKENS_A_BATCH, MOST_A_BATCH = 2560, 16
SORTED_AT_ONCE = 960
ENCODER_RATE, HEAD_RATE = 1e-4, 5e-4
WARM_UP = 0.06


class Encoded(Protocol):
    """An example as numbers."""

    tokens: list[int]
    types: list[int]


Kind = TypeVar("Kind")
One = TypeVar("One", bound=Encoded)


@dataclass(frozen=True)
class Run:
    """How a training goes, as its command line says."""

    data: Path
    out: Path
    minutes: float
    steps: int | None
    threads: int
    start: Path | None
    seed: int

    @property
    def device(self) -> torch.device:
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def read_run(description: str | None) -> Run:
    """The command line of a training."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with the sets")
    parser.add_argument("--out", type=Path, required=True, help="where the model goes")
    parser.add_argument("--minutes", type=float, default=60, help="how long to train")
    parser.add_argument("--steps", type=int, help="train this many batches instead, which repeats exactly")
    parser.add_argument("--threads", type=int, default=2, help="processor cores to use")
    parser.add_argument("--start", type=Path, help="safetensors of an earlier run; heads it lacks begin anew")
    parser.add_argument("--seed", type=int, default=SEED, help="another one where --start goes on")
    return Run(**vars(parser.parse_args()))


def pretrained_encoder(source: Path) -> BertModel:
    """The encoder to start from, with dropout 0."""
    encoder = BertModel.from_pretrained(
        source, add_pooling_layer=False, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
    )
    # Half of all weights, and few of them change: without them a step is quicker and the memory smaller.
    encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    return encoder


def open_tokenizer() -> Tokenizer:
    """The base model's tokenizer, which neither cuts nor pads."""
    tokenizer = Tokenizer.from_file(str(source_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def mixed(by_kind: dict[str, list[Kind]], shares: dict[str, float], rng: random.Random) -> Iterator[Kind]:
    """Examples without end, each kind at its share and in turn."""
    kinds = [kind for kind in shares if by_kind.get(kind)]
    places = dict.fromkeys(kinds, 0)
    while True:
        (kind,) = rng.choices(kinds, [shares[kind] for kind in kinds])
        yield by_kind[kind][places[kind] % len(by_kind[kind])]
        places[kind] += 1


def batches(encoded: Iterator[One], rng: random.Random) -> Iterator[list[One]]:
    """Batches of like lengths, in no order of length."""
    while True:
        some = sorted((next(encoded) for _ in range(SORTED_AT_ONCE)), key=lambda one: (len(one.tokens), rng.random()))
        made: list[list[One]] = [[]]
        for one in some:
            if (len(made[-1]) + 1) * padded(len(one.tokens)) > TOKENS_A_BATCH or len(made[-1]) == MOST_A_BATCH:
                made.append([])
            made[-1].append(one)
        rng.shuffle(made)
        yield from made


def padded(length: int) -> int:
    return -(-length // MULTIPLE) * MULTIPLE


def tensors(batch: Sequence[Encoded]) -> tuple[Tensor, Tensor, Tensor]:
    """Tokens, types and mask of shape (batch, padded length)."""
    length = padded(max(len(one.tokens) for one in batch))
    tokens, types, mask = (torch.zeros(len(batch), length, dtype=torch.long) for _ in range(3))
    for row, one in enumerate(batch):
        size = len(one.tokens)
        tokens[row, :size], types[row, :size] = torch.tensor(one.tokens), torch.tensor(one.types)
        mask[row, :size] = 1
    return tokens, types, mask


def fit(
    run: Run,
    model: nn.Module,
    encoder: nn.Module,
    some: Iterator[list[One]],
    loss: Callable[[list[One]], Tensor],
    *,
    name: str,
    log: dict[str, Any],
) -> None:
    """Train `model`, of which `encoder` learns more slowly; leaves NAME.safetensors and training.json in the folder.

    The rate follows the time used, so that a run of any length ends well; where steps are given it follows them, and
    the same seed gives the same weights.
    """
    if run.start:
        missing, unknown = model.load_state_dict(load_file(run.start), strict=False)
        print(f"started from {run.start.name}; new here: {missing}; not used: {unknown}", flush=True)
    rates = {True: ENCODER_RATE, False: HEAD_RATE}
    of_encoder = {id(one) for one in encoder.parameters()}
    groups = [
        {
            "params": [one for one in model.parameters() if one.requires_grad and (id(one) in of_encoder) is inside],
            "rate": rate,
        }
        for inside, rate in rates.items()
    ]
    optimizer = torch.optim.AdamW(groups, lr=ENCODER_RATE, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    run.out.mkdir(parents=True, exist_ok=True)
    log |= {"seed": run.seed, "device": str(run.device), "losses": []}
    began = saved = time.monotonic()
    seen, recent = 0, []
    for step, batch in enumerate(some, start=1):
        progress = step / run.steps if run.steps else (time.monotonic() - began) / (60 * run.minutes)
        if progress >= 1:
            break
        pace = min(progress / WARM_UP, (1 - progress) / (1 - WARM_UP))
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * pace
        value = loss(batch)
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        seen += len(batch)
        recent.append(float(value.detach()))
        seconds = time.monotonic() - began
        if step % 200 == 0 or step == 20:
            log["losses"].append([step, seen, round(float(np.mean(recent)), 4)])
            print(
                f"{seconds:6.0f} s  step {step}  {seen} examples  {seen / seconds:.1f}/s  loss {np.mean(recent):.4f}",
                flush=True,
            )
            recent = []
        if time.monotonic() - saved > 300:
            _save(model, run.out, name, log | {"steps": step, "examples": seen, "seconds": round(seconds)})
            saved = time.monotonic()
    log |= {"steps": step - 1, "examples": seen, "seconds": round(time.monotonic() - began)}
    _save(model, run.out, name, log)


def prepare(run: Run) -> random.Random:
    """Seed everything; the generator returned is for the examples."""
    torch.manual_seed(run.seed)
    torch.set_num_threads(run.threads)
    # Numbers near zero turn up once much is learnt, and cost a processor a hundred times what others do.
    torch.set_flush_denormal(True)
    return random.Random(run.seed)


def _save(model: nn.Module, out: Path, name: str, log: dict[str, Any]) -> None:
    weights = {name: value.cpu().contiguous() for name, value in model.state_dict().items()}
    save_file(weights, out / f"{name}.safetensors")
    (out / "training.json").write_text(json.dumps(log, indent=2) + "\n", encoding="utf-8")
    print("saved", log["steps"], flush=True)
