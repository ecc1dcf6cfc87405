"""A zoo of bad and odd files, with what is expected of each. Run as a program, it ingests them and tells what came.

`python -m tests.zoo FOLDER` writes the zoo and a library there, and prints the report and the peak memory as JSON.
"""

import bz2
import gzip
import io
import json
import lzma
import os
import random
import resource
import socket
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx

from tests.unit.test_ingest_office import book, deck, sheets
from tests.unit.test_ingest_pdf import pdf

READ, REFUSED, LEFT_OUT = "read", "refused", "left out"
SUFFIXES = "txt md html pdf docx pptx xlsx epub eml csv jsonl".split()
WORDS = "The harbour of Weser is shut, and nobody can say for how long it will be. "
MEGABYTES, PAGES, SECONDS = 8, 50, 20

Animal = tuple[str, bytes, str]
"""A name, its bytes, and what is expected."""


def _docx(words: str = WORDS) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(words)
    document.save(out)
    return out.getvalue()


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _with_part(data: bytes, part: str, content: bytes) -> bytes:
    """An office file with one part replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return _zip({**parts, part: content})


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        member = tarfile.TarInfo("a.txt")
        member.size = 5
        archive.addfile(member, io.BytesIO(b"words"))
    return out.getvalue()


OFFICE = {
    "docx": _docx(),
    "pptx": deck("Locks"),
    "xlsx": sheets(Tolls=[["lock", "toll"], ["Dunmar", 410]]),
    "epub": book(),
}
MAIN = {
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "xlsx": "xl/workbook.xml",
    "epub": "OEBPS/book.opf",
}
MAIL = f"Received: from a.invalid\nFrom: Jane <j@a.invalid>\nSubject: Locks\n\n{WORDS}".encode()
PAGE = f"<!DOCTYPE html><html><body><p>{WORDS}</p></body></html>".encode()
LONG = "".join(f"Gate {n} of lock {n * n} is shut by order {n}x of the port. " for n in range(15_000)).encode()
"""About a megabyte in one line."""


def zoo() -> dict[str, list[Animal]]:
    """Each kind with its animals; a name is unique in its kind."""
    text = WORDS.encode()
    noise = {seed: random.Random(seed).randbytes(3000) for seed in range(20)}
    bomb = bytes(310 * 1024 * 1024)
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    kinds: dict[str, list[Animal]] = {
        "empty": [(f"a.{suffix}", b"", REFUSED) for suffix in SUFFIXES],
        "blank": [(f"{at}.txt", blank.encode(), REFUSED) for at, blank in enumerate(
            [" \n", "\t\t", "\u3000", "\ufeff", "\u00a0\n\u00a0", "\r\n\r\n", "\u200b\u200b"])],
        "noise as text": [(f"a.{suffix}", b"\x00" + noise[at], REFUSED)
                          for at, suffix in enumerate("txt md html csv jsonl eml".split())],
        "noise as binary": [(f"a.{suffix}", noise[at + 8], REFUSED)
                            for at, suffix in enumerate("pdf docx pptx xlsx epub bin".split())],
        "cut short": [(f"half.{suffix}", data[: len(data) // 2], REFUSED) for suffix, data in OFFICE.items()]
        + [(f"start.{suffix}", data[:30], REFUSED) for suffix, data in OFFICE.items()]
        + [("start.pdf", pdf(WORDS)[:60], REFUSED)],
        "under another name": [("pdf.txt", pdf("A line of a page"), READ), ("docx.pdf", OFFICE["docx"], READ),
                               ("pptx.docx", OFFICE["pptx"], READ), ("xlsx.csv", OFFICE["xlsx"], READ),
                               ("epub.xlsx", OFFICE["epub"], READ), ("html.txt", PAGE, READ), ("mail.txt", MAIL, READ)],
        "unknown": [(name, text, REFUSED) for name in ("a.xyz", "a.log", "a.json", "a.py", "a.txt.bak")]
        + [("README", text, READ), ("noise", b"\x00" + noise[0], REFUSED)],
        "archives": [("a.zip", _zip({"a.txt": text}), REFUSED), ("b.docx", _zip({"a.txt": text}), REFUSED),
                     ("a.gz", gzip.compress(text), REFUSED), ("a.tar", _tar(), REFUSED),
                     ("a.bz2", bz2.compress(text), REFUSED), ("a.txt", lzma.compress(text), REFUSED),
                     ("a.7z", b"7z\xbc\xaf\x27\x1c" + noise[1], REFUSED)],
        "pictures": [(f"{at}.{suffix}", head + b"\x00" * 60, REFUSED) for at, (suffix, head) in enumerate(
            [("png", b"\x89PNG\r\n\x1a\n"), ("jpg", b"\xff\xd8\xff\xe0"), ("txt", b"GIF89a"), ("bmp", b"BM"),
             ("pdf", b"II*\x00"), ("docx", b"RIFF")])],
        "old office": [(f"a.{suffix}", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise[2], REFUSED)
                       for suffix in "doc xls ppt docx xlsx txt".split()] + [("a.rtf", b"{\\rtf1 words}", REFUSED)],
        "zip bombs": [(f"a.{suffix}", _with_part(data, "bomb.xml", bomb), REFUSED) for suffix, data in OFFICE.items()]
        + [("many.docx", _zip({"word/document.xml": b"x", **{f"{n}.x": b"" for n in range(20_001)}}), REFUSED),
           ("main.docx", _with_part(OFFICE["docx"], MAIN["docx"], bomb), REFUSED)],
        "xml bombs": [(f"a.{suffix}", _with_part(data, MAIN[suffix], entity), REFUSED)
                      for suffix, data in OFFICE.items()]
        + [("b.docx", _with_part(OFFICE["docx"], "docProps/core.xml", entity), REFUSED),
           ("a.html", entity + PAGE, READ)],
        "deep nesting": [("div.html", b"<div>" * 20_000 + text + b"</div>" * 20_000, READ),
                         ("list.jsonl", b'{"text": ' + b"[" * 100_000 + b"\n", REFUSED),
                         ("quote.md", b"> " * 20_000 + text, READ), ("bracket.md", b"[" * 50_000 + text, READ),
                         ("image.md", b"![a](" * 20_000 + text, READ), ("star.md", b"*a" * 50_000 + text, READ)],
        "one long line": [("a.txt", LONG, READ), ("a.md", LONG, READ), ("a.html", b"<p>" + LONG, READ),
                          ("a.csv", b"text\n" + LONG, READ), ("a.jsonl", b'{"text": "' + LONG + b'"}', READ),
                          ("word.txt", b"x" * 500_000, READ), ("big.txt", text * 120_000, REFUSED),
                          ("big.csv", b"text\n" + text * 120_000, REFUSED),
                          ("big.jsonl", b'{"text": "' + text * 120_000 + b'"}', REFUSED)],
        "nul": [("a.txt", b"words \x00 words", REFUSED), ("a.md", text + b"\x00", REFUSED),
                ("a.jsonl", b'{"text": "words \\u0000 words"}', READ), ("a.csv", b"text\nwords \x00 words\n", REFUSED),
                ("a.html", b"<p>words &#0; words", READ), ("front.md", b"---\ntitle: a\x00b\n---\nwords", REFUSED)],
        "surrogates": [("high.jsonl", b'{"text": "words \\ud800 words"}', READ),
                       ("low.jsonl", b'{"text": "words \\udfff"}', READ),
                       ("title.jsonl", b'{"title": "\\ud83d", "text": "words"}', READ),
                       ("id.jsonl", b'{"id": "\\ud83d", "text": "words and words"}', READ),
                       ("a.html", b"<p>words &#xD800; words", READ),
                       ("a.csv", b"text\n" + "words \U0001f6a2 words\n".encode(), READ)],
        "hidden characters": [(f"{at}.txt", f"The har{sign}bour number {at} is shut.".encode(), READ) for at, sign in
                              enumerate("\u202e\u200b\ufeff\u2066\u00ad\u200d\u200f")],
        "names": [(name, f"Words of {at}.".encode(), READ) for at, name in enumerate(
            ["two\nlines.txt", "tab\t.txt", "quote'\".txt", "n" * 240 + ".txt", "\U0001f6a2.txt", "\u202egnp.txt",
             "-rf.txt", "a#b.txt", "100%.txt", "a;b&c|d.txt", "$(x).txt", "{x}.txt", "COM1.txt", "\u00e9 \u0301.txt"])],
        "encodings": [(f"{encoding}.txt", words.encode(encoding), READ) for encoding, words in {
            "utf-16": WORDS, "utf-16-le": WORDS + "1", "utf-16-be": WORDS + "2", "utf-32": WORDS + "3",
            "utf-8-sig": WORDS + "4", "cp1252": "Le café était fermé, où était passé l’été ? « Rien », a dit le maire.",
            "shift_jis": "港は嵐の後、閉鎖されたままだった。大臣は修理が五月まで続くと述べた。",
            "cp1251": "Порт остался закрытым после бури. Министр сказал, что ремонт продлится до мая."}.items()],
        "broken encodings": [("odd.txt", b"\xff\xfea\x00\x00\xd8", REFUSED), ("mark.txt", b"\xff\xfe", REFUSED),
                             ("cut.txt", (WORDS + "é").encode()[:-1], READ), ("long.txt", text + b"\xc0\xaf", READ),
                             ("mixed.txt", text + "é".encode() + "é".encode("cp1252"), READ),
                             ("control.txt", bytes(range(1, 9)) * 20, REFUSED)],
        "broken records": [("cut.jsonl", b'{"text": "words"', REFUSED), ("list.jsonl", b"[1]\n", REFUSED),
                           ("number.jsonl", b"1" * 5000, REFUSED), ("field.jsonl", b'{"abstract": "x"}', READ),
                           ("null.jsonl", b'{"text": null}', REFUSED), ("blank.jsonl", b"\n\n", REFUSED),
                           ("nan.jsonl", b'{"text": "words", "n": NaN}', READ)],
        "broken tables": [("quote.csv", b'text,b\n"words never end,1\n', READ), ("head.csv", b"text\n", READ),
                          ("ragged.csv", b"lock,toll\nDunmar\nWeser,1,2,3\n", READ),
                          ("comma.csv", b",,,\n,,\n", REFUSED),
                          ("twice.csv", b"lock,lock\nDunmar,Weser\n", READ),
                          ("tab.tsv", b"lock\ttoll\nWeser\t620\n", READ)],
        "broken mails": [("none.eml", text, REFUSED), ("body.eml", b"From: j@a.invalid\nSubject: x\n\n", REFUSED),
                         ("charset.eml", b"Subject: x\nContent-Type: text/plain; charset=nonsense\n\n" + text, READ),
                         ("base64.eml", b"Subject: y\nContent-Transfer-Encoding: base64\n\n!!!!", REFUSED),
                         ("date.eml", b"Subject: z\nDate: nonsense\n\nWords of a mail.", READ),
                         ("deep.eml", b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n)
                                               for n in range(800)) + text, REFUSED)],
        "broken pages": [("open.html", b"<html><body><p>Words <b>of it", READ),
                          ("script.html", b"<script>x()", REFUSED),
                         ("lie.html", b'<meta charset="utf-16"><p>Words of a liar', READ),
                         ("comment.html", b"<!--" * 50_000, REFUSED),
                          ("attr.html", b"<p " + b"a=1 " * 50_000 + b">x y", READ),
                         ("style.html", b"<style>p{}</style>", REFUSED)],
        "broken pdfs": [("none.pdf", b"%PDF-1.4\n%%EOF", REFUSED), ("image.pdf", pdf(""), REFUSED),
                        ("many.pdf", pdf(*["A page"] * 60), REFUSED),
                        ("cycle.pdf", pdf("A page of a cycle").replace(b"/Kids [6", b"/Kids [2"), REFUSED),
                        ("table.pdf", pdf("A page without a table").replace(b"xref", b"xxxx"), READ),
                        ("late.pdf", b"\n" * 500 + pdf("A page that comes late"), READ)],
        "front matter": [("alias.md", b"---\na: &a [x,x]\n"
                          + b"".join(b"b%d: &b%d [*a,*a]\n" % (n, n) for n in range(9))
                          + b"---\nWords one", READ), ("bad.md", b"---\n: : [\n---\nWords two", READ),
                         ("open.md", b"---\ntitle: never ends\nWords three", READ),
                         ("tag.md", b"---\nx: !!python/object/apply:os.system [ls]\n---\nWords four", READ),
                         ("list.md", b"---\n- a\n---\nWords five", READ), ("rule.md", b"---\n---\nWords six", READ)],
    }  # fmt: skip
    return kinds


def write(folder: Path) -> dict[str, str]:
    """Writes the zoo; gives what is expected of each path as it is shown."""
    expected = {}
    for kind, animals in zoo().items():
        (folder / kind).mkdir(parents=True)
        for name, data, outcome in animals:
            (folder / kind / name).write_bytes(data)
            expected[f"{folder.name}/{kind}/{name}"] = outcome
    for name in _special(folder):
        expected[f"{folder.name}/{name}"] = LEFT_OUT
    return expected


def _special(folder: Path) -> Iterator[str]:
    """Links and files that are none."""
    place = folder / "special"
    place.mkdir()
    secret = folder.with_name("secret.txt")
    secret.write_text("A secret of the outside.")
    for name, target in {"out.txt": secret, "nothing.txt": "nowhere", "itself.txt": "itself.txt", "up": folder.parent,
                         "root": "/", "device.txt": "/dev/zero"}.items():  # fmt: skip
        (place / name).symlink_to(target)
        yield f"special/{name}"
    for name in ("pipe.txt", "pipe.pdf", "pipe.jsonl", "pipe"):
        os.mkfifo(place / name)
        yield f"special/{name}"
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.getcwd()
        os.chdir(place)  # the name of a socket is short
        listener.bind("socket.txt")
        os.chdir(here)
    yield "special/socket.txt"


if __name__ == "__main__":
    from ingest.limits import Limits
    from ingest.pipeline import ingest
    from ingest.workers import shared_workers
    from rag.library.library import DiskLibrary
    from tests.fakes import HashEmbedder

    class Into:
        """What `ingest` writes to."""

        embedder = HashEmbedder()
        library = DiskLibrary(Path(sys.argv[1]) / "library", embedder="hash", dimension=384, create=True)

    limits = Limits(megabytes=MEGABYTES, pages=PAGES, seconds=SECONDS)
    found = ingest([Path(sys.argv[1]) / "zoo"], into=Into(), limits=limits)
    shared_workers().end()
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({"report": found.as_json(), "peak_kilobytes": peaks}))
