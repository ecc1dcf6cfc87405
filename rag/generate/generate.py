"""Asks a language model the question: in JSON where its server honours that, else in marked text."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from rag.domain import Passage, TextDelta, Usage
from rag.errors import LanguageModelError, NoSchemaError
from rag.generate.prompt import budget_of, compose, fitting, varied
from rag.generate.reply import Reply, WrittenReply, parse_json_reply, parse_reply, readable
from rag.ports import LanguageModel, ReplyEnd

_SMALLEST_BUDGET_BYTES = 500


@dataclass(frozen=True, slots=True)
class Generated:
    """A reply, and the passages that the model was given, in the order of their numbers.

    `cut` tells that the reply ran out of room; `usage` is None where the server does not say.
    """

    reply: Reply
    passages: tuple[Passage, ...]
    usage: Usage | None = None
    cut: bool = False


def generate(
    question: str, passages: Sequence[Passage], model: LanguageModel, *, max_tokens: int, context_tokens: int
) -> Generator[TextDelta, None, Generated]:
    """Streams the words of a draft and returns what was said; raises LanguageModelError.

    Prompt and reply together stay within `context_tokens`, by an estimate that is on the safe side.
    """
    budget_bytes = budget_of(question, context_tokens=context_tokens, max_tokens=max_tokens)
    if budget_bytes < _SMALLEST_BUDGET_BYTES:
        raise LanguageModelError(
            f"A context of {context_tokens} tokens has no room for passages beside a reply of {max_tokens}. "
            "Raise FOOTNOTED_CONTEXT_TOKENS or lower FOOTNOTED_MAX_ANSWER_TOKENS."
        )
    shown = fitting(varied(passages), budget_bytes=budget_bytes)
    if model.takes_schema:
        try:
            return (yield from _ask(question, shown, model, max_tokens, budget_bytes, as_json=True))
        except NoSchemaError:
            pass  # the model remembers where that is how its server is
    return (yield from _ask(question, shown, model, max_tokens, budget_bytes, as_json=False))


def _ask(
    question: str, passages: Sequence[Passage], model: LanguageModel, max_tokens: int, budget_bytes: int, as_json: bool
) -> Generator[TextDelta, None, Generated]:
    messages = compose(question, passages, budget_bytes=budget_bytes, as_json=as_json)
    text, told, end = "", "", ReplyEnd()
    for piece in model.stream(messages, max_tokens=max_tokens, schema=WrittenReply if as_json else None):
        if isinstance(piece, ReplyEnd):
            end = piece
            continue
        text += piece
        draft = readable(text) if as_json else text
        if len(draft) > len(told):
            yield TextDelta(draft[len(told) :])
            told = draft
    parse = parse_json_reply if as_json else parse_reply
    return Generated(parse(text, passage_count=len(passages)), tuple(passages), end.usage, end.cut)
