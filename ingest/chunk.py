"""Cuts a document into passages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from semantic_text_splitter import TextSplitter
from tokenizers import Tokenizer

from ingest.readers.plain import blocks_of_text
from rag import models
from rag.domain import BlockKind, Document, Span
from rag.errors import ModelError
from rag.text.sentences import sentences

TOKENS = 200
"""The size of a passage in the embedder's tokens; with a title before it, it fits the embedder's 256."""
EMBEDDER_TOKENIZER = Path(models.__file__).parent / "weights" / "embedder-tokenizer.json"
_ENOUGH = 60
"""From so many tokens on a passage ends before a heading."""
_KNOWN_WORDS = 100_000
_LONGEST_TOKEN = 20


def passages_of(document: Document, *, tokens: int = TOKENS, tokenizer: Path = EMBEDDER_TOKENIZER) -> list[Span]:
    """The spans of a document's passages, in order, none overlapping; together they hold all that is said.

    A passage is whole blocks, at most `tokens` long. It begins with a heading where there is enough before it, and no
    heading or lead-in is parted from what follows it. A block that is longer is cut where its sentences end.
    """
    text = _visible(document.search_text)
    splitter, counter = _splitter(tokens, tokenizer)
    found: list[Span] = []
    current: list[_Piece] = []
    for piece in _pieces(document, text, splitter, counter, tokens):
        held = sum(one.tokens for one in current)
        begins_anew = piece.kind is BlockKind.HEADING and held >= _ENOUGH and not current[-1].leads
        if current and (begins_anew or held + piece.tokens > tokens):
            kept = _leading(current) if len(current) > len(_leading(current)) else []
            found.append(Span(current[0].span.start, current[len(current) - len(kept) - 1].span.end))
            current = kept if sum(one.tokens for one in kept) + piece.tokens <= tokens else _flushed(kept, found)
        current.append(piece)
    _flushed(current, found)
    return found


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block, or a part of one that is longer than a passage."""

    span: Span
    kind: BlockKind
    tokens: int
    leads: bool
    """Whether it leads to what follows: a heading, a question, or a paragraph that ends with a colon."""


def _flushed(pieces: list[_Piece], found: list[Span]) -> list[_Piece]:
    """Makes a passage of what is left."""
    if pieces:
        found.append(Span(pieces[0].span.start, pieces[-1].span.end))
    return []


def _leading(pieces: list[_Piece]) -> list[_Piece]:
    """The last pieces that lead to what follows."""
    at = len(pieces)
    while at and pieces[at - 1].leads:
        at -= 1
    return pieces[at:]


def _pieces(
    document: Document, text: str, splitter: TextSplitter, counter: "TokenCounter", tokens: int
) -> Iterator[_Piece]:
    for block in document.blocks or blocks_of_text(document.search_text):
        span = _trimmed(text, block.span)
        words = span.of(text)
        if not words:
            continue
        count = counter.size(words)
        if count > tokens:
            parts = [part.shifted(span.start) for part in _cut(words, splitter, counter, tokens)]
            yield from (_Piece(part, block.kind, counter.size(part.of(text)), leads=False) for part in parts)
        else:
            leads = block.kind in (BlockKind.HEADING, BlockKind.QUESTION) or words.endswith((":", "："))
            yield _Piece(span, block.kind, count, leads)


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.end - (len(words) - len(words.rstrip()))))


def _cut(text: str, splitter: TextSplitter, counter: "TokenCounter", tokens: int) -> list[Span]:
    """A block in parts that end where its sentences do, save in a sentence that is longer than a passage."""
    found: list[Span] = []
    for sentence in sentences(text):
        if counter.size(sentence.of(text)) <= tokens:
            whole = Span(found[-1].start, sentence.end) if found else sentence
            if found and counter.size(whole.of(text)) <= tokens:
                found[-1] = whole
            else:
                found.append(sentence)
        else:
            found += [part.shifted(sentence.start) for part in _split(splitter, tokens, sentence.of(text))]
    return found


def _visible(text: str) -> str:
    """The text with white space that the splitter does not know as such made plain, at the same length."""
    return re.sub(r"[^\S\n\r]", " ", text)


def _split(splitter: TextSplitter, tokens: int, text: str) -> list[Span]:
    found = [Span(start, start + len(words)) for start, words in splitter.chunk_indices(text) if words.strip()]
    return [part for span in found for part in _bounded(span, text, tokens * _LONGEST_TOKEN)]


def _bounded(span: Span, text: str, characters: int) -> list[Span]:
    """The span in parts of at most so many characters: to the embedder a word of any length is one unknown token."""
    if span.end - span.start <= characters:
        return [span]
    parts = TextSplitter(characters).chunk_indices(span.of(text))
    return [Span(start, start + len(words)).shifted(span.start) for start, words in parts]


class TokenCounter(dict[str, int]):
    """How many tokens each word has: the splitter asks for the same words many times over.

    The embedder's tokens never reach across white space, so those of a text are the sum of its words'.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__()
        self._tokenizer = tokenizer

    def count(self, text: str) -> int:
        """The tokens of a text whose white space is plain."""
        return sum(map(self.__getitem__, text.split()))

    def size(self, text: str) -> int:
        """The tokens of a text, or as many as it has room for: to the embedder a word of any length is one."""
        least = -(-len(text) // _LONGEST_TOKEN)
        return max(least, self.count(text)) if least <= _KNOWN_WORDS else least

    def __missing__(self, word: str) -> int:
        count = len(self._tokenizer.encode(word, add_special_tokens=False))
        if len(word) <= _LONGEST_TOKEN:
            if len(self) == _KNOWN_WORDS:
                self.clear()
            self[word] = count
        return count


@lru_cache(maxsize=4)
def _splitter(tokens: int, tokenizer: Path) -> tuple[TextSplitter, TokenCounter]:
    try:
        loaded = Tokenizer.from_file(str(tokenizer))
    except Exception as error:  # tokenizers raises a bare Exception for a missing or damaged file
        raise ModelError(f"Cannot load the tokenizer {tokenizer}: {error}. Install footnoted again.") from error
    # With the file's own truncation, no text would ever be longer than the limit.
    loaded.no_truncation()
    loaded.no_padding()
    counter = TokenCounter(loaded)
    return TextSplitter.from_callback(counter.count, tokens), counter
