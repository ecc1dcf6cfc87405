"""Ingesting as the terminal shows it: a progress bar while it runs, one line for each thing that needs attention."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import watchfiles
from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from ingest.limits import Limits
from ingest.pipeline import ingest
from ingest.progress import Progress
from ingest.report import IngestReport
from rag.assistant import Assistant
from rag.errors import DocumentError, InputError
from rag.settings import Settings
from ui.terminal import printable

_WATCH_MILLISECONDS = 500


def ingest_with_progress(
    paths: Sequence[Path],
    assistant: Assistant,
    *,
    prune: bool,
    text_field: str | None,
    tags: Sequence[str],
    limits: Limits,
    console: Console,
) -> IngestReport:
    """Reads documents into the assistant's library, with rate and time left where the console is a terminal."""
    started = time.monotonic()
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[shown]}"), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Reading", total=None, shown="")

        def show(progress: Progress) -> None:
            rate = progress.documents / max(time.monotonic() - started, 0.001)
            shown = f"{progress.documents:,} documents, {rate:,.0f}/s · {printable(progress.shown)[-40:]}"
            bar.update(task, completed=progress.bytes_done, total=progress.bytes_total, shown=shown)

        try:
            report = ingest(
                paths,
                into=assistant,
                prune=prune,
                text_field=text_field,
                tags=tags,
                limits=limits,
                on_progress=show,
            )
        except KeyboardInterrupt:
            console.print("Stopped. What was read so far is in the library; the same command goes on from there.")
            raise
    for notice in report.notices:
        console.print(printable(notice), soft_wrap=True)
    for failure in report.failed:
        console.print(printable(failure.error), soft_wrap=True, style="red")
    return report


def limits_of(settings: Settings) -> Limits:
    """What one document may cost, as the settings say."""
    return Limits(
        megabytes=settings.max_document_mb,
        pages=settings.max_document_pages,
        seconds=settings.max_document_seconds,
    )


def changes(paths: Sequence[Path], *, without: Path, console: Console) -> Iterator[None]:
    """Once at first, then whenever something under these paths changes, until Ctrl-C; not for changes in `without`.

    Raises InputError where one of the paths is not there.
    """
    own = without.resolve()
    watcher = watchfiles.watch(
        *paths,
        watch_filter=lambda change, path: not Path(path).is_relative_to(own),
        rust_timeout=_WATCH_MILLISECONDS,
        yield_on_timeout=True,
    )
    try:
        next(watcher)  # from here on it watches, so that nothing is missed while the first run is under way
    except FileNotFoundError:
        missing = next((path for path in paths if not path.exists()), paths[0])
        raise InputError(f"Cannot ingest {missing}: there is no such file or folder.") from None
    yield
    console.print("Watching for changes (stop with Ctrl-C).", soft_wrap=True)
    while True:
        try:
            changed = next(watcher)
        except KeyboardInterrupt:
            return
        if changed:
            yield


def summary(report: IngestReport) -> str:
    """What an ingest did, in one line: `12 added, 3 unchanged, 1 failed; 41 passages in 1.2 s`."""
    counts = {
        "added": len(report.added),
        "updated": len(report.updated),
        "unchanged": report.unchanged,
        "duplicates": len(report.duplicates),
        "removed": len(report.removed),
        "failed": len(report.failed),
        "cleaned": len(report.cleaned),
        "retold": len(report.retold),
    }
    done = ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing to do"
    return f"{done}; {report.passages} passages in {report.seconds:.1f} s"


def ingest_one(path: Path, assistant: Assistant) -> None:
    """Reads one file into the assistant's library; raises DocumentError where it cannot be read."""
    report = ingest([path], into=assistant)
    if report.failed:
        raise DocumentError(report.failed[0].error)
