"""A sample of a document's word sequences, by which rag/library/stories.py knows nearly the same text again."""

import hashlib
import re

from rag.library.stories import SKETCH

_WORDS_IN_SEQUENCE = 5
# Scripts that part no words: there a character stands for one.
_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]|[^\\W_]+")
_MOST_WORDS = 200_000


def sketch_of(search_text: str) -> tuple[int, ...]:
    """The smallest hashes of the text's sequences of five words, in order; of a book, of its beginning."""
    words = [found.group().lower() for found, _ in zip(_WORD.finditer(search_text), range(_MOST_WORDS), strict=False)]
    sequences = {" ".join(words[at : at + _WORDS_IN_SEQUENCE]) for at in range(len(words) - _WORDS_IN_SEQUENCE + 1)}
    hashes = {
        int.from_bytes(hashlib.blake2b(sequence.encode("utf-8", "replace"), digest_size=8).digest(), "little") >> 1
        for sequence in sequences
    }
    return tuple(sorted(hashes)[:SKETCH])
