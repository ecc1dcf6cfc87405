"""The suites that can be run, by name."""

from collections.abc import Callable, Mapping
from pathlib import Path

from eval.benchmarks.clapnq import load_clapnq
from eval.benchmarks.conflictnq import load_conflictnq
from eval.benchmarks.injection import load_injection
from eval.benchmarks.mtrag import load_mtrag
from eval.benchmarks.multihop_rag import load_multihop_rag
from eval.benchmarks.quotesum import load_quotesum
from eval.benchmarks.ramdocs import load_ramdocs
from eval.benchmarks.retrieval import RetrievalSuite
from eval.benchmarks.scifact import load_scifact
from eval.sample import load_own, load_sample
from eval.suite import Suite
from rag.errors import InputError

BENCHMARKS: Mapping[str, Callable[[Path], Suite | RetrievalSuite]] = {
    "clapnq": load_clapnq,
    "conflictnq": load_conflictnq,
    "injection": load_injection,
    "mtrag": load_mtrag,
    "multihop-rag": load_multihop_rag,
    "quotesum": load_quotesum,
    "ramdocs": load_ramdocs,
    "scifact": load_scifact,
}
"""Suites whose data are not ours to bundle: they must be given."""
_OF_FOLDERS = ("multihop-rag", "scifact")
SUITES = tuple(sorted([*BENCHMARKS, "own", "sample"]))


def find_suite(name: str, *, data: Path | None = None, library: Path | None = None) -> Suite | RetrievalSuite:
    """The suite of this name, over `data`, or over its own where it brings them; raises InputError.

    `library` is a library that is there already, which only the suite `own` asks.
    """
    if name not in SUITES:
        raise InputError(f"There is no suite '{name}'. Suites: {', '.join(SUITES)}.")
    if name == "own":
        return load_own(data, library)
    if library is not None:
        raise InputError(f"The suite '{name}' has a library of its own. Leave --library out, or use the suite 'own'.")
    if name == "sample":
        return load_sample(data)
    if data is None or not (data.is_dir() if name in _OF_FOLDERS else data.exists()):
        raise InputError(f"The suite '{name}' brings no data. Give their folder with --data: see docs/eval.md.")
    return BENCHMARKS[name](data)
