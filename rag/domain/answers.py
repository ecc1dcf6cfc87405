"""What comes back: answers with their claims, citations and conflicts. Frozen values."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from rag.domain.documents import Origin, Passage, Quote, ScoredPassage, Span


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


class AnswerKind(StrEnum):
    """What is asked for, and so the shape of the answer (design §10)."""

    VALUE = "value"
    """Who, when, how much, why: one statement, or few."""
    LIST = "list"
    STEPS = "steps"
    COMPUTED = "computed"
    """How many, total, highest: computed from cells that are cited."""
    YES_NO = "yes-no"
    DEFINITION = "definition"
    COMPARE = "compare"
    SUMMARY = "summary"
    DOCUMENTS = "documents"
    """Which documents say something, or what documents there are."""
    TALK = "talk"
    """A greeting, thanks, what can be asked: nothing is searched and nothing cited."""

    @property
    def is_listed(self) -> bool:
        """Whether its claims are shown one below the other."""
        return self in (AnswerKind.LIST, AnswerKind.STEPS, AnswerKind.SUMMARY, AnswerKind.DOCUMENTS)


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
    mark: str = ""
    """Of a step, its number in the list: `3.`"""


@dataclass(frozen=True, slots=True)
class Operand:
    """A cell that a computation takes: its words at a span of the cited document, and what they come to."""

    marker: int
    text: str
    span: Span
    value: Decimal | None = None
    """None where it is counted and is no number."""


@dataclass(frozen=True, slots=True)
class Computed:
    """How a computed answer comes about, so that anybody can compute it again."""

    operation: str
    """`count`, `sum`, `average`, `highest`, `lowest`, `first`, `last`, `difference`, `days between`."""
    operands: tuple[Operand, ...]
    result: str
    """A number without marks between its thousands, or a day in ISO 8601."""
    unit: str = ""
    """`GBP`, `kWh`, `days`; empty where the cells state none."""


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
    kind: AnswerKind = AnswerKind.VALUE
    computed: Computed | None = None
    lead: str = ""
    """What the claims come to, where they decide a question that asks yes or no, or disagree on it; mostly empty."""
    suggestions: tuple[str, ...] = ()
    """Of talk: questions to begin with, made of what the documents call themselves."""

    @property
    def newest_source(self) -> str | None:
        """When the newest document that is cited was published; None where none of them says."""
        return max((citation.origin.published or "" for citation in self.citations), default="") or None


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of a conversation."""

    question: str
    answer: str
    query: str = ""
    """The question as it was completed; empty where that is not known."""


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
