"""Quote exactness: is every quote word for word what its document says there?

This is a promise of the product, not a matter of degree: anything below 1 is a defect. A quote is compared with the
stored text at its span and, where the document is a plain text file, with the file itself, which the assistant never
sees again. On quotes as proof: Menick et al. 2022, "Teaching language models to support answers with verified quotes",
https://arxiv.org/abs/2203.11147.
"""

from eval.cases import Case
from eval.metrics.metric import Metric, share
from eval.result import Result
from rag.domain import Citation


def _is_exact(citation: Citation, result: Result) -> bool:
    document = result.documents.get(citation.document)
    if document is None or citation.span.of(document.text) != citation.quote:
        return False
    file = result.files.get(citation.document)
    return file is None or citation.span.of(file) == citation.quote


def _exactness(_case: Case, result: Result) -> float | None:
    """The share of an answer's quotes that are exact; unscored where it quotes nothing."""
    citations = result.answer.citations
    return share(sum(_is_exact(citation, result) for citation in citations), len(citations))


EXACTNESS = Metric("quote_exactness", "quotes equal to their document at their span", _exactness)
