"""A run of a retrieval suite for people to read in the terminal, and as the JSON object that other programs read."""

from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from eval.benchmarks.retrieval import OWN, RetrievalRun
from eval.tables import means_json, means_table


def retrieval_json(run: RetrievalRun) -> dict[str, Any]:
    """The object of `footnoted eval --json`; `metrics` are those of the assistant's own retrieval."""
    return {
        "suite": run.suite,
        "metrics": means_json(run.metrics),
        "rankings": {name: means_json(means) for name, means in run.rankings.items()},
        "by_tag": {tag: means_json(means) for tag, means in run.by_tag.items()},
        "cases": [{"id": case.query.id, "scores": dict(case.scores[OWN])} for case in run.cases],
        "documents": run.documents,
        "passages": run.passages,
        "versions": dict(run.versions),
        "models": dict(run.models),
        "notices": list(run.notices),
        "ingest_seconds": round(run.ingest_seconds, 1),
        "seconds": round(run.seconds, 1),
    }


def retrieval_text(run: RetrievalRun) -> RenderableType:
    """Tables for the terminal: the metrics of each ranking, and of the assistant's own by tag."""
    tables = [
        means_table(f"{run.suite}: {len(run.cases)} queries", run.rankings),
        means_table(f"{OWN}, by tag", run.by_tag),
    ]
    size = f"{run.documents} documents in {run.passages} passages"
    spent = f"{run.seconds:.1f} s, of which {run.ingest_seconds:.1f} s to read the documents"
    return Group(*tables, *map(Text, (*run.notices, f"{size}. {spent}.")))
