"""Where a person chooses the documents to ask: by folder or tag, by outlet, by day."""

from collections.abc import Sequence

from markupsafe import Markup

from ui.web.html import counted, safe

_OFFERED = 60


def chooser_html(tags: Sequence[tuple[str, int]], outlets: Sequence[tuple[str, int]]) -> str:
    """A dialog over the page, which its script opens; each name with how many documents it means."""
    template = Markup(
        '<dialog id="chooser" aria-labelledby="chooser-title"><h2 id="chooser-title">Ask only…</h2>{}{}'
        '<fieldset class="days"><legend>Published</legend>'
        '<label>since <input type="text" name="since" placeholder="e.g. 2025-05" maxlength="20"></label> '
        '<label>until <input type="text" name="until" placeholder="e.g. 2025-06-30" maxlength="20"></label>'
        '<p class="hint">A day, a month or a year. Documents without a day are left out.</p></fieldset>'
        '<p class="hint">Single documents are chosen in the library.</p>'
        '<div class="actions"><button type="button" class="plain" data-unchoose="1">Ask all documents</button>'
        '<button type="button" class="send" data-chosen="1">Ask only these</button></div></dialog>'
    )
    return safe(template.format(_names("Folders and tags", tags), _names("Outlets", outlets)))


def meant_html(documents: int, of: int) -> str:
    """How many documents a choice means."""
    return safe(Markup('<p class="meant">{} of {}</p>').format(f"{documents:,}", counted(of, "document")))


def _names(legend: str, names: Sequence[tuple[str, int]]) -> Markup:
    if not names:
        return Markup()
    box = Markup(
        '<label class="name" dir="auto"><input type="checkbox" name="only" value="{0}"> {0} <small>{1}</small></label>'
    )
    boxes = Markup().join(box.format(name, f"{count:,}") for name, count in names[:_OFFERED])
    return Markup("<fieldset><legend>{}</legend>{}</fieldset>").format(legend, boxes)
