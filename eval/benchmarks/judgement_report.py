"""A run of a suite of judgements for people to read in the terminal, and as the JSON that other programs read."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from eval.benchmarks.judgement import JudgementRun
from eval.tables import figure, means_json, means_table, titled_table

_TAGS_A_TABLE = 3


def judgement_json(run: JudgementRun) -> dict[str, Any]:
    """The object of `footnoted eval --json`."""
    return {
        "suite": run.suite,
        "metrics": means_json(run.figures.metrics),
        "confusion": {actual: dict(judged) for actual, judged in run.figures.confusion.items()},
        "by_tag": {tag: means_json(means) for tag, means in run.by_tag.items()},
        "cases": [{"id": case.item.id, "scores": dict(case.judged.scores)} for case in run.cases],
        "versions": dict(run.versions),
        "models": dict(run.models),
        "notices": list(run.figures.notices),
        "seconds": round(run.seconds, 1),
    }


def judgement_text(run: JudgementRun) -> RenderableType:
    """Tables for the terminal: the metrics, what was judged to be what, and the metrics by tag."""
    parts: list[RenderableType] = [_metrics_table(run), _confusion_table(run.figures.confusion)]
    tags = list(run.by_tag)
    for start in range(0, len(tags), _TAGS_A_TABLE):  # names of models are long
        parts.append(means_table("By tag", {tag: run.by_tag[tag] for tag in tags[start : start + _TAGS_A_TABLE]}))
    model = ", ".join(f"{kind} {name}" for kind, name in run.models.items())
    return Group(*parts, *map(Text, run.figures.notices), Text(f"{model}. {run.seconds:.1f} s."))


def _metrics_table(run: JudgementRun) -> Table:
    table = titled_table(f"{run.suite}: {len(run.cases)} cases")
    for heading in ("metric", "value", "scored", "unscored"):
        table.add_column(heading, justify="left" if heading == "metric" else "right")
    for name, mean in run.figures.metrics.items():
        table.add_row(name, figure(mean.value), str(mean.n), str(mean.unscored))
    return table


def _confusion_table(confusion: Mapping[str, Mapping[str, int]]) -> Table:
    table = titled_table("Judged to be what")
    table.add_column("is")
    judged = next(iter(confusion.values()), {})
    for heading in judged:
        table.add_column(heading, justify="right")
    for actual, counts in confusion.items():
        table.add_row(actual, *map(str, counts.values()))
    return table
