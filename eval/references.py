"""Right answers, made of a suite's own gold: what an assistant that makes no mistake would say."""

from collections.abc import Iterator, Sequence

from eval.cases import Case
from eval.corpus import Corpus, Gold
from eval.match import says
from eval.result import Result
from rag.domain import (
    Answer,
    Citation,
    Claim,
    Conflict,
    Document,
    Mode,
    Outcome,
    Passage,
    ScoredPassage,
    Side,
    Span,
    Verdict,
)
from rag.evidence.statement import statements_of
from rag.ports import Verifier


def reference(case: Case, corpus: Corpus, *, mode: Mode, verifier: Verifier | None = None) -> Result | None:
    """The right answer to a case: for each of its parts the sentence that holds a gold quote, cited, or an abstention.

    None where the gold does not tell enough: a part whose proof is not in the library, or an answer that no proof says.
    """
    golds = tuple(tuple(gold for entry in part if (gold := corpus.locate(entry))) for part in case.evidence)
    if case.unanswerable:
        return _result((), (), case, corpus, mode, verifier)
    if not golds or not all(golds):
        return None
    spans: list[tuple[Document, Span]] = []
    for part, wanted in zip(golds, _wanted(case, len(golds)), strict=True):
        proof = next(_proofs(part, wanted, corpus), None)
        if proof is None:
            return None
        spans.append(proof)
    return _result(spans, golds, case, corpus, mode, verifier)


def cite(marker: int, document: Document, span: Span) -> Citation:
    """A citation of these words."""
    return Citation(marker, document.id, span, span.of(document.text), document.origin)


def as_claim(document: Document, span: Span) -> str:
    """The words of a span as an answer would say them."""
    return " ".join(span.of(document.search_text).split())


def statement_around(document: Document, span: Span) -> Span:
    """The statement, or the statements, that hold a span."""
    whole = Passage.cut(document, Span(0, len(document.text)))
    told = (statement.span for statement in statements_of(whole))
    holding = [one for one in told if one.start < span.end and span.start < one.end]
    return Span(holding[0].start, holding[-1].end) if holding else span


def _wanted(case: Case, parts: int) -> Sequence[Sequence[str]]:
    """What the proof of each part must say; nothing where no answer is known."""
    if case.sides:
        return [side.answers for side in case.sides]
    return case.answers if len(case.answers) == parts else [()] * parts


def _proofs(part: Sequence[Gold], wanted: Sequence[str], corpus: Corpus) -> Iterator[tuple[Document, Span]]:
    for gold in part:
        document = corpus.documents[gold.document]
        span = statement_around(document, gold.span)
        if not wanted or says(as_claim(document, span), wanted):
            yield document, span


def _result(
    spans: Sequence[tuple[Document, Span]],
    golds: tuple[tuple[Gold, ...], ...],
    case: Case,
    corpus: Corpus,
    mode: Mode,
    verifier: Verifier | None,
) -> Result:
    distinct = list(dict.fromkeys((document.id, span) for document, span in spans))
    proofs = [(corpus.documents[id_], span) for id_, span in distinct]
    citations = tuple(cite(marker, document, span) for marker, (document, span) in enumerate(proofs, start=1))
    claims = tuple(
        Claim(as_claim(document, span), Verdict.SUPPORTED, (marker,))
        for marker, (document, span) in enumerate(proofs, start=1)
    )
    markers = {proof: (marker,) for marker, proof in enumerate(distinct, start=1)}
    sides = tuple(Side(as_claim(document, span), markers[document.id, span]) for document, span in spans if case.sides)
    answer = Answer(
        question=case.question,
        query=case.question,
        outcome=Outcome.ANSWERED if claims else Outcome.ABSTAINED,
        answerable=1.0 if claims else 0.0,
        mode=mode,
        text=" ".join(f"{claim.text} [{claim.markers[0]}]" for claim in claims),
        claims=claims,
        citations=citations,
        conflicts=(Conflict(case.question, sides),) if sides else (),
    )
    retrieved = tuple(ScoredPassage(Passage.cut(document, span), 1.0) for document, span in proofs)
    return Result(answer, retrieved, golds, corpus.documents, corpus.files, verifier)
