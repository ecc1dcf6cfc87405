"""What `footnoted model` does: lists the language models of this machine, tests, chooses, adds and removes one."""

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rich.console import Console

from rag.domain import Document, Origin, Passage, Span
from rag.errors import InputError, LanguageModelError
from rag.generate.excerpts import whole_excerpts
from rag.generate.generate import Writer, generate_from
from rag.models.language.kept import Choice, add_model, kept_files, remember, remembered, remove_file
from rag.models.language.local import LocalLanguageModel
from rag.models.language.nearby import nearby_models
from rag.models.language.sizes import billions_of
from rag.ports import LanguageModel
from rag.settings import Settings, own_data_folder
from rag.wiring import language_model_of

_NONE = "none"
_TESTED = "The mill at Oster burned down on 3 May 2024. It was built in 1750."
_QUESTION, _WANTED = "When did the mill at Oster burn down?", "3 May 2024"


class Action(StrEnum):
    """What to do with a model."""

    LIST = "list"
    TEST = "test"
    USE = "use"
    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is printed: as JSON, or line by line."""

    as_json: dict[str, Any]
    lines: tuple[str, ...]


def act(action: Action, what: str | None, settings: Settings, *, sha256: str | None, console: Console) -> Outcome:
    """Does what is asked; `what` is a model's name, or its file or address to add. Raises the errors of each."""
    if action in (Action.USE, Action.ADD, Action.REMOVE) and not what:
        raise InputError(f"Say which model: `footnoted model {action} …`.")
    if action is Action.TEST:
        return test(settings if what is None else settings.model_copy(update={"model": what}))
    if action is Action.USE:
        return use(str(what))
    if action is Action.ADD:
        return add(str(what), sha256=sha256, console=console)
    if action is Action.REMOVE:
        file = remove_file(own_data_folder(), str(what))
        return Outcome({"removed": file.stem}, (f"Removed {file}.",))
    return listed()


def listed() -> Outcome:
    """The models of servers on this machine and those that are kept, and which one was chosen."""
    chosen = remembered(own_data_folder())
    found: list[dict[str, Any]] = [
        {"name": one.name, "server": one.server, "base_url": one.base_url, "file": None, "billions": one.billions}
        for one in nearby_models()
    ]
    found += [
        {"name": file.stem, "server": None, "base_url": None, "file": str(file), "billions": billions_of(file.stem)}
        for file in kept_files(own_data_folder())
    ]
    for one in found:
        one["chosen"] = chosen is not None and (
            one["file"] == chosen.file
            if one["file"]
            else (one["base_url"], one["name"]) == (chosen.base_url, chosen.model)
        )
    lines = [
        f"{'*' if one['chosen'] else ' '} {one['name']}{_size(one['billions'])}, {one['server'] or 'a file'} "
        f"({one['base_url'] or one['file']})"
        for one in found
    ]
    none = "There is no language model on this machine. `footnoted model add FILE` adds one; docs/cli.md tells more."
    return Outcome({"models": found}, tuple(lines) or (none,))


def use(name: str) -> Outcome:
    """Remembers a model for the questions to come, or that none is chosen."""
    if name == _NONE:
        remember(own_data_folder(), None)
        return Outcome({"chosen": None}, ("No model is chosen.",))
    file = next((file for file in kept_files(own_data_folder()) if name in (file.stem, file.name)), None)
    served = next((one for one in nearby_models() if one.name == name), None)
    if file is None and served is None:
        raise InputError(f"There is no model '{name}' on this machine. `footnoted model` lists them.")
    remember(own_data_folder(), Choice(served.base_url, name) if served else Choice(file=str(file)))
    return Outcome({"chosen": name}, (f"{name} writes the answers from now on, where nothing else is configured.",))


def add(source: str, *, sha256: str | None, console: Console) -> Outcome:
    """Copies a model file, or fetches it, into the person's own folder."""
    # Slow to import, and no other action needs it.
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Adding the model", total=None)
        file = add_model(
            source,
            own_data_folder(),
            sha256=sha256,
            on_progress=lambda there, whole: progress.update(task, completed=there, total=whole),
        )
    return Outcome({"added": file.stem, "file": str(file)}, (f"Added {file.stem}. `footnoted model use {file.stem}`.",))


def test(settings: Settings) -> Outcome:
    """How quick a model is, and whether it answers in the form that is asked for. Raises LanguageModelError."""
    found = language_model_of(settings.model_copy(update={"mode": "generative"}), find=True)
    if found.model is None:
        raise InputError("There is no language model to test. `footnoted model` lists those of this machine.")
    try:
        return _tested(found.model, settings)
    finally:
        if isinstance(found.model, LocalLanguageModel):
            found.model.end()


def _tested(model: LanguageModel, settings: Settings) -> Outcome:
    document = Document("test", _TESTED, Origin("test.txt", title="Test"))
    shown = whole_excerpts([Passage.cut(document, Span(0, len(_TESTED)))])
    writer = Writer(model, settings.context_tokens, settings.context_tokens, settings.max_answer_tokens)
    start = time.monotonic()
    first = None
    writing = generate_from(_QUESTION, shown, writer)
    while True:
        try:
            next(writing)
            first = first or time.monotonic()
        except StopIteration as end:
            generated = end.value
            break
        except LanguageModelError as error:
            raise LanguageModelError(f"{error} So it cannot write answers.") from None
    now = time.monotonic()
    sentences = generated.reply.sentences
    follows = bool(sentences) and all(sentence.markers == (1,) for sentence in sentences)
    right = any(_WANTED in sentence.text for sentence in sentences)
    tokens = generated.usage.reply_tokens if generated.usage else None
    speed = round(tokens / max(now - (first or start), 1e-3), 1) if tokens else None
    result = {
        "model": model.name,
        "first_word_seconds": round((first or now) - start, 2),
        "seconds": round(now - start, 2),
        "tokens_per_second": speed,
        "takes_schema": model.takes_schema,
        "follows_form": follows,
        "right": right,
    }
    form, answer = "keeps" if follows else "does not keep", "right" if right else "wrong"
    told = f"{model.name}: first word after {result['first_word_seconds']} s, all after {result['seconds']} s"
    return Outcome(
        result,
        (
            told + (f", {speed} tokens a second." if speed else "."),
            f"It {form} to the form, and its answer is {answer}.",
        ),
    )


def _size(billions: float | None) -> str:
    return f" ({billions:g} B)" if billions else ""
