"""Damage to right answers, one kind a function: what a metric that can be trusted must notice.

After mutation testing of programs (DeMillo, Lipton and Sayward 1978, "Hints on Test Data Selection"). Each function
gives a damaged copy of a result, or None where there is nothing in it to damage in this way. The verdicts that the
assistant gave stay as they were: it does not know of its mistake.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from random import Random

from eval.cases import Case
from eval.corpus import Corpus
from eval.metrics.evidence import is_valid
from eval.references import as_claim, cite
from eval.result import Result
from rag.domain import Answer, Claim, Document, Outcome, Span, Verdict
from rag.text.sentences import sentences
from rag.text.words import content_stems

_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_NUMBERS = "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty".split()
_DATE = re.compile(rf"\b(?:{'|'.join([*_MONTHS, *_DAYS])})\b|\b(?:19|20)\d\d\b")
_NUMBER = re.compile(rf"\b\d+\b|\b(?:{'|'.join(_NUMBERS)})\b")
_AUXILIARY = re.compile(r"\b(is|are|was|were|will|would|has|have|had|can|could|must|may|should|did|does|do)\b")
_NAME = re.compile(r"(?<=[\w,;:’'”\"] )[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")
_NOTHING = re.compile(r"(?!)")
_PARTING = re.compile(r"\b(?!and\b|or\b)[a-z]{2,}")
"""What stands between two names that mean other things in each other's place."""
_ENOUGH_WORDS = 4
_INVENTED = (
    "{name} had agreed to this with {other} a year before.",
    "A spokesman for {name} later said that {other} would pay for it.",
    "{name} and {other} have since settled the matter in court.",
)


@dataclass(frozen=True, slots=True)
class Source:
    """What damage is made from."""

    case: Case
    result: Result
    corpus: Corpus
    names: tuple[str, ...]
    """Names that occur in the documents."""
    chance: Random


Damage = Callable[[Source], Result | None]


def names_in(documents: Iterable[Document]) -> tuple[str, ...]:
    """The words that stand with a capital inside sentences, more than once and in no other way."""
    texts = [document.search_text for document in documents]
    found = Counter(word for text in texts for name in _NAME.findall(text) for word in name.split())
    lower = {word for text in texts for word in re.findall(r"\b[a-z]+\b", text)}
    known = {*_MONTHS, *_DAYS}
    return tuple(sorted(n for n, count in found.items() if count > 1 and n not in known and n.lower() not in lower))


def swap_citation(source: Source) -> Result | None:
    """Lets a citation point at another sentence of its document."""
    citations = list(source.result.answer.citations)
    if not citations:
        return None
    at = source.chance.randrange(len(citations))
    document = source.corpus.documents[citations[at].document]
    other = next((span for span in _sentences(document, source) if span != citations[at].span), None)
    if other is None:
        return None
    citations[at] = cite(citations[at].marker, document, other)
    return _with(source, citations=tuple(citations))


def drop_citation(source: Source) -> Result | None:
    """Leaves a claim without its citation."""
    return _with_claim(source, lambda claim: replace(claim, markers=()))


def negate(source: Source) -> Result | None:
    """Turns a claim into its opposite."""

    def turned(text: str) -> str:
        if re.search(r"\bnot\b ", text):
            return re.sub(r"\bnot\b ", "", text, count=1)
        if _AUXILIARY.search(text):
            return _AUXILIARY.sub(r"\1 not", text, count=1)
        return f"It is not true that {text[:1].lower()}{text[1:]}"

    return _reworded(source, turned)


def change_number(source: Source) -> Result | None:
    """Puts another number in the place of one."""

    def other(found: str) -> str:
        if found.isdigit():
            return str(int(found) + source.chance.randint(1, 9))
        return source.chance.choice([number for number in _NUMBERS if number != found])

    return _replaced(source, _NUMBER, other, unless=_DATE)


def change_date(source: Source) -> Result | None:
    """Puts another month, day of the week or year in the place of one."""

    def other(found: str) -> str:
        if found.isdigit():
            return str(int(found) + source.chance.randint(1, 9))
        return source.chance.choice([name for name in (_MONTHS if found in _MONTHS else _DAYS) if name != found])

    return _replaced(source, _DATE, other)


def change_name(source: Source) -> Result | None:
    """Puts another name of the documents in the place of one, not a form of the same (`Oster`, `Osterian`)."""
    pattern = re.compile(rf"\b(?:{'|'.join(source.names)})\b") if source.names else _NOTHING

    def other(found: str) -> str:
        others = [name for name in source.names if not name.startswith(found) and not found.startswith(name)]
        return source.chance.choice(others or [found])

    return _replaced(source, pattern, other)


def swap_actors(source: Source) -> Result | None:
    """Exchanges two names of a claim, so that one does what the other did.

    Two parts of one name, or two entries of a list, are left as they are: `A, B and C` says what `B, A and C` does.
    """

    def swapped(text: str) -> str:
        # Also the name that begins the sentence, when it is known as a name elsewhere.
        found = [match for match in re.finditer(r"\b[A-Z][a-z]{2,}\b", text) if match.group() in source.names]
        pairs = [
            (one, two)
            for one, two in combinations(found, 2)
            if one[0] != two[0] and _PARTING.search(text, one.end(), two.start())
        ]
        if not pairs:
            return text
        one, two = source.chance.choice(pairs)
        return text[: one.start()] + two[0] + text[one.end() : two.start()] + one[0] + text[two.end() :]

    return _reworded(source, swapped)


def invent_sentence(source: Source) -> Result | None:
    """Adds a sentence that no document says, under a citation that is there."""
    answer = source.result.answer
    if not answer.claims or len(source.names) < 2:
        return None
    name, other = source.chance.sample(source.names, 2)
    text = source.chance.choice(_INVENTED).format(name=name, other=other)
    return _with(source, claims=(*answer.claims, Claim(text, Verdict.SUPPORTED, answer.claims[0].markers)))


def false_quote(source: Source) -> Result | None:
    """Puts a word into a quote that does not stand there."""
    citations = list(source.result.answer.citations)
    if not citations:
        return None
    at = source.chance.randrange(len(citations))
    words = citations[at].quote.split(" ")
    place = source.chance.randrange(len(words))
    words[place] = "reportedly" if words[place] != "reportedly" else "allegedly"
    citations[at] = replace(citations[at], quote=" ".join(words))
    return _with(source, citations=tuple(citations))


def answer_unanswerable(source: Source) -> Result | None:
    """Answers with a sentence of the documents what they do not answer."""
    if not source.case.unanswerable:
        return None
    document, span = _any_sentence(source)
    return _answering(source, document, span)


def answer_beside(source: Source) -> Result | None:
    """Answers with a sentence of the documents, rightly cited, that is no answer to this question."""
    if source.case.unanswerable:
        return None
    document, span = _any_sentence(source)
    return _answering(source, document, span)


def decline(source: Source) -> Result | None:
    """Declines what the documents answer."""
    if source.case.unanswerable:
        return None
    return _with(source, outcome=Outcome.ABSTAINED, claims=(), citations=(), conflicts=(), answerable=0.0)


def hide_side(source: Source) -> Result | None:
    """Tells one side alone where documents disagree."""
    answer = source.result.answer
    if not answer.conflicts:
        return None
    hidden = source.chance.choice(answer.conflicts[0].sides)
    return _with(
        source,
        conflicts=(),
        claims=tuple(claim for claim in answer.claims if not set(claim.markers) & set(hidden.markers)),
        citations=tuple(citation for citation in answer.citations if citation.marker not in hidden.markers),
    )


def _with(source: Source, **fields: object) -> Result:
    answer: Answer = replace(source.result.answer, **fields)  # type: ignore[arg-type]  # the fields of an answer
    return replace(source.result, answer=answer)


def _with_claim(source: Source, change: Callable[[Claim], Claim]) -> Result | None:
    """The result with one of its claims changed; None where none can be."""
    claims = list(source.result.answer.claims)
    changed = [(at, new) for at, claim in enumerate(claims) if (new := change(claim)) != claim]
    if not changed:
        return None
    at, new = source.chance.choice(changed)
    claims[at] = new
    return _with(source, claims=tuple(claims))


def _reworded(source: Source, turn: Callable[[str], str]) -> Result | None:
    return _with_claim(source, lambda claim: replace(claim, text=turn(claim.text)))


def _replaced(
    source: Source, pattern: re.Pattern[str], other: Callable[[str], str], unless: re.Pattern[str] | None = None
) -> Result | None:
    """The result with one match of the pattern, in one claim, replaced."""

    def turned(text: str) -> str:
        found = [match for match in pattern.finditer(text) if not (unless and unless.fullmatch(match.group()))]
        if not found:
            return text
        match = source.chance.choice(found)
        return text[: match.start()] + other(match.group()) + text[match.end() :]

    return _reworded(source, turned)


_cut = lru_cache(maxsize=1024)(sentences)  # each document is cut for every mutant


def _sentences(document: Document, source: Source) -> Iterator[Span]:
    """The sentences of a document, in random order, that have something to say and prove no part of the answer."""
    spans = _cut(document.search_text)
    for span in source.chance.sample(spans, len(spans)):
        shown = cite(0, document, span)
        proves = any(is_valid(shown, gold) for part in source.result.gold for gold in part)
        if len(content_stems(as_claim(document, span))) >= _ENOUGH_WORDS and not proves:
            yield span


def _any_sentence(source: Source) -> tuple[Document, Span]:
    documents = list(source.corpus.documents.values())
    shuffled = source.chance.sample(documents, len(documents))
    return next((document, span) for document in shuffled for span in _sentences(document, source))


def _answering(source: Source, document: Document, span: Span) -> Result:
    claim = Claim(as_claim(document, span), Verdict.SUPPORTED, (1,))
    return _with(
        source,
        outcome=Outcome.ANSWERED,
        claims=(claim,),
        citations=(cite(1, document, span),),
        conflicts=(),
        answerable=1.0,
    )
