"""E-mail: subject, sender and date from the headers, the words of its body."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses, parsedate_to_datetime

from ingest.language import language_tag
from ingest.outlets import is_outlet
from ingest.readers.document import ReadDocument
from ingest.readers.html import read_html
from ingest.readers.text import decoded, decoded_as
from rag.errors import DocumentError


def read_mail(data: bytes, *, name: str) -> ReadDocument:
    """An .eml file; attachments are named in a notice and not read. Raises DocumentError where it is no mail."""
    message = email.message_from_bytes(data.removeprefix(b"\xef\xbb\xbf"), policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # what this policy makes
    if not any(message[header] for header in ("From", "Subject", "Date", "To")):
        raise DocumentError(f"Cannot read {name}: it is not an e-mail (it has no From, To, Subject or Date).")
    words = list(_words(message, name=name))
    others = (part for part in message.iter_attachments() if not _is_shown(part))
    attached = [part.get_filename() or part.get_content_type() for part in others]
    notices = (f"{name}: its attachments were not read: {', '.join(attached)}.",) if attached else ()
    senders = [sender or address for sender, address in getaddresses([_header(message, "From")])]
    outlets = [sender for sender in senders if is_outlet(sender)]
    return ReadDocument(
        text="\n\n".join(words),
        title=" ".join(_header(message, "Subject").split()) or None,
        outlet=outlets[0] if outlets else None,
        published=_date(_header(message, "Date")),
        author="; ".join(sender for sender in senders if sender not in outlets) or None,
        language=language_tag(_header(message, "Content-Language")),
        notices=notices,
        prose=False,
        how="the mail's headers",
    )


def _header(message: EmailMessage, field: str) -> str:
    """What a header says; where its bytes are in no declared encoding, in the likeliest one."""
    written = next((value for key, value in message.raw_items() if key.lower() == field.lower()), "")
    if str(written).isascii():
        return str(message[field] or "")
    return decoded(str(written).encode("utf-8", "surrogateescape"), name=field)[0]


def _words(message: EmailMessage, *, name: str) -> Iterator[str]:
    """What a mail program shows at once: the body, its plain form where that says something, and what follows it."""
    for form in ("plain", "html"):
        body = message.get_body(preferencelist=(form,))
        text = _text(body, name=name) if body is not None else ""
        if text.strip():
            yield text
            break
    if message.get_content_type() == "multipart/mixed":
        for part in filter(_is_shown, message.iter_attachments()):
            text = _text(part, name=name)
            if text.strip():
                yield text


def _is_shown(part: EmailMessage) -> bool:
    """Whether a part behind the body goes on with it, such as a list's footer; a file that is attached does not."""
    return part.get_content_type() == "text/plain" and not part.is_attachment() and not part.get_filename()


def _text(part: MIMEPart, *, name: str) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "replace")
    text, _ = decoded_as(data, part.get_content_charset(), name=name)
    if part.get_content_type() == "text/html":
        return read_html(text.encode("utf-8", "replace"), name=name).text
    return text


def _date(written: str) -> str | None:
    """The day in the sender's own time zone."""
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
