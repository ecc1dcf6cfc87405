"""Seeds: questions of ours about five news reports, which are not ours to bundle and lie in the folder of `--data`.

The reports tell of one quarrel, one of them with the actors exchanged, and three do not say when they were published.
"""

from pathlib import Path

from eval.cases import load_cases
from eval.suite import Suite

SEED_CASES = Path(__file__).resolve().parent.parent / "datasets" / "seeds" / "cases.jsonl"


def load_seeds(data: Path) -> Suite:
    """The suite over the reports in a folder; a report that is not there is named when the suite is run."""
    return Suite("seeds", tuple(load_cases(SEED_CASES)), data)
