"""Train the statement model: which statement answers a question, where, and what one says of a claim.

    python -m training.statements DATA MADE --out FOLDER --source MPNET [--layers 8] [--examples 60000] [--resume]

DATA is the folder of the public sets, MADE what `python -m training.everyday` wrote, MPNET the folder of
all-mpnet-base-v2. A run can be stopped at any time and taken up again with `--resume`: every ten minutes the weights,
the optimiser and what was seen are kept. The rate falls with the examples seen, of `--examples` in all.

Of a question's statements the model scores each alone; the scores, and 0 for none of them, compete (softmax). So the
scores tell both which answers best and whether any does.
"""

import argparse
import json
import os
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import MPNetModel

from rag.models.close_reader import Readable, readable
from rag.models.embedder import OnnxEmbedder
from rag.ports import Said
from training.reader_data import read
from training.statements_data import (
    Asked,
    Candidate,
    Claimed,
    made_claims,
    made_questions,
    paired_claims,
    paragraph_questions,
)
from training.verifier_data import NOT_SUPPORTED, pairs
from training.written import written

SEED = 20261130
PAPERS = Path(__file__).parent / "papers"
MOST = {"question": 64, "context": 96, "text": 192}
"""The most tokens of each."""
QUESTIONS_A_BATCH, CLAIMS_A_BATCH = 4, 12
RATES = (3e-5, 3e-4)
"""Of the encoder and of the heads."""
WARM_UP = 0.05
CLAIM_SHARE = 0.4
SHARES = {"made": 0.3, "paragraph": 0.3, "written": 0.4}
CLAIM_SHARES = {
    "made": 0.3,
    "written": 0.3,
    "vitaminc": 0.28,
    "synthetic": 0.05,
    "wice": 0.01,
    "claim_edits": 0.08,
    "claim_alike": 0.03,
    "sentence": 0.03,
    "edits": 0.06,
    "joined": 0.03,
    "mirrored": 0.02,
    "mirrored_false": 0.02,
    "elsewhere": 0.01,
    "answer": 0.02,
    "wrong_answer": 0.02,
}
MULTIPLE = 8
PADDING = 1
NO_SPAN = -1e4


class Tokens:
    """Writes a question or claim and a statement as an encoder's tokens, as the product does."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def of(self, asked: str, statements: Sequence[Candidate | Claimed]) -> list[Readable]:
        said = [Said(one.context, one.text) for one in statements]
        return readable(self._tokenizer, asked, said, MOST)


def pointed(one: Readable, answer: tuple[int, int] | None) -> tuple[int, int] | None:
    """The first and last token of an answer; None where it is cut off, or there is none."""
    inside = [at for at, (start, end) in enumerate(one.offsets) if answer and start < answer[1] and end > answer[0]]
    return (one.first + inside[0], one.first + inside[-1]) if inside else None


class StatementModel(nn.Module):
    """The encoder with heads on its first token (answers, verdict) and on every one (start and end)."""

    def __init__(self, folder: Path, layers: int) -> None:
        super().__init__()
        self.encoder = MPNetModel.from_pretrained(
            folder, add_pooling_layer=False, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
        )
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        width = self.encoder.config.hidden_size
        self.answers = nn.Linear(width, 1)
        self.span = nn.Linear(width, 2)
        self.verdict = nn.Linear(width, 3)

    def forward(self, tokens: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """How well each answers (batch,), start and end (batch, tokens, 2), verdict (batch, 3)."""
        hidden = self.encoder(input_ids=tokens, attention_mask=mask).last_hidden_state
        return self.answers(hidden[:, 0])[:, 0], self.span(hidden), self.verdict(hidden[:, 0])


def tensors(batch: Sequence[Readable]) -> tuple[Tensor, Tensor]:
    """The tokens of a batch and which of them are there, each of shape (batch, longest)."""
    length = -(-max(len(one.tokens) for one in batch) // MULTIPLE) * MULTIPLE
    tokens = torch.full((len(batch), length), PADDING, dtype=torch.long)
    mask = torch.zeros_like(tokens)
    for row, one in enumerate(batch):
        tokens[row, : len(one.tokens)] = torch.tensor(one.tokens)
        mask[row, : len(one.tokens)] = 1
    return tokens, mask


def question_loss(model: StatementModel, batch: Sequence[Asked], made: Tokens) -> Tensor:
    """Of each question, the right statements against the others and none; and where in it the answer stands."""
    encoded = [read for one in batch for read in made.of(one.question, one.candidates)]
    wanted = [each.answer for one in batch for each in one.candidates]
    tokens, mask = tensors(encoded)
    with torch.autocast("cpu", torch.bfloat16):
        answers, span, _ = model(tokens, mask)
    answers, span = answers.float(), span.float()
    total, at = torch.zeros(()), 0
    for one in batch:
        scores = answers[at : at + len(one.candidates)]
        right = torch.tensor([each.label for each in one.candidates])
        everything = torch.logsumexp(torch.cat([scores, torch.zeros(1)]), dim=0)
        total = total + everything - (torch.logsumexp(scores[right], dim=0) if right.any() else 0.0)
        at += len(one.candidates)
    total = total / len(batch)
    places = {
        row: at for row, (one, answer) in enumerate(zip(encoded, wanted, strict=True)) if (at := pointed(one, answer))
    }
    if places:
        outside = torch.ones(tokens.shape, dtype=torch.bool)
        for row, one in enumerate(encoded):
            outside[row, one.first : len(one.tokens) - 1] = False
        rows = list(places)
        for side in (0, 1):
            scores = span[rows, :, side].masked_fill(outside[rows], NO_SPAN)
            total = total + functional.cross_entropy(scores, torch.tensor([places[row][side] for row in rows])) / 4
    return total


def claim_loss(model: StatementModel, batch: Sequence[Claimed], made: Tokens) -> Tensor:
    """Cross-entropy; where only `not supported` is known, of the two other classes together."""
    encoded = [read for one in batch for read in made.of(one.claim, [one])]
    labels = torch.tensor([one.label for one in batch])
    with torch.autocast("cpu", torch.bfloat16):
        _, _, verdict = model(*tensors(encoded))
    chances = functional.log_softmax(verdict.float(), dim=-1)
    known = -chances.gather(1, labels.clamp(min=0)[:, None])[:, 0]
    either = -torch.logsumexp(chances[:, 1:], dim=1)
    return torch.where(labels == NOT_SUPPORTED, either, known).mean()


def drawn(kinds: dict[str, Sequence], shares: dict[str, float], count: int, rng: random.Random) -> Iterator[list]:
    """Batches without end, of one length as far as that goes, each kind at its share."""
    names = [name for name in shares if kinds.get(name)]
    while True:
        pool = [rng.choice(kinds[name]) for name in rng.choices(names, [shares[name] for name in names], k=count * 24)]
        pool.sort(key=_length)
        made = [pool[at : at + count] for at in range(0, len(pool), count)]
        rng.shuffle(made)
        yield from made


def _length(one: Asked | Claimed) -> int:
    if isinstance(one, Claimed):
        return len(one.claim) + len(one.context) + len(one.text)
    return max(len(each.context) + len(each.text) for each in one.candidates)


def read_everything(data: Path, made: Path, papers: Path, rng: random.Random) -> tuple[dict, dict]:
    embedder = OnnxEmbedder()
    written_questions, written_claims = written(papers, embedder, rng)
    asked = [one for one in read(data) if not one.held_out]
    questions = {
        "made": list(made_questions(made / "questions.jsonl")),
        "paragraph": list(paragraph_questions(asked, rng)),
        "written": written_questions,
    }
    of_pairs = pairs(data, asked, embedder.embed, rng)
    claims = {
        "made": list(made_claims(made / "claims.jsonl")),
        "written": written_claims,
        **{kind: list(paired_claims(kind, found)) for kind, found in of_pairs.items() if kind in CLAIM_SHARES},
    }
    for named in (questions, claims):
        print({kind: len(found) for kind, found in named.items()}, flush=True)
    return questions, claims


@torch.no_grad()
def measure(model: StatementModel, asked: Sequence[Asked], claims: Sequence[Claimed], made: Tokens) -> dict[str, float]:
    """Held-out figures: the right statement first; whether any answers (area under the curve); verdicts right."""
    model.eval()
    first, known, unknown = [], [], []
    for one in asked:
        encoded = made.of(one.question, one.candidates)
        with torch.autocast("cpu", torch.bfloat16):
            scores = model(*tensors(encoded))[0].float()
        best = int(scores.argmax())
        some = torch.logsumexp(scores, dim=0).item()
        if any(each.label for each in one.candidates):
            first.append(one.candidates[best].label)
            known.append(some)
        else:
            unknown.append(some)
    right, accepted = [], []
    for at in range(0, len(claims), 16):
        batch = claims[at : at + 16]
        encoded = [read for one in batch for read in made.of(one.claim, [one])]
        with torch.autocast("cpu", torch.bfloat16):
            verdicts = model(*tensors(encoded))[2].float().softmax(-1)
        right += [int(row.argmax()) == one.label for row, one in zip(verdicts, batch, strict=True)]
        accepted += [int(row.argmax()) == 0 for row, one in zip(verdicts, batch, strict=True) if one.label != 0]
    model.train()
    above = np.mean([(one > other) + 0.5 * (one == other) for one in known for other in unknown]) if unknown else 0.0
    return {
        "first": round(float(np.mean(first)), 3),
        "answerable_area": round(float(above), 3),
        "verdicts": round(float(np.mean(right)), 3),
        "false_accepted": round(float(np.mean(accepted)), 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("made", type=Path)
    parser.add_argument("--papers", type=Path, default=PAPERS, help="collections written by hand")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--source", type=Path, default=Path("all-mpnet-base-v2"), help="the encoder's folder")
    parser.add_argument("--layers", type=int, default=8)
    parser.add_argument("--frozen", type=int, default=0, help="so many of the lower layers stay as they are")
    parser.add_argument("--rate", type=float, default=1.0, help="times the usual rates")
    parser.add_argument("--examples", type=int, default=100_000, help="statements to see in all")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--start", type=Path, help="a kept run to go on from, with its rate anew")
    run = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(run.threads)
    torch.set_flush_denormal(True)
    rng = random.Random(SEED)
    made = Tokens(run.source)
    asked, claimed = read_everything(run.data, run.made, run.papers, rng)
    held_questions = random.Random(1).sample(list(made_questions(run.made / "heldout-questions.jsonl")), 120)
    held_claims = random.Random(1).sample(list(made_claims(run.made / "heldout-claims.jsonl")), 240)
    model = StatementModel(run.source, run.layers).train()
    for layer in model.encoder.encoder.layer[: run.frozen]:
        layer.requires_grad_(False)
    slow, fast = (run.rate * one for one in RATES)
    heads = {id(one) for part in (model.answers, model.span, model.verdict) for one in part.parameters()}
    groups = [
        {"params": [one for one in model.parameters() if one.requires_grad and id(one) not in heads], "rate": slow},
        {"params": [one for one in model.parameters() if id(one) in heads], "rate": fast},
    ]
    optimizer = torch.optim.AdamW(groups, lr=slow, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    run.out.mkdir(parents=True, exist_ok=True)
    kept, seen, spent = run.out / "run.pt", 0, 0.0
    if run.start:
        model.load_state_dict(torch.load(run.start, weights_only=True)["model"])
    if run.resume and kept.exists():
        state = torch.load(kept, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        seen, spent = state["seen"], state["seconds"]
        rng.seed(SEED + seen)
        print(f"goes on after {seen} examples", flush=True)
    questions = drawn(asked, SHARES, QUESTIONS_A_BATCH, rng)
    claims = drawn(claimed, CLAIM_SHARES, CLAIMS_A_BATCH, rng)
    began, saved, losses = time.monotonic(), time.monotonic(), {"question": [], "claim": []}
    step = 0
    while seen < run.examples:
        step += 1
        progress = seen / run.examples
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * min(progress / WARM_UP + 1e-3, (1 - progress) / (1 - WARM_UP))
        if rng.random() < CLAIM_SHARE:
            batch = next(claims)
            value, kind, seen = claim_loss(model, batch, made), "claim", seen + len(batch)
        else:
            batch = next(questions)
            value, kind = question_loss(model, batch, made), "question"
            seen += sum(len(one.candidates) for one in batch)
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        losses[kind].append(float(value.detach()))
        now = time.monotonic()
        if step % 100 == 0:
            means = {name: round(float(np.mean(found[-200:])), 3) for name, found in losses.items() if found}
            print(
                f"{spent + now - began:6.0f} s  {seen} examples  {seen / (spent + now - began):.1f}/s  {means}",
                flush=True,
            )
        if now - saved > 600 or seen >= run.examples:
            state = {
                "model": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "seen": seen,
                "seconds": spent + now - began,
            }
            torch.save(state, kept.with_suffix(".new"))
            os.replace(kept.with_suffix(".new"), kept)
            figures = measure(model, held_questions, held_claims, made)
            print(json.dumps({"seen": seen, **figures}), flush=True)
            saved = time.monotonic()


if __name__ == "__main__":
    main()
