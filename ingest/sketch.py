"""A sample of a document's word sequences, by which rag/library/stories.py knows nearly the same text again."""

from hashlib import blake2b

import numpy as np

from rag.library.stories import SKETCH, sequences, words_of

_MOST_CHARACTERS = 1_200_000


def sketch_of(search_text: str) -> tuple[int, ...]:
    """The smallest hashes of the text's sequences of five words, in order; of a book, of its beginning."""
    found = sequences(words_of(search_text[:_MOST_CHARACTERS].lower()))
    encoded = "\n".join(found).encode("utf-8", "replace").split(b"\n") if found else []
    digests = [blake2b(one, digest_size=8).digest() for one in encoded]
    hashes = np.unique(np.frombuffer(b"".join(digests), "<u8") >> np.uint64(1))
    return tuple(hashes[:SKETCH].tolist())
