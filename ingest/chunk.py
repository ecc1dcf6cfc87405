"""Cuts a document into passages."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from semantic_text_splitter import TextSplitter
from tokenizers import Tokenizer

from rag import models
from rag.domain import Document, Span
from rag.errors import ModelError
from rag.text.sentences import sentences

TOKENS = 200
"""The size of a passage in the embedder's tokens; with a title before it, it fits the embedder's 256."""
EMBEDDER_TOKENIZER = Path(models.__file__).parent / "weights" / "embedder-tokenizer.json"
_ROUNDS = 3
_KNOWN_WORDS = 100_000
_LONGEST_TOKEN = 20
_ENDINGS = str.maketrans(dict.fromkeys(".!?…", ",") | dict.fromkeys("\r\n", " "))


def passages_of(document: Document, *, tokens: int = TOKENS, tokenizer: Path = EMBEDDER_TOKENIZER) -> list[Span]:
    """The spans of a document's passages, in order, none overlapping; together they hold every visible character.

    A passage is at most `tokens` long. It ends where a paragraph or a sentence ends, save in a sentence that is longer.
    """
    text = _visible(document.search_text)
    splitter, counter = _splitter(tokens, tokenizer)
    spans = _split(splitter, tokens, text)
    # The splitter takes every full stop before a capital for an end (`Sept. 27`). Where it cut there, hide the stop
    # and cut anew.
    for _ in range(_ROUNDS):
        cut = set(_cut_sentences(text, spans))
        whole = [sentence for sentence in cut if _fits(sentence.of(text), counter, tokens)]
        if not whole:
            break
        text = _with_whole(text, whole)
        spans = _split(splitter, tokens, text)
    return spans


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


def _cut_sentences(text: str, spans: list[Span]) -> Iterator[Span]:
    """The sentences in which one of the spans ends."""
    block, inside = Span(0, 0), list[Span]()
    for earlier, later in pairwise(spans):
        if "\n\n" in text[earlier.end : later.start]:
            continue
        if earlier.end > block.end:
            block = Span(text.rfind("\n\n", 0, earlier.end) + 1, _found(text.find("\n\n", later.start), len(text)))
            inside = [sentence.shifted(block.start) for sentence in sentences(block.of(text))]
        yield from (sentence for sentence in inside if sentence.start < earlier.end and later.start < sentence.end)


def _found(at: int, otherwise: int) -> int:
    return at if at >= 0 else otherwise


def _with_whole(text: str, cut: list[Span]) -> str:
    """The text with nothing inside of these sentences that looks like an end; as long as the text."""
    characters = list(text)
    for sentence in cut:
        body = Span(sentence.start, max(sentence.start, sentence.end - 3))
        characters[body.start : body.end] = body.of(text).translate(_ENDINGS)
    return "".join(characters)


def _fits(sentence: str, counter: "TokenCounter", tokens: int) -> bool:
    return len(sentence) <= tokens * _LONGEST_TOKEN and counter.count(sentence) <= tokens


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
