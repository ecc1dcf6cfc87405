"""Mails."""

from email.message import EmailMessage

import pytest

from ingest.readers.mail import read_mail
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


def test_headers_give_title_author_and_date() -> None:
    read = read_mail(mail(Date="Fri, 30 May 2025 23:30:00 +0900").as_bytes(), name="a.eml")
    assert (read.title, read.author, read.published) == ("Locks", "Jane Doe", "2025-05-30")


def test_a_sender_that_is_a_publication_is_the_outlet() -> None:
    read = read_mail(mail().as_bytes().replace(b"Jane Doe", b"The Weser Gazette"), name="a.eml")
    assert (read.outlet, read.author) == ("The Weser Gazette", None)


def test_the_plain_body_is_preferred_to_the_html_one() -> None:
    message = mail()
    message.add_alternative("<p>The lock is <b>open</b>.</p>", subtype="html")
    assert read_mail(message.as_bytes(), name="a.eml").text.strip() == "The lock is shut."


def test_an_html_body_is_read_as_a_page() -> None:
    message = mail()
    message.set_content("<html><body><p>The lock is <b>open</b>.</p></body></html>", subtype="html")
    assert read_mail(message.as_bytes(), name="a.eml").text == "The lock is open."


def test_an_encoded_header_and_body_are_decoded() -> None:
    data = (
        b"From: =?iso-8859-1?q?J=F6rg?= <j@a.invalid>\r\nSubject: =?utf-8?b?w4RycyBzaHV0?=\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=cp1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"=93The caf=E9 is shut.=94\r\n"
    )
    read = read_mail(data, name="a.eml")
    assert (read.author, read.title, read.text.strip()) == ("Jörg", "Ärs shut", "“The café is shut.”")


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
    assert (read.text.split("\n"), read.notices) == (
        ["The lock is shut.", "", "", "It opens in May.", ""],
        ("a.eml: its attachments were not read: tolls.txt.",),
    )


def test_an_empty_plain_body_gives_way_to_the_html_one() -> None:
    message = mail()
    message.set_content("\n")
    message.add_alternative("<p>The lock is <b>open</b>.</p>", subtype="html")
    assert read_mail(message.as_bytes(), name="a.eml").text == "The lock is open."


def test_bytes_that_no_header_should_have_are_read_all_the_same() -> None:
    data = "From: Jörg Müller <j@a.invalid>\nSubject: Grüße\n\nDer Hafen ist für große Schiffe zu.\n".encode("cp1252")
    read = read_mail(b"\xef\xbb\xbf" + data, name="a.eml")
    assert (read.author, read.title, read.text) == ("Jörg Müller", "Grüße", "Der Hafen ist für große Schiffe zu.\n")


def test_every_sender_is_an_author() -> None:
    read = read_mail(mail(From="Jane Doe <j@a.invalid>, Olaf Brand <o@a.invalid>").as_bytes(), name="a.eml")
    assert read.author == "Jane Doe; Olaf Brand"


@pytest.mark.parametrize(("charset", "encoding"), [("iso-8859-1", "cp1252"), ("x-unknown", "cp1252")])
def test_a_body_is_read_where_its_charset_is_wrong(charset: str, encoding: str) -> None:
    words = "Norland’s captain said that “all of it” was shut."
    head = f"From: j@a.invalid\nContent-Type: text/plain; charset={charset}\n\n".encode()
    assert read_mail(head + words.encode(encoding), name="a.eml").text == words
