"""The kind of a question, and so the shape of its answer (design §10), by the words that ask."""

import re

from rag.domain import AnswerKind
from rag.question.answer_types import asks_for_several, asks_for_steps
from rag.question.as_claim import as_claim
from rag.question.operation import SUPERLATIVE_WORDS
from rag.question.talk import talk_of
from rag.question.term import defined_term

_PAPERS = r"(?:documents?|files?|papers?|mails?|e-?mails?|letters?|pages?)"
# Of the kinds, the first whose words a question holds is taken: the order counts.
_ASKS_FOR = {
    AnswerKind.SUMMARY: re.compile(
        r"\b(?:summar(?:y|ies|i[sz]e[sd]?)|overview of|tl;?dr|gist of|sum up|main points)\b"
        r"|^\W*what(?:['’]s| is| are)\b[^?]* (?:all )?about\W*$"
        r"|^\W*what does\b[^?]*\b(?:document|file|paper|report|letter|mail|it|this)\b[^?]{0,40}?\babout\W*$"
        r"|\bworum geht es\b|\bzusammenfass",
        re.IGNORECASE,
    ),
    AnswerKind.DOCUMENTS: re.compile(
        rf"\bin (?:which|what) {_PAPERS}\b(?! is)|\b(?:which|what) (?:of (?:the|my) )?{_PAPERS}\b[^?]*"
        r"\b(?:says?|tells?|mentions?|describes?|contains?|states?|covers?|talks?|deals?|shows?|lists?|names?|discuss(?:es)?"
        r"|about|there|(?:do|does) (?:you|we|i|it|the library) (?:have|hold|know))\b"
        r"|^\W*where (?:is|are|does|do|can i (?:find|read))\b[^?]*\b(?:say|says|mention(?:s|ed)?|stated?|written"
        r"|described|documented|read about|information (?:on|about))\b"
        r"|\b(?:list|show)(?: me)? (?:all |the |my )*(?:documents|files)\b"
        r"|^\W*what(?:['’]s| is) in (?:the |my |this )?(?:library|collection)\b"
        r"|^\W*in welche[mnrs]? (?:dokument|datei)|^\W*welche (?:dokumente|dateien) (?:gibt|sind)",
        re.IGNORECASE,
    ),
    AnswerKind.COMPARE: re.compile(
        r"\b(?:differences?|unterschied\w*)\b[^?]*\b(?:between|zwischen)\b|"
        r"\bcompar(?:e|ison|ed) (?!to be)|\b(?:how|in what way) (?:do|does|did|is|are)\b[^?]*\bdiffer(?:ent)?\b"
        r"|\b(?:vs\.?|versus)\b",
        re.IGNORECASE,
    ),
    AnswerKind.COMPUTED: re.compile(
        r"\bhow many\b|\bin total\b|\b(?:the|grand) total\b|\btotal (?:of|number|amount|cost|sum|for)\b"
        r"|\bsum of\b|\baltogether\b|\boverall\b|\b(?:average|median)\b|\bwie viele\b|\binsgesamt\b"
        r"|\b(?:what|how much)\b[^?]*\b(?:together|combined|in all)\W*$|\badds? up to\b"
        r"|\bhow much (?:more|less|higher|lower|longer|older)\b"
        r"|\bhow much\b[^?]*\b(?:from|between)\b[^?]*\b(?:to|and)\b"
        rf"|\b(?:who|which|what|when|where|whose)\b[^?]*\b(?:{SUPERLATIVE_WORDS})\b"
        rf"|^\W*(?:the )?(?:{SUPERLATIVE_WORDS}) \w"
        r"|\b(?:who|which|what)\b[^?]*\b(?:first|last)\b(?:[^?]*(?:,| or\b)|\W*$)",
        re.IGNORECASE,
    ),
    AnswerKind.DEFINITION: re.compile(
        r"\b(?:meaning|definition) of\b|\bmeant by\b|\bmean\b\W*(?:in\b.*)?$|\bstands? for\b"
        r"|\bwas (?:bedeutet|heißt|ist)\b|^\W*define\b|\bmeaning\W*$",
        re.IGNORECASE,
    ),
}
# The checks know no German, so what such a question asks the truth of is not decided, only quoted.
_GERMAN_YES_NO = re.compile(
    r"\W*(?:ist|sind|darf|dürfen|kann|können|muss|müssen|soll|sollen|hat|haben|habe|wird|werden|wurden?|gibt es|gilt)\s"
    r"(?!\S+\s*$)",
    re.IGNORECASE,
)


def kind_of(question: str) -> AnswerKind:
    """What a question asks for; a value where nothing in it asks for more."""
    if talk_of(question):
        return AnswerKind.TALK
    for kind, asks in _ASKS_FOR.items():
        if asks.search(question):
            return kind
    if defined_term(question):
        return AnswerKind.DEFINITION
    if as_claim(question) or _GERMAN_YES_NO.match(question):
        return AnswerKind.YES_NO
    if asks_for_steps(question):
        return AnswerKind.STEPS
    return AnswerKind.LIST if asks_for_several(question) else AnswerKind.VALUE
