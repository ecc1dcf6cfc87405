"""What a question asks for beside its words: which outlets, authors and days, the latest, and in how many parts.

Outlets and authors are known from the library, never from a list here. A name that the question gives as a source
(`according to Reuters`, `the Wired article`) decides where a part is searched; a name or a period that is only
mentioned (`Who bought Wired?`, `in May 2025`) lifts passages and shuts none out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rag.domain import Period, Span, Within
from rag.text.dates import named_periods, widened
from rag.text.words import content_words

_MOST_PARTS = 4
_SHORTEST_PART = 4
"""Content words from which on a clause is a part of its own: a shorter one means little without the rest."""
_LONGEST_NAME = 8
_TOKEN = re.compile(r"[^\W_]+(?:[.&'’-][^\W_]+)*")
_QUOTES = "'\"‘’“”"
_SAYING = (
    r"(?:report|publish|cover|carri|mention|cit|quot|describ|discuss|stat|not|claim|featur|highlight|suggest|allege"
    r"|print|detail|reveal|document)\w{0,2}ed|writ(?:ten|es?)|wrote|told|said|says?"
)
_PIECE = r"articles?|reports?|reporting|stor(?:y|ies)|pieces?|coverage|reviews?|interviews?|analys[ei]s|columns?"
# `according to`, `as reported by`, `an article from`, then the name.
_BEFORE = re.compile(
    rf"\b(?:according to|as per|per|(?:{_SAYING}) (?:by|in|on|to)|(?:{_PIECE}) (?:by|from|in|of|on))"
    rf"\s+(?:(?:both|the|an?|another|other|sources?|such as|like|from|in|by|of|{_PIECE})\s+)*[{_QUOTES}]*$",
    re.IGNORECASE,
)
# The name, then `article`, `report of 5 May`, `says`, `suggested that`.
_AFTER = re.compile(
    rf"[{_QUOTES}]*(?:['’]s)?\s+(?:\w+\s+)?(?:{_PIECE}|{_SAYING}|claims?|suggests?|reveals?|indicates?)\b",
    re.IGNORECASE,
)
# What names the source after what it says: `…, as reported by A`, unlike `the A article says …`.
_SAID_BEFORE = re.compile(
    rf"(?:\baccording to|\bas per|\b(?:{_SAYING}) (?:by|in|on))"
    rf"\s+(?:(?:both|the|an?|another|other|sources?|such as|like|from|in|by|of|published|{_PIECE})\s+)*[{_QUOTES}]*$",
    re.IGNORECASE,
)
_OF_A_PIECE = re.compile(rf"\b(?:publish\w*|{_PIECE}|reported)\b[^.?!]{{0,40}}$", re.IGNORECASE)
_LIST = re.compile(rf"[\s,;{_QUOTES}]*(?:(?:and|or|both|the|as well as)\b[\s,{_QUOTES}]*)*", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\?\s+|;\s+|,\s+(?=(?:and|but|while|whereas|or|yet)\b)|\s+(?=(?:while|whereas)\b)|,\s+(?=(?:who|which|that)\b)"
)
_QUESTION_WORD = r"(?:who|whom|whose|what|which|when|where|why|how)\b"
_AND_ASKS = re.compile(rf"\?\s+(?:and\s+)?|[,;]?\s+(?:and|but)\s+(?={_QUESTION_WORD})", re.IGNORECASE)
# Not `today's date`, and not `the latest day`, which is a term and no news.
_TODAY = r"(?<!date of )(?<!date )today(?!['’]s date)"
_AT_PRESENT = rf"(?:currently|right now|now|nowadays|{_TODAY}|at present)"
_NEWEST = re.compile(
    rf"\b(?:(?<!at the )latest(?! (?:possible|permitted|allowed|date|day|time|hour|moment)\b)|newest"
    rf"|most recent(?:ly)?|{_AT_PRESENT})\b",
    re.IGNORECASE,
)
# `What is the latest on`, before what it is about; `currently`, `now`.
_CUE_OF_NEWEST = re.compile(
    r"^(?:what(?:['’]?s| is| are)? )?(?:the )?(?:latest|newest|most recent)"
    r"(?: (?:news|developments?|updates?|state|status))? (?:on|about|of|with|in|from|regarding) "
    rf"|,? ?\b{_AT_PRESENT}\b",
    re.IGNORECASE,
)
_SITE = re.compile(r"(?:www\.)?([\w-]{3,})(?:\.\w{2,4}){1,2}$")
_TAIL = re.compile(r"\s+[|–—-]\s+|:\s|\s*\(")
_BETWEEN_AUTHORS = re.compile(r",\s*|\s+(?:and|&)\s+|\s*;\s*")


@dataclass(frozen=True, slots=True)
class Part:
    """What is searched for one part of a question: the words of this part, and which documents may answer it."""

    text: str
    within: Within = field(default_factory=Within)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question understood: what all parts share, the parts, what is preferred, and whether the newest is asked."""

    query: str
    matter: str
    """The question without the sources it names: their names need not stand in the text that they wrote."""
    parts: tuple[Part, ...]
    preferred: tuple[Within, ...] = ()
    newest: bool = False


class KnownNames:
    """The outlets and authors of a library, as questions name them."""

    def __init__(self, outlets: Iterable[str], authors: Iterable[str]) -> None:
        self._forms: dict[tuple[str, ...], list[_Form]] = {}
        for outlet in outlets:
            for written in _short_forms(outlet):
                self._add(written, outlet, is_outlet=True)
        for author in authors:
            for written in (author, *_BETWEEN_AUTHORS.split(author)):
                if len(written.split()) > 1:  # a first name alone is anybody's
                    self._add(written, author, is_outlet=False)

    def _add(self, written: str, name: str, *, is_outlet: bool) -> None:
        tokens = _TOKEN.findall(written)
        if 0 < len(tokens) <= _LONGEST_NAME:
            self._forms.setdefault(tuple(map(_plain, tokens)), []).append(_Form(tuple(tokens), name, is_outlet))

    def mentions(self, question: str) -> "list[_Mention]":
        """Where the question names them, in order; of names that overlap, the longer."""
        tokens = list(_TOKEN.finditer(question))
        plain = [_plain(token.group()) for token in tokens]
        found: list[_Mention] = []
        at = 0
        while at < len(tokens):
            for length in range(min(_LONGEST_NAME, len(tokens) - at), 0, -1):
                forms = self._forms.get(tuple(plain[at : at + length]))
                mention = forms and _mention(question, tokens[at : at + length], forms)
                if mention:
                    found.append(mention)
                    at += length
                    break
            else:
                at += 1
        return _attributed_as_a_list(question, found)


def understand(question: str, known: KnownNames) -> Asked:
    """What a question asks for. Without a cue it is one part, searched everywhere."""
    mentions = known.mentions(question)
    sources = [_Cue(mention.span, mention.within) for mention in mentions if mention.is_source]
    preferred = [mention.within for mention in mentions if not mention.is_source]
    for span, period in named_periods(question):
        if period.first == period.last and (sources or _OF_A_PIECE.search(question[: span.start])):
            _date(sources, span, widened(period))
        else:
            preferred.append(Within(published=period))
    sources.sort(key=lambda cue: cue.span)
    parts = _parts(question, sources)
    return Asked(
        query=question,
        matter=_without(question, [cue.span for cue in sources if cue.names]) or question,
        parts=tuple(dict.fromkeys(_split(parts))),
        preferred=tuple(preferred),
        newest=_NEWEST.search(question) is not None,
    )


def without_newest(question: str) -> str:
    """The question without asking for the newest: `What is the latest on the canal?` gives `the canal?`, `Is it open
    now?` gives `Is it open?`.
    """
    return _CUE_OF_NEWEST.sub("", question).strip()


def asked_one_by_one(question: str) -> list[str]:
    """The questions that one sentence asks: `Who built it, and when was it sold?` asks two.

    Empty where it asks one, or where a part names nothing, as `and why?` does.
    """
    parts = [f"{part.strip(' ?')}?" for part in _AND_ASKS.split(question) if part.strip(" ?")]
    is_each = all(content_words(part) and re.search(rf"\b{_QUESTION_WORD}", part, re.IGNORECASE) for part in parts)
    return parts if is_each and 1 < len(parts) <= _MOST_PARTS else []


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a name, and whose it is."""

    tokens: tuple[str, ...]
    name: str
    is_outlet: bool


@dataclass(frozen=True, slots=True)
class _Mention:
    span: Span
    within: Within
    is_source: bool


@dataclass(slots=True)
class _Cue:
    """A source that the question names, with the day of its report where one is given."""

    span: Span
    within: Within
    names: bool = True


def _short_forms(outlet: str) -> list[str]:
    """`FOX News - Health` is also called `FOX News`, `www.cbssports.com` also `cbssports`, `The Verge` also `Verge`."""
    forms = [outlet, _TAIL.split(outlet)[0]]
    forms += [site.group(1) for form in forms if (site := _SITE.match(form))]
    forms += [form[4:] for form in forms if form.lower().startswith("the ")]
    return list(dict.fromkeys(form for form in forms if form))


def _plain(token: str) -> str:
    return token.lower().replace("’", "'").removesuffix("'s")


def _mention(question: str, tokens: Sequence[re.Match[str]], forms: Sequence[_Form]) -> _Mention | None:
    """The name that these words are; None where they are more likely ordinary words (`time`, `the age of`)."""
    span = Span(tokens[0].start(), tokens[-1].start() + len(tokens[-1].group().removesuffix("'s").removesuffix("’s")))
    is_source = bool(_BEFORE.search(question[: span.start]) or _AFTER.match(question, span.end))
    # People named in a question are mostly its matter: an author counts only as a source.
    meant = [form for form in forms if is_source or (form.is_outlet and _looks_like_a_name(question, span, form))]
    return _Mention(span, Within(by=frozenset(form.name for form in meant)), is_source) if meant else None


def _looks_like_a_name(question: str, span: Span, form: _Form) -> bool:
    if question == question.lower():  # somebody who types no capitals: only what cannot be an ordinary word
        return any(not token[1:].islower() for token in form.tokens)
    written = tuple(_TOKEN.findall(span.of(question)))
    begins = not question[: span.start].strip(_QUOTES + " ")
    return written == form.tokens and not (begins and len(written) < 3)


def _attributed_as_a_list(question: str, mentions: list[_Mention]) -> list[_Mention]:
    """In `reports of A, B and C`, what makes A a source makes B and C sources too, and in `A and B articles` so."""
    sources = [mention.is_source for mention in mentions]
    places = range(1, len(mentions))
    for first, second in [(at - 1, at) for at in places] + [(at, at - 1) for at in reversed(places)]:
        left, right = mentions[min(first, second)], mentions[max(first, second)]
        if sources[first] and _LIST.fullmatch(question, left.span.end, right.span.start):
            sources[second] = True
    return [_Mention(mention.span, mention.within, source) for mention, source in zip(mentions, sources, strict=True)]


def _date(cues: list[_Cue], span: Span, period: Period) -> None:
    """Gives a day to the nearest source without one; a further day is a further report of the nearest source."""
    nearest = min(cues, key=lambda cue: _distance(cue.span, span), default=None)
    if nearest is None:
        cues.append(_Cue(span, Within(published=period), names=False))
    elif nearest.within.published is None:
        nearest.within = replace(nearest.within, published=period)
    else:
        cues.append(_Cue(span, replace(nearest.within, published=period), names=False))


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end)


def _parts(question: str, cues: Sequence[_Cue]) -> list[Part]:
    """Each source with the words that are said of it: those before `…, as reported by A`, those after `A says …`."""
    if not cues:
        return [Part(question)]
    groups = [[cues[0]]]
    for cue in cues[1:]:
        gap = question[groups[-1][-1].span.end : cue.span.start]
        if len(content_words(gap)) < 2:
            groups[-1].append(cue)  # `A, B and C` share what is said
        else:
            groups.append([cue])
    ends = [0, *(group[-1].span.end for group in groups)]
    gaps = [question[end : group[0].span.start] for end, group in zip(ends, groups, strict=False)]
    said_before = [
        bool((found := _SAID_BEFORE.search(gap)) and len(content_words(gap[: found.start()])) > 2) for gap in gaps
    ]
    parts = []
    for at, group in enumerate(groups):
        text = gaps[at] if said_before[at] else ""
        if not said_before[at] or len(groups) == 1:
            text += " " + (gaps[at + 1] if at + 1 < len(groups) else question[ends[-1] :])
        parts += [Part(" ".join(text.split()) or question, cue.within) for cue in group]
    return parts


def _split(parts: Sequence[Part]) -> list[Part]:
    """The clauses of long parts as parts of their own, as long as there are few in all."""
    split = [[Part(text, part.within) for text in _clauses(part.text)] for part in parts]
    return [one for some in split for one in some] if sum(map(len, split)) <= _MOST_PARTS else list(parts)


def _clauses(text: str) -> list[str]:
    if asked := asked_one_by_one(text):
        return asked
    clauses: list[str] = []
    for piece in _CLAUSE.split(text):
        if clauses and min(len(content_words(piece)), len(content_words(clauses[-1]))) < _SHORTEST_PART:
            clauses[-1] += " " + piece
        elif piece.strip():
            clauses.append(piece)
    return clauses if len(clauses) > 1 else [text]  # one clause is the text as it was, commas and all


def _without(text: str, spans: Sequence[Span]) -> str:
    kept, at = [], 0
    for span in sorted(spans):
        kept.append(text[at : span.start])
        at = max(at, span.end)
    return " ".join(" ".join([*kept, text[at:]]).split())
