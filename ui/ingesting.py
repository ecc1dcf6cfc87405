"""Ingesting as the terminal shows it: a progress bar while it runs, one line for each thing that needs attention."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from ingest.pipeline import ingest
from ingest.progress import Progress
from ingest.report import IngestReport
from rag.assistant import Assistant
from rag.errors import DocumentError
from ui.terminal import printable


def ingest_with_progress(
    paths: Sequence[Path], assistant: Assistant, *, prune: bool, text_field: str | None, console: Console
) -> IngestReport:
    """Reads documents into the assistant's library, with a progress bar where the console is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[shown]}"), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Reading", total=None, shown="")

        def show(progress: Progress) -> None:
            shown = f"{progress.documents} documents · {printable(progress.shown)[-40:]}"
            bar.update(task, completed=progress.bytes_done, total=progress.bytes_total, shown=shown)

        try:
            report = ingest(paths, into=assistant, prune=prune, text_field=text_field, on_progress=show)
        except KeyboardInterrupt:
            console.print("Stopped. What was read so far is in the library; the same command goes on from there.")
            raise
    for notice in report.notices:
        console.print(printable(notice), soft_wrap=True)
    for failure in report.failed:
        console.print(printable(failure.error), soft_wrap=True, style="red")
    return report


def summary(report: IngestReport) -> str:
    """What an ingest did, in one line: `12 added, 3 unchanged, 1 failed; 41 passages in 1.2 s`."""
    counts = {
        "added": len(report.added),
        "updated": len(report.updated),
        "unchanged": report.unchanged,
        "duplicates": len(report.duplicates),
        "removed": len(report.removed),
        "failed": len(report.failed),
    }
    done = ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing to do"
    return f"{done}; {report.passages} passages in {report.seconds:.1f} s"


def ingest_one(path: Path, assistant: Assistant) -> None:
    """Reads one file into the assistant's library; raises DocumentError where it cannot be read."""
    report = ingest([path], into=assistant)
    if report.failed:
        raise DocumentError(report.failed[0].error)
