"""An answer while it is being made: what was asked, what was noticed, how long each step took."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from rag.answer.rank import Ranked
from rag.domain import Answer, AnswerKind, Claim, Computed, Conflict, Mode, Outcome, ScoredPassage, Verdict
from rag.evidence.cite import Footnotes
from rag.search.orders import without_instructions
from rag.search.rerank import ReadPassage

ABSTENTION = "The documents do not answer this."
_CLOSEST = 3
_FAR_LIKELIER = 0.2
"""A further way to ask a question is taken where an answer to it is likelier by so much."""
_STALE_DAYS = 90
"""From this age on, the newest source does not tell how things stand now."""


@dataclass(slots=True)
class Draft:
    """An answer while it is being made."""

    question: str
    query: str
    meant: str = ""
    """The query with its names written as the documents write them, once passages are found."""
    as_of: str | None = None
    today: date | None = None
    """The day that a question for the newest means; None where it asks for no newest."""
    read: Sequence[ReadPassage] = ()
    """Every passage that was read, best first."""
    best: Sequence[ReadPassage] = ()
    """Those that the answer is made from."""
    ranked: Sequence[Ranked] = ()
    """What these say, the best answer first."""
    stories: Mapping[str, str] = field(default_factory=dict)
    """The story of each document that was read."""
    answerable: float = 0.0
    notices: list[str] = field(default_factory=list)
    timings_ms: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Adds the time spent inside to the step's."""
        start = time.perf_counter()
        try:
            yield
        finally:
            spent = (time.perf_counter() - start) * 1000
            self.timings_ms[step] = round(self.timings_ms.get(step, 0.0) + spent, 1)

    def without_orders(self, found: Sequence[ScoredPassage]) -> list[ScoredPassage]:
        """The passages without words that give orders to a model; a notice names their documents."""
        plain = [replace(one, passage=without_instructions(one.passage)) for one in found]
        pairs = zip(found, plain, strict=True)
        paths = dict.fromkeys(one.passage.origin.path for one, left in pairs if one.passage is not left.passage)
        if paths:
            self.notices.append(
                f"Left out, since they give orders to a model or are hidden: words in {', '.join(paths)}."
            )
        return plain

    def answer(
        self,
        claims: Sequence[Claim],
        notes: Footnotes,
        mode: Mode,
        *,
        lead: str = "",
        conflicts: Sequence[Conflict] = (),
        kind: AnswerKind = AnswerKind.VALUE,
        computed: Computed | None = None,
    ) -> Answer:
        """The finished answer; without a claim it is an abstention, which cites nothing."""
        abstained = not claims
        told = ("\n" if kind.is_listed else " ").join(filter(None, [lead, *map(written, claims)]))
        said = [told, *map(_marked, conflicts)]
        citations = () if abstained else tuple(notes.citations)
        newest = max((citation.origin.published or "" for citation in citations), default="")
        if newest and self.today and _is_stale(newest, self.today):
            self.notices.append(f"The newest source is of {newest}. What has changed since, the documents do not say.")
        return Answer(
            question=self.question,
            query=self.query,
            as_of=self.as_of,
            outcome=Outcome.ABSTAINED if abstained else Outcome.ANSWERED,
            answerable=round(self.answerable, 4),
            mode=mode,
            text=ABSTENTION if abstained else " ".join(filter(None, said)),
            lead="" if abstained else lead,
            kind=kind,
            computed=computed,
            claims=tuple(claims),
            citations=citations,
            conflicts=() if abstained else tuple(conflicts),
            closest=tuple(one.passage for one in self.read[:_CLOSEST]) if abstained else (),
            notices=tuple(self.notices),
            timings_ms=self.timings_ms,
        )


def likeliest(drafts: Sequence[Draft]) -> Draft:
    """Of drafts of several ways to ask one question, the first, save where another is far more likely answered."""
    best = max(drafts, key=lambda draft: draft.answerable)
    chosen = best if best.answerable > drafts[0].answerable + _FAR_LIKELIER else drafts[0]
    if len(drafts) > 1:  # all of them were searched
        for step in {step for draft in drafts for step in draft.timings_ms}:
            chosen.timings_ms[step] = round(sum(draft.timings_ms.get(step, 0.0) for draft in drafts), 1)
    return chosen


def written(claim: Claim) -> str:
    """A claim as text: its day or its number, its words, its verdict where it is not proved, and its markers."""
    before = f"{claim.day}: " if claim.day else f"{claim.mark} " if claim.mark else ""
    doubt = "" if claim.verdict is Verdict.SUPPORTED else f" ({claim.verdict})"
    return before + claim.text + doubt + _markers(claim.markers)


def _marked(conflict: Conflict) -> str:
    """A conflict in the answer's text: where each side stands, in whose words is told beside the text."""
    sides = " against".join(_markers(side.markers) for side in conflict.sides)
    return f"Documents disagree on this:{sides}."


def _markers(markers: Sequence[int]) -> str:
    return "".join(f" [{marker}]" for marker in markers)


def _is_stale(published: str, today: date) -> bool:
    """Whether a day, a month or a year, at its end, lies too far back."""
    latest = date.fromisoformat(f"{published}-12-28"[:10] if len(published) < 7 else f"{published}-28"[:10])
    return (today - latest).days > _STALE_DAYS
