"""The suites that can be run, by name."""

from collections.abc import Callable, Mapping
from pathlib import Path

from eval.benchmarks.claims import load_claims
from eval.benchmarks.clapnq import load_clapnq
from eval.benchmarks.conflictnq import load_conflictnq
from eval.benchmarks.everyday import EverydaySuite, load_everyday
from eval.benchmarks.follow_ups import load_follow_ups
from eval.benchmarks.injection import load_injection
from eval.benchmarks.judgement import JudgementSuite
from eval.benchmarks.mtrag import load_mtrag
from eval.benchmarks.multihop_rag import load_multihop_answers, load_multihop_rag
from eval.benchmarks.poisoning import load_poisoning
from eval.benchmarks.quotesum import load_quotesum
from eval.benchmarks.ragtruth import load_ragtruth
from eval.benchmarks.ramdocs import load_ramdocs
from eval.benchmarks.retrieval import RetrievalSuite
from eval.benchmarks.scifact import load_scifact
from eval.benchmarks.seeds import load_seeds
from eval.benchmarks.squad import load_squad
from eval.sample import load_own, load_sample
from eval.suite import Suite
from rag.errors import InputError

AnySuite = Suite | RetrievalSuite | JudgementSuite | EverydaySuite
BENCHMARKS: Mapping[str, Callable[[Path], AnySuite]] = {
    "claims": load_claims,
    "clapnq": load_clapnq,
    "conflictnq": load_conflictnq,
    "everyday": load_everyday,
    "followups": load_follow_ups,
    "injection": load_injection,
    "mtrag": load_mtrag,
    "multihop-answers": load_multihop_answers,
    "multihop-rag": load_multihop_rag,
    "poisoning": load_poisoning,
    "quotesum": load_quotesum,
    "ragtruth": load_ragtruth,
    "ramdocs": load_ramdocs,
    "scifact": load_scifact,
    "seeds": load_seeds,
    "squad": load_squad,
}
"""Suites whose data are not ours to bundle: they must be given."""
_FOLDERS = ("everyday", "multihop-answers", "multihop-rag", "scifact", "seeds")
_FILES = ("claims", "ragtruth", "squad")
SUITES = tuple(sorted([*BENCHMARKS, "own", "sample"]))


def find_suite(name: str, *, data: Path | None = None, held_out: bool = False, library: Path | None = None) -> AnySuite:
    """The suite of this name, over `data`, or over its own where it brings them; raises InputError.

    With `held_out`, only the cases that the training of the models leaves out. `library` is a library that is there
    already, which only the suite `own` asks.
    """
    if name not in SUITES:
        raise InputError(f"There is no suite '{name}'. Suites: {', '.join(SUITES)}.")
    if library is not None and name != "own":
        raise InputError(f"The suite '{name}' has a library of its own. Leave --library out, or use the suite 'own'.")
    suite = _load(name, data, library)
    if not held_out:
        return suite
    if not isinstance(suite, JudgementSuite):
        raise InputError(f"No model learns from the data of the suite '{name}'. Leave --held-out out.")
    return suite.held_out()


def _load(name: str, data: Path | None, library: Path | None) -> AnySuite:
    if name == "own":
        return load_own(data, library)
    if name == "sample":
        return load_sample(data)
    if data is None or not _is_there(name, data):
        wanted = "file" if name in _FILES else "folder"
        raise InputError(f"The suite '{name}' brings no data. Give their {wanted} with --data: see docs/eval.md.")
    return BENCHMARKS[name](data)


def _is_there(name: str, data: Path) -> bool:
    if name in _FOLDERS:
        return data.is_dir()
    return data.is_file() if name in _FILES else data.exists()
