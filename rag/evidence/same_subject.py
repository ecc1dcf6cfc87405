"""Whether two statements are about one thing, so that they can disagree, and whether a claim is about somebody else."""

import re
from functools import lru_cache

from rag.evidence.amounts import amounts_of
from rag.evidence.fit import context_of
from rag.evidence.statement import RECORDS, Statement
from rag.question.subjects import Subjects, alike, distinct, names_words, plain_name
from rag.text.numbers import is_number_word
from rag.text.words import STOPWORDS, name_in_words, stem, words

_LETTERS_AND_DIGITS = re.compile(r"[^\W\d_]+[^\W_]*[-/.]?\d")
_LETTERS = re.compile(r"[^\W\d_]+")


def may_be_one_subject(one: Statement, other: Statement, *, apart_from: tuple[str, str] = ("", "")) -> bool:
    """Whether two statements may be about one thing, so that they can disagree; `apart_from` are what each says of it.

    They are about two where each names what the other does not and nothing is named by both; where their codes differ;
    and where the same words hold other values, in two documents or rows that name other things: another month's bill,
    another tenant's lease.
    """
    texts = [
        statement.said.replace(said, " ") if said else statement.said
        for statement, said in zip((one, other), apart_from, strict=True)
    ]
    if _name_apart(*texts, shared=False) or _coded_apart(*texts):
        return False
    if not are_twins(one, other) and not RECORDS & {one.kind, other.kind}:
        return True
    return not (
        _files_apart(one, other, (texts[0], texts[1]))
        or _name_apart(*texts, begins=True)
        or _name_apart(context_of(one), context_of(other), by_days=True)
    )


def _coded_apart(one: str, other: str) -> bool:
    """Whether both texts hold codes of letters and digits, such as `Arn99`, and none that the other holds too."""
    codes = [
        {word.lower() for subject in distinct(text) for word in subject.words if _LETTERS_AND_DIGITS.match(word)}
        for text in (one, other)
    ]
    return all(codes) and not codes[0] & codes[1]


def _files_apart(one: Statement, other: Statement, texts: tuple[str, str]) -> bool:
    """Whether two statements are about what their files are called after: `bill-march.txt` and `bill-april.txt`.

    Where the names have no word in common, what both statements name is the matter. Records of a corpus are numbered.
    """
    paths = [statement.passage.origin.path for statement in (one, other)]
    names = [name_in_words(path) for path in paths]
    if names[0] == names[1] or any("#" in path for path in paths):
        return False
    called = [{stem(word) for word in _LETTERS.findall(name)} - STOPWORDS for name in names]
    return bool(called[0] & called[1]) or not _name_one(*texts)


def _name_one(one: str, other: str) -> bool:
    """Whether two texts name one thing."""
    return any(
        subject.moment is None and alike(subject, another)
        for subject in distinct(one)
        for another in distinct(other, begins=True)
    )


def names_others(text: str, subjects: Subjects) -> bool:
    """Whether a text names somebody or something by name, and none of these subjects."""
    told = [one for one in distinct(text) if one.words and not one.is_code]
    asked = [one for group in subjects.groups for one in group if one.words]
    return bool(told) and bool(asked) and not any(alike(one, other) for one in told for other in asked)


def given_by(claim: str, said: str, around: str) -> set[str]:
    """The words of the names of a claim, where a text around gives them all and a statement names nobody itself."""
    named = [one for one in distinct(claim, begins=True) if one.words and not one.is_code and names_words(one, around)]
    if not named or any(one.words for one in distinct(said)):
        return set()
    plain = {word for one in named for word in one.words}
    return {word for word in words(claim) if plain_name(word) in plain}


def are_twins(one: Statement, other: Statement) -> bool:
    """Whether two statements say the same of different things, or different things of the same, in the same words."""
    return _skeleton(one) == _skeleton(other)


def _name_apart(one: str, other: str, *, shared: bool = True, begins: bool = False, by_days: bool = False) -> bool:
    """Whether each of two texts names what the other does not; unless `shared`, and nothing that the other does too.

    Where `begins`, a word that begins a sentence counts as a name. Days alone tell things apart only where these are
    known `by_days`, as headings are; else beside other numbers, or they are what the texts disagree on.
    """
    both = (
        (distinct(one, begins), distinct(other, begins=True)),
        (distinct(other, begins), distinct(one, begins=True)),
    )
    apart = [[subject for subject in mine if not any(alike(subject, each) for each in others)] for mine, others in both]
    if not shared and len(apart[0]) < len(both[0][0]):
        return False
    named = [any(subject.moment is None for subject in mine) for mine in apart]
    dated = all(any(subject.moment is not None for subject in mine) for mine in apart)
    return all(named) or (dated and (by_days or amounts_of(one) != amounts_of(other)))


@lru_cache(maxsize=4096)
def _skeleton(statement: Statement) -> tuple[str, ...]:
    """The words of a statement that are neither names nor numbers."""
    said = words(statement.text)
    return tuple(stem(word) for word in said if word.islower() and not word[0].isdigit() and not is_number_word(word))
