"""The marks of one question or claim about everyday documents: is all said that was asked for, and nothing else?

A mark that does not apply to a case is None.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rag.domain import Answer, Outcome, Verdict

Marks = dict[str, float | None]
NAMES = (
    "right",
    "first",
    "concise",
    "false_conflicts",
    "wrong_supported",
    "declined",
    "answered",
    "claims_false_accepted",
    "claims_true_accepted",
)
_NOT_IN_ONE_SENTENCE = ("list", "steps")
_MARKER = re.compile(r"\s*\[\d+\]")
_MARKUP = re.compile(r"[*`]+")
_SAME = str.maketrans("’‘“”–—‑−", "''\"\"----", "\u00ad")
# Scripts that part no words have no whole words either.
_IN_A_WORD = r"[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of an answer."""

    kind: str
    gold: Sequence[Sequence[str]] = ()
    """Groups: a right answer says one of each, in this order where it is `ordered`."""
    ordered: bool = False
    forbidden: Sequence[str] = ()
    sources: Sequence[str] = ()
    """File names: all are to be cited."""
    conflict: bool | None = None
    """Whether a disagreement is to be told; None where either is well."""
    most_words: int | None = None


def answer_marks(wanted: Wanted, answer: Answer) -> Marks:
    """The marks of an answer to a question."""
    marks: Marks = dict.fromkeys(NAMES)
    answered = answer.outcome is Outcome.ANSWERED
    tells = bool(answer.conflicts) or "documents disagree" in answer.text.casefold()
    if answered and wanted.conflict is False:
        marks["false_conflicts"] = float(tells)
    told = [claim.text for claim in answer.claims if claim.verdict is Verdict.SUPPORTED]
    if wanted.kind == "unanswerable":
        marks["declined"] = float(not answered)
        marks["wrong_supported"] = 1.0 if told else None
        return marks
    if wanted.kind == "smalltalk":
        marks["right"] = float(_fits(wanted, answer.text) and not answer.citations)
        return marks
    marks["answered"] = float(answered)
    is_cited = answered and _cites(answer, wanted.sources)
    marks["right"] = float(is_cited and _fits(wanted, answer.text) and (tells or not wanted.conflict))
    if told and wanted.gold:
        marks["wrong_supported"] = 0.0 if marks["right"] else sum(_is_wrong(wanted, one) for one in told) / len(told)
    if wanted.kind not in _NOT_IN_ONE_SENTENCE:
        first = " ".join(filter(None, [answer.lead, *(claim.text for claim in answer.claims[:1])]))
        marks["first"] = float(is_cited and _fits(wanted, first))
    if answered and wanted.most_words is not None:
        marks["concise"] = float(len(_MARKER.sub("", answer.text).split()) <= wanted.most_words)
    return marks


def _is_wrong(wanted: Wanted, claim: str) -> bool:
    """Whether a claim says nothing of what is wanted, or what is forbidden."""
    inside = _plain(claim)
    says_any = any(_places(one, inside) for group in wanted.gold for one in group)
    return not says_any or any(_places(one, inside) for one in wanted.forbidden)


def claim_marks(wanted: Verdict, found: Verdict) -> Marks:
    """The marks of a verdict on a claim."""
    which = "claims_true_accepted" if wanted is Verdict.SUPPORTED else "claims_false_accepted"
    return dict.fromkeys(NAMES) | {which: float(found is Verdict.SUPPORTED)}


def says_all(text: str, groups: Sequence[Sequence[str]], *, ordered: bool = False) -> bool:
    """Whether a text says one of each group, and in this order where it is `ordered`."""
    inside, after = _plain(text), -1
    for group in groups:
        places = sorted(at for one in group for at in _places(one, inside) if at > after or not ordered)
        if not places:
            return False
        after = places[0]
    return True


def _fits(wanted: Wanted, text: str) -> bool:
    inside = _plain(text)
    return says_all(text, wanted.gold, ordered=wanted.ordered) and not any(
        _places(one, inside) for one in wanted.forbidden
    )


def _cites(answer: Answer, sources: Sequence[str]) -> bool:
    paths = [f"/{citation.origin.path.partition('#')[0]}" for citation in answer.citations]
    return all(any(path.endswith(f"/{source}") for path in paths) for source in sources)


def _plain(text: str) -> str:
    """A text as it is compared: without markers and marks of emphasis, one kind of quotes, dashes and spaces."""
    told = unicodedata.normalize("NFKC", _MARKUP.sub("", _MARKER.sub("", text))).translate(_SAME)
    return " ".join(told.casefold().split())


def _places(wanted: str, inside: str) -> list[int]:
    """Where words stand in a plain text as whole words and numbers; after a last `*` the word may go on.

    A whole number may be written with decimals that are nought: `9` is in `9.00`, and not in `9.50`.
    """
    words = _plain(wanted)
    if not words:
        return []
    before = rf"(?<!{_IN_A_WORD})" if re.match(_IN_A_WORD, words) else ""
    if words[0].isdigit():
        before += r"(?<!\d[.,])"
    after = "" if wanted.endswith("*") or not re.match(_IN_A_WORD, words[-1]) else rf"(?!{_IN_A_WORD})"
    if after and words[-1].isdigit():
        after += r"(?![.,]\d)" if re.search(r"\d[.,]\d+$", words) else r"(?![.,]\d)|(?=[.,]0{1,2}(?!\d))"
        after = f"(?:{after})"
    return [found.start() for found in re.finditer(before + re.escape(words) + after, inside)]
