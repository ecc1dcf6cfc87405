"""The answer where a language model writes: its sentences proved, mended once, and settled with the documents'."""

from collections.abc import Collection, Generator, Sequence
from dataclasses import replace

from rag.answer.about import About
from rag.answer.disagreement import Disagreement, Relation, find_disagreements
from rag.answer.draft import Draft
from rag.answer.plan import conflicts_of
from rag.answer.rank import Ranked
from rag.domain import Answer, Claim, Conflict, Mode, Span, TextDelta, Usage, Verdict
from rag.errors import LanguageModelError
from rag.evidence.cite import Footnotes
from rag.evidence.statement import Statement
from rag.generate.court import Court
from rag.generate.gate import Gated, gate
from rag.generate.generate import Generated, Writer, again, generate
from rag.generate.settle import is_plain, is_written, missing, taken_over, told
from rag.ports import Library, Verifier

_INSTEAD = "The answer is made of sentences of the documents instead."


def write_answer(
    draft: Draft,
    plain: Answer,
    ranked: Sequence[Ranked],
    writer: Writer,
    library: Library,
    verifier: Verifier | None,
) -> Generator[TextDelta, None, Answer]:
    """Streams the model's draft and returns the answer; `plain` is the one in the documents' own words.

    Where the model fails, `plain` is the answer, and a notice says why.
    """
    try:
        with draft.timed("answer"):
            generated = yield from generate(draft.query, ranked, writer)
        notes, gated, usage = _proved(draft, generated, writer, library, verifier)
    except LanguageModelError as error:
        return replace(plain, notices=(*plain.notices, f"{error} {_INSTEAD}"), timings_ms=draft.timings_ms)
    is_models = is_written(draft.meant, gated, plain)
    if not is_models and is_plain(gated, plain):
        notices = (*plain.notices, *gated.notices, _INSTEAD)
        return replace(plain, notices=notices, timings_ms=draft.timings_ms, usage=usage)
    claims = told(draft.meant, gated) if is_models else []
    if claims:
        read = [one.passage for one in draft.read]
        claims += [taken_over(claim, plain, notes, read) for claim in missing(draft.meant, gated, plain)]
    with draft.timed("verify"):
        conflicts = _conflicts(draft, claims, notes, verifier) if verifier else []
    draft.notices += gated.notices
    return replace(draft.answer(claims, notes, Mode.GENERATIVE, conflicts=conflicts), usage=usage)


def _proved(
    draft: Draft, generated: Generated, writer: Writer, library: Library, verifier: Verifier | None
) -> tuple[Footnotes, Gated, Usage | None]:
    """What the gate lets through of a reply; of a second one, where sentences failed and that one is better."""
    about = About.of(draft.meant, [one.passage for one in generated.shown], library)
    court = Court(draft.meant, library.document, verifier, about.fit)
    notes = Footnotes(library.document)
    with draft.timed("verify"):
        gated = gate(generated, notes, court)
    if not gated.failed:
        return notes, gated, generated.usage
    try:
        with draft.timed("answer"):
            mended = again(generated, gated.failed, writer)
    except LanguageModelError:
        if not gated.proved:
            raise
        return notes, gated, generated.usage  # what it said before is proved all the same
    better_notes = Footnotes(library.document)
    with draft.timed("verify"):
        better = gate(mended, better_notes, court)
    gives_up = better.abstained and not gated.proved
    if gives_up or (better.proved, -len(better.failed)) > (gated.proved, -len(gated.failed)):
        return better_notes, better, mended.usage
    return notes, gated, mended.usage


def _conflicts(draft: Draft, claims: Sequence[Claim], notes: Footnotes, verifier: Verifier) -> list[Conflict]:
    """What other documents say against the sentences that a model's claims rest on, and against nothing else."""
    cited = {marker for claim in claims if claim.verdict is Verdict.SUPPORTED for marker in claim.markers}
    proofs = [
        Statement(one.passage, citation.span)
        for citation in notes.citations
        if citation.marker in cited
        for one in draft.read
        if one.passage.document == citation.document and citation.span.within(one.passage.span)
    ]
    found = find_disagreements(draft.meant, proofs, draft.read, verifier=verifier, stories=draft.stories)
    stated = {(proof.passage.document, proof.span) for proof in proofs}
    of_these = [one for one in found if one.relation is Relation.CONFLICT and _states(one, stated)]
    return list(conflicts_of(of_these, notes))


def _states(disagreement: Disagreement, stated: Collection[tuple[str, Span]]) -> bool:
    """Whether one side of a disagreement is what an answer states."""
    sides = [proof for position in disagreement.positions for proof in position.proofs]
    return any(
        proof.passage.document == document and proof.span.start < span.end and span.start < proof.span.end
        for proof in sides
        for document, span in stated
    )
