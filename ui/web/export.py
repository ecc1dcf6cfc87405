"""An answer to take away: as plain text with its sources, and as Markdown with footnotes."""

import re
from collections.abc import Callable

from rag.domain import Answer, Citation, Claim, Verdict
from rag.evidence.cite import path_of
from ui.web.naming import file_of, name_and_date

_SIGNS = re.compile(r"([\\`*_\[\]<>#|!&~$])")


def plain_text(answer: Answer) -> str:
    """`text [1]` and below it the sources, for the clipboard."""
    sources = [f"[{one.marker}] {_source(one)}: “{_one_line(one.quote)}”" for one in answer.citations]
    return "\n".join([*_said(answer, _one_line, " [{}]"), *(["", "Sources"] if sources else []), *sources])


def markdown(answer: Answer) -> str:
    """The question as a heading, the answer, and a footnote for each quote; others' signs stay signs."""
    notes = [f"[^{one.marker}]: {_plain(_source(one))}: “{_plain(one.quote)}”" for one in answer.citations]
    return "\n\n".join([f"## {_plain(answer.question)}", "\n".join(_said(answer, _plain, "[^{}]")), *notes]) + "\n"


def _said(answer: Answer, written: Callable[[str], str], marker: str) -> list[str]:
    """What the answer says, line for line."""

    def marked(text: str, markers: tuple[int, ...]) -> str:
        return written(text) + "".join(marker.format(number) for number in markers)

    def told(claim: Claim) -> str:
        day = f"{claim.day}: " if claim.day else ""
        doubt = "" if claim.verdict is Verdict.SUPPORTED else f" ({claim.verdict})"
        return day + marked(claim.text, claim.markers) + doubt

    if not answer.claims:
        return [written(answer.text)]
    lead = [written(answer.lead)] if answer.lead else []
    if answer.kind.is_listed and len(answer.claims) > 1:
        lines = [*lead, *([""] if lead else []), *(f"{one.mark or '-'} {told(one)}" for one in answer.claims)]
    else:
        lines = [" ".join([*lead, *map(told, answer.claims)])]
    for conflict in answer.conflicts:
        sides = [f"- {marked(side.claim, side.markers)}" for side in conflict.sides]
        lines += ["", f"Sources disagree: {written(conflict.statement)}", *sides]
    return lines


def _source(citation: Citation) -> str:
    """`Lease — 3 May 2024, page 2 (lease.pdf), Rent › Deposit`."""
    under = path_of(citation.context, title=citation.origin.title)
    name = f"{name_and_date(citation.origin, citation.page)} ({file_of(citation.origin)})"
    return f"{name}, {under}" if under else name


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """A text whose signs mean nothing in Markdown."""
    return _SIGNS.sub(r"\\\1", _one_line(text))
