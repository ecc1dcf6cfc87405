"""Train the reader: from the data to the int8 model in one command.

    python -m training.reader DATA --out FOLDER [--minutes 30]

DATA is the folder that `reader_data.py` reads. On a GPU where there is one, else on a CPU (bf16 autocast, dropout 0:
PyTorch's CPU dropout is serial and switches the fast attention off). The learning rate follows the time used, so that a
run of any length ends well; with `--steps` it follows the steps instead, and the same seed gives the same weights.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from rag.models.embedder import OnnxEmbedder
from rag.models.reader import windows
from training.export_reader import MAX_TOKENS, STRIDE, export
from training.graph import source_folder
from training.reader_data import Example, examples, read

SEED = 20261121
MULTIPLE = 32
"""Lengths are padded to a multiple of this: few shapes, little waste."""
TOKENS_A_BATCH, MOST_A_BATCH = 2560, 16
BATCHES_SORTED_AT_ONCE = 80
ENCODER_RATE, HEAD_RATE = 1e-4, 5e-4
WARM_UP = 0.06
NO_SPAN = -1e4
SHARES = {
    "squad": 0.20,
    "new_wiki": 0.18,
    "reddit": 0.02,
    "amazon_reviews": 0.02,
    "qed": 0.03,
    "timeqa": 0.02,
    "impossible": 0.22,
    "made": 0.08,
    "elsewhere": 0.02,
    "retrieved": 0.21,
}


class Reader(nn.Module):
    """The encoder with a relevance, an answerable and a start and end head; dropout 0."""

    def __init__(self, source: Path) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            source, add_pooling_layer=False, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
        )
        # Half of all weights, and few of them change: without them a step is quicker and the memory smaller.
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        width = self.encoder.config.hidden_size
        self.judge = nn.Linear(width, 2)
        self.span = nn.Linear(width, 2)

    def forward(self, tokens: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Relevance and answerable of shape (batch,), start and end of shape (batch, tokens)."""
        hidden = self.encoder(input_ids=tokens, token_type_ids=types, attention_mask=mask).last_hidden_state
        judged, span = self.judge(hidden[:, 0]), self.span(hidden)
        return judged[:, 0], judged[:, 1], span[..., 0], span[..., 1]


@dataclass(frozen=True)
class Encoded:
    """An example as numbers; start and end are 0, the first token, where there is no answer."""

    tokens: list[int]
    types: list[int]
    first: int
    start: int
    end: int
    relevant: float


def encode(example: Example, tokenizer: Tokenizer, rng: random.Random) -> Encoded | None:
    """A window of the example, the one with the answer where there is one; None where no token begins the answer."""
    title = example.title if rng.random() < 0.5 else None
    found = windows(tokenizer, example.question, title, example.context, max_tokens=MAX_TOKENS, stride=STRIDE)
    relevant = -1.0 if example.relevant is None else float(example.relevant)
    if example.span is None:
        window = rng.choice(found)
        return Encoded(window.tokens, window.types, window.first, 0, 0, relevant)
    for window in rng.sample(found, len(found)):
        inside = [
            index
            for index, (start, end) in enumerate(window.offsets)
            if start < example.span[1] and end > example.span[0]
        ]
        # A window that cuts the answer in two teaches nothing.
        if (
            inside
            and window.offsets[inside[0]][0] <= example.span[0]
            and example.span[1] <= window.offsets[inside[-1]][1]
        ):
            start, end = window.first + inside[0], window.first + inside[-1]
            return Encoded(window.tokens, window.types, window.first, start, end, relevant)
    return None


def stream(by_kind: dict[str, list[Example]], rng: random.Random) -> Iterator[Example]:
    """Examples without end, each kind at its share and in turn."""
    kinds = [kind for kind in SHARES if by_kind.get(kind)]
    places = dict.fromkeys(kinds, 0)
    while True:
        (kind,) = rng.choices(kinds, [SHARES[kind] for kind in kinds])
        yield by_kind[kind][places[kind] % len(by_kind[kind])]
        places[kind] += 1


def batches(encoded: Iterator[Encoded], rng: random.Random) -> Iterator[list[Encoded]]:
    """Batches of like lengths, in no order of length."""
    while True:
        some = sorted(
            (next(encoded) for _ in range(BATCHES_SORTED_AT_ONCE * 12)), key=lambda one: (len(one.tokens), rng.random())
        )
        made: list[list[Encoded]] = [[]]
        for one in some:
            padded = -(-len(one.tokens) // MULTIPLE) * MULTIPLE
            if (len(made[-1]) + 1) * padded > TOKENS_A_BATCH or len(made[-1]) == MOST_A_BATCH:
                made.append([])
            made[-1].append(one)
        rng.shuffle(made)
        yield from made


def loss(model: Reader, batch: list[Encoded], device: torch.device) -> Tensor:
    """Start and end among the passage's tokens and the first, answerable, and relevance where it is known."""
    length = -(-max(len(one.tokens) for one in batch) // MULTIPLE) * MULTIPLE
    tokens, types, mask = (torch.zeros(len(batch), length, dtype=torch.long) for _ in range(3))
    allowed = torch.zeros(len(batch), length, dtype=torch.bool)
    for row, one in enumerate(batch):
        size = len(one.tokens)
        tokens[row, :size], types[row, :size] = torch.tensor(one.tokens), torch.tensor(one.types)
        mask[row, :size] = 1
        allowed[row, 0] = allowed[row, one.first : size - 1] = True
    starts, ends = (torch.tensor([getattr(one, side) for one in batch], device=device) for side in ("start", "end"))
    relevant = torch.tensor([one.relevant for one in batch], device=device)
    with torch.autocast(device.type, torch.bfloat16):
        outputs = model(tokens.to(device), types.to(device), mask.to(device))
    relevance, answerable, start, end = (output.float() for output in outputs)
    outside = ~allowed.to(device)
    total = functional.cross_entropy(start.masked_fill(outside, NO_SPAN), starts) / 2
    total = total + functional.cross_entropy(end.masked_fill(outside, NO_SPAN), ends) / 2
    total = total + functional.binary_cross_entropy_with_logits(answerable, (starts > 0).float()) / 2
    known = relevant >= 0
    if known.any():
        total = total + functional.binary_cross_entropy_with_logits(relevance[known], relevant[known]) / 2
    return total


def train(
    data: Path, out: Path, *, minutes: float, steps: int | None, threads: int, start: Path | None, seed: int
) -> None:
    """Train and leave `reader.safetensors` and `training.json` in `out`, anew every five minutes."""
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    rng = random.Random(seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    source = source_folder()
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    began = time.monotonic()
    by_kind = examples([one for one in read(data) if not one.held_out], OnnxEmbedder().embed, rng)
    print(f"{time.monotonic() - began:.0f} s", {kind: len(found) for kind, found in by_kind.items()}, flush=True)

    model = Reader(source).to(device).train()
    if start:
        model.load_state_dict(load_file(start / "reader.safetensors"))
    heads = [*model.judge.parameters(), *model.span.parameters()]
    groups = [
        {"params": [one for one in model.encoder.parameters() if one.requires_grad], "rate": ENCODER_RATE},
        {"params": heads, "rate": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, lr=ENCODER_RATE, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    encoded = (made for made in (encode(one, tokenizer, rng) for one in stream(by_kind, rng)) if made)
    out.mkdir(parents=True, exist_ok=True)
    began = saved = time.monotonic()
    seen, recent = 0, []
    log: dict[str, Any] = {"seed": seed, "device": str(device), "shares": SHARES, "losses": []}
    for step, batch in enumerate(batches(encoded, rng), start=1):
        progress = step / steps if steps else (time.monotonic() - began) / (60 * minutes)
        if progress >= 1:
            break
        pace = min(progress / WARM_UP, (1 - progress) / (1 - WARM_UP))
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * pace
        value = loss(model, batch, device)
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
            save(model, out, log | {"steps": step, "examples": seen, "seconds": round(seconds)})
            saved = time.monotonic()
    save(model, out, log | {"steps": step - 1, "examples": seen, "seconds": round(time.monotonic() - began)})


def save(model: Reader, out: Path, log: dict[str, Any]) -> None:
    """Write the weights and what is known of the run."""
    save_file(
        {name: value.cpu().contiguous() for name, value in model.state_dict().items()}, out / "reader.safetensors"
    )
    (out / "training.json").write_text(json.dumps(log, indent=2) + "\n", encoding="utf-8")
    print("saved", log["steps"], flush=True)


def main() -> None:
    """Train, then export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with the sets")
    parser.add_argument("--out", type=Path, required=True, help="where the model goes")
    parser.add_argument("--minutes", type=float, default=30, help="how long to train")
    parser.add_argument("--steps", type=int, help="train this many batches instead, which repeats exactly")
    parser.add_argument("--threads", type=int, default=2, help="processor cores to use")
    parser.add_argument("--start", type=Path, help="the folder of an earlier run, to go on from its weights")
    parser.add_argument("--seed", type=int, default=SEED, help="another one where --start goes on")
    arguments = parser.parse_args()
    train(
        arguments.data,
        arguments.out,
        minutes=arguments.minutes,
        steps=arguments.steps,
        threads=arguments.threads,
        start=arguments.start,
        seed=arguments.seed,
    )
    export(arguments.data, arguments.out)


if __name__ == "__main__":
    main()
