"""The command `footnoted`. Results go to stdout, progress and notices to stderr."""

import importlib.metadata
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from rag.assistant import Assistant
from rag.contract import answer_json
from rag.errors import FootnotedError, InputError
from rag.settings import load_settings
from ui.asking import Options, ask_each, ask_one, print_json, question_given, tell
from ui.bundle import check_bundle, read_bundle
from ui.chat import converse, typed, welcome
from ui.checking import check_each
from ui.doctor import examine
from ui.documents import MOST_LISTED, document_json, listed, removed, shown, shown_json
from ui.flags import (
    AsJson,
    AsOf,
    BaseUrl,
    Config,
    Library,
    Mode,
    Model,
    ModelFile,
    Only,
    Since,
    Timeline,
    Until,
)
from ui.lists import read_list
from ui.models import Action, act
from ui.terminal import STDERR, STDOUT, print_answer, print_health, printable, visible

app = typer.Typer(
    name="footnoted",
    help="Ask your documents. Every sentence of the answer is footnoted to the exact words it rests on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Runs the command line; every expected failure is one line on stderr and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # both are text files here
    try:
        app()
    except FootnotedError as error:
        STDERR.print(f"footnoted: {printable(str(error))}", soft_wrap=True)
        sys.exit(error.exit_code)


@app.callback(invoke_without_command=True)
def version(
    is_asked: Annotated[bool, typer.Option("--version", is_eager=True, help="Print the version and exit.")] = False,
) -> None:
    """Ask your documents. Every sentence of the answer is footnoted to the exact words it rests on."""
    if is_asked:
        STDOUT.print(f"footnoted {importlib.metadata.version('footnoted')}")
        raise typer.Exit


@app.command()
def ingest(
    paths: Annotated[
        list[Path], typer.Argument(help="Files, folders, or JSON Lines and CSV corpora.", show_default=False)
    ],
    prune: Annotated[bool, typer.Option("--prune", help="Remove documents that are gone from these paths.")] = False,
    text_field: Annotated[
        str | None, typer.Option("--text-field", help="The field of a corpus that holds the text.", show_default=False)
    ] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option("--tag", help="A tag for these documents, for --only; may be given again.", show_default=False),
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Go on, and ingest again whenever something changes.")] = False,
    library: Library = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Read documents into the library."""
    # The readers of documents are slow to import, and asking needs none of them.
    from ui.ingesting import changes, ingest_with_progress, limits_of, summary

    assistant = Assistant.open(library, create=True)
    limits = limits_of(load_settings(library=library))
    for _ in changes(paths, without=assistant.library.folder, console=STDERR) if watch else [None]:
        report = ingest_with_progress(
            paths, assistant, prune=prune, text_field=text_field, tags=tag or (), limits=limits, console=STDERR
        )
        if as_json:
            print_json(report.as_json())
        else:
            STDOUT.print(summary(report), soft_wrap=True)
    raise typer.Exit(report.exit_code)


@app.command()
def ask(
    question: Annotated[
        str | None, typer.Argument(help="What you want to know; - reads it from standard input.", show_default=False)
    ] = None,
    questions: Annotated[
        Path | None, typer.Option("--questions", help="One question a line, plain or JSON Lines.", show_default=False)
    ] = None,
    only: Only = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    timeline: Timeline = False,
    library: Library = None,
    mode: Mode = None,
    base_url: BaseUrl = None,
    model: Model = None,
    model_file: ModelFile = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Ask a question, or a list of them."""
    if questions is None:
        question = question_given(question)
    _one_of("a question", question, "--questions FILE", questions)
    options = Options(as_of, timeline, tuple(only or ()), since, until)
    listed = None if questions is None else list(read_list(questions, "question"))
    assistant = _open(library, mode=mode, base_url=base_url, model=model, model_file=model_file)
    if listed is not None:
        raise typer.Exit(ask_each(assistant, listed, options, as_json=as_json, out=STDOUT, err=STDERR))
    answer = ask_one(assistant, question or "", options, err=STDERR, shows_draft=not as_json)
    tell(answer, STDERR)
    if as_json:
        print_json(answer_json(answer))
    else:
        print_answer(answer, STDOUT)


@app.command()
def chat(
    only: Only = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    timeline: Timeline = False,
    library: Library = None,
    mode: Mode = None,
    base_url: BaseUrl = None,
    model: Model = None,
    model_file: ModelFile = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Hold a conversation: each line is a question, which may lean on those before it."""
    assistant = _open(library, mode=mode, base_url=base_url, model=model, model_file=model_file)
    options = Options(as_of, timeline, tuple(only or ()), since, until)
    options.check(assistant)
    if sys.stdin is not None and sys.stdin.isatty():
        welcome(assistant, STDERR)
    converse(assistant, options, typed(STDERR), as_json=as_json, out=STDOUT, err=STDERR)


@app.command()
def check(
    claim: Annotated[str | None, typer.Argument(help="The sentence to check.", show_default=False)] = None,
    claims: Annotated[
        Path | None, typer.Option("--claims", help="One claim a line, plain or JSON Lines.", show_default=False)
    ] = None,
    bundle: Annotated[
        Path | None, typer.Option("--bundle", help="An exported answer, whose quotes are checked.", show_default=False)
    ] = None,
    document: Annotated[
        Path | None, typer.Option("--document", help="Check against this file alone.", show_default=False)
    ] = None,
    only: Only = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    library: Library = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Check a claim against the library, or against one document; exits 1 where it is not supported."""
    if bundle is not None:
        if claim or claims or document or only or since or until or as_of:
            raise InputError("With --bundle its quotes are checked. Leave everything but --library and --json out.")
        report = check_bundle(read_bundle(bundle), Assistant.open(library).library)
        if as_json:
            print_json(report.as_json())
        else:
            for line in report.lines:
                STDOUT.print(printable(line), soft_wrap=True)
        raise typer.Exit(report.exit_code)
    _one_of("a claim", claim, "--claims FILE", claims)
    if document is not None and (only or since or until or as_of):
        raise InputError("With --document one document is meant. Leave --only, --since, --until and --as-of out.")
    items = [{"claim": claim}] if claims is None else read_list(claims, "claim")
    options = Options(as_of, False, tuple(only or ()), since, until)
    are_supported = check_each(items, document, library, options, as_json=as_json, out=STDOUT)
    raise typer.Exit(0 if are_supported else 1)


@app.command()
def ui(
    library: Library = None,
    host: Annotated[
        str, typer.Option(help="Address to serve on; others than 127.0.0.1 are reachable from outside.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; the next free one where it is taken.")] = 7860,
    example: Annotated[
        list[str] | None,
        typer.Option(help="A question to offer on the empty page; may be given again.", show_default=False),
    ] = None,
    mode: Mode = None,
    base_url: BaseUrl = None,
    model: Model = None,
    model_file: ModelFile = None,
    config: Config = None,
) -> None:
    """Serve the chat page."""
    # Gradio takes seconds to import, and no other command needs it.
    from ui.serving import serve_page

    serve_page(
        _open(library, create=True, mode=mode, base_url=base_url, model=model, model_file=model_file),
        host=host,
        port=port,
        examples=example or (),
        console=STDERR,
    )


@app.command("eval")
def evaluate(
    suite: Annotated[str, typer.Argument(help="The suite; `new` drafts cases from a library.")] = "sample",
    data: Annotated[Path | None, typer.Option("--data", help="File or folder of its data.", show_default=False)] = None,
    predictions: Annotated[
        Path | None, typer.Option("--predictions", help="Write every case's raw output here.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the run and its reports to this folder.", show_default=False)
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="Compare with this file.", show_default=False)
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Make this run the baseline.")] = False,
    held_out: Annotated[
        bool, typer.Option("--held-out", help="Only the cases that the training of the models left out.")
    ] = False,
    margin: Annotated[
        float, typer.Option("--margin", min=0, max=1, help="How far a metric may fall before a run is worse.")
    ] = 0.005,
    mutate: Annotated[
        bool, typer.Option("--mutate", help="Damage right answers, and measure whether the metrics notice.")
    ] = False,
    cache: Annotated[
        Path | None,
        typer.Option("--cache", help="Keep answers here; in a folder of the user's without it.", show_default=False),
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Ask every case again, kept answer or not.")] = False,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="How many cases are asked at a time.")] = 2,
    mode: Annotated[
        Literal["extractive", "generative", "both"] | None,
        typer.Option("--mode", help="Who answers; both, side by side.", show_default="as configured"),
    ] = None,
    judge: Annotated[
        str | None,
        typer.Option("--judge", help="An OpenAI-compatible endpoint that judges the answers.", show_default=False),
    ] = None,
    judge_model: Annotated[
        str | None, typer.Option("--judge-model", help="Its model; the first it offers.", show_default=False)
    ] = None,
    judge_labels: Annotated[
        Path | None,
        typer.Option("--judge-labels", help="A file of RAGTruth, to know what it agrees on.", show_default=False),
    ] = None,
    library: Annotated[
        Path | None, typer.Option("--library", help="A library to ask or to draft from.", show_default=False)
    ] = None,
    count: Annotated[int, typer.Option("--count", min=1, help="How many cases `new` drafts.")] = 20,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Measure whether answers are right, cited and grounded; exits 1 on a regression against the baseline."""
    # Reads documents, so as slow to import as ingesting.
    from ui.evaluating import damage_suite, draft_cases, evaluate_suite, open_judge

    if judge is None and (judge_model or judge_labels):
        raise InputError("There is no judge. Name its endpoint with --judge, or leave --judge-model and -labels out.")
    if (mutate or suite == "new") and (predictions or out or baseline or accept or held_out or judge):
        left = "--predictions, --out, --baseline, --accept, --held-out and --judge"
        raise InputError(f"With --mutate, and for 'new', no question is asked. Leave {left} out.")
    asked = {"cache": cache, "data": data, "library": library}
    if suite == "new":
        outcome = draft_cases(library, data, count=count)
    elif mutate:
        outcome = damage_suite(suite, console=STDERR, **asked)
    else:
        outcome = evaluate_suite(
            suite,
            console=STDERR,
            predictions=predictions,
            out=out,
            baseline=baseline,
            accept=accept,
            held_out=held_out,
            margin=margin,
            fresh=fresh,
            jobs=jobs,
            mode=mode,
            judge=open_judge(judge, judge_model),
            judge_labels=judge_labels,
            **asked,
        )
    if as_json:
        print_json(outcome.as_json)
    else:
        STDOUT.print(outcome.text)
    raise typer.Exit(outcome.exit_code)


@app.command("list")
def list_documents(
    words: Annotated[
        str, typer.Argument(help="Words that the title or the path of a document holds.", show_default="all")
    ] = "",
    only: Only = None,
    since: Since = None,
    until: Until = None,
    library: Library = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """List the documents of the library."""
    assistant = Assistant.open(library)
    within = assistant.scope(only=tuple(only or ()), since=since, until=until)
    found = listed(assistant.library, words, within, limit=None if as_json else MOST_LISTED)
    if as_json:
        print_json(found.as_json)
    else:
        for line in found.lines:
            STDOUT.print(printable(line), soft_wrap=True)


@app.command()
def show(
    document: Annotated[str, typer.Argument(help="Its path, the end of it, or words of its title.")],
    library: Library = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Print the text of a document as it is stored."""
    assistant = Assistant.open(library)
    found = shown(assistant.library, document)
    if as_json:
        print_json(shown_json(found))
    else:
        for line in found.text.splitlines():
            STDOUT.print(visible(line.expandtabs()), soft_wrap=True)


@app.command()
def remove(
    document: Annotated[str, typer.Argument(help="Its path, the end of it, or words of its title.")],
    library: Library = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Take a document out of the library; its file stays, and comes back when its folder is ingested again."""
    assistant = Assistant.open(library)
    one = removed(assistant.library, document)
    if as_json:
        print_json({"removed": document_json(one)})
    else:
        STDOUT.print(printable(f"Removed {one.origin.path}. Its file stays where it is."), soft_wrap=True)


@app.command("model")
def language_model(
    action: Annotated[Action, typer.Argument(help="What to do.")] = Action.LIST,
    what: Annotated[
        str | None, typer.Argument(help="The model's name; its file or address to add.", show_default=False)
    ] = None,
    sha256: Annotated[
        str | None, typer.Option("--sha256", help="What the file must have; an address needs it.", show_default=False)
    ] = None,
    base_url: BaseUrl = None,
    model_file: ModelFile = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """List the language models of this machine; test, choose, add or remove one."""
    settings = load_settings(base_url=base_url, model_file=model_file)
    outcome = act(action, what, settings, sha256=sha256, console=STDERR)
    if as_json:
        print_json(outcome.as_json)
    else:
        for line in outcome.lines:
            STDOUT.print(printable(line), soft_wrap=True)


@app.command()
def doctor(
    repair: Annotated[
        bool,
        typer.Option(
            "--repair", help="Read again what an earlier version read, and rebuild the vectors from the catalog."
        ),
    ] = False,
    library: Library = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Show the settings, the models with their hashes, and the health of the library."""
    report = examine(load_settings(library=library), repair=repair)
    if as_json:
        print_json(report.as_json())
    else:
        print_health(report, STDOUT)
    raise typer.Exit(report.exit_code)


def _open(library: Path | None, *, create: bool = False, **settings: Any) -> Assistant:
    """The assistant, and a line that says which language model was found for it."""
    assistant = Assistant.open(library, create=create, find_model=True, **settings)
    if assistant.told:
        STDERR.print(printable(assistant.told), soft_wrap=True)
    return assistant


def _one_of(what: str, value: object, other: str, file: object) -> None:
    if (value is None) == (file is None):
        raise InputError(f"Give either {what} or {other}.")
