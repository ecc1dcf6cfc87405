"""What a question or a claim names (names, codes, days and months), and whether a text names it, in any usual form."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.domain import Passage
from rag.text.moments import Moment, moments_of
from rag.text.words import STOPWORDS, content_words, stem

_ACRONYM = re.compile(r"[A-ZÄÖÜ]{2,8}(?:['’]s)?")


_LETTERS_AND_DIGITS = re.compile(r"[^\W\d_]+[^\W_]*[-/.]?\d")


_LETTERS = re.compile(r"[^\W\d_]+")


_TOKEN = re.compile(r"[^\W_]+(?:[.&'’/-][^\W_]+)*|§")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_](?:['’]s)?")
"""`U.K`, of which a last stop is no part."""


_NAME_JOINS = frozenset("of the de la von van der du di and & y e und et".split())


_CODE = re.compile(r"(?=[^\W_]*\d)(?=[^\W_]*[^\W\d_])[^\W_]+(?:[-/.][^\W_]+)*|(?<![\d.,])\d+(?:[-/]\d+)+(?!\.\d)")


_NUMBERED = re.compile(
    r"(?P<noun>[^\W\d_]{2,}|§)\.?\s+(?:no\.?\s+|number\s+|nr\.?\s+|#)?\[?(?P<number>\d+(?:\.\d+)*|[A-Z])\]?"
    r"(?![\w%])(?!\s*(?:%|[:,.]\d))(?P<after>\s+[^\W\d_]+)?"
)


_NO_NOUN = frozenset(
    """
    in at on by to of from until till than over about for costs cost is was were are be and or between after before
    since under above below least most exactly around nearly only paid pay pays has have had with within during up i
    a an the year month day
    """.split()
)


_ASKING = frozenset("what who whom whose which when where why how".split())


_SAYING = frozenset(
    """
    happen happened happens say says said mean means refer refers stand stands contain contains steht stehen bedeutet
    heißt
    """.split()
)


_MONTH_STEMS = frozenset(
    stem(month)
    for month in "january february march april may june july august september october november december".split()
)


_AUXILIARIES = frozenset(
    "may can could will would shall should must might is are was were do does did has have had".split()
)


_ALTERNATIVES = re.compile(r"\s*(?:,\s*)?(?:and|or|vs\.?|versus|than|und|oder|et|ou|,)\s+(?:the\s+)?", re.IGNORECASE)


_SHORTEST_STEM = 5
_SHORTEST_INFLECTED = 4
_ENDINGS = frozenset("n en e er ern s es".split())


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that is named: a name by its words, a code such as `E7` or `clause 2.2`, or a moment."""

    words: tuple[str, ...] = ()
    moment: Moment | None = None
    is_code: bool = False
    is_acronym: bool = False
    """Whether it is one word of large letters, such as `IBAN`."""


def asks_what_is_said(question: str) -> bool:
    """Whether a question names one thing and asks nothing particular of it: `What does clause 3 say?`"""
    groups = subjects_of(question, lambda _: False).groups
    named = [one for group in groups for one in group]
    plain = [stem(word) for word in content_words(question) if word.lower() not in _SAYING]
    known = {stem(word) for one in named for word in one.words}
    is_one = any(one.moment.day if one.moment is not None else one.is_code or len(one.words) == 1 for one in named)
    left = [word for word in plain if word not in known and not word[0].isdigit() and word not in _MONTH_STEMS]
    return len(groups) == 1 and is_one and not left


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a question or claim names; of the subjects in one group any may be meant."""

    groups: tuple[tuple[Subject, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.groups)


def subjects_of(text: str, is_name: Callable[[str], bool] = lambda _: True) -> Subjects:
    """What a text names; `is_name` tells of the first word of a sentence, written large anyway, whether it is one."""
    moments = moments_of(text)
    found = [(moment.span.start, moment.span.end, Subject(moment=moment)) for moment in moments]
    taken = [(start, end) for start, end, _ in found]
    names = list(_names(text, is_name))
    for start, end, subject in [*_codes(text), *names]:
        if not any(start < other_end and other_start < end for other_start, other_end in taken):
            held = [(first, last) for first, last, _ in names if first <= start and end <= last]
            start, end = held[0] if held else (start, end)  # `the Volta K2`
            found.append((start, end, subject))
            taken.append((start, end))
    found.sort(key=lambda one: one[0])
    groups: list[list[Subject]] = []
    last = -1
    for start, end, subject in found:
        if (
            groups
            and _ALTERNATIVES.fullmatch(text, last, start)
            and (subject.moment is None) == (groups[-1][-1].moment is None)
        ):
            groups[-1].append(subject)
        else:
            groups.append([subject])
        last = end
    return Subjects(tuple(map(tuple, groups)))


def _codes(text: str) -> Iterator[tuple[int, int, Subject]]:
    """Codes (`E7`, `2025-0417`) and what is numbered (`clause 2.2`, `run B`), but no quantities (`95 euros`)."""
    for match in _CODE.finditer(text):
        if not re.fullmatch(r"\d+(?:st|nd|rd|th|[ap]m|[a-z]{1,3})", match.group()):  # `3rd`, `8am`, `20mg`
            yield *match.span(), Subject((match.group(),), is_code=True)
    for match in _NUMBERED.finditer(text):
        noun = match["noun"].lower()
        if noun in _NO_NOUN or noun in STOPWORDS or (match["number"].isdigit() and _is_counted(match)):
            continue
        if match["number"] == "I" and (match["noun"].islower() or noun in _AUXILIARIES | STOPWORDS):
            continue  # `May I`, but `Article I`
        yield match.start("number"), match.end("number"), Subject((stem(noun), match["number"]), is_code=True)


def _is_counted(match: re.Match[str]) -> bool:
    """Whether a number counts what follows it, as in `cost 95 euros`, and numbers nothing."""
    after = (match["after"] or "").strip().lower()
    return bool(after) and after not in STOPWORDS and after not in ("mean", "say", "refer", "show", "contain")


def _names(text: str, is_name: Callable[[str], bool]) -> Iterator[tuple[int, int, Subject]]:
    """Runs of words that are written large: `Edda Falk`, `County of Mayo`, `the Volta K2`."""
    run: list[re.Match[str]] = []
    begins = True
    last = 0
    for token in _TOKEN.finditer(text):
        word, between = token.group(), text[last : token.start()]
        begins = begins or re.search(r"[.?!:]\s|[\"“]", between) is not None
        parted = bool(between.strip(" \u00a0"))
        large = (
            _is_large(word)
            and not (begins and word.lower() in _AUXILIARIES)
            and word.lower() not in _ASKING
            and not (begins and word.lower() in STOPWORDS)
        )
        if large and begins and not is_name(word) and not _has_inner_capital(word):
            large = False
        if run and (parted or not (large or word.lower() in _NAME_JOINS)):
            yield from _named(text, run)
            run = []
        if large or (run and word.lower() in _NAME_JOINS):
            run.append(token)
        begins, last = False, token.end()
    yield from _named(text, run)


def _named(text: str, run: list[re.Match[str]]) -> Iterator[tuple[int, int, Subject]]:
    while run and run[-1].group().lower() in _NAME_JOINS:
        run = run[:-1]
    pieces: list[list[re.Match[str]]] = [[]]
    for token in run:  # `Falk and Berg` are two
        if token.group().lower() in ("and", "und", "et", "y"):
            pieces.append([])
        elif token.group().lower() not in _NAME_JOINS or pieces[-1]:
            pieces[-1].append(token)
    for piece in filter(None, pieces):
        named = tuple(plain_name(token.group()) for token in piece if token.group().lower() not in _NAME_JOINS)
        if named:
            is_acronym = len(named) == 1 and _ACRONYM.fullmatch(piece[0].group().replace(".", "")) is not None
            yield piece[0].start(), piece[-1].end(), Subject(named, is_acronym=is_acronym)


def _is_large(word: str) -> bool:
    return word[0].isupper() and word not in ("I", "I'm", "I’m", "I've", "I’ve", "I'd", "I'll")


def _has_inner_capital(word: str) -> bool:
    return any(letter.isupper() for letter in word[1:]) or any(letter.isdigit() for letter in word)


def plain_name(word: str) -> str:
    """A word of a name in lower case, without what makes it possessive, or the stops of `U.K.`"""
    plain = word.replace(".", "") if _DOTTED.fullmatch(word) else word
    return re.sub(r"['’]s?$", "", plain.lower())


def names_it(subject: Subject, text: str) -> bool:
    """Whether a text names a subject, in any usual form."""
    if subject.moment is not None:
        return any(subject.moment.is_named_by(told) for told in moments_in(text))
    return names_words(subject, text)


@lru_cache(maxsize=4096)
def moments_in(text: str) -> tuple[Moment, ...]:
    """The moments that a text names, kept."""
    return tuple(moments_of(text))


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(token.group() for token in _TOKEN.finditer(text))


@lru_cache(maxsize=4096)
def _beside_one_another(text: str) -> tuple[tuple[str, str, str], ...]:
    """The words of a text, each between those that nothing but blanks parts from it."""
    tokens = list(_TOKEN.finditer(text))
    near = [not text[one.end() : other.start()].strip() for one, other in pairwise(tokens)]
    return tuple(
        (
            tokens[at - 1].group() if at and near[at - 1] else "",
            token.group(),
            tokens[at + 1].group() if at < len(near) and near[at] else "",
        )
        for at, token in enumerate(tokens)
    )


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    plain = [plain_name(token) for token in _tokens(text)]
    parts = [part for word in plain for part in re.split(r"[-/.&'’]", word) if part]
    return frozenset([*plain, *parts, *(stem(word) for word in [*plain, *parts])])


def names_words(subject: Subject, text: str) -> bool:
    """Whether a text holds the words of a name or a code: in part, as its acronym, or grown (`Halvernian`)."""
    if not text:
        return False
    if subject.is_code:
        return _holds_code(subject.words, text)
    held = _stems(text)
    if all(is_held(word, held) for word in subject.words):
        return True
    if len(subject.words) == 1:
        return subject.is_acronym and _is_spelled_out(subject.words[0], text)
    return _holds_part(subject.words, text) or _holds_acronym(subject.words, text)


def _holds_code(code: tuple[str, ...], text: str) -> bool:
    written = re.escape(code[-1]).replace(r"\-", "[-‐‑–]")
    flags = re.IGNORECASE if len(code[-1]) > 1 else 0  # `run B` is not `a run b`
    found = re.finditer(rf"(?<![\w])(?<!\d[.,]){written}(?![\w]|[-/.,]\d)", text, flags)
    if not code[-1].isdigit():
        return next(found, None) is not None
    dated = [moment.span for moment in moments_in(text)]  # `3 March` is no version 3
    return any(not any(day.start <= match.start() < day.end for day in dated) for match in found)


def is_held(word: str, held: frozenset[str]) -> bool:
    """Whether a word is among these, be it in another form."""
    if word in held or stem(word) in held or any(_is_inflected(word, other) for other in held):
        return True
    if len(word) < _SHORTEST_STEM or any(letter.isdigit() for letter in word):
        return False
    root = stem(word)
    return any(
        len(other) >= _SHORTEST_STEM and (_grows(root, other) or _grows(other, root))
        for other in held
        if other[0] == root[0]
    )


def _is_inflected(one: str, other: str) -> bool:
    """Whether two words differ by the ending of a German noun alone: `Hunde`, `Hunden`."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST_INFLECTED and long.startswith(short) and long[len(short) :] in _ENDINGS


def _grows(short: str, long: str) -> bool:
    """Whether one word is made of the other: `Halvernian` of `Halvern`."""
    return long.startswith(short) and len(short) >= _SHORTEST_STEM and len(long) - len(short) <= 4


def _holds_part(name: tuple[str, ...], text: str) -> bool:
    """Whether a text names somebody or something in part, and not another who has that part of the name too."""
    for before, token, after in _beside_one_another(text):
        part = plain_name(token)
        if part not in name or not token[0].isupper():
            continue
        rest = [one for one in (before, after) if one[:1].isupper() and not _is_known_with(name, one)]
        if not rest:
            return True
    return False


def _is_known_with(name: tuple[str, ...], word: str) -> bool:
    """Whether a word written large beside a part of a name may stand there: `Lee`, `L.`, `Dr`, `The`."""
    plain = plain_name(word).rstrip(".")
    return plain in name or plain in _TITLES or plain in STOPWORDS or (len(plain) == 1 and plain == name[0][0])


_TITLES = frozenset("mr mrs ms miss dr prof professor sir lady herr frau señor señora monsieur madame captain".split())


def _is_spelled_out(acronym: str, text: str) -> bool:
    """Whether words that stand together begin with these letters: of two letters, words that are written large."""
    initials = "".join(
        token[0] if token[0].isupper() or len(acronym) > 2 else " "
        for token in _tokens(text)
        if token.lower() not in _NAME_JOINS
    )
    return acronym in initials.lower()


def _holds_acronym(name: tuple[str, ...], text: str) -> bool:
    initials = "".join(word[0] for word in name).upper()
    return len(initials) >= 2 and any(initials == token.replace(".", "") for token in _tokens(text))


@lru_cache(maxsize=4096)
def distinct(text: str, begins: bool = False) -> tuple[Subject, ...]:
    """What tells one thing from another in a text; with words that begin a sentence and may be names, if wanted."""
    return tuple(subject for group in subjects_of(text, lambda _: begins).groups for subject in group)


def alike(one: Subject, other: Subject) -> bool:
    """Whether two subjects may be one."""
    if one.moment is not None or other.moment is not None:
        return one.moment is not None and other.moment is not None and one.moment.agrees(other.moment)
    if one.is_code or other.is_code:
        return one.words[-1].lower() == other.words[-1].lower()
    return any(is_held(word, frozenset([*other.words, *map(stem, other.words)])) for word in one.words)


def named_by(passages: Sequence[Passage]) -> "_Named":
    """Whether a word that begins a question is a name: the passages write it large, and never small."""
    written = {word for passage in passages for word in _LETTERS.findall(passage.search_text)}
    return _Named(frozenset(word.lower() for word in written if word[0].isupper()), frozenset(written))


@dataclass(frozen=True, slots=True)
class _Named:
    large: frozenset[str]
    written: frozenset[str]

    def __call__(self, word: str) -> bool:
        return word.lower() in self.large and word.lower() not in self.written
