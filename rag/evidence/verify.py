"""Checks a claim against a passage: do these words say so?

Exact checks come first: words in the same order are proof. What they leave open the verifier model decides, where there
is one; that a passage lacks a number of the claim counts against it. Without a model it is `unchecked`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.domain import Passage, Span, Verdict
from rag.evidence.exact import Statement, compare, unstated_numbers
from rag.evidence.roles import turned_round
from rag.ports import Entailment, Verifier
from rag.text.sentences import sentences

_SUPPORTED_AT, _CONTRADICTED_AT = 0.4, 0.5
_SENTENCES_ASKED = 2
_SENTENCES_JOINED = 4
_LONGEST_PROOF = 700
"""Characters of a proof that joins sentences; a longer one proves too little to the eye."""
_FEWEST_WORDS = 0.2
"""A claim of which the passage has a smaller share of the words is about something else, whatever the model says."""
_SHARED_WORDS = 2
"""What contradicts a claim speaks of the same things: it shares this many of its words, and half of them."""
_ENOUGH = 0.8
"""A sentence is quoted alone where it says at least this much of what it says with a neighbour."""
_WITHOUT_NUMBER = 0.3
"""What is left of the odds of support where the passage lacks a number of the claim; `training/verdict.py` shows what
other factors do."""
_TEXTS_KEPT = 256
"""Cut texts that are kept: every claim of an answer is compared with the same few passages."""
_PROVED = {
    Verdict.SUPPORTED: Entailment(supported=0.96, contradicted=0.02, unsupported=0.02),
    Verdict.CONTRADICTED: Entailment(supported=0.02, contradicted=0.96, unsupported=0.02),
}


@dataclass(frozen=True, slots=True)
class Check:
    """A verdict, and the span in the passage's text that decides it; None where no words do.

    `entailment` holds the probabilities behind the verdict, None where no model was asked.
    """

    verdict: Verdict
    span: Span | None = None
    entailment: Entailment | None = None

    @property
    def is_proved(self) -> bool:
        """Whether the words alone decide, and no model."""
        return self.entailment in (None, *_PROVED.values())


def verify(claim: str, passage: Passage, *, verifier: Verifier | None = None) -> Check:
    """What a passage says of a claim."""
    claimed = Statement.of(claim)
    if not claimed.tokens:
        return Check(Verdict.UNSUPPORTED)
    cut = _cut(passage.text, passage.search_text)
    exact = _best([Check(compare(claimed, said), span) for span, said in cut.windows])
    if verifier is None or not cut.windows:
        return exact
    if exact.verdict in _PROVED:
        return Check(exact.verdict, exact.span, _PROVED[exact.verdict])
    return _ask(claim, claimed, passage, verifier)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A text as it is compared: each sentence, then each two neighbours (a claim may join them), and what they say."""

    sentences: tuple[Span, ...]
    windows: tuple[tuple[Span, Statement], ...]


@lru_cache(maxsize=_TEXTS_KEPT)
def _cut(text: str, search_text: str) -> _Cut:
    """The sentences of a text, and what its search copy, which is as long, says in them."""
    spans = sentences(text)
    windows = [*spans, *(Span(first.start, second.end) for first, second in pairwise(spans))]
    return _Cut(tuple(spans), tuple((span, Statement.of(span.of(search_text))) for span in windows))


def _best(checks: list[Check]) -> Check:
    for verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNCHECKED):
        for check in checks:  # single sentences come first: the shortest proof is the best one
            if check.verdict is verdict:
                return check
    return Check(Verdict.UNSUPPORTED)


def _ask(claim: str, claimed: Statement, passage: Passage, verifier: Verifier) -> Check:
    """The model's verdict on the sentences nearest to the claim, each alone, with a neighbour, and in the passage."""
    text = passage.search_text
    cut, whole = _cut(text, text), Span(0, len(text))
    spans = cut.sentences
    if not spans:  # all that the passage holds, such as an image's address, is blanked for searching
        return Check(Verdict.UNSUPPORTED)
    shares = [len(set(claimed.tokens) & set(said.tokens)) for _, said in cut.windows[: len(spans)]]
    nearest = sorted(range(len(spans)), key=lambda place: (-shares[place], place))[:_SENTENCES_ASKED]
    nests = [_nest(spans, place) for place in nearest]
    asked = list(dict.fromkeys([whole, *(span for nest in nests for span in nest)]))
    covering = _covering(claimed, cut)
    joined = [" ".join(spans[place].of(text) for place in covering)] if covering else []
    each = verifier.verify(claim, [*(span.of(text) for span in asked), *joined])
    judged = dict(zip(asked, each, strict=False))
    found = [(*_together(nest, whole, judged), place) for nest, place in zip(nests, nearest, strict=True)]
    if covering:
        reach = Span(spans[covering[0]].start, spans[covering[-1]].end)
        found.append((reach, _mean([each[-1], judged[whole]]), nearest[0]))
    span, best, place = max(found, key=lambda one: max(one[1].supported, one[1].contradicted))
    if unstated_numbers(claim, text):
        best = doubted(best)
    if turned_round(claim, text):
        low, high = sorted((best.supported, best.contradicted))
        best = Entailment(low, high, best.unsupported)
    told = {token for _, said in cut.windows for token in said.tokens}
    is_near = len(set(claimed.tokens) & told) >= _FEWEST_WORDS * len(set(claimed.tokens))
    if best.supported >= max(_SUPPORTED_AT, best.contradicted) and is_near:
        return Check(Verdict.SUPPORTED, span, best)
    about_the_same = shares[place] >= max(_SHARED_WORDS, len(set(claimed.tokens)) / 2)
    if best.contradicted >= _CONTRADICTED_AT and about_the_same:
        return Check(Verdict.CONTRADICTED, span, best)
    return Check(Verdict.UNSUPPORTED, None, best)


def _nest(spans: Sequence[Span], place: int) -> list[Span]:
    """A sentence, and the two neighbours that it makes with those beside it."""
    sentence = spans[place]
    before = [Span(spans[place - 1].start, sentence.end)] if place else []
    after = [Span(sentence.start, spans[place + 1].end)] if place + 1 < len(spans) else []
    return [sentence, *before, *after]


def _together(nest: Sequence[Span], whole: Span, judged: dict[Span, Entailment]) -> tuple[Span, Entailment]:
    """The mean over a sentence, the most decided pair with it, and the passage; the span that carries it best.

    One of them alone is fooled more easily: by a name in the next sentence, or by a pronoun without one.
    """
    sentence, *pairs = nest
    pair = max(pairs or nest, key=lambda span: max(judged[span].supported, judged[span].contradicted))
    each = [judged[span] for span in (sentence, pair, whole)]
    mean = _mean(each)
    verdict = "supported" if mean.supported > mean.contradicted else "contradicted"
    alone, joined = (float(getattr(judged[span], verdict)) for span in (sentence, pair))
    return (sentence if alone >= _ENOUGH * joined else pair), mean


def _mean(each: Sequence[Entailment]) -> Entailment:
    return Entailment(
        sum(one.supported for one in each) / len(each),
        sum(one.contradicted for one in each) / len(each),
        sum(one.unsupported for one in each) / len(each),
    )


def _covering(claimed: Statement, cut: _Cut) -> list[int]:
    """The sentences that together hold most of a claim's words, in order: what it joins may stand apart in the text.

    Empty where one sentence does, or where they stand too far apart to be shown as one proof.
    """
    said = [set(statement.tokens) for _, statement in cut.windows[: len(cut.sentences)]]
    left = set(claimed.tokens)
    chosen: list[int] = []
    while left and len(chosen) < _SENTENCES_JOINED:
        best = max(range(len(said)), key=lambda place: (len(left & said[place]), -place))
        if not left & said[best]:
            break
        chosen.append(best)
        left -= said[best]
    chosen.sort()
    if len(chosen) < 2 or cut.sentences[chosen[-1]].end - cut.sentences[chosen[0]].start > _LONGEST_PROOF:
        return []
    return chosen


def doubted(entailment: Entailment, factor: float = _WITHOUT_NUMBER) -> Entailment:
    """The probabilities with less for support."""
    supported = entailment.supported * factor
    total = supported + entailment.contradicted + entailment.unsupported
    return Entailment(supported / total, entailment.contradicted / total, entailment.unsupported / total)
