"""Text of a treebank as people write it: VitaminC and FEVER keep theirs in tokens, as no document of a person does."""

import re

_SIGNS = (("-LRB-", "("), ("-RRB-", ")"), ("`` ", '"'), ("``", '"'), (" ''", '"'), ("''", '"'), ("--", "–"))
_BEFORE = re.compile(r" (?=[.,;:!?)%]|'s\b|n't\b)")
_AFTER = re.compile(r"(?<=[($£€]) ")


def as_written(text: str) -> str:
    """`It cost $ 5 -LRB- or more -RRB- .` as `It cost $5 (or more).`"""
    for sign, written in _SIGNS:
        text = text.replace(sign, written)
    return _AFTER.sub("", _BEFORE.sub("", text)).strip()
