"""Mails."""

import io
from email.message import EmailMessage

import pytest

from ingest.readers.document import BadRecord, ReadDocument
from ingest.readers.mail import read_mail, read_mailbox
from rag.domain import BlockKind
from rag.errors import DocumentError


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {"From": "Jane Doe <j@a.invalid>", "Subject": "Locks", **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content("The lock is shut.\n")
    return message


def plain_part(words: str) -> EmailMessage:
    part = EmailMessage()
    part.set_content(words)
    return part


def body(read: ReadDocument) -> list[str]:
    """The words of the blocks below the headers."""
    return [block.span.of(read.text) for block in read.blocks if block.kind is not BlockKind.FIELD]


def said(written: str, *kinds: BlockKind) -> list[str]:
    """The words of the blocks of these kinds, of a mail with this body."""
    message = mail()
    message.set_content(written)
    read = read_mail(message.as_bytes(), name="a.eml")
    return [block.span.of(read.text) for block in read.blocks if block.kind in kinds]


def test_headers_give_title_author_and_date() -> None:
    read = read_mail(mail(Date="Fri, 30 May 2025 23:30:00 +0900").as_bytes(), name="a.eml")
    assert (read.title, read.author, read.published) == ("Locks", "Jane Doe", "2025-05-30")


def test_a_sender_that_is_a_publication_is_the_outlet() -> None:
    read = read_mail(mail().as_bytes().replace(b"Jane Doe", b"The Weser Gazette"), name="a.eml")
    assert (read.outlet, read.author) == ("The Weser Gazette", None)


def test_the_plain_body_is_preferred_to_the_html_one() -> None:
    message = mail()
    message.add_alternative("<p>The lock is <b>open</b>.</p>", subtype="html")
    assert body(read_mail(message.as_bytes(), name="a.eml")) == ["The lock is shut."]


def test_an_html_body_is_read_as_a_page() -> None:
    message = mail()
    message.set_content("<html><body><p>The lock is <b>open</b>.</p></body></html>", subtype="html")
    assert body(read_mail(message.as_bytes(), name="a.eml")) == ["The lock is open."]


def test_an_encoded_header_and_body_are_decoded() -> None:
    data = (
        b"From: =?iso-8859-1?q?J=F6rg?= <j@a.invalid>\r\nSubject: =?utf-8?b?w4RycyBzaHV0?=\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=cp1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"=93The caf=E9 is shut.=94\r\n"
    )
    read = read_mail(data, name="a.eml")
    assert (read.author, read.title, body(read)) == ("Jörg", "Ärs shut", ["“The café is shut.”"])


def test_attachments_are_named_and_not_read() -> None:
    message = mail()
    message.add_attachment(b"PK", maintype="application", subtype="zip", filename="tolls.zip")
    read = read_mail(message.as_bytes(), name="a.eml")
    assert (read.notices, "PK" in read.text) == (("a.eml: its attachments were not read: tolls.zip.",), False)


def test_a_text_without_headers_is_no_mail() -> None:
    with pytest.raises(DocumentError, match="not an e-mail"):
        read_mail(b"The lock is shut.\n", name="a.eml")


def test_the_parts_of_a_body_are_joined() -> None:
    message = mail()
    message.make_mixed()
    message.attach(plain_part("It opens in May."))
    message.add_attachment("Tolls.", filename="tolls.txt")
    read = read_mail(message.as_bytes(), name="a.eml")
    assert (body(read), read.notices) == (
        ["The lock is shut.", "It opens in May."],
        ("a.eml: its attachments were not read: tolls.txt.",),
    )


def test_an_empty_plain_body_gives_way_to_the_html_one() -> None:
    message = mail()
    message.set_content("\n")
    message.add_alternative("<p>The lock is <b>open</b>.</p>", subtype="html")
    assert body(read_mail(message.as_bytes(), name="a.eml")) == ["The lock is open."]


def test_bytes_that_no_header_should_have_are_read_all_the_same() -> None:
    data = "From: Jörg Müller <j@a.invalid>\nSubject: Grüße\n\nDer Hafen ist für große Schiffe zu.\n".encode("cp1252")
    read = read_mail(b"\xef\xbb\xbf" + data, name="a.eml")
    assert (read.author, read.title, body(read)) == (
        "Jörg Müller", "Grüße", ["Der Hafen ist für große Schiffe zu."],
    )  # fmt: skip


def test_every_sender_is_an_author() -> None:
    read = read_mail(mail(From="Jane Doe <j@a.invalid>, Olaf Brand <o@a.invalid>").as_bytes(), name="a.eml")
    assert read.author == "Jane Doe; Olaf Brand"


@pytest.mark.parametrize(("charset", "encoding"), [("iso-8859-1", "cp1252"), ("x-unknown", "cp1252")])
def test_a_body_is_read_where_its_charset_is_wrong(charset: str, encoding: str) -> None:
    words = "Norland’s captain said that “all of it” was shut."
    head = f"From: j@a.invalid\nContent-Type: text/plain; charset={charset}\n\n".encode()
    assert body(read_mail(head + words.encode(encoding), name="a.eml")) == [words]


def test_headers_are_fields_of_one_record() -> None:
    read = read_mail(
        mail(To="o@a.invalid", Cc="b@a.invalid", Date="Fri, 30 May 2025 23:30:00 +0900").as_bytes(), name="a"
    )
    fields = [block for block in read.blocks if block.kind is BlockKind.FIELD]
    names = [part.name.of(read.text) for block in fields for part in block.parts if part.name]
    assert (names, len({block.record for block in fields})) == (["From", "To", "Cc", "Date", "Subject"], 1)


def test_an_attachment_is_a_field() -> None:
    message = mail()
    message.add_attachment(b"PK", maintype="application", subtype="zip", filename="tolls.zip")
    assert "Attachment: tolls.zip" in read_mail(message.as_bytes(), name="a.eml").text


REPLY = """It opens on 9 May.

On Mon, 17 Mar 2025, Olaf Brand
<o@a.invalid> wrote:

> Does it open
> in April?
>
>> It opens in April.
"""


def test_what_a_reply_quotes_is_told_from_its_own_words() -> None:
    assert said(REPLY, BlockKind.PARAGRAPH) == ["It opens on 9 May."]


def test_the_marks_of_what_is_quoted_are_left_out() -> None:
    assert said(REPLY, BlockKind.QUOTED)[1:] == ["Does it open in April?", "It opens in April."]


def test_what_is_quoted_leans_on_who_said_it() -> None:
    message = mail()
    message.set_content(REPLY)
    read = read_mail(message.as_bytes(), name="a.eml")
    asked = next(block for block in read.blocks if block.span.of(read.text) == "Does it open in April?")
    assert [span.of(read.text) for span in asked.leans_on][-1:] == [
        "On Mon, 17 Mar 2025, Olaf Brand <o@a.invalid> wrote:"
    ]


def test_what_follows_an_original_message_line_is_quoted() -> None:
    written = "It opens on 9 May.\n\n-----Original Message-----\nFrom: Olaf Brand\n\nDoes it open in April?\n"
    assert said(written, BlockKind.QUOTED)[-1] == "Does it open in April?"


def test_a_signature_is_furniture() -> None:
    assert said("It opens on 9 May.\n\n-- \nJane Doe\nWeser Locks\n", BlockKind.FURNITURE) == ["Jane Doe Weser Locks"]


def html_mail(page: str) -> ReadDocument:
    message = mail()
    message.set_content(page, subtype="html")
    return read_mail(message.as_bytes(), name="a.eml")


def test_a_table_that_lays_out_a_mail_is_no_table() -> None:
    read = html_mail(
        "<table><tr><td><img src=x></td></tr><tr><td><table><tr><td>Train</td><td>IC 284</td></tr>"
        "<tr><td>Seat</td><td>41</td></tr></table></td></tr><tr><td><p>Please be early.</p></td></tr></table>"
    )
    told = [(block.kind, block.span.of(read.text)) for block in read.blocks][2:]
    assert told == [
        (BlockKind.FIELD, "Train: IC 284"),
        (BlockKind.FIELD, "Seat: 41"),
        (BlockKind.PARAGRAPH, "Please be early."),
    ]


def test_what_an_html_mail_quotes_is_told_from_its_own_words() -> None:
    read = html_mail(
        "<p>It opens on 9 May.</p><div>On 17 March 2025, Olaf Brand wrote:</div>"
        "<blockquote>Does it open in April?</blockquote>"
    )
    quoted = [block.span.of(read.text) for block in read.blocks if block.kind is BlockKind.QUOTED]
    assert quoted == ["On 17 March 2025, Olaf Brand wrote:", "Does it open in April?"]


def mailbox(*mails: bytes) -> io.BytesIO:
    return io.BytesIO(b"".join(b"From - Fri May 30 23:30:00 2025\n" + data + b"\n" for data in mails))


def test_a_mailbox_is_its_mails() -> None:
    records = list(read_mailbox(mailbox(mail().as_bytes(), mail(Subject="Tolls").as_bytes()), name="a", longest=9999))
    assert [(record.line, record.title) for record in records if isinstance(record, ReadDocument)] == [
        (1, "Locks"),
        (2, "Tolls"),
    ]


def test_a_line_of_a_mail_that_begins_with_from_does_not_end_it() -> None:
    message = mail()
    message.set_content("It opens.\n\n>From May on it is shut.\n")
    (record,) = read_mailbox(mailbox(message.as_bytes()), name="a", longest=9999)
    assert isinstance(record, ReadDocument)
    assert body(record)[-1] == "From May on it is shut."


def test_a_mail_is_known_by_its_message_id() -> None:
    (record,) = read_mailbox(mailbox(mail(Message_ID="<7@a.invalid>").as_bytes()), name="a", longest=9999)
    assert isinstance(record, ReadDocument)
    assert record.record_id == "7@a.invalid"


def test_a_bad_mail_of_a_mailbox_does_not_stop_the_others() -> None:
    records = list(read_mailbox(mailbox(b"no headers\n", mail().as_bytes()), name="a.mbox", longest=9999))
    assert [type(record) for record in records] == [BadRecord, ReadDocument]


def test_a_mail_longer_than_the_limit_is_a_bad_record() -> None:
    (record,) = read_mailbox(mailbox(mail().as_bytes() * 20), name="a.mbox", longest=500)
    assert isinstance(record, BadRecord)


def test_dashes_without_end_are_read() -> None:
    assert len(said("Locks.\n" + "--\n" * 20_000, BlockKind.PARAGRAPH)) == 1


def test_the_words_of_a_mail_lean_on_its_subject() -> None:
    message = mail()
    message.set_content("The lock is shut.")
    read = read_mail(message.as_bytes(), name="a.eml")
    assert [span.of(read.text) for span in read.blocks[-1].leans_on] == [message["Subject"]]
