"""A sample of a document's word sequences, by which rag/library/stories.py knows nearly the same text again."""

import hashlib
import re
from itertools import islice

import numpy as np

from rag.library.stories import SKETCH

_WORDS_IN_SEQUENCE = 5
# Scripts that part no words: there a character stands for one.
_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]|[^\\W_]+")
_MOST_WORDS = 200_000


def sketch_of(search_text: str) -> tuple[int, ...]:
    """The smallest hashes of the text's sequences of five words, in order; of a book, of its beginning."""
    words = [found.group().lower() for found in islice(_WORD.finditer(search_text), _MOST_WORDS)]
    sequences = set(map(" ".join, zip(*(words[at:] for at in range(_WORDS_IN_SEQUENCE)), strict=False)))
    digests = [hashlib.blake2b(one.encode("utf-8", "replace"), digest_size=8).digest() for one in sequences]
    hashes = np.unique(np.frombuffer(b"".join(digests), "<u8") >> np.uint64(1))
    return tuple(hashes[:SKETCH].tolist())
