"""Plain text and Markdown: the stored text is the decoded file."""

import pytest

from ingest.readers.markdown import read_markdown
from ingest.readers.text import decoded_as, read_text
from rag.errors import DocumentError

TEXT = "Die Fähre blieb im Hafen.\r\nŠie “wartet”.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_as_it_stands_without_its_mark(encoding: str) -> None:
    read = read_text(TEXT.encode(encoding), name="a.txt")
    assert (read.text, read.notices) == (TEXT, ())


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1252", "Le café était fermé, où était passé l’été ? « Nous n’avons rien reçu », a déclaré le maire."),
        ("cp1252", "The minister said that Norland’s ban was final. “We stay,” she said – and the boats stayed too."),
        ("cp1250", "Port pozostał zamknięty po burzy. Minister powiedział, że naprawa potrwa do maja."),
        ("cp1251", "Порт остался закрытым после бури. Министр сказал, что ремонт продлится до мая."),
        ("cp1252", "Only one naïve word of this long text was not English, and that was it for him. " * 40),
        ("cp1250", "Minister powiedział, że naprawa potrwa do maja, i że łódź źle stoi w porcie po burzy."),
        ("cp1250", "Přístav zůstal po bouři uzavřen. Ministr řekl, že oprava potrvá do května."),
        ("cp1257", "Osta pēc vētras palika slēgta. Ministrs sacīja, ka remonts ilgs līdz maijam un ka kuģis ir ārā."),
        ("cp1254", "Liman fırtınadan sonra kapalı kaldı. Bakan, onarımın mayısa kadar süreceğini söyledi."),
        ("shift_jis", "港は嵐の後、閉鎖されたままだった。大臣は修理が五月まで続くと述べた。"),
    ],
)
def test_text_that_is_not_utf8_is_read_and_the_guess_is_told(encoding: str, words: str) -> None:
    read = read_text(words.encode(encoding), name="a.txt")
    assert read.text == words
    assert read.notices[0].startswith("a.txt is not UTF-8; it was read as ")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("words", ["港は嵐の後、閉鎖された。船は待つ。", "Порт закрыт до мая.", "The port is shut."])
def test_utf16_without_a_mark_is_known_by_its_spaces_and_stops(encoding: str, words: str) -> None:
    assert read_text(words.encode(encoding), name="a.txt").text == words


def test_a_stray_byte_does_not_spoil_a_utf8_text() -> None:
    read = read_text("The café’s captain and Norland".encode() + b"\x92s.", name="a.txt")
    assert read.text == "The café’s captain and Norland’s."
    assert read.notices == ("a.txt is not UTF-8 throughout; bytes that were read as cp1252: 1.",)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("ISO-8859-1", "cp1252"), ("us-ascii", "cp1252"), ("utf-8", "cp1252"), ("rot13", "cp1252"), ("no\0name", "cp1252"),
     ("windows-1251", "utf-8-sig"), ("utf-16", "utf-8"), ("utf-16", "utf-16"), (None, "utf-8")],
)  # fmt: skip
def test_a_declared_encoding_is_what_browsers_take_it_for(declared: str | None, encoding: str) -> None:
    words = "Norland’s captain said that “all of it” is shut."
    assert decoded_as(words.encode(encoding), declared, name="a.html")[0] == words


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 50, b"text with \x00 in it", bytes(range(1, 9)) * 20])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^Cannot read a\.txt: it "):
        read_text(data, name="a.txt")


def test_broken_utf16_is_refused() -> None:
    with pytest.raises(DocumentError, match="not valid UTF-16-LE"):
        read_text(b"\xff\xfea\x00\x00\xd8", name="a.txt")


def test_front_matter_gives_the_metadata() -> None:
    fields = b"title: Harbour shut\noutlet: Weser Gazette\npublished: 2024-04\nauthor: [Jane Doe, Olaf Brand]\n"
    data = b"---\n" + fields + b"---\nBody.\n"
    read = read_markdown(data, name="a.md")
    assert (read.title, read.outlet, read.published, read.author) == (
        "Harbour shut", "Weser Gazette", "2024-04", "Jane Doe, Olaf Brand",
    )  # fmt: skip


def test_front_matter_may_be_toml() -> None:
    fields = b"title = 'Harbour shut'\ndate = 2024-04-03T05:30:00Z\nauthors = ['Jane Doe', 'Olaf Brand']\n"
    data = b"+++\n" + fields + b"+++\nBody.\n"
    read = read_markdown(data, name="a.md")
    assert (read.title, read.published, read.author) == ("Harbour shut", "2024-04-03", "Jane Doe, Olaf Brand")
    assert read.search_text is not None
    assert read.search_text.split() == ["Body."]


def test_an_author_of_front_matter_may_have_fields_and_a_title_may_be_none() -> None:
    data = b"---\ntitle: null\nauthors:\n- name: Jane Doe\n  url: x\n- name: Olaf Brand\n---\nBody.\n"
    read = read_markdown(data, name="a.md")
    assert (read.title, read.author) == (None, "Jane Doe, Olaf Brand")


def test_front_matter_stays_in_the_text_and_leaves_the_search_copy() -> None:
    data = b"---\r\ntitle: Harbour shut\r\n---\r\nBody.\r\n"
    read = read_markdown(data, name="a.md")
    assert read.text == data.decode()
    assert read.search_text is not None
    assert len(read.search_text) == len(read.text)
    assert read.search_text.split() == ["Body."]


@pytest.mark.parametrize("data", [b"---\nThe first act.\n---\nBody.\n", b"---\nno end\n", b"---\na: [\n---\nBody.\n"])
def test_prose_between_rules_is_no_front_matter(data: bytes) -> None:
    read = read_markdown(data, name="a.md")
    assert (read.search_text or read.text) == data.decode()


def test_front_matter_builds_no_objects() -> None:
    read = read_markdown(b"---\ntitle: !!python/object/apply:os.getcwd []\n---\nBody.\n", name="a.md")
    assert read.title is None
