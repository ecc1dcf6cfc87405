"""What a question or a claim is about, and whether a statement is about that: its names, codes, days and numbers.

What is named must stand in the statement or in its context (headings, the row's other cells, the fields beside it, the
document's title and file name), in any usual form. What a document's prose names once holds for its other sentences
too; what the next row of a table names says nothing of this one.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from rag.domain import BlockKind, Passage
from rag.evidence.exact import unstated_numbers
from rag.evidence.statement import RECORDS, Statement
from rag.text.moments import Moment, moments_of
from rag.text.numbers import Number, is_number_word, numbers_of
from rag.text.words import STOPWORDS, content_words, name_in_words, stem, words

IN_STATEMENT, IN_CONTEXT, IN_PASSAGE, IN_DOCUMENT, AGAINST = 1.0, 0.95, 0.85, 0.75, 0.3
IN_HEAD, MENTIONED = 0.9, 0.6
"""How well a statement fits what is asked, by where that stands; 0 where it is about something else."""
_ACRONYM = re.compile(r"[A-ZÄÖÜ]{2,8}(?:['’]s)?")
_LETTERS_AND_DIGITS = re.compile(r"[^\W\d_]+[^\W_]*[-/.]?\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\W_]+(?:[.&'’/-][^\W_]+)*|§")
_NAME_JOINS = frozenset("of the de la von van der du di and & y e und et".split())
_CODE = re.compile(r"(?=[^\W_]*\d)(?=[^\W_]*[^\W\d_])[^\W_]+(?:[-/.][^\W_]+)*|\d+(?:[-/]\d+)+")
_NUMBERED = re.compile(
    r"(?P<noun>[^\W\d_]{2,}|§)\.?\s+(?:no\.?\s+|number\s+|nr\.?\s+|#)?\[?(?P<number>\d+(?:\.\d+)*|[A-Z])\]?"
    r"(?![\w%])(?!\s*(?:%|[:,.]\d))(?P<after>\s+[^\W\d_]+)?"
)
_UNIT = re.compile(r"\s*(?:%|°|[^\W\d_])")
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
_DERIVED = re.compile(r"(?:n|an|ian|ese|ish|i|s|er|e|en|es)$")


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


InDocument = Callable[[Subject, Passage], bool]
"""Tells whether a passage's document names a subject anywhere."""


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
        named = tuple(_plain(token.group()) for token in piece if token.group().lower() not in _NAME_JOINS)
        if named:
            is_acronym = len(named) == 1 and _ACRONYM.fullmatch(piece[0].group()) is not None
            yield piece[0].start(), piece[-1].end(), Subject(named, is_acronym=is_acronym)


def _is_large(word: str) -> bool:
    return word[0].isupper() and word not in ("I", "I'm", "I’m", "I've", "I’ve", "I'd", "I'll")


def _has_inner_capital(word: str) -> bool:
    return any(letter.isupper() for letter in word[1:]) or any(letter.isdigit() for letter in word)


def _plain(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.lower())


def fit(subjects: Subjects, statement: Statement, in_document: InDocument = lambda *_: False) -> float:
    """How well a statement fits what is named, from 0 (it is about something else) to 1; 1 where nothing is.

    `in_document` tells whether the passage's document names a subject anywhere.
    """
    scores = [max(_place(one, statement, in_document) for one in group) for group in subjects.groups]
    return min(scores, default=1.0)


def _place(subject: Subject, statement: Statement, in_document: InDocument) -> float:
    if subject.moment is not None:
        return _moment_place(subject.moment, statement)
    if len(subject.words) == 2 and subject.is_code and _is_numbered(subject.words[1], statement):
        return IN_STATEMENT
    if _names_it(subject, statement.said):
        return MENTIONED if len(subject.words) == 2 and subject.is_code else IN_STATEMENT
    around = context_of(statement)
    if _names_it(subject, around):
        return IN_CONTEXT
    if _names_it(subject, statement.passage.head):
        return IN_HEAD
    if statement.kind in RECORDS and names_it(subject, statement.passage.search_text):
        return 0.0  # what the next row names
    if names_it(subject, statement.passage.search_text):
        return IN_PASSAGE
    return IN_DOCUMENT if in_document(subject, statement.passage) else 0.0


def names_it(subject: Subject, text: str) -> bool:
    """Whether a text names a subject, in any usual form."""
    if subject.moment is not None:
        return any(subject.moment.is_named_by(told) for told in _moments(text))
    return _names_it(subject, text)


def context_of(statement: Statement) -> str:
    """What tells what a statement is about, beside itself: context, record, title, file name, outlet and author."""
    return ". ".join(_around(statement))


def _around(statement: Statement) -> list[str]:
    origin = statement.passage.origin
    named = [PurePosixPath(origin.path).stem.replace("_", " "), name_in_words(origin.path)]
    return [*filter(None, [*statement.headed, statement.beside, origin.title, *named, origin.outlet, origin.author])]


def _moment_place(asked: Moment, statement: Statement) -> float:
    own = _moments(statement.said)
    around = [moment for text in _around(statement) for moment in _moments(text)]
    published = _moments(statement.passage.origin.published or "")
    if any(asked.is_named_by(told) for told in around):
        # A row of another day in a table of this year is of another day all the same.
        differs = statement.kind is BlockKind.ROW and own and not any(asked.agrees(told) for told in own)
        return 0.0 if differs else IN_STATEMENT
    if (begins := _moment_of_head(asked, statement)) is not None:
        return begins
    named = any(asked.is_named_by(told) for told in own)
    against = [told for told in around if _same_kind(asked, told)]
    if named:
        return AGAINST if against and not any(asked.agrees(told) for told in against) else IN_STATEMENT
    if any(asked.agrees(told) for told in own):
        return IN_PASSAGE  # `March` where March 2025 is asked for
    if any(_same_kind(asked, told) for told in own) or _are_against(asked, against):
        return 0.0
    if any(asked.agrees(told) and (told.month or told.quarter) for told in against):
        return IN_PASSAGE
    if any(asked.is_named_by(told) for told in published):
        return IN_PASSAGE
    is_prose = statement.kind not in RECORDS
    return IN_DOCUMENT if is_prose and any(map(asked.is_named_by, _moments(statement.passage.search_text))) else 0.1


def _moment_of_head(asked: Moment, statement: Statement) -> float | None:
    """How well what a document begins with fits, where that names a month: a bill is of the first that it names."""
    told = [moment for moment in _moments(statement.passage.head) if moment.month]
    if not told or not asked.month or asked.day or statement.kind is BlockKind.ROW:
        return None
    places = [place for place, moment in enumerate(told) if asked.is_named_by(moment)]
    if not places:
        return None
    return IN_HEAD if not places[0] else IN_DOCUMENT


def _are_against(asked: Moment, told: Sequence[Moment]) -> bool:
    """Whether moments are others than the one asked for: none agrees, or, as under `2024` and `March`, one part."""
    parts = [
        {part for part in each if part}
        for each in zip(*((one.year, one.month, one.quarter) for one in told), strict=True)
    ]
    wanted = (asked.year, asked.month, asked.quarter)
    is_other = any(part and named and part not in named for part, named in zip(wanted, parts, strict=False))
    return bool(told) and (is_other or not any(map(asked.agrees, told)))


def _same_kind(asked: Moment, told: Moment) -> bool:
    """Whether both name a month, a quarter or a year, so that one may be the other's rival."""
    return (
        bool(asked.month and told.month)
        or bool(asked.quarter and (told.quarter or told.month))
        or bool(asked.year and told.year)
    )


@lru_cache(maxsize=4096)
def _moments(text: str) -> tuple[Moment, ...]:
    return tuple(moments_of(text))


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(token.group() for token in _TOKEN.finditer(text))


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    plain = [_plain(token) for token in _tokens(text)]
    parts = [part for word in plain for part in re.split(r"[-/.&'’]", word) if part]
    return frozenset([*plain, *parts, *(stem(word) for word in [*plain, *parts])])


def _names_it(subject: Subject, text: str) -> bool:
    if not text:
        return False
    if subject.is_code:
        return _holds_code(subject.words, text)
    held = _stems(text)
    if all(_is_held(word, held) for word in subject.words):
        return True
    if len(subject.words) == 1:
        return subject.is_acronym and _is_spelled_out(subject.words[0], text)
    return _holds_part(subject.words, text) or _holds_acronym(subject.words, text)


def _holds_code(code: tuple[str, ...], text: str) -> bool:
    written = re.escape(code[-1])
    flags = re.IGNORECASE if len(code[-1]) > 1 else 0  # `run B` is not `a run b`
    return re.search(rf"(?<![\w]){written}(?![\w]|[-/.,]\d)", text, flags) is not None


def _is_numbered(number: str, statement: Statement) -> bool:
    """Whether a statement, one of its values or what it stands under has this number: `2.2 The notice …`, `Run: B`."""
    begins = re.compile(rf"\W*(?:[^\W\d_]+\.?\s+|§\s*)?[\[(]?{re.escape(number)}(?![\w]|[-/.,]\d)")
    texts = [statement.text, *statement.headed, *(statement.value(span) for _, span in statement.values)]
    return any(begins.match(text) for text in texts)


def _is_held(word: str, held: frozenset[str]) -> bool:
    if word in held or stem(word) in held:
        return True
    if len(word) < _SHORTEST_STEM or any(letter.isdigit() for letter in word):
        return False
    root = stem(word)
    return any(
        len(other) >= _SHORTEST_STEM and (_grows(root, other) or _grows(other, root))
        for other in held
        if other[0] == root[0]
    )


def _grows(short: str, long: str) -> bool:
    """Whether one word is made of the other: `Halvernian` of `Halvern`."""
    return long.startswith(short) and len(short) >= _SHORTEST_STEM and len(long) - len(short) <= 4


def _holds_part(name: tuple[str, ...], text: str) -> bool:
    """Whether a text names somebody in part: the last name, and before it no other first name."""
    last, first = name[-1], name[0]
    tokens = _tokens(text)
    for at, token in enumerate(tokens):
        if _plain(token) != last or not token[0].isupper():
            continue
        before = tokens[at - 1] if at else ""
        if not before or not before[0].isupper() or _plain(before) in name or before.rstrip(".").lower() in _TITLES:
            return True
        if len(before.rstrip(".")) == 1 and before[0].lower() == first[0]:
            return True
    return False


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
    return len(initials) >= 2 and initials in _tokens(text)


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
        {word.lower() for subject in _distinct(text) for word in subject.words if _LETTERS_AND_DIGITS.match(word)}
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
        subject.moment is None and _alike(subject, another)
        for subject in _distinct(one)
        for another in _distinct(other, begins=True)
    )


def names_others(text: str, subjects: Subjects) -> bool:
    """Whether a text names somebody or something by name, and none of these subjects."""
    told = [one for one in _distinct(text) if one.words and not one.is_code]
    asked = [one for group in subjects.groups for one in group if one.words]
    return bool(told) and bool(asked) and not any(_alike(one, other) for one in told for other in asked)


def given_by(claim: str, said: str, around: str) -> set[str]:
    """The words of the names of a claim, where a text around gives them all and a statement names nobody itself."""
    named = [one for one in _distinct(claim, begins=True) if one.words and not one.is_code and _names_it(one, around)]
    if not named or any(one.words for one in _distinct(said)):
        return set()
    plain = {word for one in named for word in one.words}
    return {word for word in words(claim) if _plain(word) in plain}


def are_twins(one: Statement, other: Statement) -> bool:
    """Whether two statements say the same of different things, or different things of the same, in the same words."""
    return _skeleton(one) == _skeleton(other)


def _name_apart(one: str, other: str, *, shared: bool = True, begins: bool = False, by_days: bool = False) -> bool:
    """Whether each of two texts names what the other does not; unless `shared`, and nothing that the other does too.

    Where `begins`, a word that begins a sentence counts as a name. Days alone tell things apart only where these are
    known `by_days`, as headings are; else beside other numbers, or they are what the texts disagree on.
    """
    both = (
        (_distinct(one, begins), _distinct(other, begins=True)),
        (_distinct(other, begins), _distinct(one, begins=True)),
    )
    apart = [
        [subject for subject in mine if not any(_alike(subject, each) for each in others)] for mine, others in both
    ]
    if not shared and len(apart[0]) < len(both[0][0]):
        return False
    named = [any(subject.moment is None for subject in mine) for mine in apart]
    dated = all(any(subject.moment is not None for subject in mine) for mine in apart)
    return all(named) or (dated and (by_days or _amounts(one) != _amounts(other)))


@lru_cache(maxsize=4096)
def _distinct(text: str, begins: bool = False) -> tuple[Subject, ...]:
    """What tells one thing from another in a text; with words that begin a sentence and may be names, if wanted."""
    return tuple(subject for group in subjects_of(text, lambda _: begins).groups for subject in group)


def _alike(one: Subject, other: Subject) -> bool:
    if one.moment is not None or other.moment is not None:
        return one.moment is not None and other.moment is not None and one.moment.agrees(other.moment)
    if one.is_code or other.is_code:
        return one.words[-1].lower() == other.words[-1].lower()
    return any(_is_held(word, frozenset([*other.words, *map(stem, other.words)])) for word in one.words)


@lru_cache(maxsize=4096)
def _amounts(text: str) -> frozenset[frozenset[float]]:
    """The numbers of a text that are no part of a day."""
    dated = [moment.span for moment in moments_of(text)]
    return frozenset(
        number.values
        for number in numbers_of(text)
        if not any(number.span.start < span.end and span.start < number.span.end for span in dated)
    )


@lru_cache(maxsize=4096)
def _skeleton(statement: Statement) -> tuple[str, ...]:
    """The words of a statement that are neither names nor numbers."""
    said = words(statement.text)
    return tuple(stem(word) for word in said if word.islower() and not word[0].isdigit() and not is_number_word(word))


def lacking_numbers(claim: str, evidence: str) -> list[str]:
    """The numbers and months of a claim that its evidence gives in no form, as the claim writes them.

    What may follow from another number (`more than 20`), or is a name's (`Radio 4`), is not asked for.
    """
    told = [value for number in numbers_of(evidence) for value in number.values]
    given = {
        word
        for number in numbers_of(claim)
        if any(_same(value, other) for value in _unscaled(number, claim, evidence) for other in told)
        for word in words(number.span.of(claim))
    }
    for moment in moments_of(claim):
        if any(moment.is_named_by(other) for other in _moments(evidence)):
            given.update(words(moment.span.of(claim)))
    return [word for word in unstated_numbers(claim, evidence) if word not in given]


def _unscaled(number: Number, claim: str, evidence: str) -> set[float]:
    """What a number of a claim may amount to; `127.3 million` is 127.3 where a table tells its numbers in millions."""
    scale = number.scale if re.search(rf"\b{number.span.of(claim).split()[-1]}", evidence, re.IGNORECASE) else 1.0
    return {*number.values, *(value / scale for value in number.values)}


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(one))


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
