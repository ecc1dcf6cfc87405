"""Words of the same and of the opposite meaning, from WordNet's files as Debian's `wordnet-base` lays them."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path("/usr/share/wordnet")
_PARTS = ("adj", "verb", "noun", "adv")
_NUMBERS = {"noun": "1", "verb": "2", "adj": "35", "adv": "4"}
_SEEN = 3
"""A word is common enough in a sense when WordNet's texts have it so often."""
_MOST_SENSES = 2
"""A word with more senses than these is too often meant in another than its first."""
_WORD = re.compile(r"\b[a-z]{3,}\b")
_LEFT = frozenset("are was not has have does the and with may can will must due needs done sold paying".split())
"""Words that say little by themselves, or whose first sense is mostly not meant."""


@dataclass(frozen=True)
class WordNet:
    """For a word in its most frequent sense, the words that mean the same there, and those that mean the opposite."""

    same: dict[str, tuple[str, ...]]
    opposite: dict[str, tuple[str, ...]]


def read_wordnet(folder: Path = FOLDER) -> WordNet:
    """The first senses of WordNet's words; words of several parts of speech, and forms of verbs, are left out."""
    same: dict[str, tuple[str, ...]] = {}
    opposite: dict[str, tuple[str, ...]] = {}
    parts_of: defaultdict[str, set[str]] = defaultdict(set)
    common = _common(folder / "cntlist.rev")
    for part in _PARTS:
        first = dict(_first_senses(folder / f"index.{part}"))
        for word in _lemmas(folder / f"index.{part}"):
            parts_of[word].add(part)
        for at, words, opposed in _meanings(folder / f"data.{part}"):
            mine = [word for word in words if first.get(word) == at]
            for word in mine:
                others = [one for one in mine if one != word and (one, part) in common]
                if others:
                    same.setdefault(word, tuple(others))
                if word in opposed:
                    opposite.setdefault(word, opposed[word])
    sure = {word for word, parts in parts_of.items() if len(parts) == 1 and not word.endswith("ed")} - _LEFT
    return WordNet(
        {word: others for word, others in same.items() if word in sure},
        {word: others for word, others in opposite.items() if word in sure},
    )


def _common(counts: Path) -> set[tuple[str, str]]:
    """The words that are often found in their first sense."""
    parts = {number: part for part, numbers in _NUMBERS.items() for number in numbers}
    fields = (line.split() for line in counts.read_text("ascii").splitlines())
    keys = (key.split("%") for key, sense, count in fields if sense == "1" and int(count) >= _SEEN)
    return {(word, parts[rest[0]]) for word, rest in keys}


def _lemmas(index: Path) -> Iterator[str]:
    return (line.split()[0] for line in index.read_text("ascii").splitlines() if not line.startswith(" "))


def _first_senses(index: Path) -> Iterator[tuple[str, str]]:
    for line in index.read_text("ascii").splitlines():
        if not line.startswith(" "):
            fields = line.split()
            if int(fields[2]) <= _MOST_SENSES:
                yield fields[0], fields[-int(fields[2])]


def _meanings(data: Path) -> Iterator[tuple[str, list[str], dict[str, tuple[str, ...]]]]:
    """Of each meaning its place, its words, and for each word its opposites."""
    lines = [line.split(" | ")[0].split() for line in data.read_text("ascii").splitlines() if line[:2] != "  "]
    words_at = {fields[0]: _words(fields) for fields in lines}
    for fields in lines:
        words = words_at[fields[0]]
        opposed: defaultdict[str, list[str]] = defaultdict(list)
        after = 4 + 2 * len(words)
        for at in range(int(fields[after])):
            sign, place, _, ends = fields[after + 1 + 4 * at : after + 5 + 4 * at]
            if sign == "!" and place in words_at:
                opposed[words[int(ends[:2], 16) - 1]].append(words_at[place][int(ends[2:], 16) - 1])
        yield fields[0], words, {word: tuple(others) for word, others in opposed.items()}


def _words(fields: list[str]) -> list[str]:
    return [re.sub(r"\((?:a|p|ip)\)$", "", fields[4 + 2 * at]).lower() for at in range(int(fields[3], 16))]


def exchanged(text: str, wordnet: WordNet, rng: random.Random, *, opposite: bool) -> str | None:
    """The text with one word exchanged; None where it has none that can be."""
    table = wordnet.opposite if opposite else wordnet.same
    usable = [
        (found, others)
        for found in _WORD.finditer(text)
        if (others := [one for one in table.get(found[0], ()) if one.isalpha() and len(one) > 2])
    ]
    if not usable:
        return None
    found, others = rng.choice(usable)
    return text[: found.start()] + rng.choice(others) + text[found.end() :]
