"""The flags that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

from rag.settings import Wish, name_config_file, own_config_file, unread_config_file
from ui.terminal import STDERR, printable


def _name_config(path: Path | None) -> Path | None:
    """Takes the configuration file that is named; tells of one in the current folder that is not read."""
    if path is not None:
        name_config_file(path)
    if unread := unread_config_file():
        told = f"./{unread} is not read; move it to {own_config_file()} or name it with --config."
        STDERR.print(printable(told), soft_wrap=True)
    return path


Config = Annotated[
    Path | None,
    typer.Option("--config", help="A file of settings [FOOTNOTED_CONFIG].", callback=_name_config, show_default=False),
]
Library = Annotated[
    Path | None, typer.Option("--library", help="Folder of the library [FOOTNOTED_LIBRARY].", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
BaseUrl = Annotated[
    str | None,
    typer.Option("--base-url", help="An OpenAI-compatible endpoint that writes the answers.", show_default=False),
]
Model = Annotated[
    str | None, typer.Option("--model", help="Its model; the first it offers where none is named.", show_default=False)
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        help="Use only these documents: a file, folder, tag, outlet or title; may be given again.",
        metavar="NAME",
        show_default=False,
    ),
]
Since = Annotated[
    str | None,
    typer.Option("--since", help="Only documents published then or later.", metavar="DATE", show_default=False),
]
Until = Annotated[
    str | None,
    typer.Option("--until", help="Only documents published then or earlier.", metavar="DATE", show_default=False),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="Use only documents published by this day.", metavar="DATE", show_default=False),
]
Timeline = Annotated[bool, typer.Option("--timeline", help="Tell what the documents say on the matter, by its days.")]
ModelFile = Annotated[
    Path | None,
    typer.Option("--model-file", help="A GGUF file to run as the model (with the extra: local).", show_default=False),
]
Mode = Annotated[
    Wish | None,
    typer.Option("--mode", help="Who writes: a model where there is one, or the documents alone.", show_default="auto"),
]
