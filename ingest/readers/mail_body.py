"""The plain body of a mail: its own words, what it quotes of earlier mails, and its signature."""

import re
from collections.abc import Sequence
from itertools import groupby

from ingest.readers.plain import blocks_of_text
from ingest.structure import TextWriter
from rag.domain import BlockKind, Span

INTRODUCES = re.compile(
    r"[^\n]{0,200}\b(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|schreef)\b[^\n]{0,80}[:：]"
    r"|-+ ?(?:Original Message|Ursprüngliche Nachricht) ?-+"
)
"""The line before what a mail quotes."""
_ORIGINAL = re.compile(r"-{3,} ?(?:Original Message|Ursprüngliche Nachricht) ?-{3,}")
_MARKS = re.compile(r"[ \t]*((?:>[ \t]?)+)")
_BULLET = re.compile(r"(?:[•·▪◦‣–*-]|\d{1,3}[.)])\s")
_ON = re.compile(r"\s*(?:On|Am|Le|El|Il|Op|Den)\b")
_MOST_INTRODUCTION = 3
_MOST_SIGNATURE = 12
_OWN, _QUOTED, _SIGNED = "own", "quoted", "signed"


def write_body(text: str, writer: TextWriter) -> None:
    """Writes the blocks of a plain body; the marks of what is quoted are left out."""
    lines = text.replace("\r\n", "\n").split("\n")
    kinds = _kinds(lines)
    for kind, group in groupby(zip(kinds, lines, strict=True), key=lambda pair: pair[0]):
        part = [line for _, line in group]
        if kind == _OWN:
            words = "\n".join(part).strip("\n")
            writer.insert(words, blocks_of_text(words))
        elif kind == _SIGNED:
            writer.add(BlockKind.FURNITURE, " ".join(part[1:]))
        else:
            _write_quoted(part, writer)


def _kinds(lines: Sequence[str]) -> list[str]:
    """For each line whether it is the mail's own, quoted, or of its signature."""
    kinds = [_QUOTED if _MARKS.match(line) else _OWN for line in lines]
    for at, line in enumerate(lines):
        if kinds[at] == _OWN and _ORIGINAL.fullmatch(line.strip()):
            kinds[at:] = [_QUOTED] * (len(lines) - at)
        elif kinds[at] == _QUOTED and kinds[at - 1 : at] == [_OWN]:
            first = _introduced_from(lines, at)
            kinds[first:at] = [_QUOTED] * (at - first)
    for at, line in enumerate(lines):
        if kinds[at] == _OWN and line.rstrip() == "--":
            end, said = at, 0
            while end < len(lines) and kinds[end] == _OWN and said <= _MOST_SIGNATURE:
                said += bool(lines[end].strip())
                end += 1
            if said <= _MOST_SIGNATURE:
                kinds[at:end] = [_SIGNED] * (end - at)
    return kinds


def _introduced_from(lines: Sequence[str], at: int) -> int:
    """Where the line begins that introduces what is quoted from here; mail programs break it. Without one, here."""
    end = at
    while end and not lines[end - 1].strip():
        end -= 1
    starts = [
        first
        for first in range(end - 1, max(-1, end - 1 - _MOST_INTRODUCTION), -1)
        if INTRODUCES.fullmatch(" ".join(map(str.strip, lines[first:end])))
    ]
    return next((first for first in starts if _ON.match(lines[first])), starts[0] if starts else at)


def _write_quoted(lines: Sequence[str], writer: TextWriter) -> None:
    """Paragraphs of quoted mails, each of which leans on the line that says whose words it is."""
    said_by: dict[int, Span] = {}
    words: list[str] = []
    depth = 0

    def end() -> None:
        joined = " ".join(words)
        words.clear()
        span = writer.add(BlockKind.QUOTED, joined, leans_on=[said_by[depth]] if depth in said_by else ())
        if span is not None and INTRODUCES.fullmatch(joined):
            said_by[depth + 1] = span

    for line in lines:
        marks = _MARKS.match(line)
        found = marks.group(1).count(">") if marks else 0
        rest = (line[marks.end() :] if marks else line).strip()
        if found != depth or not rest or _BULLET.match(rest):
            end()
        depth = found
        words.append(rest)
        if len(words) <= _MOST_INTRODUCTION and INTRODUCES.fullmatch(" ".join(words)):
            end()
    end()
