"""Splits text into words that can be compared."""

import re
from functools import lru_cache
from pathlib import PurePosixPath
from threading import Lock

import snowballstemmer

_WORD = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*\d*", re.UNICODE)
_CLOSED = re.compile(r"[.!?…。][\"'”’)\]ā]*\s*$")
_I = re.compile(r"I(?:['’]\w+)?")
_stemmer = snowballstemmer.stemmer("english")
_stemming = Lock()

# Words that say nothing about what a text is about. Negations are not among them: they decide verdicts.
STOPWORDS = frozenset(
    """
    a about above after again against all also am an and any are as at be because been before being below
    between both but by can could did do does doing down during each few for from further had has have having he
    her here hers herself him himself his how i if in into is it its itself just me more most my myself now of
    off on once only or other our ours ourselves out over own same she should so some such t than that the their
    theirs them themselves then there these they this those through to too under until up very was we were what
    when where which while who whom why will with would you your yours yourself say says said tell according
    """.split()
)
_POINTING_BACK = frozenset("it its he his she her they their this that these those both such".split())


def without_possessive(word: str) -> str:
    """A word in lower case, without the `'s` or the apostrophe of a possessive."""
    return word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a word, lower case: `banned` and `bans` give `ban`; a possessive `'s` is dropped."""
    plain = without_possessive(word)
    with _stemming:  # a stemmer keeps the word that it works on, and questions are answered in several threads
        stemmed: str = _stemmer.stemWord(plain)
    return stemmed


def words(text: str) -> list[str]:
    """The words and numbers of a text, in order, as written."""
    return _WORD.findall(text)


def content_words(text: str) -> list[str]:
    """The words of a text that carry its matter, in order, as written."""
    return [word for word in words(text) if word.lower().replace("’", "'").removesuffix("'s") not in STOPWORDS]


def content_stems(text: str) -> list[str]:
    """The stems of a text's content words, in order."""
    return [stem(word) for word in content_words(text)]


def is_i(word: str) -> bool:
    """Whether a word is the pronoun `I`, `I'm` or `I've`, which is written large without being a name."""
    return _I.fullmatch(word) is not None


def name_stems(question: str) -> list[str]:
    """The stems of a question's names and numbers, in order; its first word is written large anyway."""
    named = (word for at, word in enumerate(words(question)) if word[0].isdigit() or (at and word[0].isupper()))
    return [stem(word) for word in named if not is_i(word)]


def name_in_words(path: str) -> str:
    """The words of a file's name, without its suffix: `docs/inv_0417-final.txt` gives `inv 0417 final`."""
    name = PurePosixPath(path).name
    return " ".join(re.findall(r"[^\W_]+", name.rsplit(".", 1)[0] if "." in name[1:] else name))


def is_closed(sentence: str) -> bool:
    """Whether a sentence ends as one does; headlines, bylines and cells of tables mostly do not."""
    return _CLOSED.search(sentence) is not None


def points_back(sentence: str) -> bool:
    """Whether a sentence begins with a word such as `It` that stands for something said before it."""
    return sentence.split(maxsplit=1)[0].lower() in _POINTING_BACK if sentence.strip() else False


def asks_the_same(sentence: str, question: str) -> bool:
    """Whether a sentence only asks what is asked, as pages of questions and texts made to be found do."""
    return sentence.rstrip().endswith("?") and set(content_stems(sentence)) <= set(content_stems(question))


PEOPLE = frozenset(
    content_stems(
        "applicant candidate person employee worker colleague staff tenant patient member player teacher driver "
        "student pupil customer client guest owner neighbour author bewerber mieter kollege kunde mitarbeiter"
    )
)
"""Words for people, by their stems: they may head a column of names."""
