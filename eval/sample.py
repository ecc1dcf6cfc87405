"""The bundled suite, and suites of a person's own."""

from pathlib import Path

from eval.cases import load_cases
from eval.suite import Suite
from rag.errors import InputError

_SAMPLE = Path(__file__).resolve().parent / "datasets" / "sample"
_CASES_NAME = "cases.jsonl"
_DOCUMENTS_NAME = "documents"
_BASELINE_NAME = "baseline.json"
SAMPLE_CASES = _SAMPLE / _CASES_NAME


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


def load_sample(data: Path | None) -> Suite:
    """The bundled cases and documents; a file gives other cases, a folder gives other cases and documents."""
    if data is None:
        return Suite("sample", tuple(load_cases(SAMPLE_CASES)), sample_documents(), _SAMPLE / _BASELINE_NAME)
    if not data.is_dir():
        return Suite("sample", tuple(load_cases(data)), sample_documents())
    return Suite("sample", tuple(load_cases(data / _CASES_NAME)), _documents(data))


def load_own(data: Path | None, library: Path | None) -> Suite:
    """A person's own cases: a folder with `cases.jsonl` and `documents`, or either with a library that is there.

    Cases that bring their documents need neither. The baseline is kept beside the cases.
    """
    if data is None:
        raise InputError("The suite 'own' brings no cases. Give their file or folder with --data: see docs/eval.md.")
    folder = data if data.is_dir() else data.parent
    cases = tuple(load_cases(folder / _CASES_NAME if data.is_dir() else data))
    bring = all(case.documents for case in cases if not case.draft)
    documents = None if library or bring else _documents(folder)
    return Suite("own", cases, documents, folder / _BASELINE_NAME, library)


def _documents(folder: Path) -> Path:
    documents = folder / _DOCUMENTS_NAME
    if not documents.is_dir():
        raise InputError(
            f"There is no folder '{_DOCUMENTS_NAME}' in {folder}. Put the documents there, beside {_CASES_NAME}."
        )
    return documents
