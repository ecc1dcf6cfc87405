"""Which answer a person gets: a language model's, the one in the documents' own words, or one completed by the other.

Both are weighed by how likely it is that the documents answer the question at all.
"""

from collections.abc import Sequence
from dataclasses import replace

from rag.domain import Answer, Claim, Outcome, Passage, Verdict
from rag.evidence.cite import Footnotes
from rag.generate.gate import Gated
from rag.question.answer_types import asks_for_several, asks_for_steps, has_answer_type
from rag.question.understand import asked_one_by_one
from rag.text.words import content_stems

_PLAINLY = 0.5
"""From this probability on, the documents answer a question, though the model says that they do not."""
_MOST_SENTENCES = 3
_HARDLY = 0.05
"""Below it they do not, whatever the model has found in them."""


def is_written(question: str, gated: Gated, plain: Answer) -> bool:
    """Whether what the model wrote is the answer, where the documents themselves give `plain`.

    Where these decline, its sentences must say a word of the question: a true sentence on something else is no answer.
    """
    if plain.outcome is Outcome.ANSWERED or not gated.proved:
        return gated.proved > 0
    said = {stem for claim in gated.claims if claim.verdict is Verdict.SUPPORTED for stem in content_stems(claim.text)}
    return plain.answerable >= _HARDLY and not said.isdisjoint(content_stems(question))


def told(question: str, gated: Gated) -> list[Claim]:
    """The model's sentences, without those that ramble on: few are enough where no list and no steps are asked for."""
    is_long = asks_for_several(question) or asks_for_steps(question)
    return list(gated.claims if is_long else gated.claims[: _MOST_SENTENCES * len(_parts(question))])


def is_plain(gated: Gated, plain: Answer) -> bool:
    """Whether `plain` is the answer, where the model's is not: who abstains is heard unless it is plainly there."""
    return plain.outcome is Outcome.ANSWERED and (not gated.abstained or plain.answerable >= _PLAINLY)


def missing(question: str, gated: Gated, plain: Answer) -> list[Claim]:
    """The claims of `plain` that tell what was asked and what no sentence of the model's that is proved tells.

    What is asked for is a day, a number, a name or a reason, for each part of the question.
    """
    said = " ".join(claim.text for claim in gated.claims if claim.verdict is Verdict.SUPPORTED)
    lacking = [part for part in _parts(question) if not has_answer_type(part, said)]
    found = (
        next((claim for claim in plain.claims if has_answer_type(part, claim.text) == 1), None) for part in lacking
    )
    return list(dict.fromkeys(claim for claim in found if claim is not None))


def _parts(question: str) -> Sequence[str]:
    return asked_one_by_one(question) or [question]


def taken_over(claim: Claim, plain: Answer, notes: Footnotes, passages: Sequence[Passage]) -> Claim:
    """A claim of `plain` with markers of its own in the footnotes of another answer."""
    cited = [plain.citations[marker - 1] for marker in claim.markers]
    markers = [
        notes.add(passage, one.span)
        for one in cited
        for passage in passages
        if passage.document == one.document and one.span.within(passage.span)
    ]
    return replace(claim, markers=tuple(dict.fromkeys(marker for marker in markers if marker is not None)))
