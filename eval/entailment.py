"""Whether words of the documents bear out a claim: the question behind the metrics that need no gold quotes."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from eval.result import Result
from rag.domain import Citation, Claim, Mode, Origin, Passage, Span, Verdict
from rag.evidence.verify import verify
from rag.question.operation import AVERAGE, COUNT, HIGHEST, LOWEST, SUM


def cited_words(citations: Sequence[Citation], result: Result) -> str:
    """What really stands where the citations point, one line each; what an answer says it quotes is not believed."""
    return "\n".join(_there(one.document, one.span, result) for one in citations)


def cited_names(citations: Sequence[Citation], result: Result) -> str:
    """What stands around what is cited, such as the names of columns."""
    return "\n".join(_there(one.document, quote.span, result) for one in citations for quote in one.context)


def _there(document: str, span: Span, result: Result) -> str:
    found = result.documents.get(document)
    return span.of(found.search_text) if found else ""


def is_computed_from(claim: Claim, citations: Sequence[Citation], result: Result) -> bool | None:
    """Whether what is computed follows from these citations; None where the claim is not the computed one.

    Its cells must stand where it says, within what is cited, and counts, sums, means and extremes come out again.
    """
    computed = result.answer.computed
    if computed is None or claim is not result.answer.claims[0]:
        return None
    cited = {one.marker: one for one in citations}
    for cell in computed.operands:
        citation = cited.get(cell.marker)
        if citation is None or not cell.span.within(citation.span):
            return False
        if _plain(cell.text) not in _plain(_there(citation.document, cell.span, result)):
            return False
    values = [cell.value for cell in computed.operands if cell.value is not None]
    again = _AGAIN.get(computed.operation)
    if again is None or not _is_number(computed.result) or len(values) < len(computed.operands):
        return computed.operation != COUNT or computed.result == str(len(computed.operands))
    return abs(float(again(values)) - float(computed.result)) < _ROUNDED


_AGAIN: dict[str, Callable[[list[Decimal]], Decimal | int]] = {
    COUNT: len,
    SUM: lambda values: sum(values, Decimal(0)),
    AVERAGE: lambda values: sum(values, Decimal(0)) / len(values),
    HIGHEST: max,
    LOWEST: min,
}
_ROUNDED = 0.01


def _is_number(written: str) -> bool:
    return re.fullmatch(r"-?\d+(?:\.\d+)?", written) is not None


def _plain(text: str) -> str:
    return " ".join(text.split())


def _is_of_cells(claim: str, words: str, names: str) -> bool:
    """Whether a claim is made of cells, each value of which stands in the words, its name in these or around."""
    told, around = _plain(words), _plain(f"{names} {words}")
    cells = [cell.partition(": ") for cell in _plain(claim).split("; ")]
    return all(name in around and value and value in told for name, _, value in cells)


def verdict_of(claim: str, words: str, result: Result, names: str = "") -> Verdict | None:
    """What these words say of a claim; None where neither the exact checks nor a verifier can tell.

    An extractive answer is made of the documents' own sentences and cells; `names` are what the cells are called by.
    What the exact checks do not find word for word in the words it cites is therefore not supported, whatever a model
    thinks of it.
    """
    extractive = result.answer.mode is Mode.EXTRACTIVE
    if extractive and _is_of_cells(claim, words, names):
        return Verdict.SUPPORTED
    passage = Passage("", Span(0, len(words)), words, words, Origin(""))
    found = verify(claim, passage, verifier=None if extractive else result.verifier).verdict
    if found is not Verdict.UNCHECKED:
        return found
    return Verdict.UNSUPPORTED if extractive else None
