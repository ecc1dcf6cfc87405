"""A conversation in the terminal: each question may lean on those before it."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from rich.console import Console

from rag.assistant import Assistant
from rag.contract import answer_json, citation_json
from rag.domain import Answer, Turn
from rag.errors import FootnotedError
from ui.asking import TURNS_REMEMBERED, Options, ask_one, print_json, tell, tell_error, turn_of
from ui.terminal import print_answer, print_citation, printable

_PROMPT = "> "
_HELP = """Type a question; it may lean on those before it (`And the deposit?`, `Why?`).
/sources  the footnotes of the last answer once more
/new      begin anew: what was asked before is forgotten
/help     this
/quit     leave (or Ctrl-D); Ctrl-C stops an answer"""


@dataclass(slots=True)
class Conversation:
    """What was asked and answered so far."""

    turns: list[Turn] = field(default_factory=list)
    last: Answer | None = None


def converse(
    assistant: Assistant, options: Options, lines: Iterable[str], *, as_json: bool, out: Console, err: Console
) -> None:
    """Answers line after line, until they end or one says `/quit`; a question that fails is told, and others follow."""
    conversation = Conversation()
    for line in lines:
        words = line.split()
        if not words:
            continue
        if not words[0].startswith("/"):
            _ask(line, assistant, options, conversation, as_json=as_json, out=out, err=err)
        elif words[0] == "/quit":
            return
        elif as_json:
            print_json(_did(words[0], conversation))
        else:
            _do(words[0], conversation, out=out, err=err)


def welcome(assistant: Assistant, err: Console) -> None:
    """What can be done, and questions to begin with."""
    err.print("Ask your documents; /help tells what else can be typed.")
    for question in assistant.examples():
        err.print(f"  - {printable(question)}", soft_wrap=True)


def typed(err: Console) -> Iterator[str]:
    """The lines of standard input, with a prompt where a person types them."""
    if sys.stdin is None or not sys.stdin.isatty():
        yield from sys.stdin or ()
        return
    with suppress(ImportError):  # not on Windows
        import readline  # noqa: F401  # from here on `input` can be edited, and knows the lines before
    while True:
        try:
            if not sys.stdout.isatty():  # answers are kept in a file: the prompt is none of them
                err.print(_PROMPT, end="")
            yield input(_PROMPT if sys.stdout.isatty() else "")
        except KeyboardInterrupt:
            err.print("\nTo leave, type /quit or Ctrl-D.")
        except EOFError:
            err.print()
            return


def _ask(
    line: str,
    assistant: Assistant,
    options: Options,
    conversation: Conversation,
    *,
    as_json: bool,
    out: Console,
    err: Console,
) -> None:
    question = " ".join(line.split())
    try:
        answer = ask_one(assistant, question, options, conversation.turns, err=err, shows_draft=not as_json)
    except FootnotedError as error:
        tell_error(error, question, {}, as_json=as_json, err=err)
        return
    except KeyboardInterrupt:
        if not err.is_terminal:
            raise
        err.print("Stopped.")
        return
    conversation.turns = [*conversation.turns, turn_of(answer)][-TURNS_REMEMBERED:]
    conversation.last = answer
    tell(answer, err)
    if as_json:
        print_json(answer_json(answer))
    else:
        print_answer(answer, out)


def _sources(conversation: Conversation, out: Console, err: Console) -> None:
    if conversation.last is None or not conversation.last.citations:
        err.print("The last answer has no sources." if conversation.last else "There is no answer yet.")
        return
    for citation in conversation.last.citations:
        print_citation(citation, out)


def _new(conversation: Conversation, out: Console, err: Console) -> None:
    conversation.turns, conversation.last = [], None
    err.print("What was asked before is forgotten.")


def _help(conversation: Conversation, out: Console, err: Console) -> None:
    err.print(_HELP)


_COMMANDS: dict[str, Callable[[Conversation, Console, Console], None]] = {
    "/sources": _sources,
    "/new": _new,
    "/help": _help,
}


def _do(command: str, conversation: Conversation, *, out: Console, err: Console) -> None:
    do = _COMMANDS.get(command)
    if do is None:
        err.print(f"There is no {printable(command)}. Type /help for what there is.", soft_wrap=True)
    else:
        do(conversation, out, err)


def _did(command: str, conversation: Conversation) -> dict[str, object]:
    """What a command comes to as JSON."""
    if command not in _COMMANDS:
        return {"command": command, "error": f"There is no {command}."}
    if command == "/new":
        conversation.turns, conversation.last = [], None
    cited = conversation.last.citations if conversation.last and command == "/sources" else None
    return {"command": command} if cited is None else {"command": command, "citations": [*map(citation_json, cited)]}
