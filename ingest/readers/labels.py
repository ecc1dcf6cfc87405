"""Labels before values, as in `Due date: 3 July` or `Invoice no. 1083`, and typed numbers, in any format."""

import re

_LABEL = re.compile(r"([^\W\d_][^:：\n]{0,44}?)[ \t]*(?::(?=\s|$)|：)\s*")
_NUMBERED = re.compile(
    r"((?:[^\W\d_]+[ -]){1,2}(?:no\.?|nr\.?|n[°º]|number|nummer)|[^\W\d_]{3,30}(?:nummer|-Nr\.))[ \t]+"
    r"(?=[A-Z]{0,4}[ -]?\d[\w/.-]*(?: [\d/-]+){0,5}$)",
    re.IGNORECASE,
)
_NO_LABEL = re.compile(r"[!?;\"“”<>=|]|, |\. [^\W\d_]{3,}")
_ENDED = re.compile(r"[.!?…。！？][\"'”’»)\]」』*_]*$")
_SENTENCE_BREAK = re.compile(r"[^\W\d_]{2}[.!?][\"”’)]*\s+[^\W\d_a-z]|[。！？].")
_ANSWERS = re.compile(r"(?:[AR]|Answer|ANSWER|Antwort|R[ée]ponse|Respuesta|答)(?:\s?\d{1,3})?\s?[:：]\s*(?=\S)")
TYPED_NUMBER = re.compile(
    r"(?:§{1,2} ?\d{1,3}[a-z]?\.?|"
    r"\d{1,3}(?:\.\d{1,3})+\.?|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})\)|\d{1,3}\.)(?:\t\s*|\s+)(?=[^\W\d_a-z]|[\"“„(])"
)
"""The number of a clause or a step that was typed before it: `4.2`, `(a)`, `§ 3`."""
_MOST_WORDS, _LONGEST_VALUE = 5, 240
_LONGEST_STOP = 8
_FEWEST_OF_SENTENCE = 6


def label_of(words: str) -> re.Match[str] | None:
    """The label that words begin with, as the first group; what follows the whole of it is the value."""
    if ":" not in words[:46] and "：" not in words[:46]:
        return _NUMBERED.match(words)
    label = _LABEL.match(words)
    if label is None or len(label.group(1).split()) > _MOST_WORDS or _NO_LABEL.search(label.group(1)):
        return None
    return label


def labelled(words: str) -> tuple[str, str] | None:
    """The label and the value of words that are both; None for other words, and for a sentence that has a colon."""
    words = words.strip()
    label = label_of(words)
    if label is None or label.end() == len(words) or is_answer(words):
        return None
    value = words[label.end() :]
    is_long = is_sentence(value) and len(value.split()) >= _FEWEST_OF_SENTENCE
    return None if is_long or holds_sentences(value) else (label.group(1), value)


def holds_sentences(value: str) -> bool:
    """Whether a value is too much for one: it is long, or more than one sentence."""
    return len(value) > _LONGEST_VALUE or _SENTENCE_BREAK.search(value) is not None


def is_sentence(words: str) -> bool:
    """Whether words end as a sentence does and are more than a word or two."""
    return is_ended(words) and (len(words.split()) > 2 or len(words) > 20)


def is_ended(words: str) -> bool:
    """Whether words end as a sentence does."""
    return _ENDED.search(words[-_LONGEST_STOP:]) is not None


def is_answer(words: str) -> bool:
    """Whether words are marked as an answer."""
    return _ANSWERS.match(words) is not None
