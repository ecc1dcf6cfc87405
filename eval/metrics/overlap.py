"""Short answers beside gold ones, as SQuAD's own script counts them.

Rajpurkar et al. 2016, "SQuAD: 100,000+ Questions for Machine Comprehension of Text", §6.1,
https://arxiv.org/abs/1606.05250; several gold answers and questions without one: Rajpurkar, Jia and Liang 2018,
https://arxiv.org/abs/1806.03822. Answers are compared in lower case without punctuation and articles. Unlike
`eval.match.plain`, which parts words at punctuation, this joins them, for these figures stand beside others' figures.
"""

import re
import string
from collections import Counter
from collections.abc import Sequence

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = frozenset(string.punctuation)


def overlap(answer: str, golds: Sequence[str]) -> float:
    """F1 of the words that an answer shares with the gold answer it is nearest to, 0 to 1.

    Without a gold answer that holds a word, only an answer without words is right.
    """
    return max(_f1(_words(answer), gold) for gold in _known(golds))


def exact(answer: str, golds: Sequence[str]) -> float:
    """1 where an answer has the same words as a gold answer, else 0."""
    return float(_words(answer) in _known(golds))


def _known(golds: Sequence[str]) -> list[list[str]]:
    return [words for gold in golds if (words := _words(gold))] or [[]]


def _words(text: str) -> list[str]:
    letters = "".join(letter for letter in text.lower() if letter not in _PUNCTUATION)
    return _ARTICLES.sub(" ", letters).split()


def _f1(answer: list[str], gold: list[str]) -> float:
    if not answer or not gold:
        return float(answer == gold)
    shared = sum((Counter(answer) & Counter(gold)).values())
    return 2 * shared / (len(answer) + len(gold))
