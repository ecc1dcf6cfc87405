"""What is no title, though it stands where titles do."""

import re

_NO_TITLE = re.compile(
    r"[A-Z][\w.-]*(?: [\w.]+){0,2}\s*[:：#]\s*\S*\d\S*"  # `ID : 1`, `Ref. no.: 2024/17`
    r"|(?:page|seite|p\.|pg\.)\s*\d+(?:\s*(?:of|von|/)\s*\d+)?"  # `Page 1 of 3`
    r"|(?:date|datum|from|to|cc|tel|phone|e-?mail|url)\s*[:：].*"
    r"|(?-i:[A-Z]\w*(?:-[A-Z]\w*)+|[QA])\s*:.*"  # `Upstream-Name: GNU`, `Q: May I park?`
    r"|[\W\d_]+"  # a lone number, a line that is drawn
    r"|(?:\(c\)|©|copyright\b).*"
    r"|\(?(?:untitled|unnamed|anonymous|unspecified|unknown)\)?",
    re.IGNORECASE,
)


def is_title(words: str) -> bool:
    """Whether words can be a title: they name something, and are no label with its value and no number of a page."""
    return _NO_TITLE.fullmatch(words.strip()) is None
