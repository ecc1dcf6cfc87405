"""What passages say of a claim, together: those that support it, those that contradict it, and what that comes to."""

from collections.abc import Callable, Sequence

from rag.domain import Document, Judgement, Passage, Span, Verdict
from rag.evidence.cite import Footnotes
from rag.evidence.roles import same_roles, turned_round
from rag.evidence.tables.claimed import said_by_documents
from rag.evidence.verify import Check, verify
from rag.ports import Verifier
from rag.question.capitals import with_capitals
from rag.question.subjects import Subject, names_it
from rag.search.orders import without_instructions


def judge(
    claim: str, passages: Sequence[Passage], *, verifier: Verifier | None, document: Callable[[str], Document]
) -> Judgement:
    """The verdict on a claim, and the words that decide it; `document` gives the stored document of an id.

    A claim that one passage supports is supported, whatever others say. But where a passage tells of its actors the
    other way round, support must rest on words: the model may have taken one actor for the other.
    """
    passages = [without_instructions(passage) for passage in passages]
    meant = with_capitals(claim, passages)

    def in_document(subject: Subject, passage: Passage) -> bool:
        return names_it(subject, document(passage.document).search_text)

    checks = [(passage, verify(meant, passage, verifier=verifier, in_document=in_document)) for passage in passages]
    supporting = [pair for pair in checks if pair[1].verdict is Verdict.SUPPORTED]
    contradicting = [pair for pair in checks if pair[1].verdict is Verdict.CONTRADICTED]
    is_turned = any(turned_round(meant, passage.search_text) for passage in passages)
    if is_turned and not any(check.is_proved or same_roles(meant, one.search_text) for one, check in supporting):
        supporting = []
    notes = Footnotes(document)
    computed = said_by_documents(meant, passages, document)
    if computed:  # what a row alone seems to say of all rows is no proof
        own = {one.passage.document for one in computed.proofs}
        supporting = [(one, check) for one, check in supporting if one.document not in own and check.is_proved]
        contradicting = [(one, check) for one, check in contradicting if one.document not in own]
    rows = [(one.passage, one.span) for one in computed.proofs] if computed else []
    found, against = (
        (*_markers(notes, rows if computed and computed.verdict is verdict else []), *_cite(notes, pairs))
        for verdict, pairs in ((Verdict.SUPPORTED, supporting), (Verdict.CONTRADICTED, contradicting))
    )
    return Judgement(
        claim=claim,
        verdict=Verdict.SUPPORTED if found else Verdict.CONTRADICTED if against else Verdict.UNSUPPORTED,
        citations=tuple(notes.citations[marker - 1] for marker in found),
        contradicting=tuple(notes.citations[marker - 1] for marker in against),
    )


def _cite(notes: Footnotes, checks: Sequence[tuple[Passage, Check]]) -> tuple[int, ...]:
    """The markers of the words that decided these checks, each once."""
    return _markers(notes, [(one, check.span.shifted(one.span.start)) for one, check in checks if check.span])


def _markers(notes: Footnotes, proofs: Sequence[tuple[Passage, Span]]) -> tuple[int, ...]:
    markers = [notes.add(passage, span) for passage, span in proofs]
    return tuple(dict.fromkeys(marker for marker in markers if marker is not None))
