"""What the product talks about. Frozen values, standard library only."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of Unicode code points in a document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}:{self.end}")

    def of(self, text: str) -> str:
        """The words of `text` in this span."""
        return text[self.start : self.end]

    def within(self, other: "Span") -> bool:
        """Whether `other` holds this span whole."""
        return other.start <= self.start and self.end <= other.end

    def shifted(self, by: int) -> "Span":
        """The same span, `by` code points further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document comes from. What the document does not state is None, never guessed."""

    path: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    """ISO 8601 to the precision stated: `2025`, `2025-05` or `2025-05-30`."""
    author: str | None = None
    url: str | None = None
    language: str | None = None
    """A language tag such as `en` or `en-GB`."""


class BlockKind(StrEnum):
    """What a piece of a document is. The reader of the format knows it, and nothing after the reader guesses it."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """Of a list without an order; what it says, its mark left out."""
    STEP = "step"
    """Of a list with an order, or a numbered clause."""
    ROW = "row"
    """Of a table: a part for each cell that holds something, named by its column."""
    FIELD = "field"
    """A label and its value, as its one part."""
    TERM = "term"
    """A term and its definition, as its one part."""
    QUESTION = "question"
    """Of questions and answers; the blocks of its answer lean on it."""
    CODE = "code"
    QUOTED = "quoted"
    """What a mail quotes of an earlier one."""
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"
    """Running heads, navigation, banners, tables of contents, indexes: kept in the text, never an answer."""


_HEAD_KINDS = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.CAPTION, BlockKind.FURNITURE})
_HEAD_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Part:
    """A value in a block, and the words that name it: a cell and its column, a field and its label.

    `name` is None where nothing names it; it may stand outside of the block, as the head of a column does.
    """

    value: Span
    name: Span | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands on a page: its number from 1, and edges in points from the page's left and top."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document that has a kind. All spans lie in the document's text."""

    kind: BlockKind
    span: Span
    level: int = 0
    """Of a heading, from 1; of an item or a step, how deep its list is nested, from 0."""
    leans_on: tuple[Span, ...] = ()
    """What the block needs to be understood, outermost first: headings, the question, the lead-in, the item above."""
    parts: tuple[Part, ...] = ()
    boxes: tuple[Box, ...] = ()
    """Where it stands on pages that can be drawn."""
    record: int | None = None
    """Blocks of one number are one record, such as the fields of a form: what one is about, the others say."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document at a span of its text."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One source after reading.

    `text` is what citations point into and is never edited. `search_text` is the same text cleaned for
    searching; it has the same length, so that a span means the same words in both. `blocks` cover it in order.
    """

    id: str
    text: str
    origin: Origin
    search_text: str = ""
    blocks: tuple[Block, ...] = field(default=(), compare=False)
    pages: tuple[int, ...] = ()
    """The start of each page in `text`; empty where the format has no pages."""
    known_by: dict[str, str] = field(default_factory=dict, compare=False)
    """Where each field of `origin` was stated, in words for people."""
    cleaned: dict[str, int] = field(default_factory=dict, compare=False)
    """What was cleaned to make `search_text`: the kind, and how many of it."""

    def __post_init__(self) -> None:
        if not self.search_text:
            object.__setattr__(self, "search_text", self.text)
        if len(self.search_text) != len(self.text):
            raise ValueError(f"search text of {self.id} has {len(self.search_text)} code points, text {len(self.text)}")

    def page_at(self, position: int) -> int | None:
        """The number of the page, from 1, that holds this position; None where there are no pages."""
        return sum(start <= position for start in self.pages) or None

    @property
    def head(self) -> str:
        """How it begins, before its first table or list: its letterhead, its title, the fields that say what it is.

        Where it holds several records, the fields of one say nothing of another.
        """
        records = {block.record for block in self.blocks if block.record is not None}
        kinds = _HEAD_KINDS if len(records) > 1 else _HEAD_KINDS | {BlockKind.FIELD}
        said: list[str] = []
        for block in self.blocks:
            if block.kind not in kinds or sum(map(len, said)) > _HEAD_CHARACTERS:
                break
            said.append(" ".join(block.span.of(self.search_text).split()))
        return ". ".join(filter(None, said))[:_HEAD_CHARACTERS]

    def blocks_in(self, span: Span) -> tuple[Block, ...]:
        """The blocks that share a character with this span, in order."""
        first = bisect_right(self.blocks, span.start, key=lambda block: block.span.end)
        last = bisect_left(self.blocks, span.end, key=lambda block: block.span.start)
        return self.blocks[first:last]


@dataclass(frozen=True, slots=True)
class Passage:
    """The slice of a document that is retrieved and cited. Make one with `Passage.cut`."""

    document: str
    span: Span
    text: str
    search_text: str
    origin: Origin
    page: int | None = None
    head: str = field(default="", compare=False)
    """How the document begins, on one line: it tells what a bill, a form or a letter is about."""
    blocks: tuple[Block, ...] = field(default=(), compare=False)
    """The blocks that lie in it whole or in part."""
    around: tuple[Quote, ...] = field(default=(), compare=False)
    """What its blocks lean on, and what names their parts: of the search text, from within the passage and without."""

    @classmethod
    def cut(cls, document: Document, span: Span) -> "Passage":
        """The passage of `document` at `span`; raises ValueError where the span leaves the text."""
        if span.end > len(document.text):
            raise ValueError(f"{span} leaves the text of {document.id} ({len(document.text)} code points)")
        blocks = document.blocks_in(span)
        leant = [each for block in blocks for each in (*block.leans_on, *(part.name for part in block.parts))]
        return cls(
            document=document.id,
            span=span,
            text=span.of(document.text),
            search_text=span.of(document.search_text),
            origin=document.origin,
            page=document.page_at(span.start),
            head=document.head,
            blocks=blocks,
            around=tuple(Quote(one, one.of(document.search_text)) for one in dict.fromkeys(filter(None, leant))),
        )

    @property
    def context(self) -> str:
        """The words around that stand outside of the passage, such as its headings and the names of columns."""
        return " ".join(" ".join(one.text.split()) for one in self.around if not one.span.within(self.span))


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage and how well it fits the question; larger is better."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both among them, in ISO 8601; None where an end is open."""

    first: str | None = None
    last: str | None = None

    def overlaps(self, other: "Period") -> bool:
        """Whether they have a day in common."""
        is_before = self.last is not None and other.first is not None and self.last < other.first
        is_after = self.first is not None and other.last is not None and self.first > other.last
        return not is_before and not is_after


@dataclass(frozen=True, slots=True)
class Within:
    """Which documents are meant: all that meet every condition given; without one, every document."""

    by: frozenset[str] = frozenset()
    """Of one of these outlets or authors; empty for any."""
    published: Period | None = None
    """Published in this period, or perhaps so: a document of `2025-05` is perhaps of 30 May."""
    as_of: str | None = None
    """Published by this day for certain."""


class Verdict(StrEnum):
    """What a check says of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    UNCHECKED = "unchecked"


class Outcome(StrEnum):
    """Whether a question was answered."""

    ANSWERED = "answered"
    ABSTAINED = "abstained"


class Mode(StrEnum):
    """Who wrote the answer: sentences of the documents, or a language model."""

    EXTRACTIVE = "extractive"
    GENERATIVE = "generative"


@dataclass(frozen=True, slots=True)
class Citation:
    """A marker's proof: `quote` is exactly the stored document's text at `span`."""

    marker: int
    document: str
    span: Span
    quote: str
    origin: Origin
    page: int | None = None
    context: tuple[Quote, ...] = ()
    """Words of the same document that the quote needs to be understood, outermost first; of the stored text too."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable sentence of an answer, with the markers of the citations it rests on."""

    text: str
    verdict: Verdict
    markers: tuple[int, ...] = ()
    short: Span | None = None
    """Where in `text` the words stand that were asked for, such as a name or a number."""
    day: str | None = None
    """In a timeline: when the document was published that says this, as precisely as it states."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict."""

    claim: str
    markers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Documents that cannot both be right."""

    statement: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """What a language model says a reply cost, in its own tokens."""

    prompt_tokens: int
    reply_tokens: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a question from the documents, with its proof."""

    question: str
    query: str
    outcome: Outcome
    answerable: float
    mode: Mode
    text: str
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    closest: tuple[Passage, ...] = ()
    """Of an abstention: the passages that came nearest. They prove nothing and are cited nowhere."""
    notices: tuple[str, ...] = ()
    as_of: str | None = None
    timings_ms: dict[str, float] = field(default_factory=dict)
    usage: Usage | None = None
    """None where no language model wrote the answer, or its server does not say."""
    lead: str = ""
    """What the claims come to, where they decide a question that asks yes or no, or disagree on it; mostly empty."""

    @property
    def newest_source(self) -> str | None:
        """When the newest document that is cited was published; None where none of them says."""
        return max((citation.origin.published or "" for citation in self.citations), default="") or None


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of a conversation."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the library says of a claim."""

    claim: str
    verdict: Verdict
    citations: tuple[Citation, ...] = ()
    contradicting: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Streamed first: the passages that were found, best first."""

    passages: tuple[ScoredPassage, ...]


@dataclass(frozen=True, slots=True)
class TextDelta:
    """Streamed while the answer is written: a draft's next words, not yet checked."""

    text: str


@dataclass(frozen=True, slots=True)
class Preliminary:
    """Streamed where a language model is about to write: the answer in the documents' own words, until it is done."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Finished:
    """Streamed last: the checked answer."""

    answer: Answer


AnswerEvent = Retrieved | Preliminary | TextDelta | Finished
