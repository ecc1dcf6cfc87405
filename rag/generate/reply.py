"""What a language model's reply says, and which passages it cites: marked text, or JSON where that was asked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict
from pydantic_core import from_json

from rag.domain import Span
from rag.text.sentences import sentences

NOT_IN_DOCUMENTS = "NOT_IN_DOCUMENTS"
WIDEST_RANGE = 50
# Nobody numbers a million passages; longer figures in brackets are not markers, and may be too long for a number.
# What follows a dagger is a model's own note on the place: 【1†L3-L5】.
_NUMBER = r"(?:\^\s*)?\d{1,6}(?:\s*†[^\]］】\n,;†]{0,40})?"
MARKER = re.compile(
    rf"[\[［【]\s*(?:(?:passage|source|document)s?\s*)?{_NUMBER}(?:\s*[,;，、&–—-]\s*{_NUMBER})*\s*[\]］】]",
    re.IGNORECASE,
)
_RANGE_OR_NUMBER = re.compile(r"(\d{1,6})(?:\s*[–—-]\s*(\d{1,6}))?")
_NOTE = re.compile(r"†[^\]］】\n,;†]{0,40}")
# What chat templates put around messages; models now and then print it.
_CONTROL = re.compile(
    r"<[|｜][^<>|｜\n]{1,40}[|｜]>|</?s>|<(?:start|end)_of_turn>|<[be]os>|\[/?(?:INST|SYSTEM_PROMPT|TOOL_CALLS)\]"
)
_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"^[ \t]*(?:[-*•–]|\d{1,2}[.)])[ \t]+", re.MULTILINE)
_NOTHING_ELSE = re.compile(r"[\W_]*not[_ ]in[_ ]documents[\W_]*", re.IGNORECASE)
_NOTHING_FIRST = re.compile(rf"[\W_]*{NOT_IN_DOCUMENTS}\b")
# An answer is words. What a page could run, fetch or link is taken out, and a link leaves the words that it carried.
_ACTIVE = [
    (
        re.compile(r"<(script|style|iframe|svg|object)\b[^<>]{0,2000}>.{0,5000}?</\1\s*>", re.DOTALL | re.IGNORECASE),
        " ",
    ),
    (re.compile(r"</?[A-Za-z!][^<>]{0,2000}>"), " "),
    (re.compile(r"!\[[^\[\]]{0,500}\](?:\([^()\s]{0,2000}[^()]{0,500}\)|\[[^\[\]]{0,200}\])"), " "),
    (re.compile(r"\[([^\[\]]{0,500})\]\([^()\s]{0,2000}[^()]{0,500}\)"), r"\1"),
    (re.compile(r"^ {0,3}\[[^\[\]\n]{1,200}\]:[ \t]*\S+.*$", re.MULTILINE), " "),
]
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class _WrittenSentence(BaseModel):
    """One sentence of the answer, and the numbers of the passages it rests on."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str
    passages: list[int]


class WrittenReply(BaseModel):
    """The form of a reply in JSON; without a sentence it says that the passages do not answer."""

    model_config = ConfigDict(extra="forbid", strict=True)

    sentences: list[_WrittenSentence]


@dataclass(frozen=True, slots=True)
class ReplySentence:
    """A sentence of a reply without its markers, and the numbers of the passages it names, in order."""

    text: str
    markers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a language model said. `unknown_markers` name no passage; `abstained` means it found no answer."""

    sentences: tuple[ReplySentence, ...]
    unknown_markers: tuple[int, ...]
    abstained: bool


def parse_json_reply(text: str, *, passage_count: int) -> Reply:
    """The same as `parse_reply` of a reply in the form of `WrittenReply`, which may break off anywhere.

    Raises ValueError where it is no JSON.
    """
    found: list[ReplySentence] = []
    unknown: list[int] = []
    entries = _entries(text, half_strings=False)
    for said, named in entries:
        part = parse_reply(said, passage_count=passage_count)
        known = [number for number in named if 1 <= number <= passage_count]
        unknown += [*part.unknown_markers, *(number for number in named if number not in known)]
        for sentence in part.sentences:
            found.append(ReplySentence(sentence.text, tuple(dict.fromkeys([*known, *sentence.markers]))))
    return Reply(tuple(found), tuple(dict.fromkeys(unknown)), abstained=not found)


def readable(text: str) -> str:
    """The words of a reply in JSON as far as it is written, to be shown as a draft; empty where there are none yet."""
    try:
        return " ".join(said for said, _ in _entries(text, half_strings=True))
    except ValueError:
        return ""


def _entries(text: str, *, half_strings: bool) -> list[tuple[str, list[int]]]:
    """The sentences of a reply in JSON, and the numbers of each; what is not of that form is passed over."""
    given = from_json(text, allow_partial="trailing-strings" if half_strings else True)
    listed = given.get("sentences") if isinstance(given, dict) else None
    entries = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return [
        (one["text"], [number for number in one.get("passages") or [] if type(number) is int])
        for one in entries
        if isinstance(one.get("text"), str) and isinstance(one.get("passages") or [], list)
    ]


def parse_reply(text: str, *, passage_count: int) -> Reply:
    """The sentences of a reply and the passages, numbered from 1, that each rests on.

    A marker belongs to the sentence before it or, where it begins a line of words, to the one after it.
    """
    text, marks = _without_markers(_BULLET.sub("\n", _without_active_content(_without_thoughts(text))))
    if _NOTHING_FIRST.match(text) or _NOTHING_ELSE.fullmatch(text):
        return Reply((), (), abstained=True)
    # Models end a line only where they end a sentence or an item.
    cut = (span.shifted(line.start()) for line in _LINE.finditer(text) for span in sentences(line.group()))
    spans = [span for span in cut if _says_something(span.of(text))]
    named: list[list[int]] = [[] for _ in spans]
    unknown: list[int] = []
    for position, numbers in marks:
        rests = named[_sentence_at(position, text, spans)] if spans else []
        for number in numbers:
            into = rests if 1 <= number <= passage_count else unknown
            if number not in into:
                into.append(number)
    words = [" ".join(_without_active_content(span.of(text)).split()) for span in spans]
    found = [ReplySentence(said, tuple(numbers)) for said, numbers in zip(words, named, strict=True)]
    return Reply(tuple(found), tuple(unknown), abstained=False)


def _without_thoughts(text: str) -> str:
    """A reply without what a model thinks aloud and without control tokens."""
    text = _UNPRINTABLE.sub(" ", text.replace("&lt;", "<"))  # as the prompt writes it
    return _CONTROL.sub("", text.rpartition("</think>")[2].partition("<think>")[0])


def _without_active_content(text: str) -> str:
    """A text without tags, images and addresses of links."""
    before = ""
    while before != text:  # what is left may join to another
        before = text
        for pattern, left in _ACTIVE:
            text = pattern.sub(left, text)
    return text


def _without_markers(text: str) -> tuple[str, list[tuple[int, list[int]]]]:
    """A reply without its markers, and for each the position where it stood with the numbers in it."""
    marks: list[tuple[int, list[int]]] = []
    while marker := MARKER.search(text):  # each turn makes the text shorter
        start = len(text[: marker.start()].rstrip(" \t"))
        rest = text[marker.end() :]
        # A marker ends its sentence where a line ends, or where the next sentence follows without a space.
        ends_line = rest.lstrip(" \t").startswith("\n")
        joint = "\n" if ends_line else " " if rest[:1].isalnum() and text[start - 1 : start].strip() else ""
        # Taking a marker out can join two halves to another, which then stands before the first.
        marks = [(min(position, start), numbers) for position, numbers in marks]
        marks.append((start, _numbers(marker[0])))
        text = text[:start] + joint + rest
    return text, marks


def _numbers(marker: str) -> list[int]:
    numbers: list[int] = []
    for first, last in _RANGE_OR_NUMBER.findall(_NOTE.sub("", marker)):
        low, high = int(first), int(last or first)
        numbers += range(low, high + 1) if 0 <= high - low <= WIDEST_RANGE else [low, high]
    return numbers


def _sentence_at(position: int, text: str, spans: Sequence[Span]) -> int:
    """Which sentence a marker belongs to that stood at this position."""
    before = sum(span.start < position for span in spans)
    begins_line = position == 0 or text[position - 1] == "\n"
    if begins_line and text[position:].partition("\n")[0].strip():
        return min(before, len(spans) - 1)
    return max(before - 1, 0)


def _says_something(sentence: str) -> bool:
    return any(character.isalnum() for character in sentence) and not _NOTHING_ELSE.fullmatch(sentence)
