"""Claims checked in the terminal: against the library, or against one file alone."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console

from rag.assistant import Assistant
from rag.contract import judgement_json
from rag.domain import Verdict
from rag.settings import load_settings
from ui.asking import Options, print_json, with_id
from ui.terminal import print_judgement


def check_each(
    items: Iterable[Mapping[str, Any]],
    document: Path | None,
    library: Path | None,
    options: Options,
    *,
    as_json: bool,
    out: Console,
) -> bool:
    """Prints what is to be said of each claim of a list; whether all of them are supported."""
    with ExitStack() as stack:
        assistant, against = _to_check_against(document, library, stack)
        are_supported = True
        for item in items:
            judgement = assistant.check(
                str(item["claim"]),
                document=against,
                as_of=options.as_of,
                only=options.only,
                since=options.since,
                until=options.until,
            )
            are_supported = are_supported and judgement.verdict is Verdict.SUPPORTED
            if as_json:
                print_json(with_id(item, judgement_json(judgement)))
            else:
                print_judgement(judgement, out)
    return are_supported


def _to_check_against(document: Path | None, library: Path | None, stack: ExitStack) -> tuple[Assistant, str | None]:
    """The assistant to ask and the id of the document to check against; None is the whole library."""
    if document is None:
        return Assistant.open(library), None
    if (load_settings(library=library).library / "catalog.sqlite3").exists():
        assistant = Assistant.open(library)
        for id_, origin in assistant.library.catalog.documents():
            if origin.path == document.as_posix():
                return assistant, id_
    from ui.ingesting import ingest_one  # the readers are slow to import

    # A file that is in no library: it becomes the whole of a library for as long as the check lasts.
    folder = stack.enter_context(TemporaryDirectory(prefix="footnoted-"))
    assistant = Assistant.open(folder, create=True)
    stack.callback(assistant.close)
    ingest_one(document, assistant)
    return assistant, None
