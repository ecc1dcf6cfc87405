"""Whether a text says an answer, however it is spelled."""

import re
import unicodedata
from collections.abc import Sequence

_ARTICLES = frozenset({"a", "an", "the"})


def plain(text: str) -> str:
    """A text in lower case, without punctuation and articles, one space between words.

    The normalisation of SQuAD (Rajpurkar et al. 2016, https://arxiv.org/abs/1606.05250), except that punctuation
    parts words instead of joining them: `single-hulled` becomes `single hulled`.
    """
    letters = (" " if unicodedata.category(letter)[0] in "PZC" else letter for letter in text.casefold())
    return " ".join(word for word in "".join(letters).split() if word not in _ARTICLES)


def says(text: str, answers: Sequence[str]) -> bool:
    """Whether a text holds one of the answers.

    An answer starts where a word starts. Its last word may go on (`toll` is in `tolls`), its last number may not
    (`12` is not in `120`).
    """
    inside = plain(text)
    return any(
        re.search(rf"(?<!\w){re.escape(wanted)}(?!\d)", inside) for answer in answers if (wanted := plain(answer))
    )
