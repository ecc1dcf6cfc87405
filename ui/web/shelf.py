"""What is in the library, as the page shows it."""

from collections.abc import Sequence

from markupsafe import Markup

from rag.domain import Origin, Span
from ui.web.html import counted, safe
from ui.web.naming import name_and_date, opener

_LISTED = 200


def library_html(documents: Sequence[tuple[str, Origin]], passages: int) -> str:
    """What is in the library: each document with its outlet and date; what to do first where it is empty."""
    if not documents:
        template = Markup(
            '<article class="document empty"><h2>No documents yet</h2><p>Words that an answer rests on are shown here, '
            "highlighted in their document.</p></article>"
        )
        return safe(template)
    items = Markup().join(
        Markup("<li>{}</li>").format(opener(document, Span(0, 0), name_and_date(origin, None), "source"))
        for document, origin in documents[:_LISTED]
    )
    rest = len(documents) - _LISTED
    more = Markup("<p>and {} more.</p>").format(rest) if rest > 0 else ""
    heading = f"{counted(len(documents), 'document')}, {counted(passages, 'passage')}"
    template = Markup(
        '<article class="document library"><header><h2>Library</h2><p class="meta">{}</p></header>'
        "<ul>{}</ul>{}</article>"
    )
    return safe(template.format(heading, items, more))
