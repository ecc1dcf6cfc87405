"""Printed pages as PDF files, written byte by byte: words at places, lines, fields and notes."""

import io
from collections.abc import Sequence

HEIGHT, WIDTH = 800, 600


def words(left: float, top: float, text: str, size: float = 11, *, bold: bool = False) -> str:
    """Words whose baseline stands `top` points under the page's top, as it is drawn."""
    return f"BT /{'F2' if bold else 'F1'} {size} Tf 1 0 0 1 {left} {HEIGHT - top} Tm ({text}) Tj ET"


def lines(left: float, top: float, text: str, size: float = 11, *, apart: float = 14, bold: bool = False) -> str:
    """Lines of words under each other."""
    each = enumerate(text.split("\n"))
    return "\n".join(words(left, top + apart * at, line, size, bold=bold) for at, line in each if line)


def rule(left: float, top: float, right: float, bottom: float) -> str:
    """A line, drawn."""
    return f"{left} {HEIGHT - top} m {right} {HEIGHT - bottom} l S"


def grid(lefts: Sequence[float], tops: Sequence[float]) -> str:
    """The lines of a table whose cells are all drawn."""
    across = [rule(lefts[0], top, lefts[-1], top) for top in tops]
    return "\n".join([*across, *(rule(left, tops[0], left, tops[-1]) for left in lefts)])


def noted(left: float, top: float, right: float, bottom: float, entries: str) -> str:
    """A note on a page or a field of a form."""
    return f"<< /Type /Annot /Rect [{left} {HEIGHT - bottom} {right} {HEIGHT - top}] {entries} >>"


def printed(*pages: str, information: str = "", notes: Sequence[str] = (), more: str = "") -> bytes:
    """A PDF with these drawn pages; the notes are on the first, `more` stands in its catalog."""
    first = 3 + 2 * len(pages) + 2
    refs = [f"{first + at} 0 R" for at in range(len(notes))]
    fields = " ".join(ref for ref, note in zip(refs, notes, strict=True) if "/FT" in note)
    form = f"/AcroForm << /Fields [{fields}] >>" if fields else ""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {more} {form} >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{6 + 2 * at} 0 R' for at in range(len(pages)))}] >>",
        *(f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica{kind} >>" for kind in ("", "-Bold")),
    ]
    for at, page in enumerate(pages):
        objects += [
            f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {5 + 2 * at} 0 R "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Annots [{' '.join(refs) if at == 0 else ''}] >>",
        ]
    objects += [*notes, f"<< {information} >>"]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    out.write(f"{head}{table}trailer {trailer}\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()
