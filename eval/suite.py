"""What a suite is, where it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from eval.cases import Case
from rag.assistant import Assistant


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
    prepared: Callable[[Case, Assistant], Assistant] | None = None
    """What asks a case that brings its documents, made of the assistant over these; None where that one asks."""
