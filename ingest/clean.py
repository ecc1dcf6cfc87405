"""The search copy of a text: the same length, with damage repaired and markup blanked. Spans mean the same in both."""

import re
from dataclasses import dataclass, field
from functools import partial

from ingest.dates import WRITTEN_DATE
from ingest.double_encoding import without_double_encoding

_IMAGE = (
    r"(?:!\[[^\]\n]{0,1000}\]\((?:data:[\w/+.;,=%-]*+)?(?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)|<img\b[^<>]{0,2000}+>)"
)
# Where nothing but images and the bars of a table stand on a line, the whole line is a leftover.
_IMAGES = re.compile(rf"^[ \t|]*(?:{_IMAGE}[ \t|]*)+$|{_IMAGE}", re.MULTILINE)
_LINK = re.compile(
    r"\[([^\[\]\n]{0,1000})\]\((?:<[^<>\n]{0,2000}>|(?:[^()\s]|\([^()\s]{0,500}\)){0,2000})"
    r"(?:[ \t]+(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?\)"
)
_LINK_DEFINITION = re.compile(
    r"^ {0,3}\[([^\]\n]{1,200})\]:[ \t]+(?:<?(?:https?|mailto|ftp):\S+.*|\S*[./]\S*(?:[ \t]+[\"'(].*)?)$", re.MULTILINE
)
_REFERENCE = re.compile(r"(!?)\[([^\[\]\n]{0,1000})\]\[([^\[\]\n]{0,200})\]")
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_ZERO_WIDTH = re.compile(f"[{_INVISIBLE}]")
_LATIN, _IN_WORD = "A-Za-zÀ-ɏ", "\u00ad\u200c\u200d\u2060\ufeff"
_BROKEN_WORD = re.compile(rf"(?<![{_LATIN}{_IN_WORD}])[{_LATIN}]++(?:[{_IN_WORD}]++[{_LATIN}]++)++")
_STAMP = re.compile(
    rf"\A\s*date\s*:?\s+{WRITTEN_DATE}(?![-/\w])|^ {{0,3}}#{{1,6}}(?=[ \t]+\S)", re.IGNORECASE | re.MULTILINE
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_EMPHASIS = re.compile(
    r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*\n]{1,300}?)(?<=[^\s*\\])\1(?![\w*])"
    r"|(?<![\w\\])(_{1,3})(?=[^\s_])([^\n]{1,300}?)(?<=[^\s_\\])\3(?!\w)"
)
_NESTED = 2
# What none of the repairs begins with: letters of ASCII, and the usual signs of printed English.
_TRIGGER = re.compile(r"[^\x00-\x7f‘’“”–—…•€£°\xa0]|\][(:]|[*_]\S|<img")

# UTF-8 punctuation read as ISO-8859-13 with the unprintable bytes lost: of the three bytes of ’ “ ” – — only ā is left,
# and of … • € one more. Read as Latin-1 it is â; that is made ā before it is looked at.
_KEPT = {"¦": "…", "¢": "•", "¬": "€"}
_KEPT_SIGN = re.compile("ā[¦¢¬]")
_DAMAGE = re.compile(r"[ā⦠\n]")
_CONTRACTION = re.compile(r"(?:(?<!\w)|(?<=\bā))([A-Za-z]{1,30})ā(s|S|t|re|ve|ll|d|m)(?!\w)")
_PRONOUNS = frozenset("i you he she it we they who that there what would could should might must how this".split())
_CLOSING = re.compile(r"[.,!?;:…)%]ā(?!\w)")
_PAIR = re.compile(r"(?<!\w)ā\w[^ā\n]{1,600}?[\w.,!?;:…)%]ā(?!\w)")
# A long vowel between plain letters, as in Māori or Jānis, or another macron at a word's end, as in hapū.
_LONG_VOWEL = re.compile(r"[A-Za-z][āēīōū][a-z]|[A-Za-z]{2}[ēīōū](?!\w)")
# What is left of a dash between two words (`seafoodāincluding`), and of the apostrophe of a name (`OāBrien`).
_IRISH = re.compile(r"(?<!\w)O(?=ā[A-Z][a-z])")
_NUMBERS = re.compile(r"(?<=\d)ā(?=\d)")
_BETWEEN = re.compile(r"(?<=\S )ā(?= \S)")
_ASIDE = re.compile(rf"{_BETWEEN.pattern}[^ā\n]{{2,300}}{_BETWEEN.pattern}")
_WORD = re.compile(r"(?<!\w)[A-Za-z]{2,}(?!\w)")
_INNER = re.compile(r"([A-Za-z]{3,30})ā([A-Za-z]{3,30})(?!\w)")
_ENGLISH_WORDS = frozenset("the of and that for with was were said is are has from by his he it this not".split())
_SHAPES = (_CLOSING, _PAIR, _ASIDE, _KEPT_SIGN)
_SAMPLE_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A search copy, and what was cleaned to make it: the kind, and how many of it."""

    text: str
    counts: dict[str, int] = field(default_factory=dict)


def cleaned(text: str) -> Cleaned:
    """The text as it should be searched, exactly as long as the text, with what was done to it.

    The kinds are `double_encoded` (words), `lost_bytes` (characters that stand for lost quotes and dashes), and
    `invisible`, `images`, `links`, `emphasis` (what was blanked).
    """
    if not _TRIGGER.search(text):
        return Cleaned(text)
    counts: dict[str, int] = {}
    text, counts["double_encoded"] = without_double_encoding(text)
    text, broken = _BROKEN_WORD.subn(_mended, text)
    text, apart = _ZERO_WIDTH.subn(" ", text)
    counts["invisible"] = broken + apart
    text, counts["images"] = _IMAGES.subn(_blank, text)
    text, links = _LINK.subn(_words_of_link, text)
    named = {found.group(1).lower() for found in _LINK_DEFINITION.finditer(text)}
    text, definitions = _LINK_DEFINITION.subn(_blank, text)
    counts["links"] = links + definitions
    if named:
        text = _REFERENCE.sub(partial(_words_of_reference, named=named), text)
    counts["emphasis"] = 0
    for _ in range(_NESTED):
        text, marked = _EMPHASIS.subn(_words_of_emphasis, text)
        counts["emphasis"] += marked
    text, counts["lost_bytes"] = _with_lost_punctuation(text)
    return Cleaned(text, {kind: count for kind, count in counts.items() if count})


def search_copy(text: str) -> str:
    """The text as it should be searched; exactly as long as the text."""
    return cleaned(text).text


def without_stamps(search_text: str) -> str:
    """The search copy without a leading date stamp and without the marks of Markdown headings, exactly as long.

    They say something about the text, but are no part of its sentences.
    """
    return _STAMP.sub(_blank, search_text)


def storable(text: str) -> str:
    """The text without what a database or UTF-8 cannot hold; exactly as long, each such character becomes U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _words_of_link(found: re.Match[str]) -> str:
    return (" " + found.group(1)).ljust(len(found.group()))


def _words_of_reference(found: re.Match[str], *, named: set[str]) -> str:
    image, words, name = found.groups()
    if (name or words).lower() not in named:
        return found.group()
    return _blank(found) if image else (" " + words).ljust(len(found.group()))


def _words_of_emphasis(found: re.Match[str]) -> str:
    marks = " " * len(found.group(1) or found.group(3))
    return f"{marks}{found.group(2) or found.group(4)}{marks}"


def _mended(found: re.Match[str]) -> str:
    # The word first, then the room of what was taken out: a search for the word finds it.
    return _ZERO_WIDTH.sub("", found.group()).ljust(len(found.group()))


def _with_lost_punctuation(text: str) -> tuple[str, int]:
    """Puts back quotes and apostrophes of an English text that show as `ā`, and counts them.

    Latvian and Māori words stay.
    """
    sign = next((sign for sign in ("ā", "â") if sign in text), "ā")
    if not (sign in text or "⦠" in text) or not _is_english(text):
        return text, 0
    whole, text = text, text.replace(sign, "ā")
    contractions = [found for found in _CONTRACTION.finditer(text) if _is_contraction(found)]
    apostrophes = {found.start(2) - 1 for found in contractions} | {found.end() for found in _IRISH.finditer(text)}
    words = set(_WORD.findall(text))
    dashes = {found.end(1) for found in _INNER.finditer(text) if _are_two_words(found, words)}
    dashes |= {found.start() for found in _NUMBERS.finditer(text)}
    known = apostrophes | dashes
    foreign = any(found.start() + 1 not in known for found in _LONG_VOWEL.finditer(text))
    if foreign:
        # Long vowels are letters here: only what cannot be a word of another language is repaired. `Latvijās` is one;
        # `partyās` is none where `party` stands alone in the text.
        apostrophes = {found.start(2) - 1 for found in contractions if found.group(2) != "s" or found.group(1) in words}
    elif not (known or any(shape.search(text) for shape in _SHAPES) or "⦠" in text):
        return whole, 0
    changes = _quotes(text, apostrophes, strict=foreign)
    if not foreign:
        changes |= dict.fromkeys(dashes, "—")
    changes |= dict.fromkeys(apostrophes, "'")
    for found in _KEPT_SIGN.finditer(text):
        changes |= {found.start(): _KEPT[found.group()[1]], found.start() + 1: " "}
    return _replaced(whole, changes), sum(sign != " " for sign in changes.values())


def _are_two_words(found: re.Match[str], words: set[str]) -> bool:
    """Whether a sign stands between two words of the text, or before a plain English one."""
    return {found.group(1), found.group(2)} <= words or found.group(2) in _ENGLISH_WORDS


def _is_english(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text[:_SAMPLE_CHARACTERS].lower())
    return sum(word in _ENGLISH_WORDS for word in words) >= 0.06 * len(words) > 0


def _is_contraction(found: re.Match[str]) -> bool:
    stem, ending = found.group(1).lower(), found.group(2)
    if ending in ("s", "S"):
        return True
    return stem.endswith("n") if ending == "t" else stem == "i" if ending == "m" else stem in _PRONOUNS


def _quotes(text: str, apostrophes: set[int], *, strict: bool) -> dict[int, str]:
    """What stands at each damaged place. `strict`: only where punctuation or a pair shows that it is no letter."""
    changes: dict[int, str] = {}
    opened: int | None = None
    for found in _DAMAGE.finditer(text):
        at = found.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if found.group() == "\n":
            opened = None
        elif found.group() == "⦠":
            changes[at] = "…"
        elif at in apostrophes:
            continue
        elif not before.isalnum() and after.isalnum():
            opened = at
            if not strict:
                changes[at] = '"'
        elif not after.isalnum() and before and not before.isspace():
            if before.isalpha() and strict:
                continue
            if opened is not None:
                changes[opened] = '"'
            changes[at] = "'" if opened is None and before == "s" else '"'
            opened = None
        elif not strict and (not before or before.isspace()) and (not after or after.isspace()):
            changes[at] = "—"
    return changes


def _replaced(text: str, changes: dict[int, str]) -> str:
    if not changes:
        return text
    characters = list(text)
    for at, character in changes.items():
        characters[at] = character
    return "".join(characters)
