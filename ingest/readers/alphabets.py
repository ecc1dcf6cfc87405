"""Which of the encodings of Latin letters a text is in, by the letters that its language writes."""

import re
from collections import Counter

from ingest.language import language_of

# The letters beyond a to z of languages that were written in an encoding of their own.
_ALPHABETS = {
    "de": "äöüß", "fr": "àâæçéèêëîïôœùûüÿ", "es": "áéíñóúü", "it": "àéèìîòóù", "pt": "áâãàçéêíóôõúü", "nl": "áéëèïöüó",
    "pl": "ąćęłńóśźż", "sv": "åäöé", "da": "æøåé", "fi": "åäöšž", "cs": "áčďéěíňóřšťúůýž", "tr": "çğıöşüâî",
    "lv": "āčēģīķļņšūž", "lt": "ąčęėįšųūž", "et": "äõöüšž", "is": "áðéíóúýþæö", "hu": "áéíóöőúüű", "ro": "ăâîşţ",
    "sk": "áäčďéíĺľňóôŕšťúýž", "sl": "čćđšž",
}  # fmt: skip
_LETTERS = {language: frozenset(letters + letters.upper()) for language, letters in _ALPHABETS.items()}
# English has the names of its neighbours: Muñoz beside Søren.
_NEIGHBOURS = frozenset[str]().union(*(_LETTERS[language] for language in "de fr es it pt nl sv da".split()))
LATIN_ENCODINGS = ("cp1252", "cp1250", "iso8859_2", "cp1257", "cp1254")
"""The commonest first."""
_FOREIGN = re.compile(r"[^\W\d_a-zA-Z¹²³¼½¾]|(?<=[a-zA-Z])[^\s!-~’‘“”«»…–—™®©€-]")
_MOST_BYTES = 256 * 1024


def likeliest_latin(data: bytes) -> str:
    """The encoding in which most letters beyond a to z are those of one language, the one of its words if it is known.

    Signs that stand in words where letters do, as in `pozosta³`, count against it.
    """
    fits: dict[str, float] = {}
    for encoding in LATIN_ENCODINGS:
        try:
            text = data[:_MOST_BYTES].decode(encoding)
        except UnicodeDecodeError:
            continue
        times = Counter(_FOREIGN.findall(text))
        language = language_of(text)
        alphabets = [_LETTERS[language]] if language in _LETTERS else list(_LETTERS.values())
        alphabets += [_NEIGHBOURS] * (language == "en")
        known = max(sum(count for letter, count in times.items() if letter in letters) for letters in alphabets)
        fits[encoding] = round(known / times.total(), 2) if times else 1.0
    return max(fits, key=lambda encoding: fits[encoding], default=LATIN_ENCODINGS[0])
