"""E-mail: subject, sender and date from the headers, the words of its body."""

import email
import email.policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from ingest.language import language_tag
from ingest.metadata import is_outlet
from ingest.readers.document import ReadDocument
from ingest.readers.html import read_html
from ingest.readers.text import decoded
from rag.errors import DocumentError


def read_mail(data: bytes, *, name: str) -> ReadDocument:
    """An .eml file; attachments are named in a notice and not read. Raises DocumentError where it is no mail."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # what this policy makes
    if not any(message[header] for header in ("From", "Subject", "Date", "To")):
        raise DocumentError(f"Cannot read {name}: it is not an e-mail (it has no From, To, Subject or Date).")
    text = _body(message, name=name)
    attached = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    notices = (f"{name}: its attachments were not read: {', '.join(attached)}.",) if attached else ()
    sender, address = parseaddr(str(message["From"] or ""))
    sender = sender or address
    return ReadDocument(
        text=text,
        title=" ".join(str(message["Subject"] or "").split()) or None,
        outlet=sender if is_outlet(sender) else None,
        published=_date(str(message["Date"] or "")),
        author=None if is_outlet(sender) else sender or None,
        language=language_tag(str(message["Content-Language"] or "")),
        notices=notices,
        prose=False,
        how="the mail's headers",
    )


def _body(message: EmailMessage, *, name: str) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "replace")
    declared = part.get_content_charset()
    try:
        text = data.decode(declared or "utf-8")
    except (UnicodeDecodeError, LookupError):
        text = decoded(data, name=name)[0]  # the mail declares what it is not
    if part.get_content_type() == "text/html":
        return read_html(text.encode("utf-8", "replace"), name=name).text
    return text


def _date(written: str) -> str | None:
    """The day in the sender's own time zone."""
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
