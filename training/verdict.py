"""Fits how much a missing number or name counts in `rag/verify.py`.

    python -m training.verdict DATA [--folder FOLDER]

DATA is the verifier's. The pairs are those that set its temperature: half of people's claims, half made ones, of pages
and articles that it was not trained on. Printed are the factors under which their labels are likeliest.
"""

import argparse
import itertools
import random
from pathlib import Path

import numpy as np

from rag.exact import unstated
from rag.models.onnx import WEIGHTS
from rag.models.verifier import OnnxVerifier
from training.export_verifier import SEED, calibration_pairs
from training.verifier_data import CONTRADICTED, NOT_SUPPORTED, SUPPORTED

FACTORS = (1.0, 0.5, 0.3, 0.2, 0.1, 0.05, 0.03, 0.01)
RISES = (1.0, 1.5, 2.0, 3.0, 5.0)


def surprise(chances: np.ndarray, labels: np.ndarray) -> float:
    """The mean of -log of the probability of what a pair is."""
    right = np.where(
        labels == NOT_SUPPORTED, 1 - chances[:, SUPPORTED], chances[np.arange(len(labels)), labels.clip(0)]
    )
    return float(-np.log(right.clip(1e-9)).mean())


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with the sets")
    parser.add_argument("--folder", type=Path, default=WEIGHTS, help="the folder of the verifier's files")
    arguments = parser.parse_args()
    verifier = OnnxVerifier(arguments.folder)
    pairs = calibration_pairs(arguments.data, random.Random(SEED))
    found = [verifier.verify(pair.claim, [pair.text])[0] for pair in pairs]
    missing = [unstated(pair.claim, pair.text) for pair in pairs]
    chances = np.array([[one.supported, one.contradicted, one.unsupported] for one in found])
    labels = np.array([pair.label for pair in pairs])
    numbers, names = (np.array([bool(each[part]) for each in missing]) for part in (0, 1))
    print(f"{len(pairs)} pairs; {numbers.mean():.3f} lack a number, {names.mean():.3f} a name")
    results = []
    for number, name, rise in itertools.product(FACTORS, FACTORS, RISES):
        changed = chances.copy()
        changed[:, SUPPORTED] *= np.where(numbers, number, 1) * np.where(names, name, 1)
        changed[:, CONTRADICTED] *= np.where(numbers, rise, 1)
        changed /= changed.sum(axis=1, keepdims=True)
        results.append((surprise(changed, labels), number, name, rise))
    for surprised, number, name, rise in [(surprise(chances, labels), 1.0, 1.0, 1.0), *sorted(results)[:3]]:
        print(f"support without its number x {number}, name x {name}; contradiction x {rise}: {surprised:.4f}")


if __name__ == "__main__":
    main()
