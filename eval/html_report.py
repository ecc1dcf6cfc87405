"""A run as one HTML file that fetches nothing: verdict, differences, plots, and every case with its source."""

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from eval.compare import Comparison
from eval.confidence import calibration, is_right, risk_coverage
from eval.latency import latency
from eval.plots import calibration_plot, changes_plot, latency_plot, metrics_plot, risk_plot
from eval.report import by_whether_scored, compared_figures, more_cases_text, unscored_text, verdict
from eval.run import CaseRun, Run
from eval.tables import figure
from rag.domain import Answer, Citation
from rag.evidence.cite import path_of

_HERE = Path(__file__).parent
_AROUND = 160
"""How many characters of the document are shown on each side of a quote."""
_MARKER = re.compile(r"\[(\d+)\]")


def html_report(run: Run, comparison: Comparison | None) -> str:
    """The whole page. Texts of documents and models are escaped, and no script but the page's own may run."""
    # The texts come from documents and models: escaped by the template, and a stray script would not be let run.
    pages = Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined)
    script = (_HERE / "report.js").read_text(encoding="utf-8")
    changes = {one.metric: one for one in comparison.differences} if comparison else {}
    changed = [one for one in changes.values() if one.change or one.low or one.high]
    scored, unscored = by_whether_scored(run, comparison)
    curve, told, taken = risk_coverage(run.cases), calibration(run.cases), latency(run.cases)
    return pages.get_template("report.html").render(
        run=run,
        comparison=comparison,
        verdict=verdict(comparison),
        state=_state(comparison),
        metrics=[
            (metric, run.metrics[metric.name], changes.get(metric.name), compared_figures(changes[metric.name]))
            if metric.name in changes
            else (metric, run.metrics[metric.name], None, ("", "", "", ""))
            for metric in scored
        ],
        unscored=unscored_text(run, unscored) if unscored else "",
        changed_by_tag={
            tag: {one.metric: f"{one.change:+.3f}" for one in differences if one.change}
            for tag, differences in (comparison.by_tag if comparison else {}).items()
        },
        plots=[
            ("Every metric", metrics_plot([(metric.name, run.metrics[metric.name].value) for metric in scored])),
            *([("Change, with 95 % interval", changes_plot(changed))] if changed else []),
            (f"Risk over coverage, area {figure(curve.area)}", risk_plot(curve)),
            (f"Calibration, Brier score {figure(told.brier)}", calibration_plot(told)),
            (f"Latency, median {taken.median:.0f} ms, 95 % within {taken.p95:.0f} ms", latency_plot(taken)),
        ],
        cases=[_shown(done) for done in run.cases],
        figure=figure,
        more_cases_text=more_cases_text,
        style=Markup((_HERE / "report.css").read_text(encoding="utf-8")),  # ours, so no text to escape
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _state(comparison: Comparison | None) -> str:
    """What colours the verdict; without a baseline there is none."""
    if comparison and comparison.failed:
        return "failed"
    if not comparison or not comparison.differences:
        return "unjudged"
    return "open" if comparison.open else "passed"


def _shown(done: CaseRun) -> dict[str, Any]:
    """What the page tells of a case."""
    answer, right = done.result.answer, is_right(done)
    wanted = " + ".join(" / ".join(group) for group in done.case.answers)
    words = [done.case.id, done.case.question, wanted, answer.text, *(citation.quote for citation in answer.citations)]
    return {
        "run": done,
        "state": "unscored" if right is None else "right" if right else "wrong",
        "wanted": wanted or ("no answer" if done.case.unanswerable else "see the evidence"),
        "text": _linked(answer, done.case.id),
        "sources": [
            (citation, path_of(citation.context, title=citation.origin.title), _in_context(citation, done))
            for citation in answer.citations
        ],
        "search": " ".join(words).lower(),
    }


def _linked(answer: Answer, case: str) -> Markup:
    """The answer, its markers linked to the quotes."""
    known = {str(citation.marker) for citation in answer.citations}
    parts = _MARKER.split(answer.text)  # text and markers in turn
    shown = [
        escape(part)
        if not at % 2
        else Markup('<a href="#{}-{}">[{}]</a>').format(case, part, part)
        if part in known
        else escape(f"[{part}]")
        for at, part in enumerate(parts)
    ]
    return Markup().join(shown)


def _in_context(citation: Citation, done: CaseRun) -> tuple[str, str, str]:
    """What stands before the quote, the quoted words, and what stands after, in the document as it is stored."""
    document = done.result.documents.get(citation.document)
    if document is None:
        return "", citation.quote, ""
    start, end = citation.span.start, citation.span.end
    before, after = document.text[max(0, start - _AROUND) : start], document.text[end : end + _AROUND]
    if start > _AROUND:
        before = f"… {before.partition(' ')[2]}"
    if end + _AROUND < len(document.text):
        after = f"{after.rpartition(' ')[0]} …"
    return before, citation.quote, after
