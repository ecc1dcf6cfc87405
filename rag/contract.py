"""Answers and judgements as the JSON objects that other programs read (design §5)."""

from typing import Any

from rag.domain import Answer, Citation, Computed, Judgement

Json = dict[str, Any]


def answer_json(answer: Answer) -> Json:
    """The object of `footnoted ask --json`.

    `computed` is in it only where the answer was computed, `suggestions` only where there are any, `usage` only where a
    language model told what it used.
    """
    written = {
        "question": answer.question,
        "query": answer.query,
        "outcome": str(answer.outcome),
        "answerable": answer.answerable,
        "mode": str(answer.mode),
        "kind": str(answer.kind),
        "as_of": answer.as_of,
        "newest_source": answer.newest_source,
        "answer": answer.text,
        "claims": [
            {"text": claim.text, "verdict": str(claim.verdict), "markers": list(claim.markers)}
            | ({"mark": claim.mark} if claim.mark else {})
            for claim in answer.claims
        ],
        "citations": [citation_json(citation) for citation in answer.citations],
        "conflicts": [
            {
                "statement": conflict.statement,
                "sides": [{"claim": side.claim, "markers": list(side.markers)} for side in conflict.sides],
            }
            for conflict in answer.conflicts
        ],
        "notices": list(answer.notices),
        "timings_ms": answer.timings_ms,
    }
    if answer.computed:
        written["computed"] = _computed_json(answer.computed)
    if answer.suggestions:
        written["suggestions"] = list(answer.suggestions)
    if answer.usage is None:
        return written
    usage = {"prompt_tokens": answer.usage.prompt_tokens, "reply_tokens": answer.usage.reply_tokens}
    return {**written, "usage": usage}


def _computed_json(computed: Computed) -> Json:
    return {
        "operation": computed.operation,
        "operands": [
            {
                "marker": one.marker,
                "text": one.text,
                "value": None if one.value is None else float(one.value),
                "start": one.span.start,
                "end": one.span.end,
            }
            for one in computed.operands
        ],
        "result": _number(computed.result),
        "unit": computed.unit,
    }


def _number(written: str) -> int | float | str:
    """A result as a JSON number where it is one."""
    try:
        return int(written) if written.lstrip("-").isdigit() else float(written)
    except ValueError:
        return written


def judgement_json(judgement: Judgement) -> Json:
    """The object of `footnoted check --json`."""
    return {
        "claim": judgement.claim,
        "verdict": str(judgement.verdict),
        "citations": [citation_json(citation) for citation in judgement.citations],
        "contradicting": [citation_json(citation) for citation in judgement.contradicting],
    }


def citation_json(citation: Citation) -> Json:
    """One citation."""
    origin = citation.origin
    return {
        "marker": citation.marker,
        "document": citation.document,
        "path": origin.path,
        "title": origin.title,
        "outlet": origin.outlet,
        "published": origin.published,
        "page": citation.page,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
        "context": [{"text": one.text, "start": one.span.start, "end": one.span.end} for one in citation.context],
    }
