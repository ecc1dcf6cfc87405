"""The language of a text, by its script and its commonest words."""

import re
from collections import Counter

_SAMPLE_CHARACTERS = 20_000
_FEWEST_WORDS = 12
_SHARE = 0.1
_LEAD = 1.25
# Words that are frequent in one of these languages; most are rare in the others.
_WORDS = {
    "en": "the of and to a in that for with was said is are has have from by his he it not on as at be which were this",
    "de": "der die und das nicht von den mit ist auf für dem des ein eine sich im auch es als werden wurde nach bei",
    "fr": "le la les des et du une dans est que qui pour pas sur au avec par plus sont il elle ce cette aux",
    "es": "el la los las y del que en una por con para su se no es lo como más fue al pero sus",
    "it": "il di che la e non per una del con si è sono della nel alla gli dei anche più come ha dal",
    "pt": "o os as que e do da em um uma para com não por dos das no na se mais como foi ao pelo",
    "nl": "de het een en van dat niet in op te voor met zijn is aan door werd ook bij naar om er uit",
    "pl": "i w na z się nie do że jest o to jak od po za przez dla są ale tym oraz który które",
    "sv": "och att det som en på är av för med den till inte om ett har de var från vid han sig",
    "da": "og det at en den til er som på de med han af for ikke der var sig har et om vi blev",
    "fi": "ja on ei se että hän oli ovat mutta kun myös joka mukaan sekä jo niin vain tai ole kuin",
    "cs": "a se na je že v s z do to o jako by ale pro podle které který jsou bylo už také při",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi en ancak ise kadar sonra ne olduğu",
    "lv": "un ir ka par no uz ar arī kas tā bet vai kā lai pēc tika gan nav viņš šo savu ko",
    "id": "yang dan di untuk dengan pada dari ini itu tidak dalam akan ke juga telah adalah oleh tersebut",
    "vi": "và của là có được cho không trong một những các với người này đã để khi từ",
}
_FREQUENT = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_SCRIPTS = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
}
_LANGUAGES = {
    word: [language for language, known in _FREQUENT.items() if word in known]
    for word in frozenset[str]().union(*_FREQUENT.values())
}
_ASCII = re.compile("[\x00-\x7f]+")
_LETTER = re.compile(r"[^\W\d_]")
_SCRIPT_SHARE = {"ja": 0.1}
"""Half of the letters for a script; Japanese has its own among Chinese ones."""
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z0-9]{2,8}))*")


def language_of(text: str) -> str | None:
    """The likeliest language as ISO 639-1; None for a short text, a mixed one, or a language not known here.

    A script that serves several languages gives the one with most readers: Cyrillic gives `ru`, Arabic `ar`.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    foreign = _ASCII.sub("", sample)
    scripts = {language: len(script.findall(foreign)) for language, script in _SCRIPTS.items()}
    if any(scripts.values()):
        letters = len(_LETTER.findall(sample))
        for language, count in scripts.items():
            if letters >= _FEWEST_WORDS and count > _SCRIPT_SHARE.get(language, 0.5) * letters:
                return language
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if len(words) < _FEWEST_WORDS:
        return None
    times = Counter(words)
    counts = dict.fromkeys(_FREQUENT, 0)
    for word in times.keys() & _LANGUAGES:
        for language in _LANGUAGES[word]:
            counts[language] += times[word]
    shares = {language: count / len(words) for language, count in counts.items()}
    best, second = sorted(shares, key=lambda language: -shares[language])[:2]
    return best if shares[best] >= max(_SHARE, _LEAD * shares[second]) else None


def language_tag(stated: str | None) -> str | None:
    """A language tag as documents write it, made uniform: `EN_us` gives `en-US`; None for what is no tag."""
    found = _TAG.fullmatch((stated or "").strip())
    if not found:
        return None
    first, *rest = re.split("[-_]", found.group())
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])
