"""What a record says of a claim: a row of a table, a field, an item. Its words are values and what names them.

A record is no sentence: the order of its words says nothing. It says a claim whose every word it holds, in itself or in
its context, where each value that the claim gives stands under the name that the claim gives it.
"""

from rag.domain import BlockKind, Verdict
from rag.evidence.amounts import lacking_numbers
from rag.evidence.exact import Wording
from rag.evidence.fit import context_of
from rag.evidence.statement import RECORDS, Statement
from rag.text.words import content_stems

_UNITS = {"eur": "euro", "gbp": "pound", "usd": "dollar", "chf": "franc", "percentag": "percent", "pct": "percent"}
_SIGNS = {"€": "euro", "£": "pound", "$": "dollar", "%": "percent"}


def said_by_record(claim: str, statement: Statement) -> Verdict:
    """What a record says of a claim by its words alone; UNSUPPORTED where these do not decide."""
    if statement.kind not in RECORDS:
        return Verdict.UNSUPPORTED
    if _is_made_of_cells(claim, statement):
        return Verdict.SUPPORTED
    around = f"{context_of(statement)} {statement.passage.head}"
    wanted, own, held = _stems(claim), _stems(statement.said), _stems(f"{statement.said} {around}")
    tells_money = not _MONEY.isdisjoint(wanted)
    if wanted & _CURRENCIES and held & _CURRENCIES and not wanted & held & _CURRENCIES:
        return Verdict.UNSUPPORTED
    missing = {stem for stem in wanted - held - _EMPTY - _MONEY - _CURRENCIES if not stem[0].isdigit()}
    if not wanted & own or missing or lacking_numbers(claim, f"{statement.said} {around}"):
        return Verdict.UNSUPPORTED
    if _is_under_another_name(claim, statement) or (tells_money and _is_of_no_money(claim, statement)):
        return Verdict.CONTRADICTED
    denies, denied = Wording.of(claim).is_negated, Wording.of(statement.text).is_negated
    is_odd = denies != denied and (denies or statement.kind is not BlockKind.ROW)  # in a row, `no` is a cell
    return Verdict.CONTRADICTED if is_odd else Verdict.SUPPORTED


def _is_made_of_cells(claim: str, statement: Statement) -> bool:
    """Whether a claim is some cells as they are written: `Order: 1002; Paid: no`, where `no` denies nothing."""
    cells = {f"{name}: {statement.value(span)}" if name else statement.value(span) for name, span in statement.values}
    return bool(cells) and all(one in cells for one in claim.split("; "))


def _is_of_no_money(claim: str, statement: Statement) -> bool:
    """Whether what a claim tells as a price stands in a column of something else, and another column is of prices."""
    said = set(content_stems(claim))
    cells = [(_stems(name), set(content_stems(statement.value(span)))) for name, span in statement.values]
    priced = [bool(name & (_MONEY | _CURRENCIES)) for name, _ in cells]
    valued = [any(stem[0].isdigit() for stem in value) and value <= said for _, value in cells]
    return any(priced) and any(valued) and not any(one and other for one, other in zip(priced, valued, strict=True))


def _stems(text: str) -> set[str]:
    """The stems of a text's content words, units of money and shares in one form."""
    signs = {unit for sign, unit in _SIGNS.items() if sign in text}
    return {_UNITS.get(stem, stem) for stem in content_stems(text)} | signs


def _is_under_another_name(claim: str, statement: Statement) -> bool:
    """Whether a claim gives a value of a row under the name of another one: `the first hour is 9.00`."""
    if statement.kind is not BlockKind.ROW:
        return False
    said = set(content_stems(claim))
    cells = [(set(content_stems(name)), set(content_stems(statement.value(span)))) for name, span in statement.values]
    named = [bool(name) and name <= said for name, _ in cells]
    valued = [bool(value) and value <= said for _, value in cells]
    misses = any(is_named and not is_valued for is_named, is_valued in zip(named, valued, strict=True))
    strays = any(is_valued and not is_named for is_named, is_valued in zip(named[1:], valued[1:], strict=True))
    return misses and strays


_EMPTY = frozenset(content_stems("is are was were be been has have had does did will total amount happened"))
_MONEY = frozenset(content_stems("cost costs price priced paid pays fee rent charge charged amount sum total rate"))
_CURRENCIES = frozenset({*_UNITS.values(), *_SIGNS.values()} - {"percent"})
