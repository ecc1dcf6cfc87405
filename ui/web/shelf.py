"""What is in the library, as the page shows it: searched, filtered, some at a time; each to open, ask or remove."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rag.domain import Span
from rag.library.catalog_shelf import Shelved
from ui.web.html import counted, safe
from ui.web.naming import date_words, name_of, opener, title_of
from ui.web.told import Browsed

PAGE = 50
"""Documents shown at a time."""
_OFFERED = 100
_ORDER_WORDS = {"name": "by name", "newest": "newest first", "added": "last added first"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of the library, and what it was asked for."""

    documents: Sequence[Shelved]
    found: int
    """How many documents fit, on all pages."""
    counts: tuple[int, int]
    """Documents and passages of the whole library."""
    browsed: Browsed
    tags: Sequence[tuple[str, int]] = ()
    outlets: Sequence[tuple[str, int]] = ()
    suffixes: Sequence[tuple[str, int]] = ()
    failed: Sequence[tuple[str, str]] = ()
    """Files that could not be added, by a number to dismiss them, and why."""


def library_html(shelf: Shelf) -> str:
    """The documents of a page of the library; what to do first where it is empty."""
    documents, passages = shelf.counts
    failed = _failed(shelf.failed)
    if not documents:
        template = Markup(
            '<article class="document empty">{}<h2>No documents yet</h2><p>Words that an answer rests on are shown '
            "here, highlighted in their document.</p></article>"
        )
        return safe(template.format(failed))
    heading = f"{counted(documents, 'document')}, {counted(passages, 'passage')}"
    template = Markup(
        '<article class="document library"><header><div class="top"><h2>Library</h2><p class="meta">{}</p>'
        '<div class="tools"><button type="button" class="back" data-back="1">Back</button></div></div>{}</header>'
        '{}<ul class="shelved">{}</ul>{}</article>'
    )
    items = Markup().join(_item(one) for one in shelf.documents) or Markup(
        '<li class="none">No document fits. Ask for less.</li>'
    )
    return safe(template.format(heading, _filters(shelf), failed, items, _pager(shelf)))


def removed_html(token: str, name: str, stays: str) -> str:
    """What was removed, and for ten seconds the way back; `stays` is what is to be known of its file."""
    template = Markup(
        '<div class="notes undo" role="status"><p>Removed {}. {} '
        '<button type="button" class="plain" data-undo="{}">Undo</button></p></div>'
    )
    return safe(template.format(name, stays, token))


def _filters(shelf: Shelf) -> Markup:
    browsed = shelf.browsed
    search = Markup(
        '<input type="search" class="look" name="words" placeholder="Search names and titles" '
        'aria-label="Search documents" maxlength="200" value="{}">'
    ).format(browsed.words)
    kinds = _select(
        "suffix", "Kind", "all kinds", [(name, name, count) for name, count in shelf.suffixes], browsed.suffix
    )
    names = [(name, name, count) for name, count in (*shelf.tags, *shelf.outlets)]
    parts = _select("part", "Folder, tag or outlet", "all folders and outlets", names, browsed.part)
    orders = [(order, words, 0) for order, words in _ORDER_WORDS.items()]
    order = _select("order", "Order", "", orders, browsed.order)
    return Markup('<div class="filters">{}{}{}{}</div>').format(search, kinds, parts, order)


def _select(name: str, label: str, everything: str, offered: Sequence[tuple[str, str, int]], chosen: str) -> Markup:
    """A choice of one; empty where there is nothing to choose from."""
    if len(offered) < 2:
        return Markup()
    option = Markup('<option value="{}"{}>{}{}</option>')
    options = [
        option.format(value, Markup(" selected") if value == chosen else "", words, f" ({count:,})" if count else "")
        for value, words, count in offered[:_OFFERED]
    ]
    first = [option.format("", Markup() if chosen else Markup(" selected"), everything, "")] if everything else []
    template = Markup('<select class="look" name="{}" aria-label="{}">{}</select>')
    return template.format(name, label, Markup().join([*first, *options]))


def _item(one: Shelved) -> Markup:
    origin = one.origin
    title = title_of(origin)
    facts = [
        origin.outlet,
        date_words(origin.published) if origin.published else "",
        _size(one.characters),
        counted(one.passages, "passage"),
    ]
    template = Markup(
        '<li data-item="{}"><div class="of-item">{}<p class="meta">{}</p><p class="path" dir="auto">{}</p></div>'
        '<div class="item-tools"><button type="button" data-pick="{}" aria-pressed="false" '
        'aria-label="Ask only {}">Ask only this</button>'
        '<button type="button" data-remove="{}" aria-label="Remove {}">Remove</button></div></li>'
    )
    return template.format(
        name_of(one.document),
        opener(one.document, Span(0, 0), title, "source"),
        " · ".join(fact for fact in facts if fact),
        origin.path,
        origin.path,
        title,
        name_of(one.document),
        title,
    )


def _size(characters: int) -> str:
    return f"{characters:,} characters" if characters < 10_000 else f"{characters // 1000:,} thousand characters"


def _pager(shelf: Shelf) -> Markup:
    first, last = shelf.browsed.first, shelf.browsed.first + len(shelf.documents)
    if shelf.found <= PAGE and not first:
        return Markup()
    button = Markup('<button type="button" data-page-from="{}" aria-label="{}"{}>{}</button>')
    off = Markup(" disabled")
    template = Markup('<nav class="pager" aria-label="Pages">{}<span>{}–{} of {}</span>{}</nav>')
    return template.format(
        button.format(max(0, first - PAGE), "Page before", "" if first else off, "‹"),
        f"{first + 1:,}",
        f"{last:,}",
        f"{shelf.found:,}",
        button.format(last, "Next page", "" if last < shelf.found else off, "›"),
    )


def _failed(failed: Sequence[tuple[str, str]]) -> Markup:
    if not failed:
        return Markup()
    item = Markup('<li dir="auto">{} <button type="button" data-dismiss="{}" aria-label="Dismiss">×</button></li>')
    items = Markup().join(item.format(why, number) for number, why in failed)
    return Markup('<section class="failed-files"><h3>Not added</h3><ul>{}</ul></section>').format(items)
