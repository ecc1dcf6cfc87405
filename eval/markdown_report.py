"""A run as Markdown for a pull request: the verdict, the metrics with their changes, and the weakest cases."""

import re

from eval.compare import Comparison
from eval.confidence import calibration, risk_coverage
from eval.report import by_whether_scored, compared_figures, unscored_text, verdict, weakest
from eval.run import Run
from eval.tables import figure

_WEAKEST = 10
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&@-])")


def markdown_report(run: Run, comparison: Comparison | None) -> str:
    """The report; texts of documents and models are escaped, so that they cannot add marks, links or mentions."""
    changes = {one.metric: one for one in comparison.differences} if comparison else {}
    scored, unscored = by_whether_scored(run, comparison)
    failed = comparison is not None and comparison.failed
    lines = [
        f"## {'❌' if failed else '✅'} footnoted eval {escaped(run.suite)}",
        "",
        escaped(verdict(comparison)),
        "",
        "| metric | value | scored | unscored | change | 95 % | p | visible |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for metric in scored:
        mean = run.metrics[metric.name]
        compared = compared_figures(changes[metric.name]) if metric.name in changes else ("", "", "", "")
        lines.append(f"| {metric.name} | {figure(mean.value)} | {mean.n} | {mean.unscored} | {' | '.join(compared)} |")
    if unscored:
        lines += ["", escaped(unscored_text(run, unscored))]
    curve, told = risk_coverage(run.cases), calibration(run.cases)
    lines += ["", f"Area under risk over coverage {figure(curve.area)}, Brier score {figure(told.brier)}."]
    weak = weakest(run)
    if weak:
        lines += ["", f"<details><summary>The weakest of {len(weak)} wrong cases</summary>", ""]
        for done in weak[:_WEAKEST]:
            answer = done.result.answer.text
            lines.append(f"- **{escaped(done.case.id)}** {escaped(done.case.question)} → {escaped(answer)}")
        lines += ["", "</details>"]
    lines += [escaped(notice) for notice in (*run.notices, *(comparison.notices if comparison else ()))]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """A text on one line that Markdown shows as it stands."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
