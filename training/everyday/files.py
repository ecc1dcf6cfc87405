"""Writes the elements of a paper as a file: plain text, Markdown, HTML, CSV, Word, Excel or mail."""

import base64
import csv
import html
import io
import random
import textwrap
from collections.abc import Callable, Sequence

from training.everyday.layout import Element

TABLE_ONLY = ("csv", "xlsx")
"""Files that hold a paper's last element, which is a table, and nothing else."""


def written_as(suffix: str, elements: Sequence[Element], rng: random.Random) -> bytes:
    """The bytes of a file of this suffix."""
    return _WRITERS[suffix](elements, rng)


def _numbers(elements: Sequence[Element]) -> list[int]:
    """For each clause and each step its number, from 1; 0 for all else."""
    found, clause, step = [], 0, 0
    for element in elements:
        clause += element.kind == "clause"
        step = step + 1 if element.kind == "step" else 0
        found.append(clause if element.kind == "clause" else step)
    return found


def _lined(elements: Sequence[Element], close: Sequence[str], write: Callable[[Element, int], Sequence[str]]) -> bytes:
    """Elements as lines, an empty one between them, save between those of one of the kinds that stand close."""
    lines: list[str] = []
    before = ""
    for element, number in zip(elements, _numbers(elements), strict=True):
        if lines and not (element.kind == before and before in close):
            lines.append("")
        before = element.kind
        lines += write(element, number)
    return ("\n".join(lines) + "\n").encode()


def _plain(elements: Sequence[Element], rng: random.Random) -> bytes:
    joint = rng.choice((": ", ": ", ": ", ":  ", " : ", ":\t"))
    width, mark, rule = rng.choice((0, 0, 72, 90)), rng.choice("-*•"), rng.choice(("", "", "=", "-"))
    close = ("item", "step", "line") if rng.random() < 0.2 else ("item", "step", "line", "field")
    numbered = rng.choice(("{}. {}. {}", "{}. {}\n{}", "§ {} {}\n{}", "{}) {}: {}"))

    def write(element: Element, number: int) -> list[str]:
        text = element.text
        match element.kind:
            case "field":
                return [f"{element.label}{joint}{element.value}"]
            case "title" | "heading":
                return [text, rule * len(text)] if rule else [text]
            case "item":
                return [f"{mark} {text}"]
            case "step":
                return [f"{number}. {text}"]
            case "clause":
                return numbered.format(number, element.label, text).split("\n")
            case "table":
                return _aligned(element.cells)
            case _:
                return textwrap.wrap(text, width) if width else [text]

    return _lined(elements, close, write)


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) + 3 for column in zip(*rows, strict=True)]
    return ["".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _markdown(elements: Sequence[Element], rng: random.Random) -> bytes:
    field = rng.choice(("**{}:** {}", "- **{}:** {}", "- {}: {}", "**{}**: {}", "{}: {}  "))
    numbered = rng.choice(("## {}. {}\n\n{}", "{}. **{}.** {}", "### § {} {}\n\n{}"))
    mark = rng.choice("-*")
    close = ("item", "step") if field.startswith("**") else ("item", "step", "field")

    def write(element: Element, number: int) -> list[str]:
        text = element.text
        match element.kind:
            case "title" | "heading":
                return [f"{'#' if element.kind == 'title' else '##'} {text}"]
            case "field":
                return [field.format(element.label, element.value)]
            case "item":
                return [f"{mark} {text}"]
            case "step":
                return [f"{number}. {text}"]
            case "clause":
                return [numbered.format(number, element.label, text)]
            case "table":
                head, *rows = element.cells if len(element.cells[0]) > 2 else (("", ""), *element.cells)
                return [_piped(head), _piped(["---"] * len(head)), *map(_piped, rows)]
            case _:
                return [text]

    return _lined(elements, close, write)


def _piped(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


_HTML_FIELDS = {
    "dl": "<dt>{}</dt><dd>{}</dd>",
    "": "<p><b>{}:</b> {}</p>",
    "table": "<tr><th>{}</th><td>{}</td></tr>",
}


def _html(elements: Sequence[Element], rng: random.Random) -> bytes:
    fields = rng.choice(("dl", "", "table"))
    lines = [f"<!doctype html><html><head><title>{html.escape(elements[0].text)}</title></head><body><main>"]
    opened = ""
    for element, number in zip(elements, _numbers(elements), strict=True):
        kind, text, label = element.kind, html.escape(element.text), html.escape(element.label)
        around = {"item": "ul", "step": "ol", "field": fields}.get(kind, "")
        if around != opened:
            lines += [f"</{opened}>"] * bool(opened) + [f"<{around}>"] * bool(around)
            opened = around
        match kind:
            case "title" | "heading":
                tag = "h1" if kind == "title" else "h2"
                lines.append(f"<{tag}>{text}</{tag}>")
            case "field":
                lines.append(_HTML_FIELDS[fields].format(label, html.escape(element.value)))
            case "item" | "step":
                lines.append(f"<li>{text}</li>")
            case "clause":
                lines.append(f"<h2>{number}. {label}</h2><p>{text}</p>")
            case "table":
                lines.append(f"<table>{''.join(_html_rows(element))}</table>")
            case _:
                lines.append(f"<p>{text}</p>")
    lines.append(f"</{opened}>" * bool(opened) + "</main></body></html>")
    return "\n".join(lines).encode()


def _html_rows(table: Element) -> list[str]:
    has_head = len(table.cells[0]) > 2
    rows = []
    for at, row in enumerate(table.cells):
        tag = "th" if has_head and not at else "td"
        rows.append(f"<tr>{''.join(f'<{tag}>{html.escape(cell)}</{tag}>' for cell in row)}</tr>")
    return rows


def _csv(elements: Sequence[Element], rng: random.Random) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=rng.choice(",,;")).writerows(elements[-1].cells)
    return stream.getvalue().encode()


def _xlsx(elements: Sequence[Element], _: random.Random) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = elements[0].text[:30].translate(str.maketrans("[]:*?/\\", "-------"))
    for row in elements[-1].cells:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _docx(elements: Sequence[Element], _: random.Random) -> bytes:
    from docx import Document

    document = Document()
    for element, number in zip(elements, _numbers(elements), strict=True):
        match element.kind:
            case "title" | "heading":
                document.add_heading(element.text, 1 if element.kind == "title" else 2)
            case "item" | "step":
                style = "List Bullet" if element.kind == "item" else "List Number"
                document.add_paragraph(element.text, style=style)
            case "clause":
                document.add_paragraph(f"{number}. {element.label}. {element.text}")
            case "table":
                table = document.add_table(rows=0, cols=len(element.cells[0]))
                for row in element.cells:
                    for cell, said in zip(table.add_row().cells, row, strict=True):
                        cell.text = said
            case _:
                document.add_paragraph(element.text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _mail(elements: Sequence[Element], rng: random.Random) -> bytes:
    title, *body = elements
    words = title.text.encode()
    subject = title.text if words.isascii() else f"=?utf-8?b?{base64.b64encode(words).decode()}?="
    sender = f"{rng.choice(('office', 'service', 'no-reply', 'team'))}@{rng.choice(('north', 'quay', 'mill'))}.example"
    head = (
        f"From: {sender}\nTo: home@letterbox.example\nSubject: {subject}\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    )
    return head.encode() + _plain(body, rng)


_WRITERS: dict[str, Callable[[Sequence[Element], random.Random], bytes]] = {
    "txt": _plain,
    "md": _markdown,
    "html": _html,
    "csv": _csv,
    "xlsx": _xlsx,
    "docx": _docx,
    "eml": _mail,
}
