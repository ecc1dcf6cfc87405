"""A run written down: the whole of it for programs, and reports for people and build servers."""

import json
from dataclasses import asdict
from pathlib import Path

from eval.compare import Comparison
from eval.html_report import html_report
from eval.junit import junit_xml
from eval.markdown_report import markdown_report
from eval.report import run_json
from eval.run import CaseRun, Run
from rag.errors import InputError


def write_run(run: Run, comparison: Comparison | None, folder: Path) -> None:
    """Writes `run.jsonl`, `report.html`, `report.md` and `junit.xml`; raises InputError where they cannot be."""
    files = {
        "run.jsonl": run_lines(run, comparison),
        "report.html": html_report(run, comparison),
        "report.md": markdown_report(run, comparison),
        "junit.xml": junit_xml(run, comparison),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            # A lone surrogate, which a file name may bring, cannot be written.
            (folder / name).write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise InputError(f"Cannot write the reports to {folder}: {error.strerror}. Choose another --out.") from error


def run_lines(run: Run, comparison: Comparison | None) -> str:
    """The run as JSON Lines: first all but the cases, then each case with its answer, passages, scores and times."""
    head = run_json(run, comparison)
    head.pop("cases")
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in [head, *map(_case, run.cases)])


def _case(done: CaseRun) -> dict[str, object]:
    passages = [
        {"document": found.passage.document, **asdict(found.passage.span), "text": found.passage.text,
         "score": found.score}
        for found in done.result.retrieved
    ]  # fmt: skip
    return {**done.prediction, "passages": passages, "scores": dict(done.scores), "seconds": done.seconds}
