"""The suites that can be run, by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.benchmarks.multihop_rag import load_multihop_rag
from eval.benchmarks.retrieval import RetrievalSuite
from eval.benchmarks.scifact import load_scifact
from eval.cases import Case, load_cases
from rag.errors import InputError

_SAMPLE = Path(__file__).resolve().parent / "datasets" / "sample"
_CASES_NAME = "cases.jsonl"
_DOCUMENTS_NAME = "documents"


@dataclass(frozen=True, slots=True)
class Suite:
    """Cases, and the documents that they ask about."""

    name: str
    cases: tuple[Case, ...]
    documents: Path | None = None
    """A folder or a corpus to ingest; None where each case brings its own, or a library is named."""
    baseline: Path | None = None
    """Where the accepted results of this suite are kept; None where it has no place of its own."""
    library: Path | None = None
    """A library that is there already, to ask as it is."""


def find_suite(name: str, *, data: Path | None = None) -> Suite | RetrievalSuite:
    """The suite of this name, over `data`, or over its own where it brings them; raises InputError."""
    if name not in SUITES:
        raise InputError(f"There is no suite '{name}'. Suites: {', '.join(sorted(SUITES))}.")
    return SUITES[name](data)


def sample_documents(
    packaged: Path = _SAMPLE / _DOCUMENTS_NAME, checkout: Path = _SAMPLE.parents[2] / "examples"
) -> Path:
    """The folder of the sample corpus: packed beside the cases in an installed wheel, `examples/` in a checkout."""
    # The packed one first: above an installed package, `examples` could be anybody's.
    for folder in (packaged, checkout):
        if folder.is_dir():
            return folder
    raise InputError(
        f"The sample corpus is missing: neither {packaged} nor {checkout} is there. Install footnoted again."
    )


def _sample(data: Path | None) -> Suite:
    """The bundled cases and documents; a file gives other cases, a folder gives other cases and documents."""
    if data is None:
        return Suite("sample", _load(_SAMPLE / _CASES_NAME), sample_documents(), _SAMPLE / "baseline.json")
    if not data.is_dir():
        return Suite("sample", _load(data), sample_documents())
    documents = data / _DOCUMENTS_NAME
    if not documents.is_dir():
        raise InputError(
            f"There is no folder '{_DOCUMENTS_NAME}' in {data}. Put the documents there, beside {_CASES_NAME}."
        )
    return Suite("sample", _load(data / _CASES_NAME), documents)


def _load(path: Path) -> tuple[Case, ...]:
    return tuple(load_cases(path))


def _given(name: str, load: Callable[[Path], RetrievalSuite]) -> Callable[[Path | None], RetrievalSuite]:
    """A suite whose data are not ours to bundle: their folder must be given."""

    def suite(data: Path | None) -> RetrievalSuite:
        if data is None or not data.is_dir():
            raise InputError(f"The suite '{name}' brings no data. Give their folder with --data: see docs/eval.md.")
        return load(data)

    return suite


SUITES: Mapping[str, Callable[[Path | None], Suite | RetrievalSuite]] = {
    "sample": _sample,
    "multihop-rag": _given("multihop-rag", load_multihop_rag),
    "scifact": _given("scifact", load_scifact),
}
