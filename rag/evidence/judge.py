"""What passages say of a claim, together: those that support it, those that contradict it, and what that comes to."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from rag.domain import Citation, Document, Judgement, Passage, Span, Verdict
from rag.evidence.cite import Footnotes
from rag.evidence.parts import ClaimPart, parts_of
from rag.evidence.roles import same_roles, turned_round
from rag.evidence.tables.claimed import said_by_documents
from rag.evidence.verify import Check, verify_part
from rag.ports import Verifier
from rag.question.capitals import with_capitals
from rag.question.subjects import Subject, names_it
from rag.search.orders import without_instructions

_Proof = tuple[Passage, Span]


def judge(
    claim: str, passages: Sequence[Passage], *, verifier: Verifier | None, document: Callable[[str], Document]
) -> Judgement:
    """The verdict on a claim, and the words that decide it; `document` gives the stored document of an id.

    A claim that one passage supports is supported, whatever others say. But where a passage tells of its actors the
    other way round, support must rest on words: the model may have taken one actor for the other. Of a claim of several
    sentences each must be supported, be it by another passage.
    """
    passages = [without_instructions(passage) for passage in passages]
    notes = Footnotes(document)
    judged = [
        tuple(_markers(notes, proofs) for proofs in _proofs(part, passages, verifier, document))
        for part in parts_of(with_capitals(claim, passages))
    ]
    is_supported = all(found for found, _ in judged)
    is_denied = any(against and not found for found, against in judged)
    return Judgement(
        claim=claim,
        verdict=Verdict.SUPPORTED if is_supported else Verdict.CONTRADICTED if is_denied else Verdict.UNSUPPORTED,
        citations=_cited(notes, [found for found, _ in judged] if is_supported else []),
        contradicting=_cited(notes, [against for _, against in judged]),
    )


def _proofs(
    part: ClaimPart, passages: Sequence[Passage], verifier: Verifier | None, document: Callable[[str], Document]
) -> tuple[list[_Proof], list[_Proof]]:
    """The words that support one sentence of a claim, and those that contradict it."""

    def in_document(subject: Subject, passage: Passage) -> bool:
        return names_it(subject, document(passage.document).search_text)

    claim = part.text
    checks = [(one, verify_part(part, one, verifier=verifier, in_document=in_document)) for one in passages]
    supporting = [pair for pair in checks if pair[1].verdict is Verdict.SUPPORTED]
    contradicting = [pair for pair in checks if pair[1].verdict is Verdict.CONTRADICTED]
    is_turned = any(turned_round(claim, passage.search_text) for passage in passages)
    if is_turned and not any(check.is_proved or same_roles(claim, one.search_text) for one, check in supporting):
        supporting = []
    computed = said_by_documents(claim, passages, document)
    if computed:  # what a row alone seems to say of all rows is no proof
        own = {one.passage.document for one in computed.proofs}
        supporting = [(one, check) for one, check in supporting if one.document not in own and check.is_proved]
        contradicting = [(one, check) for one, check in contradicting if one.document not in own]
    rows = [(one.passage, one.span) for one in computed.proofs] if computed else []
    found, against = (
        [*(rows if computed and computed.verdict is verdict else []), *_placed(checked)]
        for verdict, checked in ((Verdict.SUPPORTED, supporting), (Verdict.CONTRADICTED, contradicting))
    )
    return found, against


def _placed(checks: Sequence[tuple[Passage, Check]]) -> list[_Proof]:
    """The words that decided these checks, by their place in the document."""
    return [(one, check.span.shifted(one.span.start)) for one, check in checks if check.span]


def _cited(notes: Footnotes, markers: Iterable[Sequence[int]]) -> tuple[Citation, ...]:
    """The proofs with these markers, each once."""
    return tuple(notes.citations[marker - 1] for marker in dict.fromkeys(chain.from_iterable(markers)))


def _markers(notes: Footnotes, proofs: Sequence[_Proof]) -> tuple[int, ...]:
    markers = [notes.add(passage, span) for passage, span in proofs]
    return tuple(dict.fromkeys(marker for marker in markers if marker is not None))
