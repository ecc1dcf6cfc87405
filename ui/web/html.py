"""What every piece of the page's HTML passes on its way out, and its smallest pieces."""

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from markupsafe import Markup

# What these do is reorder the letters around them, so that shown words differ from stored ones. Scripts written from
# the right need none of them.
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Controls have no shape, and HTML cannot hold all of them; half a surrogate pair cannot even be sent.
_SHAPELESS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_NAMED = 5


def progress_html(what: str) -> str:
    """What is going on at this moment."""
    return safe(Markup('<p class="progress" aria-busy="true">{}<span class="dots"></span></p>').format(what))


def waiting_html(ahead: int) -> str:
    """How many other questions are answered first."""
    return progress_html(f"Waiting: {counted(ahead, 'other question')} {'is' if ahead == 1 else 'are'} answered first")


def error_html(message: str) -> str:
    """What went wrong, in one line."""
    return safe(Markup('<p class="error" role="alert">{}</p>').format(" ".join(message.split())))


def notes_html(lines: Iterable[str], *, batch: str = "") -> str:
    """Short lines about what was done, such as what an upload added; `batch` tells the script which."""
    items = Markup().join(Markup("<p>{}</p>").format(" ".join(line.split())) for line in lines)
    template = Markup('<div class="notes" role="status" data-batch="{}">{}</div>')
    return safe(template.format(batch, items)) if items or batch else ""


def named(names: Sequence[str]) -> str:
    """A few names in a row: `a.txt, b.pdf and 3 more`."""
    shown = [PurePath(name).name or name for name in names[:_NAMED]]
    rest = len(names) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")


def safe(html: Markup) -> str:
    """HTML as it may be sent: all that is escaped in it stays text, and reads in the order in which it is stored."""
    # All our own characters are plain, so these can only be others' text. A bare CR would become LF in the browser.
    return _SHAPELESS.sub("\ufffd", _REORDERING.sub("", str(html))).replace("\r", "&#13;")


def counted(number: int, noun: str) -> str:
    """`1 document`, `2,300 documents`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
