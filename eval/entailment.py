"""Whether words of the documents bear out a claim: the question behind the metrics that need no gold quotes."""

from collections.abc import Sequence

from eval.result import Result
from rag.domain import Citation, Mode, Origin, Passage, Span, Verdict
from rag.evidence.verify import verify


def cited_words(citations: Sequence[Citation], result: Result) -> str:
    """What really stands where the citations point, one line each; what an answer says it quotes is not believed."""
    there = [(result.documents.get(citation.document), citation.span) for citation in citations]
    return "\n".join(span.of(document.search_text) for document, span in there if document is not None)


def verdict_of(claim: str, words: str, result: Result) -> Verdict | None:
    """What these words say of a claim; None where neither the exact checks nor a verifier can tell.

    An extractive answer is made of the documents' own sentences. What the exact checks do not find word for word in the
    words it cites is therefore not supported, whatever a model thinks of it.
    """
    extractive = result.answer.mode is Mode.EXTRACTIVE
    passage = Passage("", Span(0, len(words)), words, words, Origin(""))
    found = verify(claim, passage, verifier=None if extractive else result.verifier).verdict
    if found is not Verdict.UNCHECKED:
        return found
    return Verdict.UNSUPPORTED if extractive else None
