"""A suite run in both modes: in the documents' own words, and by a language model, side by side."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from eval.benchmarks.judgement import JudgementRun
from eval.benchmarks.retrieval import RetrievalRun
from eval.gate import run_suite
from eval.library import OpenAssistant
from eval.mean import Mean
from eval.report import run_json
from eval.run import Run
from eval.tables import means_table
from rag.assistant import Assistant
from rag.domain import Mode
from rag.errors import InputError

AnyRun = Run | RetrievalRun | JudgementRun


def opened_in(mode: Mode) -> OpenAssistant:
    """Opens the assistant of the person's settings in this mode, over a new library in a folder.

    For a language model it takes the configured one, the chosen one or one found on this machine. Raises SettingsError
    where there is none.
    """

    def opened(library: Path) -> Assistant:
        # No Chroma server, whatever the settings say: it holds the vectors of the person's own library.
        return Assistant.open(library, create=True, chroma_url="", mode=str(mode), find_model=True)

    return opened


def run_both(name: str, *, predictions: Path | None = None, **options: Any) -> dict[Mode, AnyRun]:
    """The runs of a suite by their modes; `options` are those of `eval.gate.run_suite`.

    Of `predictions` each mode has a file of its own: `out.jsonl` becomes `out.extractive.jsonl`.
    """
    if options.get("accept") or options.get("baseline") or options.get("out"):
        raise InputError("Both modes are set side by side, with no baseline. Leave --accept, --baseline and --out out.")
    return {
        mode: run_suite(
            name,
            assistant=opened_in(mode),
            predictions=predictions and predictions.with_suffix(f".{mode}{predictions.suffix}"),
            **options,
        )[0]
        for mode in Mode
    }


def both_json(runs: Mapping[Mode, AnyRun]) -> dict[str, Any]:
    """The object of `footnoted eval --mode both --json`."""
    return {
        "suite": next(iter(runs.values())).suite,
        "modes": {str(mode): run_json(run, None) for mode, run in runs.items()},
    }


def both_text(runs: Mapping[Mode, AnyRun]) -> RenderableType:
    """The metrics of both modes side by side."""
    means = {str(mode): _means(run) for mode, run in runs.items()}
    scored = {name for one in means.values() for name, mean in one.items() if mean.n}
    shown = {mode: {name: mean for name, mean in one.items() if name in scored} for mode, one in means.items()}
    first = next(iter(runs.values()))
    took = ", ".join(f"{mode} {run.seconds:.0f} s" for mode, run in runs.items())
    return Group(means_table(f"{first.suite}: {len(first.cases)} cases", shown), Text(f"Time: {took}."))


def _means(run: AnyRun) -> Mapping[str, Mean]:
    return run.figures.metrics if isinstance(run, JudgementRun) else run.metrics
