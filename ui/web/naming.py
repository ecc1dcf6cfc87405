"""What documents are called on the page, by people and by its script."""

import re
from pathlib import PurePath

from markupsafe import Markup

from rag.domain import Origin, Span

_PAGES = {".xlsx": "sheet", ".xls": "sheet", ".ods": "sheet", ".pptx": "slide", ".ppt": "slide", ".odp": "slide"}
_NOTHING = Markup()
_MONTHS = "January February March April May June July August September October November December".split()


def date_words(published: str | None) -> str:
    """`2025-05-30` gives `30 May 2025`, `2025-05` gives `May 2025`; None gives `date unknown`."""
    if not published:
        return "date unknown"
    match = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", published)
    if match is None:
        return published
    year, month, day = match.groups()
    written = [str(int(day)) if day else "", _MONTHS[int(month) - 1] if month else "", year]
    return " ".join(part for part in written if part)


def title_of(origin: Origin) -> str:
    """What a document is called: its title, or its file's name."""
    return origin.title or file_of(origin)


def name_and_date(origin: Origin, page: int | None) -> str:
    """`A title — an outlet, 3 December 2024, page 2`."""
    facts = [origin.outlet, date_words(origin.published), page_words(origin, page)]
    return f"{title_of(origin)} — {', '.join(fact for fact in facts if fact)}"


def file_of(origin: Origin) -> str:
    """The name of a document's file, without its folders."""
    return PurePath(origin.path).name or origin.path


def page_words(origin: Origin, page: int | None) -> str:
    """`page 2`, of a workbook `sheet 2`, of a talk `slide 2`; empty where there are no pages."""
    if page is None:
        return ""
    suffix = PurePath(origin.path).suffix.lower()
    return f"{_PAGES.get(suffix, 'page')} {page}"


def opener(
    document: str,
    span: Span,
    text: str,
    kind: str,
    *,
    label: str = "",
    whole: bool = False,
    told: Markup = _NOTHING,
) -> Markup:
    """A button that opens a document at a span; `told` are more attributes."""
    template = Markup(
        '<button type="button" class="{}" data-document="{}" data-start="{}" data-end="{}" '
        'data-whole="{}"{}{}>{}</button>'
    )
    spoken = Markup(' aria-label="{}"').format(label) if label else Markup()
    return template.format(kind, name_of(document), span.start, span.end, int(whole), spoken, told, text)


def name_of(document: str) -> str:
    """The name by which the page opens the document with this id: no two share one, and no cleaning alters it."""
    return document.encode("utf-8", "surrogatepass").hex()


def id_of(name: str) -> str:
    """The id of the document that the page calls so; raises ValueError where nothing is called so."""
    return bytes.fromhex(name).decode("utf-8", "surrogatepass")
