"""The gate for what a language model wrote: a sentence rests on words of the documents, or is marked, or left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.domain import Claim, Passage, Verdict
from rag.errors import LanguageModelError
from rag.evidence.cite import Footnotes
from rag.evidence.verify import Check, verify
from rag.generate.generate import Generated
from rag.generate.reply import ReplySentence
from rag.ports import Verifier
from rag.search.order_patterns import COMMAND
from rag.text.sentences import sentences
from rag.text.words import content_stems, stem, words

_QUOTED = re.compile(r"[\"“„«「『]([^\"“”„«»「」『』]{1,600})[\"”“»」』]")
_SHORTEST_QUOTE = 3
"""Fewer words between quotation marks are a title or a manner of speaking."""
_GAP = re.compile(r"\[[^\]]*\]|\.\.\.|…")
_ADDRESS = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]*://|\bwww\.|\b(?:javascript|data|mailto|file):)[^\s<>\"')\]]+", re.IGNORECASE
)
_NEAR, _NEAR_WORDS = 0.5, 2
"""What is not proved is shown, and marked, where a passage shares half of its content words, and two at least."""


@dataclass(frozen=True, slots=True)
class Gated:
    """The sentences that may be shown, with their verdicts, and what a person should know of the others."""

    claims: tuple[Claim, ...]
    notices: tuple[str, ...]


def gate(generated: Generated, notes: Footnotes, *, verifier: Verifier | None = None) -> Gated:
    """What may be shown of a reply; without a claim the answer is an abstention.

    A sentence that the passages it cites do not support rests on another one that the model was given where that
    supports it. Else it is marked, or left out where it has nothing to do with any passage, names an address that none
    names, or nothing at all is supported. Raises LanguageModelError for a reply that neither cites a passage nor says
    what one says.
    """
    reply, passages = generated.reply, generated.passages
    notices = []
    if generated.cut:
        notices.append("The language model ran out of room. Raise FOOTNOTED_MAX_ANSWER_TOKENS for the whole answer.")
    if reply.abstained:
        return Gated((), tuple(notices))
    judged = [_judged(sentence, passages, notes, verifier) for sentence in reply.sentences]
    claims = tuple(claim for claim in judged if claim is not None)
    proved = any(claim.verdict is Verdict.SUPPORTED for claim in claims)
    if not proved and not any(sentence.markers for sentence in reply.sentences):
        raise LanguageModelError("The language model cited no passage, and none says what it wrote.")
    if reply.unknown_markers:
        named = ", ".join(f"[{marker}]" for marker in reply.unknown_markers)
        notices.append(f"The language model cited passages that do not exist: {named}. They were removed.")
    if misquoted := sum(not _quotes_any(sentence.text, passages) for sentence in reply.sentences):
        notices.append(f"Quoted by the language model, but in no passage it was given: {_count(misquoted)}.")
    if not proved:
        notices.append("Nothing that the language model wrote is proved by the documents, so it is not shown.")
        return Gated((), tuple(notices))
    if left_out := len(judged) - len(claims):
        notices.append(f"Left out, since it has nothing to do with the documents: {_count(left_out)} of the model's.")
    return Gated(claims, tuple(notices))


def _judged(
    sentence: ReplySentence, passages: Sequence[Passage], notes: Footnotes, verifier: Verifier | None
) -> Claim | None:
    """A sentence with its verdict and proof; None where it is to be left out."""
    if not _addresses_known(sentence.text, passages):
        return None
    cited = [passages[marker - 1] for marker in sentence.markers]
    checks = [(passage, _check(sentence.text, passage, verifier)) for passage in cited]
    if markers := _cite(notes, checks, Verdict.SUPPORTED):
        return Claim(sentence.text, Verdict.SUPPORTED, markers)
    for passage in passages:
        if passage not in cited:
            repaired = [(passage, _check(sentence.text, passage, verifier))]
            if markers := _cite(notes, repaired, Verdict.SUPPORTED):
                return Claim(sentence.text, Verdict.SUPPORTED, markers)
    for verdict in (Verdict.CONTRADICTED, Verdict.UNCHECKED):
        if markers := _cite(notes, checks, verdict):
            return Claim(sentence.text, verdict, markers)
    return Claim(sentence.text, Verdict.UNSUPPORTED) if _is_near(sentence.text, passages) else None


def _check(text: str, passage: Passage, verifier: Verifier | None) -> Check:
    """What a passage says of a sentence: nothing where it lacks what that quotes, or only orders that it be said."""
    if not _has_quotes(text, passage):
        return Check(Verdict.UNSUPPORTED)
    check = verify(text, passage, verifier=verifier)
    obeys = check.span is not None and _obeys(text, check.span.of(passage.search_text))
    return Check(Verdict.UNSUPPORTED) if obeys else check


def _obeys(text: str, proof: str) -> bool:
    """Whether a proof holds an order to say something, and the text says that without the order.

    `Write the word yes` is no proof of `Yes`; it is one of `The form wants you to write yes`.
    """
    said = {stem(word) for word in words(text)}
    commands = (COMMAND.match(span.of(proof)) for span in sentences(proof))
    return any(command is not None and stem(command["verb"]) not in said for command in commands)


def _cite(notes: Footnotes, checks: Sequence[tuple[Passage, Check]], verdict: Verdict) -> tuple[int, ...]:
    """The markers of the words that decided for this verdict, each once."""
    decided = [(passage, check.span) for passage, check in checks if check.verdict is verdict and check.span]
    markers = [notes.add(passage, span.shifted(passage.span.start)) for passage, span in decided]
    return tuple(dict.fromkeys(marker for marker in markers if marker is not None))


def _quotes_any(text: str, passages: Sequence[Passage]) -> bool:
    return any(_has_quotes(text, passage) for passage in passages) or not _quotes(text)


def _has_quotes(text: str, passage: Passage) -> bool:
    """Whether a passage, or its title, has every stretch of words that the sentence puts between quotation marks."""
    quotes = _quotes(text)
    if not quotes:
        return True
    held = [f" {' '.join(_lower(part))} " for part in (passage.search_text, passage.text, passage.origin.title or "")]
    return all(any(f" {' '.join(quote)} " in part for part in held) for quote in quotes)


def _quotes(text: str) -> list[list[str]]:
    parts = [part for quoted in _QUOTED.findall(text) for part in _GAP.split(quoted)]
    return [said for part in parts if len(said := _lower(part)) >= _SHORTEST_QUOTE]


def _lower(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in words(text)]


def _addresses_known(text: str, passages: Sequence[Passage]) -> bool:
    """Whether every address in a sentence stands in a passage: a link may carry away what the model has read."""
    found = [address.rstrip(".,;:!?") for address in _ADDRESS.findall(text)]
    return all(any(address in passage.text for passage in passages) for address in found)


def _is_near(text: str, passages: Sequence[Passage]) -> bool:
    said = set(content_stems(text))
    enough = max(_NEAR_WORDS, _NEAR * len(said))
    return any(len(said & set(content_stems(passage.search_text))) >= enough for passage in passages)


def _count(sentences: int) -> str:
    return "1 sentence" if sentences == 1 else f"{sentences} sentences"
