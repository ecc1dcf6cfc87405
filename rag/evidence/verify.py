"""Checks a claim against a passage: do these words say so?

Exact checks come first: words in the same order are proof. What they leave open the verifier model decides, where there
is one; that a passage lacks a number of the claim counts against it. Without a model it is `unchecked`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.domain import Passage, Span, Verdict
from rag.evidence.amounts import lacking_numbers, money_as_written
from rag.evidence.bounds import told_exactly
from rag.evidence.exact import Wording, compare, is_negated_around
from rag.evidence.fit import InDocument, context_of
from rag.evidence.parts import ClaimPart, parts_of
from rag.evidence.records import said_by_record
from rag.evidence.roles import turned_round
from rag.evidence.same_subject import given_by
from rag.evidence.statement import RECORDS, statements_of
from rag.evidence.windows import Window, windows_about, windows_of
from rag.ports import Entailment, Said, Verifier
from rag.question.subjects import Subjects, named_by, subjects_of
from rag.text.words import words

_SUPPORTED_AT, _CONTRADICTED_AT = 0.4, 0.5
_STATEMENTS_ASKED = 2
_STATEMENTS_JOINED = 4
_LONGEST_PROOF = 700
"""Characters of a proof that joins sentences; a longer one proves too little to the eye."""
_FEWEST_WORDS = 0.2
"""A claim of which the passage has a smaller share of the words is about something else, whatever the model says."""
_FEWEST_OF_RECORD = 0.6
"""The same of a row, a field or a term, whose few words say little but what they say."""
_SURE = 0.9
"""Where the close reader is so sure of a statement, it may say a claim in other words."""
_SAID_AGAIN = 0.8
"""A statement that holds this share of a claim's words says it again, or denies it where one is negated."""
_SHARED_WORDS = 2
"""What contradicts a claim speaks of the same things: it shares this many of its words, and half of them."""
_CLOSELY, _CLOSELY_OF_RECORD = 0.5, 0.8
"""The share of the close reader in a verdict on prose, and on a row, a field or a term, which it knows better."""
_ENOUGH = 0.8
"""A statement is quoted alone where it says at least this much of what it says with a neighbour."""
_WITHOUT_NUMBER = 0.3
"""What is left of the odds of support where the passage lacks a number of the claim; `training/verdict.py` shows what
other factors do."""
_FROM_BEST = (Verdict.SUPPORTED, Verdict.UNCHECKED, Verdict.UNSUPPORTED, Verdict.CONTRADICTED)
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


def verify(
    claim: str, passage: Passage, *, verifier: Verifier | None = None, in_document: InDocument | None = None
) -> Check:
    """What a passage says of a claim; `in_document` tells whether its document names a subject of the claim elsewhere.

    What a claim names, and its numbers, must stand in the statement that supports it or in its context. Of a claim of
    several sentences each must be supported.
    """
    parts = parts_of(claim)
    if len(parts) > 1 and (said := _said(claim, passage)):  # in one piece, as it stands there
        return Check(Verdict.SUPPORTED, said, _PROVED[Verdict.SUPPORTED] if verifier else None)
    return _together([verify_part(one, passage, verifier=verifier, in_document=in_document) for one in parts])


def _said(claim: str, passage: Passage) -> Span | None:
    """Where a passage says a claim in its own words, in their order; None where it does not."""
    claimed = Wording.of(claim)
    found = (one.span for one in windows_of(passage) if compare(claimed, one.wording) is Verdict.SUPPORTED)
    return next(found, None)


def verify_part(
    part: ClaimPart, passage: Passage, *, verifier: Verifier | None = None, in_document: InDocument | None = None
) -> Check:
    """What a passage says of one sentence of a claim."""
    claim = money_as_written(part.text, passage.search_text)
    meant = told_exactly(claim, [one.said for one in statements_of(passage)])
    checks = [_verify(one, part.given, passage, verifier, in_document) for one in meant or [claim]]
    best = _best(checks)
    if best.verdict is Verdict.SUPPORTED and not meant:
        return Check(Verdict.UNSUPPORTED, None, best.entailment and doubted(best.entailment))
    return best if best.span else checks[0]


def _verify(
    claim: str, given: Subjects, passage: Passage, verifier: Verifier | None, in_document: InDocument | None
) -> Check:
    claimed = Wording.of(claim)
    if not claimed.tokens:
        return Check(Verdict.UNSUPPORTED)
    windows: Sequence[Window] = windows_about(given, passage, in_document) if given else windows_of(passage)
    exact = _best([Check(compare(claimed, window.wording), window.span) for window in windows])
    if exact.verdict is Verdict.SUPPORTED:
        return Check(exact.verdict, exact.span, _PROVED[exact.verdict] if verifier else None)
    named = subjects_of(claim, named_by([passage]))
    near = windows_about(Subjects((*named.groups, *given.groups)), passage, in_document)
    exact = _best([exact, *(Check(_without_subject(claim, window), window.span) for window in near)])
    if exact.verdict is Verdict.SUPPORTED:
        return Check(exact.verdict, exact.span, _PROVED[exact.verdict] if verifier else None)
    by_record = _best([Check(said_by_record(claim, window.first), window.span) for window in near if not window.joined])
    if by_record.verdict is not Verdict.UNSUPPORTED:
        return Check(by_record.verdict, by_record.span, _PROVED[by_record.verdict] if verifier else None)
    if verifier is None or not windows:
        return exact
    if exact.verdict in _PROVED and any(window.span == exact.span for window in near):
        return Check(exact.verdict, exact.span, _PROVED[exact.verdict])
    return _ask(claim, claimed, passage, near, verifier) if near else Check(Verdict.UNSUPPORTED)


def _together(checks: Sequence[Check]) -> Check:
    """What the sentences of a claim come to: the worst decides, and their proofs are shown from end to end."""

    def badness(one: Check) -> tuple[int, float]:
        return _FROM_BEST.index(one.verdict), -one.entailment.supported if one.entailment else 0.0

    worst = max(checks, key=badness)
    spans = [one.span for one in checks if one.span]
    if worst.verdict is not Verdict.SUPPORTED or len(spans) < 2:
        return worst
    return Check(worst.verdict, Span(min(spans).start, max(one.end for one in spans)), worst.entailment)


def _best(checks: list[Check]) -> Check:
    for verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNCHECKED):
        for check in checks:  # single statements come first: the shortest proof is the best one
            if check.verdict is verdict:
                return check
    return Check(Verdict.UNSUPPORTED)


def _ask(claim: str, claimed: Wording, passage: Passage, about: Sequence[Window], verifier: Verifier) -> Check:
    """The model's verdict on the statements nearest to the claim, each alone, with a neighbour, and in the passage."""
    alone = [window for window in about if not window.joined]
    if not alone:
        return Check(Verdict.UNSUPPORTED)
    shares = {window: len(set(claimed.tokens) & set(Wording.of(window.reading).tokens)) for window in alone}
    nearest = sorted(alone, key=lambda window: (-shares[window], window.span))[:_STATEMENTS_ASKED]
    nests = [[window, *_pairs_of(window, about)] for window in nearest]
    whole = (
        f"{nearest[0].first.path} {passage.search_text}" if nearest[0].first.kind in RECORDS else passage.search_text
    )
    covering = _covering(claimed, alone)
    joined = [" ".join(window.first.said for window in covering)] if covering else []
    texts = list(dict.fromkeys([whole, *(window.reading for nest in nests for window in nest), *joined]))
    judged = dict(zip(texts, verifier.verify(claim, texts), strict=True))
    closely = _read_closely(claim, nests, verifier)
    found = []
    for nest in nests:
        span, entailment = _nested(nest, judged[whole], judged)
        if nest[0] in closely:
            share = _CLOSELY_OF_RECORD if nest[0].first.kind in RECORDS else _CLOSELY
            entailment = _weighed(closely[nest[0]], entailment, share)
        found.append((span, entailment, nest[0]))
    if covering:
        reach = Span(covering[0].span.start, covering[-1].span.end)
        found.append((reach, _mean([judged[joined[0]], judged[whole]]), nearest[0]))
    span, best, window = max(found, key=lambda one: max(one[1].supported, one[1].contradicted))
    evidence_text = span.of(passage.search_text)
    evidence = f"{evidence_text} {context_of(window.first)} {passage.head} {window.first.said}"
    is_lacking = bool(lacking_numbers(claim, evidence))
    if turned_round(claim, passage.search_text):
        low, high = sorted((best.supported, best.contradicted))
        best = Entailment(low, high, best.unsupported)
    said = {*window.wording.tokens, *Wording.of(context_of(window.first)).tokens}
    is_said_again = len(set(claimed.matter) & said) >= _SAID_AGAIN * len(set(claimed.matter))
    is_denied = is_said_again and span == window.span and is_negated_around(claim, evidence_text)
    if is_lacking or is_denied:
        best = doubted(best)
    near = [window] if window.first.kind in RECORDS else about
    told = {token for one in near for token in one.wording.tokens} | set(Wording.of(context_of(window.first)).tokens)
    fewest = _FEWEST_OF_RECORD if window.first.kind in RECORDS else _FEWEST_WORDS
    is_sure = window in closely and closely[window].supported >= _SURE
    is_near = is_sure or len(set(claimed.tokens) & told) >= fewest * len(set(claimed.tokens))
    if best.supported >= max(_SUPPORTED_AT, best.contradicted) and is_near and not is_lacking and not is_denied:
        return Check(Verdict.SUPPORTED, span, best)
    about_the_same = shares[window] >= max(_SHARED_WORDS, len(set(claimed.tokens)) / 2)
    if best.contradicted >= _CONTRADICTED_AT and about_the_same:
        return Check(Verdict.CONTRADICTED, span, best)
    return Check(Verdict.UNSUPPORTED, None, best)


def _without_subject(claim: str, window: Window) -> Verdict:
    """What a statement that names nobody says of a claim, apart from names that its context gives: `He is a nurse`."""
    around = f"{context_of(window.first)} {window.first.passage.head}"
    names = given_by(claim, window.reading, around)
    if not names:
        return Verdict.UNSUPPORTED
    left = " ".join(word for word in words(claim) if word not in names)
    verdict = compare(Wording.of(left), window.wording)
    return verdict if verdict is Verdict.SUPPORTED else Verdict.UNSUPPORTED


def _pairs_of(window: Window, about: Sequence[Window]) -> list[Window]:
    """The pairs that a statement makes with its neighbours."""
    return [one for one in about if one.joined and window.first in (one.first, one.last)]


def _nested(nest: Sequence[Window], whole: Entailment, judged: dict[str, Entailment]) -> tuple[Span, Entailment]:
    """The mean over a statement, the most decided pair with it, and the passage; the span that carries it best.

    One of them alone is fooled more easily: by a name in the next sentence, or by a pronoun without one. In a table or
    a list the passage is about other things: there the statement decides alone.
    """
    statement, *pairs = nest
    alone = judged[statement.reading]
    if statement.first.kind in RECORDS:
        return statement.span, alone
    pair = max(pairs or nest, key=lambda one: max(judged[one.reading].supported, judged[one.reading].contradicted))
    mean = _mean([alone, judged[pair.reading], whole])
    verdict = "supported" if mean.supported > mean.contradicted else "contradicted"
    of_one, of_both = (float(getattr(one, verdict)) for one in (alone, judged[pair.reading]))
    return (statement.span if of_one >= _ENOUGH * of_both else pair.span), mean


def _read_closely(claim: str, nests: Sequence[Sequence[Window]], verifier: Verifier) -> dict[Window, Entailment]:
    """What the close reader says of each statement, or of the pair with it that decides more; empty without one."""
    windows = list(dict.fromkeys(one for nest in nests for one in nest))
    said = [
        Said(one.first.setting(claim), f"{one.first.said} {one.last.said}" if one.joined else one.first.said)
        for one in windows
    ]
    read = dict(zip(windows, verifier.verify_closely(claim, said), strict=False))
    return {
        nest[0]: max((read[one] for one in nest), key=lambda each: max(each.supported, each.contradicted))
        for nest in nests
        if nest[0] in read
    }


def _weighed(one: Entailment, other: Entailment, share: float) -> Entailment:
    """The mean of two judgements, of which the first counts for this share."""
    return Entailment(
        *(
            share * mine + (1 - share) * theirs
            for mine, theirs in (
                (one.supported, other.supported),
                (one.contradicted, other.contradicted),
                (one.unsupported, other.unsupported),
            )
        )
    )


def _mean(each: Sequence[Entailment]) -> Entailment:
    return Entailment(
        sum(one.supported for one in each) / len(each),
        sum(one.contradicted for one in each) / len(each),
        sum(one.unsupported for one in each) / len(each),
    )


def _covering(claimed: Wording, alone: Sequence[Window]) -> list[Window]:
    """The statements that together hold most of a claim's words, in order: what it joins may stand apart in the text.

    Empty where one does, or where they stand too far apart to be shown as one proof; rows and their like stand alone.
    """
    prose = [window for window in alone if window.first.kind not in RECORDS]
    left = set(claimed.tokens)
    chosen: list[Window] = []
    while prose and left and len(chosen) < _STATEMENTS_JOINED:
        best = max(prose, key=lambda window: (len(left & set(window.wording.tokens)), -window.span.start))
        if not left & set(best.wording.tokens):
            break
        chosen.append(best)
        left -= set(best.wording.tokens)
    chosen.sort(key=lambda window: window.span)
    if len(chosen) < 2 or chosen[-1].span.end - chosen[0].span.start > _LONGEST_PROOF:
        return []
    return chosen


def doubted(entailment: Entailment, factor: float = _WITHOUT_NUMBER) -> Entailment:
    """The probabilities with less for support."""
    supported = entailment.supported * factor
    total = supported + entailment.contradicted + entailment.unsupported
    return Entailment(supported / total, entailment.contradicted / total, entailment.unsupported / total)
