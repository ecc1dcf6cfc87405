"""Shows what a missing number should count in `rag/evidence/verify.py`.

    python -m training.verdict DATA [--folder FOLDER]

DATA is the verifier's. The pairs are those that set its temperature: half of people's claims, half made ones, of pages
and articles that it was not trained on. Printed is what
passes as supported.
"""

import argparse
import random
from pathlib import Path

import numpy as np

from rag.evidence.exact import unstated_numbers
from rag.evidence.verify import doubted
from rag.models.onnx import WEIGHTS
from rag.models.verifier import OnnxVerifier
from training.export_verifier import SEED, calibration_pairs
from training.verifier_data import SUPPORTED

FACTORS = (1.0, 0.5, 0.2, 0.1, 0.05, 0.01)


def main() -> None:
    """Print what each factor does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with the sets")
    parser.add_argument("--folder", type=Path, default=WEIGHTS, help="the folder of the verifier's files")
    arguments = parser.parse_args()
    verifier = OnnxVerifier(arguments.folder)
    pairs = calibration_pairs(arguments.data, random.Random(SEED))
    found = [verifier.verify(pair.claim, [pair.text])[0] for pair in pairs]
    lacking = [bool(unstated_numbers(pair.claim, pair.text)) for pair in pairs]
    labels = np.array([pair.label for pair in pairs])
    of_people = np.array([pair.kind == "vitaminc" for pair in pairs])
    for name, some in (("claims of people", of_people), ("made claims", ~of_people)):
        print(f"{some.sum()} {name}; {np.array(lacking)[some].mean():.3f} lack a number")
        for factor in FACTORS:
            judged = [doubted(one, factor) if lacks else one for one, lacks in zip(found, lacking, strict=True)]
            passes = np.array([one.supported > max(one.contradicted, one.unsupported) for one in judged])
            true, false = (passes[some & is_so].mean() for is_so in (labels == SUPPORTED, labels != SUPPORTED))
            print(f"  support x {factor}: {true:.3f} of the true ones pass, {false:.3f} of the others")


if __name__ == "__main__":
    main()
