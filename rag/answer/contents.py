"""What stands on a bill, an order, a menu: the rows or items of the document that a question names."""

import re
from itertools import groupby

from rag.answer.listing import Listing, listing_around
from rag.answer.matter import Matter
from rag.answer.overview import documents_named
from rag.domain import BlockKind
from rag.evidence.statement import Statement, statements_of
from rag.search.orders import without_instructions
from rag.text.words import content_stems

_CONTENTS = re.compile(
    r"^\W*what(?:['’]s| is| are| was| were)?(?: (?:the )?(?:items|things|goods|positions|lines|listed|ordered|bought))*"
    r" (?:on|listed (?:on|in)) (?:the |my |our |your )?(?P<named>[^?]+)",
    re.IGNORECASE,
)
_IN_LISTS = (BlockKind.ROW, BlockKind.ITEM)


def contents_asked(matter: Matter) -> Listing | None:
    """The longest table or list of the document whose contents a question asks for; None where it asks for none."""
    asked = _CONTENTS.search(matter.question)
    named = documents_named(set(content_stems(asked["named"])), matter) if asked else []
    if len(named) != 1:
        return None
    said = [
        one
        for passage in matter.library.passages_of(named[0][0])
        for one in statements_of(without_instructions(passage))
    ]
    runs: list[list[Statement]] = [list(run) for kind, run in groupby(said, lambda one: one.kind) if kind in _IN_LISTS]
    longest = max(runs, key=len, default=[])
    listing = listing_around(longest[0], matter.library) if len(longest) > 1 else None
    return listing if listing and len(listing.members) > 1 else None
