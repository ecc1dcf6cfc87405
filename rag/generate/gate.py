"""The gate for what a language model wrote: a sentence rests on words of the documents, or is marked, or left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from rag.domain import Claim, Passage, Verdict
from rag.errors import LanguageModelError
from rag.evidence.cite import Footnotes
from rag.evidence.extremes import is_borne_out
from rag.evidence.statement import RECORDS, Statement, statements_of
from rag.evidence.tables.claimed import said_by_documents
from rag.evidence.verify import Check, verify
from rag.generate.court import Court
from rag.generate.generate import Generated
from rag.generate.instead import said_instead
from rag.generate.yes_no import parted
from rag.question.subjects import Subject, names_it
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


_MOST_MARKERS = 2
_SURE = 0.75
"""What a verifier takes for support with this probability may have other words."""
_HALVES = re.compile(r",?\s+(?:while|whereas|but)\s+|;\s+|,\s+and\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Gated:
    """The sentences that may be shown, with their verdicts, and what a person should know of the others."""

    claims: tuple[Claim, ...]
    notices: tuple[str, ...]
    failed: tuple[str, ...] = ()
    """The sentences that nothing proves, as the model wrote them; without those about something else."""
    abstained: bool = False
    """Whether the model said that it finds no answer."""

    @property
    def proved(self) -> int:
        """How many sentences the documents prove."""
        return sum(claim.verdict is Verdict.SUPPORTED for claim in self.claims)


def gate(generated: Generated, notes: Footnotes, court: Court) -> Gated:
    """What may be shown of a reply; without a claim it proves nothing.

    A sentence that the passages it cites do not support rests on another one that the model was given where that
    supports it. Else the statement that it was made of takes its place; else it is marked, or left out where it has
    nothing to do with any passage, names an address that none names, or nothing at all is supported. So is one whose
    proof is about something else than the question names. Raises LanguageModelError for a reply that neither cites a
    passage nor says what one says.
    """
    reply = generated.reply
    passages = list(dict.fromkeys(one.passage for one in generated.shown))
    notices = []
    if generated.cut and reply.abstained:
        raise LanguageModelError(
            "The language model ran out of room before it had said anything. Raise FOOTNOTED_MAX_ANSWER_TOKENS."
        )
    if generated.cut:
        notices.append("The language model ran out of room. Raise FOOTNOTED_MAX_ANSWER_TOKENS for the whole answer.")
    if reply.abstained:
        return Gated((), tuple(notices), abstained=True)
    is_about = any(court.fit(one) > 0 for passage in passages for one in statements_of(passage))
    judged = []
    for sentence in reply.sentences:
        cited = [generated.shown[marker - 1].passage for marker in sentence.markers]
        lead, text = parted(sentence.text, court.question, passages, court.verifier)
        claim = _judged_whole(text, cited, passages, notes, court, is_about=is_about) if text else None
        said = claim and claim.verdict is not Verdict.SUPPORTED and said_instead(text, generated.shown, notes, court)
        judged.append(said or (claim and replace(claim, text=lead + claim.text)))
    claims = tuple(dict.fromkeys(claim for claim in judged if claim is not None))
    proved = any(claim.verdict is Verdict.SUPPORTED for claim in claims)
    if not proved and not any(sentence.markers for sentence in reply.sentences):
        raise LanguageModelError("The language model cited no passage, and none says what it wrote.")
    if reply.unknown_markers:
        named = ", ".join(f"[{marker}]" for marker in reply.unknown_markers)
        notices.append(f"The language model cited passages that do not exist: {named}. They were removed.")
    if misquoted := sum(not _quotes_any(sentence.text, passages) for sentence in reply.sentences):
        notices.append(f"Quoted by the language model, but in no passage it was given: {_count(misquoted)}.")
    failed = tuple(claim.text for claim in claims if claim.verdict is not Verdict.SUPPORTED)
    if not proved:
        notices.append("Nothing that the language model wrote is proved by the documents, so it is not shown.")
        return Gated((), tuple(notices), failed)
    if left_out := judged.count(None):
        notices.append(f"Left out, since it has nothing to do with the documents: {_count(left_out)} of the model's.")
    return Gated(claims, tuple(notices), failed)


def _judged_whole(
    text: str, cited: Sequence[Passage], passages: Sequence[Passage], notes: Footnotes, court: Court, *, is_about: bool
) -> Claim | None:
    """A sentence judged as `_judged` does, else by its halves: `One costs 48, while the other costs 61.`"""
    whole = _judged(text, cited, passages, notes, court, is_about=is_about)
    halves = _HALVES.split(text, maxsplit=1)
    if whole is None or whole.verdict is Verdict.SUPPORTED or len(halves) < 2:
        return whole
    parts = [_judged(half, cited, passages, notes, court, is_about=is_about) for half in halves]
    if not all(part and part.verdict is Verdict.SUPPORTED for part in parts):
        return whole
    markers = dict.fromkeys(marker for part in parts if part for marker in part.markers[:1])
    return Claim(text, Verdict.SUPPORTED, tuple(markers))


def _judged(
    text: str, cited: Sequence[Passage], passages: Sequence[Passage], notes: Footnotes, court: Court, *, is_about: bool
) -> Claim | None:
    """A sentence with its verdict and proof; None where it is to be left out."""
    if not _addresses_known(text, passages):
        return None
    computed = said_by_documents(text, [*cited, *passages], court.document)
    if computed and (markers := _cited_rows(notes, computed.proofs)):
        return Claim(text, computed.verdict, markers)
    check = partial(_check, text, court=court)
    checks = [(passage, check(passage)) for passage in cited]
    found = [pair for pair in checks if pair[1].verdict is Verdict.SUPPORTED]
    for passage in passages if not found else ():
        if passage not in cited and (another := check(passage)).verdict is Verdict.SUPPORTED:
            found = [(passage, another)]
            break
    on_matter = [(passage, one) for passage, one in found if not is_about or _is_on_matter(passage, one, court)]
    if found and not on_matter:
        return None
    if markers := _cite(notes, _best(on_matter)):
        return Claim(text, Verdict.SUPPORTED, markers)
    for verdict in (Verdict.CONTRADICTED, Verdict.UNCHECKED):
        if markers := _cite(notes, _best([pair for pair in checks if pair[1].verdict is verdict])):
            return Claim(text, verdict, markers)
    return Claim(text, Verdict.UNSUPPORTED) if _is_near(text, passages) else None


def _cited_rows(notes: Footnotes, rows: Sequence[Statement]) -> tuple[int, ...]:
    """The markers of the first rows that a computation took."""
    markers = (notes.add(one.passage, one.span) for one in rows[:_MOST_MARKERS])
    return tuple(dict.fromkeys(marker for marker in markers if marker is not None))


def _check(text: str, passage: Passage, *, court: Court) -> Check:
    """What a passage says of a sentence.

    It says nothing of one where it lacks what that quotes, only orders that it be said, or where the sentence speaks of
    all of something (`the most`, `only`) and the passage does not, nor the rest of its table.
    """
    if not _has_quotes(text, passage):
        return Check(Verdict.UNSUPPORTED)

    def in_document(subject: Subject, where: Passage) -> bool:
        return names_it(subject, court.document(where.document).search_text)

    check = verify(text, passage, verifier=court.verifier, in_document=in_document)
    if check.span is not None and _obeys(text, check.span.of(passage.search_text)):
        return Check(Verdict.UNSUPPORTED)
    if check.verdict is not Verdict.SUPPORTED:
        return check
    proofs = _proofs(passage, check)
    document = court.document(passage.document)
    is_proof = not proofs or any(is_borne_out(text, court.question, one, document) for one in proofs)
    return check if is_proof and not _is_guessed(text, passage, check, proofs) else Check(Verdict.UNSUPPORTED)


def _is_guessed(text: str, passage: Passage, check: Check, proofs: Sequence[Statement]) -> bool:
    """Whether only the verifier, and not surely, takes prose for support of a sentence with a word that it lacks.

    A model writes the words of the question again: `The station was sold in 2026` of `It is to open in 2026`.
    """
    is_record = any(one.kind in RECORDS for one in proofs)
    if is_record or check.is_proved or check.entailment is None or check.entailment.supported >= _SURE:
        return False
    held = f"{passage.search_text} {passage.head} {passage.context} {passage.origin.title or ''}"
    return not set(content_stems(text)) <= set(content_stems(held))


def _proofs(passage: Passage, check: Check) -> list[Statement]:
    """The statements of a passage that decided."""
    if check.span is None:
        return []
    held = check.span.shifted(passage.span.start)
    return [one for one in statements_of(passage) if one.span.start < held.end and held.start < one.span.end]


def _is_on_matter(passage: Passage, check: Check, court: Court) -> bool:
    proofs = _proofs(passage, check)
    return not proofs or any(court.fit(one) > 0 for one in proofs)


def _best(found: Sequence[tuple[Passage, Check]]) -> list[tuple[Passage, Check]]:
    """The checks that decided surest, one of each document and two at most."""

    def sureness(pair: tuple[Passage, Check]) -> float:
        entailment = pair[1].entailment
        return 1.0 if entailment is None else max(entailment.supported, entailment.contradicted)

    of_each: dict[str, tuple[Passage, Check]] = {}
    for pair in sorted(found, key=sureness, reverse=True):
        of_each.setdefault(pair[0].document, pair)
    return list(of_each.values())[:_MOST_MARKERS]


def _obeys(text: str, proof: str) -> bool:
    """Whether a proof holds an order to say something, and the text says that without the order.

    `Write the word yes` is no proof of `Yes`; it is one of `The form wants you to write yes`.
    """
    said = {stem(word) for word in words(text)}
    commands = (COMMAND.match(span.of(proof)) for span in sentences(proof))
    return any(command is not None and stem(command["verb"]) not in said for command in commands)


def _cite(notes: Footnotes, checks: Sequence[tuple[Passage, Check]]) -> tuple[int, ...]:
    """The markers of the words that decided, each once."""
    decided = [(passage, check.span) for passage, check in checks if check.span]
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
