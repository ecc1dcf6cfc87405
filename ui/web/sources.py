"""The sources of an answer, and the markers that open them."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from rag.domain import Citation, Passage
from rag.evidence.cite import path_of
from ui.web.html import safe
from ui.web.naming import name_and_date, opener

_EXCERPT = 260


def sources_html(citations: Sequence[Citation]) -> str:
    """The sources of an answer, each document once, with its markers; empty without citations."""
    if not citations:
        return ""
    documents: dict[str, list[Citation]] = {}
    for citation in citations:
        documents.setdefault(citation.document, []).append(citation)
    items = Markup().join(_source(cited) for cited in documents.values())
    return safe(Markup('<section class="sources"><h3>Sources</h3><ul>{}</ul></section>').format(items))


def closest_html(passages: Sequence[Passage]) -> str:
    """The passages that came nearest to an answer; empty without any."""
    if not passages:
        return ""
    template = Markup('<li>{}<p class="excerpt" dir="auto">{}</p></li>')
    items = Markup().join(
        template.format(
            opener(passage.document, passage.span, name_and_date(passage.origin, passage.page), "source"),
            _excerpt(passage.search_text or passage.text),
        )
        for passage in passages
    )
    heading = "Closest passages, not an answer"
    return safe(Markup('<section class="sources closest"><h3>{}</h3><ul>{}</ul></section>').format(heading, items))


def markers(numbers: Iterable[int], citations: dict[int, Citation]) -> Markup:
    """The markers with these numbers; what no citation stands behind is left out."""
    cited = [citations[number] for number in numbers if number in citations]
    return Markup("<sup>{}</sup>").format(Markup().join(_marker(citation) for citation in cited)) if cited else Markup()


def _marker(citation: Citation) -> Markup:
    label = f"Footnote {citation.marker}: {name_and_date(citation.origin, citation.page)}"
    return opener(citation.document, citation.span, str(citation.marker), "marker", label=label)


def _source(cited: Sequence[Citation]) -> Markup:
    first = cited[0]
    pages = sorted({citation.page for citation in cited if citation.page is not None})
    name = name_and_date(first.origin, None)
    if pages:
        name += f", {'page' if len(pages) == 1 else 'pages'} {', '.join(map(str, pages))}"
    template = Markup('<li><span class="markers">{}</span><div>{}{}</div></li>')
    return template.format(
        Markup().join(map(_marker, cited)), opener(first.document, first.span, name, "source"), _contexts(cited)
    )


def _contexts(cited: Sequence[Citation]) -> Markup:
    """What the quotes of one document stand under, each path once, with its markers where there are several quotes."""
    paths: dict[str, list[str]] = {}
    for citation in cited:
        paths.setdefault(path_of(citation.context, title=citation.origin.title), []).append(str(citation.marker))
    template = Markup('<p class="context" dir="auto">{}{}</p>')
    numbers = Markup("<b>{}</b> ")
    return Markup().join(
        template.format(numbers.format(", ".join(told)) if len(told) < len(cited) else "", path)
        for path, told in paths.items()
        if path
    )


def _excerpt(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _EXCERPT else words[:_EXCERPT].rsplit(" ", 1)[0] + " …"
