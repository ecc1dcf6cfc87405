"""Questions asked in the terminal: one, or a list of them, each with the questions that were asked before it."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.live import Live
from rich.text import Text

from rag.assistant import Assistant
from rag.contract import answer_json
from rag.domain import Answer, Finished, Preliminary, TextDelta, Turn
from rag.errors import FootnotedError, InputError
from ui.terminal import print_answer, printable
from ui.web.answer import usage_words

TURNS_REMEMBERED = 8
_LONGEST_READ = 100_000
"""Characters of standard input; a question is shorter by far, and what is longer is told so."""


@dataclass(frozen=True, slots=True)
class Options:
    """How every question of a run is asked (see `Assistant.stream`)."""

    as_of: str | None = None
    timeline: bool = False
    only: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    def check(self, assistant: Assistant) -> None:
        """Raises InputError where no document is meant, once and not at each question."""
        if self.only or self.since or self.until or self.as_of:
            assistant.scope(only=self.only, since=self.since, until=self.until, as_of=self.as_of)


def question_given(question: str | None) -> str | None:
    """The question of the command line, or of standard input for `-` or a pipe; None where there is none."""
    if question != "-" and (question is not None or sys.stdin is None or sys.stdin.isatty()):
        return question
    try:
        return sys.stdin.read(_LONGEST_READ).strip() or None
    except UnicodeDecodeError:
        raise InputError("Cannot read the question from standard input: it is not UTF-8.") from None


def ask_each(
    assistant: Assistant,
    items: Iterable[Mapping[str, Any]],
    options: Options,
    *,
    as_json: bool,
    out: Console,
    err: Console,
) -> int:
    """Prints the answer to each question of a list; one that cannot be asked is told, and the others go on.

    Returns the exit code.
    """
    options.check(assistant)
    codes = [0]
    for item in items:
        try:
            answer = _answer(assistant, item, options)
        except InputError as error:
            codes.append(error.exit_code)
            tell_error(error, str(item["question"]), item, as_json=as_json, err=err)
            continue
        tell(answer, err)
        if as_json:
            print_json(with_id(item, answer_json(answer)))
        else:
            out.print(printable(answer.question), style="bold")
            print_answer(answer, out)
            out.print()
    return max(codes)


def ask_one(
    assistant: Assistant,
    question: str,
    options: Options,
    turns: Sequence[Turn] = (),
    *,
    err: Console,
    shows_draft: bool,
) -> Answer:
    """The answer to a question; in a terminal its draft is shown while it is written, and taken away again."""
    shown = (
        Live(console=err, transient=True, refresh_per_second=8) if shows_draft and err.is_terminal else nullcontext()
    )
    before, draft = "", ""
    with shown as live:
        for event in assistant.stream(question, turns=turns, **asdict(options)):
            if isinstance(event, Finished):
                return event.answer
            draft += event.text if isinstance(event, TextDelta) else ""
            if isinstance(event, Preliminary):
                before = f"{event.answer.text} (A language model is writing …) "
            if live:
                live.update(Text(printable(before + draft) or "Reading …", style="dim"))
    raise AssertionError("every answer is finished")


def tell(answer: Answer, err: Console) -> None:
    """What is to be known beside an answer: what was searched, the notices, what it cost."""
    if answer.query != answer.question:
        err.print(f"Searched for: {printable(answer.query)}", soft_wrap=True)
    for notice in answer.notices:
        err.print(printable(notice), soft_wrap=True)
    if answer.usage:
        err.print(usage_words(answer.usage) + ".", soft_wrap=True)


def tell_error(error: FootnotedError, question: str, item: Mapping[str, Any], *, as_json: bool, err: Console) -> None:
    """One line for a question that has no answer, and one of JSON where that is wanted."""
    err.print(f"footnoted: {printable(str(error))}", soft_wrap=True)
    if as_json:
        print_json(with_id(item, {"question": question, "error": str(error)}))


def _answer(assistant: Assistant, item: Mapping[str, Any], options: Options) -> Answer:
    """The answer to a question of a list, after its earlier questions: those without an answer are asked first."""
    turns: list[Turn] = []
    for turn in item.get("turns", [])[-TURNS_REMEMBERED:]:
        earlier = {"question": turn} if isinstance(turn, str) else turn
        said = earlier.get("answer")
        if said is None:
            turns.append(turn_of(assistant.ask(earlier["question"], turns=turns, **asdict(options))))
        else:
            turns.append(Turn(earlier["question"], said))
    return assistant.ask(item["question"], turns=turns, **asdict(options))


def turn_of(answer: Answer) -> Turn:
    """An answer as what a later question may lean on."""
    return Turn(answer.question, answer.text, answer.query)


def with_id(item: Mapping[str, Any], result: dict[str, Any]) -> dict[str, Any]:
    """A result with the id of what was asked, where it has one."""
    return {"id": item["id"], **result} if "id" in item else result


def print_json(value: dict[str, Any]) -> None:
    """One line of JSON on stdout."""
    # Not through the console, which would wrap long lines.
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()
