"""Train the reader: from the data to the int8 model in one command.

    python -m training.reader DATA --out FOLDER [--minutes 60]

DATA is the folder that `reader_data.py` and `relevance_data.py` read; `loop.py` says how it is trained.
"""

import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from rag.models.embedder import OnnxEmbedder
from rag.models.reader import windows
from training.export_reader import MAX_TOKENS, STRIDE, export
from training.graph import source_folder
from training.loop import Run, batches, fit, mixed, open_tokenizer, prepare, pretrained_encoder, read_run, tensors
from training.reader_data import Example, examples, read
from training.relevance_data import relevance_examples

NO_SPAN = -1e4
UNKNOWN = -100
SHARES = {
    "squad": 0.16,
    "new_wiki": 0.15,
    "reddit": 0.01,
    "amazon_reviews": 0.01,
    "qed": 0.03,
    "timeqa": 0.02,
    "cut": 0.04,
    "impossible": 0.18,
    "made": 0.16,
    "elsewhere": 0.02,
    "retrieved": 0.10,
    "claim": 0.02,
    "claim_other": 0.02,
    "composed": 0.03,
    "composed_other": 0.03,
    "two": 0.02,
}


class Reader(nn.Module):
    """The encoder with a relevance head on its first token, and a start and end head on every one."""

    def __init__(self, source: Path) -> None:
        super().__init__()
        self.encoder = pretrained_encoder(source)
        width = self.encoder.config.hidden_size
        self.judge = nn.Linear(width, 1)
        self.span = nn.Linear(width, 2)

    def forward(self, tokens: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Relevance of shape (batch,), start and end of shape (batch, tokens)."""
        hidden = self.encoder(input_ids=tokens, token_type_ids=types, attention_mask=mask).last_hidden_state
        span = self.span(hidden)
        return self.judge(hidden[:, 0])[:, 0], span[..., 0], span[..., 1]


@dataclass(frozen=True)
class Encoded:
    """An example as numbers; start and end are 0, the first token, where there is no answer, UNKNOWN where unknown."""

    tokens: list[int]
    types: list[int]
    first: int
    start: int
    end: int
    relevant: float


def encode(example: Example, tokenizer: Tokenizer, rng: random.Random) -> Encoded | None:
    """A window of the example, the one with the answer where there is one; None where no token begins the answer."""
    title = example.title if rng.random() < 0.5 else None
    texts = [(title or "", example.context)]
    (found,) = windows(tokenizer, example.question, texts, max_tokens=MAX_TOKENS, stride=STRIDE)
    relevant = -1.0 if example.relevant is None else float(example.relevant)
    if example.span is None:
        window = rng.choice(found)
        place = 0 if example.spans_known else UNKNOWN
        return Encoded(window.tokens, window.types, window.first, place, place, relevant)
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


def loss(model: Reader, batch: list[Encoded], device: torch.device) -> Tensor:
    """Start and end among the passage's tokens and the first, and relevance, each where it is known."""
    tokens, types, mask = tensors(batch)
    allowed = torch.zeros(tokens.shape, dtype=torch.bool)
    for row, one in enumerate(batch):
        allowed[row, 0] = allowed[row, one.first : len(one.tokens) - 1] = True
    starts, ends = (torch.tensor([getattr(one, side) for one in batch], device=device) for side in ("start", "end"))
    relevant = torch.tensor([one.relevant for one in batch], device=device)
    with torch.autocast(device.type, torch.bfloat16):
        outputs = model(tokens.to(device), types.to(device), mask.to(device))
    relevance, start, end = (output.float() for output in outputs)
    outside = ~allowed.to(device)
    total = torch.zeros((), device=device)
    for scores, places in ((start, starts), (end, ends)):
        each = functional.cross_entropy(
            scores.masked_fill(outside, NO_SPAN), places, ignore_index=UNKNOWN, reduction="none"
        )
        total = total + each.mean() / 2
    known = relevant >= 0
    if known.any():
        total = total + functional.binary_cross_entropy_with_logits(relevance[known], relevant[known]) / 2
    return total


def train(run: Run) -> None:
    """Train and leave `reader.safetensors` and `training.json` in the folder."""
    rng = prepare(run)
    tokenizer = open_tokenizer()
    began = time.monotonic()
    embed = OnnxEmbedder().embed
    questions = [one for one in read(run.data) if not one.held_out]
    by_kind = examples(questions, embed, rng) | relevance_examples(run.data, questions, embed, rng)
    print(f"{time.monotonic() - began:.0f} s", {kind: len(found) for kind, found in by_kind.items()}, flush=True)
    model = Reader(source_folder()).to(run.device).train()
    encoded = (made for made in (encode(one, tokenizer, rng) for one in mixed(by_kind, SHARES, rng)) if made)
    fit(
        run,
        model,
        model.encoder,
        batches(encoded, rng),
        lambda batch: loss(model, batch, run.device),
        name="reader",
        log={"shares": SHARES},
    )


if __name__ == "__main__":
    run = read_run(__doc__)
    train(run)
    export(run.data, run.out)
