"""A run for people to read in the terminal, and as the JSON object that other programs read."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from eval.benchmarks.judgement import JudgementRun
from eval.benchmarks.judgement_report import judgement_json, judgement_text
from eval.benchmarks.retrieval import RetrievalRun
from eval.benchmarks.retrieval_report import retrieval_json, retrieval_text
from eval.compare import Comparison, Difference
from eval.confidence import calibration, risk_coverage
from eval.latency import latency
from eval.metrics import METRICS
from eval.metrics.abstention import ACCURACY
from eval.metrics.answer import MATCH
from eval.metrics.metric import Metric
from eval.run import CaseRun, Run
from eval.tables import figure, means_json, means_table, titled_table

Json = dict[str, Any]
_WEAKEST = 10
_TAGS_A_TABLE = 6


def run_json(run: Run | RetrievalRun | JudgementRun, comparison: Comparison | None) -> Json:
    """The object of `footnoted eval --json`; `comparison` is null where a new baseline was accepted."""
    if isinstance(run, RetrievalRun):
        return retrieval_json(run)
    if isinstance(run, JudgementRun):
        return judgement_json(run)
    return {
        "suite": run.suite,
        "metrics": means_json(run.metrics),
        "by_tag": {tag: means_json(metrics) for tag, metrics in run.by_tag.items()},
        "cases": [{"id": done.case.id, "scores": dict(done.scores)} for done in run.cases],
        "comparison": None if comparison is None else {"failed": comparison.failed, **asdict(comparison)},
        "risk_coverage": asdict(risk_coverage(run.cases)),
        "calibration": asdict(calibration(run.cases)),
        "versions": dict(run.versions),
        "models": dict(run.models),
        "settings": dict(run.settings),
        "judge_agreement": run.agreement and asdict(run.agreement),
        "notices": list(run.notices),
        # All that is not the same every time stands last.
        "seconds": round(run.seconds, 1),
        "timings": _timings(run),
    }


def _timings(run: Run) -> Json:
    taken = latency(run.cases)
    return {
        "reused": run.reused,
        "median_ms": round(taken.median, 1),
        "p95_ms": round(taken.p95, 1),
        "steps_ms": {step: round(value, 1) for step, value in taken.steps.items()},
    }


def run_text(run: Run | RetrievalRun | JudgementRun, comparison: Comparison | None) -> RenderableType:
    """Tables for the terminal: the metrics with their change, each tag, the weakest cases, and last the verdict."""
    if isinstance(run, RetrievalRun):
        return retrieval_text(run)
    if isinstance(run, JudgementRun):
        return judgement_text(run)
    changes = {difference.metric: difference for difference in comparison.differences} if comparison else {}
    scored, unscored = by_whether_scored(run, comparison)
    by_tag = {tag: {metric.name: means[metric.name] for metric in scored} for tag, means in run.by_tag.items()}
    parts: list[RenderableType] = [_metrics_table(run, scored, changes)]
    if unscored:
        parts.append(Text(unscored_text(run, unscored)))
    tags = list(by_tag)
    for start in range(0, len(tags), _TAGS_A_TABLE):
        parts.append(means_table("By tag", {tag: by_tag[tag] for tag in tags[start : start + _TAGS_A_TABLE]}))
    weak = weakest(run)
    if weak:
        parts.append(_weakest_table(weak[:_WEAKEST], len(weak)))
    notices = [*run.notices, *(comparison.notices if comparison else ())]
    return Group(*parts, Text(_of_the_run(run)), *map(Text, notices), Text(verdict(comparison)))


def by_whether_scored(run: Run, comparison: Comparison | None) -> tuple[list[Metric], list[Metric]]:
    """The metrics that scored a case, in this run or in its baseline, and those that scored none."""
    before = {one.metric for one in comparison.differences if one.before is not None} if comparison else set()
    known = {name for name, mean in run.metrics.items() if mean.n} | before
    return [one for one in METRICS if one.name in known], [one for one in METRICS if one.name not in known]


def unscored_text(run: Run, metrics: Sequence[Metric]) -> str:
    """One sentence on the metrics that scored no case."""
    return f"Unscored in all {len(run.cases)} cases: {', '.join(metric.name for metric in metrics)}."


def _of_the_run(run: Run) -> str:
    """The figures that no single case has."""
    curve, taken = risk_coverage(run.cases), latency(run.cases)
    unscored = f" ({curve.unscored} answers unscored)" if curve.unscored else ""
    return (
        f"Area under risk over coverage {figure(curve.area)}{unscored}, Brier score of `answerable` "
        f"{figure(calibration(run.cases).brier)}; a case took {taken.median:.0f} ms, 95 % at most {taken.p95:.0f} ms; "
        f"{run.reused} of {len(run.cases)} answers were kept from an earlier run."
    )


def verdict(comparison: Comparison | None) -> str:
    """One sentence: whether the run is good enough, and if not, why."""
    if comparison is None:
        return "Accepted as the new baseline."
    faults = [f"{one.metric} {_went(one)} (p = {one.p_value:.4f})" for one in comparison.regressions]
    if comparison.inexact:
        faults.append(f"quotes are not in their document in {', '.join(comparison.inexact)}")
    if faults:
        return f"Failed: {'; '.join(faults)}."
    if not comparison.differences:
        return "No baseline to compare with. Make one with --accept."
    unpaired = ", ".join(comparison.unpaired)
    left_out = f" New, gone or changed, so not compared: {unpaired}." if unpaired else ""
    return f"Passed: no metric is worse than the baseline.{_open(comparison)}{left_out}"


def _went(difference: Difference) -> str:
    return f"{'fell' if difference.change < 0 else 'rose'} by {abs(difference.change):.3f}"


def _open(comparison: Comparison) -> str:
    """What the cases do not suffice to tell."""
    return "".join(
        f" Open: {one.metric} {_went(one)}, which chance explains; {more_cases_text(one)}." for one in comparison.open
    )


def more_cases_text(open_one: Difference) -> str:
    """How many more cases would settle a difference that is open."""
    return f"about {open_one.more_cases} more case{'s' * (open_one.more_cases != 1)} would decide"


def weakest(run: Run) -> list[CaseRun]:
    """The cases with a wrong answer, or wrongly answered or declined, the lowest mean score first."""
    wrong = [done for done in run.cases if 0.0 in (done.scores[MATCH.name], done.scores[ACCURACY.name])]
    return sorted(wrong, key=lambda done: (_mean_score(done), done.case.id))


def _mean_score(done: CaseRun) -> float:
    scored = [score for score in done.scores.values() if score is not None]
    return sum(scored) / len(scored)


def _metrics_table(run: Run, metrics: Sequence[Metric], changes: Mapping[str, Difference]) -> Table:
    table = titled_table(f"{run.suite}: {len(run.cases)} cases in {run.seconds:.1f} s")
    # In 80 columns there is room for what a metric is, or for how it changed.
    last = ("change", "95 %", "p", "visible") if changes else ("what it is",)
    for heading in ("metric", "value", "unscored", *last):
        told = heading in ("metric", "what it is")
        table.add_column(heading, justify="left" if told else "right", no_wrap=heading != "what it is")
    for metric in metrics:
        mean, change = run.metrics[metric.name], changes.get(metric.name)
        compared = compared_figures(change) if change else ("", "", "", "")
        table.add_row(
            metric.name, figure(mean.value), str(mean.unscored),
            *(compared if changes else (metric.description,)),
            style="bold red" if change and change.regressed else None,
        )  # fmt: skip
    return table


def compared_figures(change: Difference) -> tuple[str, str, str, str]:
    """The change, its interval, its p-value and the smallest fall that could be seen."""
    ends = "-" if change.low is None or change.high is None else f"{change.low:+.3f} to {change.high:+.3f}"
    return f"{change.change:+.3f}", ends, f"{change.p_value:.4f}", figure(change.visible)


def _weakest_table(cases: Sequence[CaseRun], how_many: int) -> Table:
    table = titled_table(f"The weakest of {how_many} wrong cases")
    for heading in ("case", "question", "wanted", "answered"):
        table.add_column(heading, overflow="fold")
    for done in cases:
        wanted = " + ".join(group[0] for group in done.case.answers) or "no answer"
        # Text, not str: documents may hold what rich takes for markup.
        table.add_row(done.case.id, *map(Text, (done.case.question, wanted, done.result.answer.text)))
    return table
