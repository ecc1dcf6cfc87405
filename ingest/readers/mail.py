"""E-mail: its headers as fields, the words of its body, and what it quotes of earlier mails."""

import email
import email.policy
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses, parsedate_to_datetime
from typing import BinaryIO

from ingest.language import language_tag
from ingest.outlets import is_outlet
from ingest.readers.document import BadRecord, ReadDocument
from ingest.readers.html import write_mail
from ingest.readers.mail_body import write_body
from ingest.readers.text import decoded, decoded_as
from ingest.structure import TextWriter
from rag.domain import Block, BlockKind
from rag.errors import DocumentError

_SHOWN = ("From", "To", "Cc", "Date", "Subject")
_NEW_MAIL = b"From "


def read_mail(data: bytes, *, name: str) -> ReadDocument:
    """An .eml file; attachments are named and not read. Raises DocumentError where it is no mail or says nothing."""
    message = email.message_from_bytes(data.removeprefix(b"\xef\xbb\xbf"), policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # what this policy makes
    if not any(message[header] for header in ("From", "Subject", "Date", "To")):
        raise DocumentError(f"Cannot read {name}: it is not an e-mail (it has no From, To, Subject or Date).")
    others = (part for part in message.iter_attachments() if not _is_shown(part))
    attached = [part.get_filename() or part.get_content_type() for part in others]
    writer = TextWriter()
    record = writer.record()
    subject = " ".join(_header(message, "Subject").split())
    fields = [(header, _header(message, header)) for header in _SHOWN]
    for label, value in [*fields, *(("Attachment", file) for file in attached)]:
        if value.strip():
            writer.pair(BlockKind.FIELD, label, value, record=record)
    head = len(writer.text)
    _write_parts(message, writer, name=name)
    if len(writer.text) == head:
        raise DocumentError(f"Cannot read {name}: it holds no text.")
    notices = (f"{name}: its attachments were not read: {', '.join(attached)}.",) if attached else ()
    senders = [sender or address for sender, address in getaddresses([_header(message, "From")])]
    outlets = [sender for sender in senders if is_outlet(sender)]
    return ReadDocument(
        text=writer.text,
        blocks=_about(subject, writer.blocks, writer.text, head),
        title=subject or None,
        outlet=outlets[0] if outlets else None,
        published=_date(_header(message, "Date")),
        author="; ".join(sender for sender in senders if sender not in outlets) or None,
        language=language_tag(_header(message, "Content-Language")),
        notices=notices,
        prose=False,
        how="the mail's headers",
        record_id=_header(message, "Message-ID").strip().strip("<>") or None,
    )


def _about(subject: str, blocks: Sequence[Block], text: str, head: int) -> tuple[Block, ...]:
    """The blocks, those of the body about the subject: what a mail says is seldom clear without it."""
    fields = (block.parts[0].value for block in blocks if block.kind is BlockKind.FIELD and block.parts)
    spans = [value for value in fields if value.end <= head and value.of(text) == subject][-1:]
    return tuple(
        replace(block, leans_on=tuple(dict.fromkeys([*spans, *block.leans_on])))
        if block.span.start >= head and block.kind is not BlockKind.FURNITURE
        else block
        for block in blocks
    )


def read_mailbox(stream: BinaryIO, *, name: str, longest: int) -> Iterator[ReadDocument | BadRecord]:
    """The mails of an .mbox file; one that cannot be read, or has more than `longest` bytes, is a BadRecord."""
    for number, data in enumerate(_mails(stream, longest), start=1):
        shown = f"mail {number} of {name}"
        try:
            if len(data) > longest:
                raise DocumentError(f"Cannot read {shown}: it has more than {longest:,} bytes.")
            yield replace(read_mail(data, name=shown), line=number)
        except DocumentError as error:
            yield BadRecord(number, str(error))


def _mails(stream: BinaryIO, longest: int) -> Iterator[bytes]:
    """The bytes of each mail; of one longer than `longest` only its beginning, which is longer too."""
    lines: list[bytes] = []
    length = 0
    is_parted = True
    while line := stream.readline(longest + 1):
        if is_parted and line.startswith(_NEW_MAIL):
            if length:
                yield b"".join(lines)
            lines, length = [], 0
        else:
            # A line of the mail itself that begins so was marked when it was put into the box.
            line = line[1:] if line.lstrip(b">").startswith(_NEW_MAIL) and line.startswith(b">") else line
            if length <= longest:
                lines.append(line)
                length += len(line)
        is_parted = not line.strip()
    if length:
        yield b"".join(lines)


def _header(message: EmailMessage, field: str) -> str:
    """What a header says; where its bytes are in no declared encoding, in the likeliest one."""
    written = next((value for key, value in message.raw_items() if key.lower() == field.lower()), "")
    if str(written).isascii():
        return str(message[field] or "")
    return decoded(str(written).encode("utf-8", "surrogateescape"), name=field)[0]


def _write_parts(message: EmailMessage, writer: TextWriter, *, name: str) -> None:
    """What a mail program shows at once: the body, its plain form where that says something, and what follows it."""
    for form in ("plain", "html"):
        body = message.get_body(preferencelist=(form,))
        if body is not None and _write(body, writer, name=name):
            break
    if message.get_content_type() == "multipart/mixed":
        for part in filter(_is_shown, message.iter_attachments()):
            _write(part, writer, name=name)


def _is_shown(part: EmailMessage) -> bool:
    """Whether a part behind the body goes on with it, such as a list's footer; a file that is attached does not."""
    return part.get_content_type() == "text/plain" and not part.is_attachment() and not part.get_filename()


def _write(part: MIMEPart, writer: TextWriter, *, name: str) -> bool:
    """Writes a part of the mail; whether it says anything."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "replace")
    text, _ = decoded_as(data, part.get_content_charset(), name=name)
    before = len(writer.text)
    if part.get_content_type() == "text/html":
        write_mail(text, writer)
    else:
        write_body(text, writer)
    return len(writer.text) > before


def _date(written: str) -> str | None:
    """The day in the sender's own time zone."""
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
