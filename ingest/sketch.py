"""A sample of a document's word sequences, by which rag/library/stories.py knows nearly the same text again."""

import re
from hashlib import blake2b

import numpy as np

from rag.library.stories import SKETCH

_WORDS_IN_SEQUENCE = 5
# Scripts that part no words: there a character stands for one.
_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]|[^\\W_]+")
_MOST_CHARACTERS = 1_200_000


def sketch_of(search_text: str) -> tuple[int, ...]:
    """The smallest hashes of the text's sequences of five words, in order; of a book, of its beginning."""
    words = _WORD.findall(search_text[:_MOST_CHARACTERS].lower())
    sequences = set(map(" ".join, zip(*(words[at:] for at in range(_WORDS_IN_SEQUENCE)), strict=False)))
    encoded = "\n".join(sequences).encode("utf-8", "replace").split(b"\n") if sequences else []
    digests = [blake2b(one, digest_size=8).digest() for one in encoded]
    hashes = np.unique(np.frombuffer(b"".join(digests), "<u8") >> np.uint64(1))
    return tuple(hashes[:SKETCH].tolist())
