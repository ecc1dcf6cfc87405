"""Makes a follow-up self-contained: `And the deposit?` is searched as the question that it is.

Rules over words, and careful ones: a question that names its own matter stays as it is. Earlier answers may have been
wrong, and are used only for the names they tell.
"""

import re
from collections.abc import Callable, Sequence

from rag.domain import Turn
from rag.question.phrases import PhraseKind, phrases_of
from rag.question.referring import new_name, referring
from rag.question.substitute import exchanged, is_bare_word, with_phrase
from rag.question.talk import talk_of
from rag.text.sentences import sentences
from rag.text.words import STOPWORDS, is_i, words

Others = Callable[[str, Sequence[str]], list[str]]
_TURNS_READ = 2
_TURNS_COMPLETED = 6
_LONGEST_TURN = 2000
"""In characters; a longer question could not have been asked, and of a longer answer the beginning tells enough."""
_JOINT = " – "
_LEAD = r"(?:\W*(?:no|and|but|what about|how about|for|of|i meant?|nein|und|für|ich meinte?)\b[\s,]*)*"
_OTHER = re.compile(rf"{_LEAD}(?:the|den|die|das|der) (?:other|andere[nr]?) (?P<noun>\w+)\W*", re.IGNORECASE)
_PLACES = {
    "first": 0, "former": 0, "second": 1, "latter": -1, "third": 2, "fourth": 3, "last": -1,
    "erste": 0, "zweite": 1, "dritte": 2, "letzte": -1,
}  # fmt: skip
_ORDINAL = re.compile(
    rf"{_LEAD}(?:the|der|die|das|den) (?P<place>{'|'.join(_PLACES)})n?(?: one)?\W*",
    re.IGNORECASE,
)
_EITHER = re.compile(r"[,:] (?P<one>[^,:?]{1,60}?),? or (?P<other>[^,:?]{1,60})\?", re.IGNORECASE)
_MARKER = re.compile(r"\s*\[\d+\]\s*")
_TOKEN = re.compile(r"[^\W_]+(?:[.&'’-][^\W_]+)*")
# `Ok, thanks.`, `By the way,`, `Talking about`: said to a person, and nothing to search for.
_CHATTER = re.compile(
    r"(?:(?:ok(?:ay)?|oh(?: my god)?|wow|yes|no|well|so|but|hmm+|i see|thanks?(?: you)?(?: for \w+)?|great|interesting"
    r"|sorry|(?:that|it) (?:sounds|is) (?:great|good|nice|bad)|by the way|going back to"
    r"|(?:talking|speaking) (?:about|of))(?:\b[\s,.!:;–-]+|$))+",
    re.IGNORECASE,
)
_BEING = frozenset("is are was were be been being isn't aren't wasn't will would can could has have had".split())
_BEFORE_A_NOUN = frozenset("of about like with from for in on by to than after before is are was were do does".split())
_PRONOUNS = frozenset("he him his she her hers it its they them their theirs".split())
# Words of a question that are not what it is about.
_EMPTY = frozenset(
    """
    name list give explain describe define clarify know think mean meaning kind kinds type types way ways thing things
    time times many much difference differences number example examples reason reasons important please help want need
    get like make made work works use used happen happened happens take takes talk talking speaking best good new first
    last one ones two three long old big called come came go going i'm it's that's what's who's possible different
    another else others other available ever really actually also still yes no not never always
    """.split()
)


def asked_last(question: str) -> str:
    """What a question asks that was put after those that it leans on; the whole question where it leans on none."""
    return question.rsplit(_JOINT, 1)[-1]


def self_contained(question: str, turns: Sequence[Turn]) -> str:
    """The question as it can be asked without the turns before it, which come oldest first."""
    return completions(question, turns)[0]


def completions(question: str, turns: Sequence[Turn], others: Others = lambda noun, names: []) -> list[str]:
    """How the question can be asked without the turns before it, the likeliest first; one at least.

    `And the deposit?` after `How much rent does Leila Amari pay?` gives `How much deposit does Leila Amari pay?`. What
    leans on the talk otherwise is asked after it: `Where did Wang Yi speak – And who met him there?`, which the reader
    understands better than the bare name before the question. `others` gives the names that stand beside a word
    such as `tenant` in the documents, without those given.
    """
    earlier: list[Turn] = []
    for turn in turns[-_TURNS_COMPLETED:]:
        if talk_of(turn.question) or len(turn.question) > _LONGEST_TURN:
            continue
        asked = turn.query if turn.query and _JOINT not in turn.query else _without_chatter(turn.question)
        known = [] if asked == turn.query or is_bare_word(asked) else _completed(asked, earlier, others)
        earlier.append(Turn(known[0] if known else asked, turn.answer[:_LONGEST_TURN]))
    if not earlier:
        return [question]
    own = _without_chatter(question)
    last = earlier[-1]
    if (alike := _exchanged(own, last, others)) and not is_bare_word(own):
        return alike
    told = [own]
    for turn in reversed(earlier[-_TURNS_READ:]):
        if not _leans(told[0]):
            break
        told.insert(0, turn.question)
    joint = _JOINT.join([*(one.rstrip(" ?.!") for one in told[:-1]), told[-1]])
    # What a pronoun stands for is surer than the name of a new matter: `Virtualization` may be either.
    return list(dict.fromkeys([joint, *alike] if alike else [*referring(own, last), joint]))


def _completed(question: str, earlier: Sequence[Turn], others: Others) -> list[str]:
    """The question with what it leans on put in its words; empty where it leans on nothing, or not so."""
    if not earlier:
        return []
    return _exchanged(question, earlier[-1], others) or referring(question, earlier[-1])


def _exchanged(question: str, last: Turn, others: Others) -> list[str]:
    """The question before with this one's phrase in it; empty where this one is a question of its own."""
    found = _other(question, last, others) or _chosen(question, last) or exchanged(question, last.question)
    return [one for one in found if one != last.question]


def _other(question: str, last: Turn, others: Others) -> list[str]:
    """`And the other tenant?`: the earlier question of the one name that the documents have beside the one it had."""
    found = _OTHER.fullmatch(question.strip())
    if found is None:
        return []
    names = [one.span.of(last.question) for one in phrases_of(last.question) if one.kind is PhraseKind.NAME]
    if not names:
        return []
    known = others(found["noun"], names)
    other = known[0] if len(known) == 1 else f"the other {found['noun']}"
    at = last.question.find(names[-1])
    return [last.question[:at] + other + last.question[at + len(names[-1]) :]]


def _chosen(question: str, last: Turn) -> list[str]:
    """`No, the second one`: the earlier question of what the answer, or the question itself, told in that place."""
    found = _ORDINAL.fullmatch(question.strip())
    if found is None:
        return []
    place = _PLACES[found["place"].lower()]
    if either := _EITHER.search(last.question):
        told = [either["one"], either["other"]]
    else:
        told = [name for part in _MARKER.split(last.answer) if (name := new_name(part, last.question))]
    if not -len(told) <= place < len(told):
        return []
    return with_phrase(last.question, told[place])


def _without_chatter(question: str) -> str:
    """The question without what is said to a person before it, such as `Ok, thanks.` and `By the way,`."""
    found = _CHATTER.match(question)
    rest = question[found.end() :] if found else question
    return rest if words(rest) else question


def _names(question: str) -> set[str]:
    """Words with a capital, save where it only marks the beginning of a sentence."""
    begins = {span.start for span in sentences(question)}
    tokens = [(token.start(), token.group()) for token in _TOKEN.finditer(question)]
    written = {word for start, word in tokens if word[0].isupper() and not is_i(word) and start not in begins}
    return {word for _, word in tokens if word in written or any(letter.isupper() for letter in word[1:])}


def _leans(question: str) -> bool:
    """Whether a question needs what was asked before it: a word stands for something that it does not name, or it
    hardly names anything.
    """
    tokens = [token.group().lower().replace("’", "'") for token in _TOKEN.finditer(question)]
    named = 0
    for before, word, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False):
        if word in _PRONOUNS and named < 2:
            return True
        if word == "there" and before not in _BEING and after not in _BEING:
            return True
        if word in ("this", "that", "these", "those") and (not after or (after in _BEING and before in _BEFORE_A_NOUN)):
            return True
        if word in ("one", "ones") and before in ("which", "this", "that", "the"):
            return True
        named += word not in STOPWORDS and word not in _EMPTY
    return named < 2 and not _names(question)
