"""Makes a follow-up self-contained: `How many crowns did it cost?` is searched with what `it` stands for.

Rules over words alone, for English, and careful ones: a question that names its own matter stays as it is. One that
leans on the talk is asked after the questions that it leans on; earlier answers may have been wrong.
"""

import re
from collections.abc import Sequence

from rag.domain import Turn
from rag.text.sentences import sentences
from rag.text.words import STOPWORDS, is_i, words

_TURNS_READ = 2
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


def self_contained(question: str, turns: Sequence[Turn]) -> str:
    """The question as it can be asked without the turns before it, which come oldest first.

    `And who met him there?` after `Where did Wang Yi speak?` gives `Where did Wang Yi speak – And who met him there?`,
    which the reader understands better than the bare name before the question.
    """
    if not turns:
        return question
    told = [_without_chatter(question)]
    for turn in reversed(turns[-_TURNS_READ:]):
        if not _leans(told[0]):
            break
        told.insert(0, _without_chatter(turn.question))
    return " – ".join([*(earlier.rstrip(" ?.!") for earlier in told[:-1]), told[-1]])


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
