"""The sources of an answer, and the markers that open them."""

from collections.abc import Collection, Iterable, Sequence

from markupsafe import Markup

from rag.domain import Citation, Passage
from rag.evidence.cite import path_of
from ui.web.html import safe
from ui.web.naming import file_of, name_and_date, opener, page_words

_EXCERPT = 260
_FIRST_WORDS = 90
_QUOTES_SHOWN = 3
_LONGEST_QUOTE = 700


def sources_html(citations: Sequence[Citation], namesakes: Collection[str] = ()) -> str:
    """The sources of an answer, each document once, with its markers; empty without citations.

    Of a title among the `namesakes`, which several documents have, the name of the file is told too.
    """
    if not citations:
        return ""
    documents: dict[str, list[Citation]] = {}
    for citation in citations:
        documents.setdefault(citation.document, []).append(citation)
    titles = [cited[0].origin.title for cited in documents.values()]
    alike = {*namesakes, *(title for title in titles if title and titles.count(title) > 1)}
    items = Markup().join(_source(cited, alike) for cited in documents.values())
    return safe(Markup('<section class="sources"><h3>Sources</h3><ul>{}</ul></section>').format(items))


def closest_html(passages: Sequence[Passage]) -> str:
    """The passages that came nearest to an answer; empty without any."""
    if not passages:
        return ""
    template = Markup('<li>{}<p class="excerpt" dir="auto">{}</p></li>')
    items = Markup().join(
        template.format(
            opener(passage.document, passage.span, name_and_date(passage.origin, passage.page), "source"),
            _cut(passage.search_text or passage.text, _EXCERPT),
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
    """The number that opens a quote; the script shows what else it tells while it is pointed at."""
    name = name_and_date(citation.origin, citation.page)
    told = Markup(' data-quote="{}" data-name="{}" data-path="{}" data-under="{}"').format(
        _cut(citation.quote, _LONGEST_QUOTE),
        name,
        citation.origin.path,
        path_of(citation.context, title=citation.origin.title),
    )
    label = f"Footnote {citation.marker}: {name}"
    return opener(citation.document, citation.span, str(citation.marker), "marker", label=label, told=told)


def _source(cited: Sequence[Citation], namesakes: Collection[str]) -> Markup:
    first = cited[0]
    pages = sorted({citation.page for citation in cited if citation.page is not None})
    name = name_and_date(first.origin, None)
    if pages:
        first_page = page_words(first.origin, pages[0])
        name += f", {first_page}" if len(pages) == 1 else f", {first_page.split()[0]}s {', '.join(map(str, pages))}"
    file = Markup()
    if first.origin.title in namesakes:
        file = Markup(' <span class="file" dir="auto">{}</span>').format(file_of(first.origin))
    said = Markup().join(_said(citation, numbered=len(cited) > 1) for citation in cited[:_QUOTES_SHOWN])
    template = Markup('<li><span class="markers">{}</span><div>{}{}{}</div></li>')
    return template.format(
        Markup().join(map(_marker, cited)), opener(first.document, first.span, name, "source"), file, said
    )


def _said(citation: Citation, *, numbered: bool) -> Markup:
    """What a quote stands under, and its first words."""
    under = path_of(citation.context, title=citation.origin.title)
    number = Markup("<b>{}</b> ").format(citation.marker) if numbered else Markup()
    context = Markup('<span class="context">{}</span> ').format(under) if under else Markup()
    template = Markup('<p class="said" dir="auto">{}{}<q>{}</q></p>')
    return template.format(number, context, _cut(citation.quote, _FIRST_WORDS))


def _cut(text: str, longest: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= longest else (words[:longest].rsplit(" ", 1)[0] or words[:longest]) + " …"
