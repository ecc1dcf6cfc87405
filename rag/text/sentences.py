"""Splits the words of one block into sentences that can be cited."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rag.domain import Span

_LONGEST_KEPT = 4000
"""Characters of a text whose sentences are kept: more than a passage has."""

_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)\s*")
# A full stop ends a sentence only before white space; in Chinese and Japanese nothing stands between sentences.
_STOP = re.compile(
    r"(?P<stop>[.!?…‽؟।]+)(?P<closed>(?:\s?»|[\"'”’“)\]*_]|\[\d[\d,–-]*\]|[¹²³])*)(?=\s)|[。！？｡]+[」』”’）】》\")]*"
)
_BEFORE = re.compile(r"(?:([^\s(\[\"“„«/]+)\s+)?[(\[\"“„«'‘]*([^\s(\[\"“„«]*)\Z")
_NEXT = re.compile(r"\s+(?P<opened>[\"“„«‘'(\[¿¡*_–—-]*\s?)(?P<word>[^\W_]+|\S)")
_ON_AFTER_QUOTE = "とっのがをはにもで、，,"
_SAYS = re.compile(
    r"(?:\w+\s+){0,3}?(?:said|says|asked|asks|told|added|adds|wrote|replied|cried|"
    r"sagte|fragte|rief|dit|demanda|dijo|preguntó)\b"
)
_LETTERS_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{2,5}")
_VISIBLE = re.compile(r"\S")
_VOWEL = re.compile(r"[aeiouyäöüáéíóúàèìòùâêîôû]", re.IGNORECASE)
_OPENING = "\"“„«‘'(\\[¿¡*_–—- "
_LOOK_BACK, _NEAR = 60, 4
_LONGEST_ASIDE = 150

# What always has more of its sentence after it, in English, German, French and Spanish.
_NEVER_LAST = frozenset(
    """
    mr mrs ms messrs dr drs prof vs cf approx hr hrn nr vgl bzw ca zzgl inkl exkl bsp bspw evtl ggf geb gest verh sog
    insb bzgl dipl hrsg aufl tel incl excl resp mme mlle mm dra dras sra srta sres dña ud uds avda ee
    e.g i.e z.b d.h u.a i.d i.v v.a o.g m.e s.o s.u u.u p.ex p.ej c.-à-d n.chr v.chr
    """.split()
)
# The same of words that are others without a capital.
_TITLES = frozenset("Rev Hon Gen Sen Rep Gov Lt Capt Cpt Col Sgt Cmdr Adm Pres Fr Frl Fa Ing Bd Bde Av".split())
# What has more of its sentence after it where a number follows.
_BEFORE_NUMBER = frozenset(
    """
    no nos p pp s ss vol vols art sec sect ch chap para ed pt pg app col ln lfd pos rn az st str rd ave ext fig figs eq
    eqs ref refs abb tab abs kap ziff núm pág págs av t cap
    """.split()
)
# What may end a sentence, and mostly does not: it does before a word that begins one.
_SELDOM_LAST = frozenset(
    """
    inc ltd co corp llc plc bros jr sr st mt ft ave blvd rd sq u.s u.k u.n e.u d.c mio mrd tsd jh jhdt mwst ust gmbh
    str pl al dept univ assn est max min std sek uu cía
    """.split()
)
_DAYS_AND_MONTHS = frozenset(
    """
    Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Mo Di Mi Do Sa So Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Jän
    Mär Okt Dez Janv Févr Avr Juil Déc Ene Abr Ago Dic janv févr avr juil déc ene abr ago dic
    """.split()
)
# What does end a sentence before a capital, save before a zone or a day.
_TIMES = frozenset("a.m p.m am pm".split())
_UNITS = frozenset("m g l t h km cm mm kg mg ml ha".split())
_DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_STARTERS = frozenset(
    """
    the a an this that these those it its he she they we you i his her their our in on at by for from with as if
    when while after before since although but and or so no not there here what who why how where all both each
    some many most more one two another other however then now today yesterday under until according der die das
    den dem ein eine einer eines es er sie wir ihr ich im am auf aus bei mit nach seit von vor zu zum zur wenn
    weil da dann dort hier auch aber und oder doch nur noch nun was wer wie wo warum alle beide viele kein keine
    dieser diese dieses sein seine unser unsere bitte le la les un une il elle ils elles nous vous je ce cette
    ces dans en sur avec pour par sans mais et ou donc quand si el los las una unos ella ellos ellas nosotros yo
    este esta estos estas ese esa con para por sin pero y o cuando se su sus no al del
    """.split()
)
_MONTHS = frozenset(
    """
    januar jänner februar märz april mai juni juli august september oktober november dezember jan feb mär apr
    jun jul aug sep sept okt nov dez
    """.split()
)
_BEFORE_ORDINAL = frozenset(
    """
    am der die das dem den des im ins zum zur vom beim bis ab seit und oder ein eine einer einem einen eines ihr
    ihre ihrer sein seine jede jeder jedes jeden unser unsere unserer dieser diese dieses nach vor mit als
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag montag, dienstag, mittwoch,
    donnerstag, freitag, samstag, sonntag,
    """.split()
)


def sentences(text: str) -> list[Span]:
    """The sentences of a block, in order, without surrounding white space; together they hold every visible character.

    A line break is a space; a blank line ends a sentence.
    """
    # A question looks at the same few passages again and again; whole documents are cut once, and too long to keep.
    return list(_kept(text) if len(text) <= _LONGEST_KEPT else _split(text))


@lru_cache(maxsize=4096)
def _kept(text: str) -> tuple[Span, ...]:
    return tuple(_split(text))


def _split(text: str) -> list[Span]:
    found, start = [], 0
    for end in _ends(text):
        words = text[start:end]
        left = start + len(words) - len(words.lstrip())
        right = start + len(words.rstrip())
        if left < right:
            found.append(Span(left, right))
        start = end
    return found


def _ends(text: str) -> Iterator[int]:
    """Where each sentence ends."""
    start = 0
    for blank in _BLANK_LINE.finditer(text):
        yield from _ends_between(text, start, blank.start())
        start = blank.end()
    yield from _ends_between(text, start, len(text))


def _ends_between(text: str, start: int, end: int) -> Iterator[int]:
    """Where the sentences of a paragraph end."""
    for stop in _STOP.finditer(text, start, end):
        if stop["stop"] is None:
            is_end = not (stop.group()[-1] in "」』”’" and text[stop.end() : stop.end() + 1] in _ON_AFTER_QUOTE)
        else:
            is_end = _is_end(text, stop, start, end)
        if is_end and stop.end() < end:
            start = stop.end()
            yield start
    yield end


def _is_end(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    """Whether a sentence that began at `start` ends with this stop."""
    following = _NEXT.match(text, stop.end(), end)
    if following is None:
        return True
    word = following["word"]
    if word[0].islower() or word[0] in ",;:.?!»)]":
        return False
    if _is_in_aside(text, start, stop.start()):
        return False
    if stop["stop"] != ".":
        is_quoted = any(sign in stop["closed"] for sign in "\"'”’»“")
        return not (is_quoted and _SAYS.match(text, following.start("word"), end))
    before = _BEFORE.search(text, max(start, stop.start() - _LOOK_BACK), stop.start())
    if before is None or not before[2]:  # a stop that stands apart, as of `. . .`
        return text[max(start, stop.start() - _NEAR) : stop.start()].rstrip()[-1:] not in ("", ".")
    if stop["closed"]:
        return True
    is_first = stop.start() - start <= _LOOK_BACK and not text[start : before.start()].strip()
    return _ends_after(before[2], before[1] or "", following["opened"] + word, is_first=is_first)


def _ends_after(token: str, earlier: str, following: str, *, is_first: bool) -> bool:
    """Whether a full stop after `token` ends a sentence, although a large letter, a figure or a sign comes next."""
    is_dash, following = following[0] in "–—-", following.lstrip(_OPENING)
    is_starter = following.lower() in _STARTERS
    if is_first and _NUMBER.fullmatch(token) and (token[0].isdigit() or not earlier):  # of a clause, a step, an item
        return False
    if token.isdigit():
        is_ordinal = earlier.lower() in _BEFORE_ORDINAL and not is_starter
        return len(token) > 2 or not (following.lower() in _MONTHS or is_ordinal)
    dotted = token
    if len(token) <= 2 and earlier.endswith(".") and len(earlier) <= 3:
        dotted = earlier + token  # `z. B.`
    low = dotted.lower().rsplit("-", 1)[-1] if dotted.lower() not in _NEVER_LAST else dotted.lower()
    if low in _NEVER_LAST or token in _TITLES:
        return False
    if low in _BEFORE_NUMBER and any(sign.isdigit() for sign in following[:2]):
        return False
    if low in _TIMES:
        return not is_dash and following not in _DAYS and not (following.isupper() and 1 < len(following) < 5)
    if token in _UNITS and earlier[-1:].isdigit():
        return following[:1].isupper()
    if len(token) == 1 and token.isalpha():
        return is_starter and token.isupper() and token != "M" and not earlier.endswith(".")
    if token in _DAYS_AND_MONTHS:
        return following not in _DAYS_AND_MONTHS and following.lower() not in _MONTHS and not following[:1].isdigit()
    if low in _SELDOM_LAST or _LETTERS_DOTTED.fullmatch(dotted) or low.endswith("str"):
        return is_starter
    if len(token) <= 4 and token.isalpha() and token[1:].islower() and not _VOWEL.search(token):
        return is_starter  # an abbreviation that no table has: `Hbf.`
    return True


def _is_in_aside(text: str, start: int, at: int) -> bool:
    """Whether a stop stands in brackets that were opened inside of its sentence and are closed soon."""
    opened = text.rfind("(", max(start, at - _LONGEST_ASIDE), at)
    if opened < 0 or not _VISIBLE.search(text, start, opened) or text.find(")", opened, at) >= 0:
        return False
    return text.find(")", at, at + _LONGEST_ASIDE) >= 0
