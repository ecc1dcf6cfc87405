"""Asks a language model the question: in JSON where its server honours that, else in marked text."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from rag.answer.rank import Ranked
from rag.domain import TextDelta, Usage
from rag.errors import LanguageModelError, NoSchemaError
from rag.generate.excerpts import Excerpt, chosen_excerpts
from rag.generate.prompt import budget_of, compose, fitting, mend
from rag.generate.reply import Reply, WrittenReply, parse_json_reply, parse_reply, readable
from rag.models.language.sizes import billions_of, prompt_tokens_of
from rag.ports import LanguageModel, Message, ReplyEnd

_SMALLEST_BUDGET_BYTES = 500


@dataclass(frozen=True, slots=True)
class Writer:
    """A language model, and how much it may read and write."""

    model: LanguageModel
    prompt_tokens: int | None
    """None for what the model's name tells, which its server may have to be asked for."""
    context_tokens: int
    max_tokens: int


@dataclass(frozen=True, slots=True)
class Generated:
    """A reply, what it answers, and the excerpts that the model was given, in the order of their numbers.

    `cut` tells that the reply ran out of room; `usage` is None where the server does not say.
    """

    reply: Reply
    shown: tuple[Excerpt, ...]
    usage: Usage | None = None
    cut: bool = False
    exchange: tuple[Message, ...] = ()
    """What was asked, and the reply as it was written."""
    as_json: bool = False


def generate(question: str, ranked: Sequence[Ranked], writer: Writer) -> Generator[TextDelta, None, Generated]:
    """Streams the words of a draft and returns what was said; raises LanguageModelError.

    The model is shown the best of the `ranked` statements that its prompt holds; prompt and reply together stay within
    its context, by an estimate that is on the safe side.
    """
    budget_bytes = budget_of(
        question,
        prompt_tokens=writer.prompt_tokens or prompt_tokens_of(billions_of(writer.model.name)),
        context_tokens=writer.context_tokens,
        max_tokens=writer.max_tokens,
    )
    if budget_bytes < _SMALLEST_BUDGET_BYTES:
        raise LanguageModelError(
            f"A context of {writer.context_tokens} tokens has no room for passages beside a reply of "
            f"{writer.max_tokens}. Raise FOOTNOTED_CONTEXT_TOKENS or lower FOOTNOTED_MAX_ANSWER_TOKENS."
        )
    shown = fitting(chosen_excerpts(ranked, budget_bytes=budget_bytes), budget_bytes=budget_bytes)
    return (yield from generate_from(question, shown, writer, budget_bytes=budget_bytes))


def generate_from(
    question: str, shown: Sequence[Excerpt], writer: Writer, *, budget_bytes: int = 12000
) -> Generator[TextDelta, None, Generated]:
    """The same from excerpts that are chosen already."""
    if writer.model.takes_schema:
        try:
            return (yield from _ask(question, shown, writer, budget_bytes, as_json=True))
        except NoSchemaError:
            pass  # the model remembers where that is how its server is
    return (yield from _ask(question, shown, writer, budget_bytes, as_json=False))


def again(generated: Generated, failed: Sequence[str], writer: Writer) -> Generated:
    """The reply that a model gives when it is told which of its sentences nothing proves, and what is nearest to each.

    Raises LanguageModelError.
    """
    messages = [*generated.exchange, mend(failed, generated.shown, as_json=generated.as_json)]
    reply = _reply(messages, generated.shown, writer, as_json=generated.as_json)
    while True:  # nobody reads this draft
        try:
            next(reply)
        except StopIteration as end:
            found: Generated = end.value
            return replace(found, usage=_together(generated.usage, found.usage))


def _together(first: Usage | None, second: Usage | None) -> Usage | None:
    if first is None or second is None:
        return None
    return Usage(first.prompt_tokens + second.prompt_tokens, first.reply_tokens + second.reply_tokens)


def _ask(
    question: str, shown: Sequence[Excerpt], writer: Writer, budget_bytes: int, *, as_json: bool
) -> Generator[TextDelta, None, Generated]:
    messages = compose(question, shown, budget_bytes=budget_bytes, as_json=as_json)
    return (yield from _reply(messages, shown, writer, as_json=as_json))


def _reply(
    messages: Sequence[Message], shown: Sequence[Excerpt], writer: Writer, *, as_json: bool
) -> Generator[TextDelta, None, Generated]:
    schema = WrittenReply if as_json else None
    text, told, end = "", "", ReplyEnd()
    for piece in writer.model.stream(messages, max_tokens=writer.max_tokens, schema=schema):
        if isinstance(piece, ReplyEnd):
            end = piece
            continue
        text += piece
        draft = readable(text) if as_json else text
        if len(draft) > len(told):
            yield TextDelta(draft[len(told) :])
            told = draft
    parse = parse_json_reply if as_json else parse_reply
    exchange = (*messages, Message("assistant", text))
    return Generated(parse(text, passage_count=len(shown)), tuple(shown), end.usage, end.cut, exchange, as_json)
