"""HTML: the blocks of a page told by its elements; of a news page trafilatura says which parts are the story."""

import re
from collections.abc import Iterator

import trafilatura
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.readers.document import ReadDocument
from ingest.readers.furniture import Furniture
from ingest.readers.html_blocks import BlockReader
from ingest.readers.html_stated import stated_by_page
from ingest.readers.html_words import BLOCKS, HEADINGS, without_unshown, words_of
from ingest.readers.text import decoded_as
from ingest.structure import TextWriter
from rag.domain import Block, BlockKind

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_CHARSET_WITHIN = 4096
_FEW_CHARACTERS = 200
_MOSTLY = 0.9
_MOST_HEADLINES = 50
_DEEPEST = 200
_LEAVES = "p, li, h2, h3, h4, blockquote, pre, td"


def read_html(data: bytes, *, name: str) -> ReadDocument:
    """A web page saved as a file: all that it shows; what is not its own words is furniture."""
    html, notices = _decoded(data, name=name)
    tree = LexborHTMLParser(html)
    stated = stated_by_page(html, tree)
    without_unshown(tree)
    writer = _page(tree, html if stated.published else None)
    text, blocks = writer.text, writer.blocks
    return ReadDocument(
        text=text,
        search_text=without_furniture(text, blocks),
        blocks=blocks,
        title=stated.title,
        outlet=stated.outlet,
        published=stated.published,
        author=stated.author,
        url=stated.url,
        language=stated.language,
        known_by=stated.known_by,
        notices=notices,
    )


def write_chapter(html: str, writer: TextWriter, *, title: str | None = None, is_contents: bool = False) -> None:
    """The blocks of a page of a book, under its title where it has no heading; its headers and asides are its own."""
    body = _body(html)
    if body is None:
        return
    if is_contents:
        writer.add(BlockKind.FURNITURE, words_of(body))
        return
    if title and body.css_first(", ".join(HEADINGS)) is None:
        writer.add(BlockKind.HEADING, title, level=1)
    BlockReader(writer, is_furniture=Furniture(body).of_book).read(body)


def write_mail(html: str, writer: TextWriter) -> None:
    """The blocks of the body of a mail."""
    body = _body(html)
    if body is not None:
        BlockReader(writer, is_furniture=Furniture(body).of_mail, is_mail=True).read(body)


def _body(html: str) -> LexborNode | None:
    tree = LexborHTMLParser(html)
    without_unshown(tree)
    return tree.body


def without_furniture(text: str, blocks: tuple[Block, ...]) -> str:
    """The text with its furniture blanked by spaces; of the same length."""
    pieces, at = list[str](), 0
    for block in blocks:
        if block.kind is BlockKind.FURNITURE:
            pieces += [text[at : block.span.start], " " * (block.span.end - block.span.start)]
            at = block.span.end
    return "".join([*pieces, text[at:]])


def _page(tree: LexborHTMLParser, story: str | None) -> TextWriter:
    """The page as it is written; `story` is its source where it is known to tell one, as news pages do."""
    writer = TextWriter()
    if tree.body is None:
        return writer
    furniture = Furniture(tree.body)
    outside = _outside_story(tree.body, story) if story is not None else set()
    BlockReader(writer, is_furniture=lambda node: node.mem_id in outside or furniture.of_page(node)).read(tree.body)
    if all(block.kind in (BlockKind.FURNITURE, BlockKind.HEADING) for block in writer.blocks):
        writer = TextWriter()  # the page is a list of links, or whatever else looks like furniture
        BlockReader(writer, is_furniture=lambda node: False).read(tree.body)
    return writer


def _outside_story(body: LexborNode, html: str) -> set[int]:
    """The elements of a news page that hold nothing of its story; none where it is not found."""
    main = trafilatura.extract(html, include_comments=False, include_tables=True, deduplicate=False) or ""
    lines = {_letters(line) for line in main.split("\n")} - {""}
    if len(main) < _FEW_CHARACTERS:
        return set()
    # How much of the story each element holds.
    held = {node.mem_id: len(words) for node in body.css(_LEAVES) if (words := _letters(words_of(node))) in lines}
    nodes = list(body.traverse())
    for node in reversed(nodes):
        if node.parent is not None:
            held[node.parent.mem_id] = held.get(node.parent.mem_id, 0) + held.get(node.mem_id, 0)
    within = body
    while inner := next(
        (child for child in within.iter() if held.get(child.mem_id, 0) > _MOSTLY * held.get(body.mem_id, 0)), None
    ):
        within = inner
    inside = {node.mem_id for node in (_article_of(within) or within).traverse()}
    headlines = {node.mem_id for headline in body.css("h1")[:_MOST_HEADLINES] for node in _above(headline)}
    kept = inside | headlines | {node for node, length in held.items() if length}
    return {node.mem_id for node in nodes if node.tag in BLOCKS and node.mem_id not in kept}


def _article_of(node: LexborNode) -> LexborNode | None:
    return next((above for above in _above(node) if above.tag == "article"), None)


def _above(node: LexborNode) -> Iterator[LexborNode]:
    """An element and those that it stands in."""
    above: LexborNode | None = node
    for _ in range(_DEEPEST):
        if above is None:
            return
        yield above
        above = above.parent


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words))


def _decoded(data: bytes, *, name: str) -> tuple[str, tuple[str, ...]]:
    found = _CHARSET.search(data, 0, _CHARSET_WITHIN)
    declared = (found.group(1) or found.group(2)).decode("ascii") if found else None
    return decoded_as(data, declared, name=name)
