"""Measure a verifier's int8 files on what its training held out, alone and with the exact checks.

    python -m training.measure_verifier DATA --folder FOLDER [--part claims edits summaries time]

`footnoted eval claims --held-out` measures on VitaminC and FEVER-symmetric by three classes; `claims` here tells which
of VitaminC's pass as supported.

Needs the product, not PyTorch. Nothing measured here was trained on; a quarter of the held-out pages and articles set
the temperature and are left out.
"""

import argparse
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from eval.benchmarks.checks import check, likeliest
from eval.benchmarks.treebank import as_written
from rag.domain import Verdict
from rag.models.close_reader import OnnxCloseReader
from rag.models.onnx import WEIGHTS
from rag.models.verifier import OnnxVerifier
from rag.text.sentences import sentences
from training.data import held_out, is_for_calibration, rows
from training.edits import false_edits, true_edits
from training.reader_data import read
from training.verifier_data import LABELS, MOST_WORDS, Pair, vitaminc

SEED = 20261121
PARTS = ("claims", "edits", "summaries", "time")
VERDICTS = (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNSUPPORTED)


def claims(verifier: OnnxVerifier, found: Sequence[Pair]) -> None:
    """VitaminC, held-out pages: which share of each label passes as supported."""
    for label, number in LABELS.items():
        some = [pair for pair in found if pair.label == number]
        alone = [likeliest(verifier.verify(one.claim, [one.text])[0], VERDICTS) is Verdict.SUPPORTED for one in some]
        combined = [check(one.claim, one.text, verifier)[0] is Verdict.SUPPORTED for one in some]
        print(
            f"VitaminC, {label}: {len(some)}; accepted by the model {np.mean(alone):.3f},"
            f" with exact checks {np.mean(combined):.3f}",
            flush=True,
        )


def edited(data: Path, rng: random.Random) -> Iterator[tuple[str, str, str]]:
    """Kind, claim and text: true sentences of held-out articles and true claims of held-out pages, and their edits."""
    supported = [
        pair
        for pair in vitaminc(data / "vitaminc_real.jsonl", "vitaminc", of_held_out=True)
        if pair.label == LABELS["SUPPORTS"]
    ]
    texts = list(
        dict.fromkeys(
            one.context
            for one in read(data)
            if one.held_out
            and one.source in ("squad", "new_wiki")
            and not is_for_calibration("reader", one.article)
            and len(one.context.split()) <= MOST_WORDS
        )
    )
    said = []
    for text in texts:
        spans = [text[span.start : span.end] for span in sentences(text)]
        said += [(one, text) for one in spans if 8 <= len(one.split()) <= 40 and one[-1] == "."]
    for source, some in (
        ("claim", [(pair.claim, pair.text) for pair in rng.sample(supported, min(400, len(supported)))]),
        ("sentence", rng.sample(said, min(400, len(said)))),
    ):
        for claim, text in some:
            alike = true_edits(claim, rng)
            yield f"{source}: true", rng.choice(alike) if alike and source == "sentence" else claim, text
            for edit in false_edits(claim, text, rng.choice(texts), rng):
                yield f"{source}: {edit.kind}", edit.text, text


def edits(verifier: OnnxVerifier, data: Path, rng: random.Random) -> None:
    """Which share of each kind passes as supported."""
    alone: dict[str, list[bool]] = defaultdict(list)
    combined: dict[str, list[bool]] = defaultdict(list)
    for kind, claim, text in edited(data, rng):
        alone[kind].append(likeliest(verifier.verify(claim, [text])[0], VERDICTS) is Verdict.SUPPORTED)
        combined[kind].append(check(claim, text, verifier)[0] is Verdict.SUPPORTED)
    for kind in alone:
        print(
            f"  {kind}: {len(alone[kind])}; accepted by the model {np.mean(alone[kind]):.3f},"
            f" with exact checks {np.mean(combined[kind]):.3f}",
            flush=True,
        )
    for name, found in (("the model", alone), ("with exact checks", combined)):
        false = [share for kind, values in found.items() if not kind.endswith("true") for share in values]
        true = [share for kind, values in found.items() if kind.endswith("true") for share in values]
        print(f"edits accepted {np.mean(false):.3f}, true ones {np.mean(true):.3f}: {name}", flush=True)


def summaries(verifier: OnnxVerifier, data: Path, limit: int) -> None:
    """SummEdits, held-out documents: edits made and checked by others."""
    found = [
        row
        for row in rows(data / "summedits.jsonl")
        if held_out("verifier", row["document"]) and len(row["document"].split()) <= MOST_WORDS
    ][:limit]
    passes = np.array([check(row["summary"], row["document"], verifier)[0] is Verdict.SUPPORTED for row in found])
    true = np.array([row["consistent"] for row in found])
    print(f"SummEdits: {len(found)}; edits accepted {passes[~true].mean():.3f}, true ones {passes[true].mean():.3f}")


def speed(verifier: OnnxVerifier, found: Sequence[Pair]) -> None:
    """The time to verify one claim against 32 texts."""
    taken = []
    for start in range(0, 320, 32):
        began = time.perf_counter()
        verifier.verify(found[start].claim, [pair.text for pair in found[start : start + 32]])
        taken.append(1000 * (time.perf_counter() - began))
    print(f"a claim against 32 texts of VitaminC: median {statistics.median(taken):.0f} ms")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folder", type=Path, default=WEIGHTS)
    parser.add_argument("--limit", type=int, default=2000)
    parser.add_argument("--part", choices=PARTS, nargs="*", default=PARTS)
    arguments = parser.parse_args()
    verifier = OnnxVerifier(arguments.folder, OnnxCloseReader())
    rng = random.Random(SEED)
    pairs = [
        Pair("vitaminc", as_written(row["claim"]), as_written(row["evidence"]), LABELS[row["label"]])
        for row in rows(arguments.data / "vitaminc_real.jsonl")
        if held_out("verifier", row["page"]) and not is_for_calibration("verifier", row["page"])
    ]
    rng.shuffle(pairs)
    if "claims" in arguments.part:
        claims(verifier, pairs[: arguments.limit])
    if "edits" in arguments.part:
        edits(verifier, arguments.data, rng)
    if "summaries" in arguments.part:
        summaries(verifier, arguments.data, arguments.limit)
    if "time" in arguments.part:
        speed(verifier, pairs)


if __name__ == "__main__":
    main()
