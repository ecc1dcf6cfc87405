"""Train the verifier: from the data to the int8 model in one command.

    python -m training.verifier DATA --out FOLDER [--minutes 60] [--start READER.safetensors]

DATA is the folder that `verifier_data.py` reads; `loop.py` says how it is trained. `--start` takes the encoder of a
trained reader, which has already learnt to look from one text to another.
"""

import time
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from rag.models.embedder import OnnxEmbedder
from rag.models.reader import windows
from training.export_verifier import MAX_TOKENS, STRIDE, export
from training.graph import source_folder
from training.loop import Run, batches, fit, mixed, open_tokenizer, prepare, pretrained_encoder, read_run, tensors
from training.reader_data import read
from training.verifier_data import NOT_SUPPORTED, SUPPORTED, Pair, pairs

SHARES = {
    "vitaminc": 0.38,
    "synthetic": 0.09,
    "wice": 0.01,
    "summedits": 0.06,
    "claim_edits": 0.09,
    "claim_alike": 0.03,
    "sentence": 0.04,
    "edits": 0.09,
    "joined": 0.05,
    "mirrored": 0.04,
    "mirrored_false": 0.03,
    "elsewhere": 0.03,
    "answer": 0.03,
    "wrong_answer": 0.03,
}


class Verifier(nn.Module):
    """The encoder with a head of three classes on its first token."""

    def __init__(self, source: Path) -> None:
        super().__init__()
        self.encoder = pretrained_encoder(source)
        self.verdict = nn.Linear(self.encoder.config.hidden_size, 3)

    def forward(self, tokens: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """Logits of supported, contradicted and unsupported, of shape (batch, 3)."""
        hidden = self.encoder(input_ids=tokens, token_type_ids=types, attention_mask=mask).last_hidden_state
        logits: Tensor = self.verdict(hidden[:, 0])
        return logits


@dataclass(frozen=True)
class Encoded:
    """A pair as numbers."""

    tokens: list[int]
    types: list[int]
    label: int


def encode(pair: Pair, tokenizer: Tokenizer) -> Encoded | None:
    """The pair where it fits in one window; a part of a text need not say what the whole does."""
    (found,) = windows(tokenizer, pair.claim, [("", pair.text)], max_tokens=MAX_TOKENS, stride=STRIDE)
    return Encoded(found[0].tokens, found[0].types, pair.label) if len(found) == 1 else None


def loss(model: Verifier, batch: list[Encoded], device: torch.device) -> Tensor:
    """Cross-entropy; where only `not supported` is known, of the two other classes together."""
    tokens, types, mask = tensors(batch)
    labels = torch.tensor([one.label for one in batch], device=device)
    with torch.autocast(device.type, torch.bfloat16):
        logits = model(tokens.to(device), types.to(device), mask.to(device))
    chances = functional.log_softmax(logits.float(), dim=-1)
    known = -chances.gather(1, labels.clamp(min=0)[:, None])[:, 0]
    either = -torch.logsumexp(chances[:, SUPPORTED + 1 :], dim=1)
    return torch.where(labels == NOT_SUPPORTED, either, known).mean()


def train(run: Run) -> None:
    """Train and leave `verifier.safetensors` and `training.json` in the folder."""
    rng = prepare(run)
    tokenizer = open_tokenizer()
    began = time.monotonic()
    questions = [one for one in read(run.data) if not one.held_out]
    by_kind = pairs(run.data, questions, OnnxEmbedder().embed, rng)
    print(f"{time.monotonic() - began:.0f} s", {kind: len(found) for kind, found in by_kind.items()}, flush=True)
    model = Verifier(source_folder()).to(run.device).train()
    encoded = (made for made in (encode(one, tokenizer) for one in mixed(by_kind, SHARES, rng)) if made)
    fit(
        run,
        model,
        model.encoder,
        batches(encoded, rng),
        lambda batch: loss(model, batch, run.device),
        name="verifier",
        log={"shares": SHARES},
    )


if __name__ == "__main__":
    run = read_run(__doc__)
    train(run)
    export(run.data, run.out)
