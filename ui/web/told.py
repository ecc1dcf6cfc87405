"""What the page's script says: anything may come here, so each message has a form, with bounds."""

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from rag.domain import Turn
from rag.errors import InputError

MOST_TURNS = 6
"""How many exchanges a question may lean on."""
_LONGEST_ANSWER = 20_000
_Name = Annotated[str, StringConstraints(max_length=500)]
_Date = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)]


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Exchange(_Message):
    """An earlier question and its answer."""

    question: str = Field(max_length=_LONGEST_ANSWER)
    answer: str = Field(max_length=_LONGEST_ANSWER)
    query: str = Field(default="", max_length=_LONGEST_ANSWER)


class Scope(_Message):
    """Which documents are meant, as `footnoted ask --only --since --until` takes it."""

    only: tuple[_Name, ...] = Field(default=(), max_length=50)
    since: _Date = ""
    until: _Date = ""

    @property
    def is_everything(self) -> bool:
        """Whether no document is left out."""
        return not (self.only or self.since or self.until)

    def as_options(self) -> dict[str, Any]:
        """The scope as the assistant takes it."""
        return {"only": self.only, "since": self.since or None, "until": self.until or None}


class Asked(Scope):
    """A question, the exchanges before it, and the documents it is asked of."""

    question: str
    turns: tuple[Exchange, ...] = Field(default=(), max_length=50)

    @property
    def earlier(self) -> tuple[Turn, ...]:
        """The exchanges that it may lean on, oldest first."""
        return tuple(Turn(one.question, one.answer, one.query) for one in self.turns[-MOST_TURNS:])


class Opened(_Message):
    """A place in a document."""

    document: str = Field(max_length=20_000)
    start: int = Field(default=0, ge=0)
    end: int = Field(default=0, ge=0)
    whole: bool = False
    quotes: tuple[tuple[int, int], ...] = Field(default=(), max_length=200)
    """The other quotes of the answer in this document."""


class Browsed(_Message):
    """What of the library is looked at."""

    words: str = Field(default="", max_length=200)
    suffix: str = Field(default="", max_length=20)
    part: str = Field(default="", max_length=500)
    """A folder, a tag or an outlet; empty for all."""
    order: Literal["name", "newest", "added"] = "name"
    first: int = Field(default=0, ge=0, le=10_000_000)


class Changed(_Message):
    """Something to be done with what is in the library, one of these, and what is looked at meanwhile."""

    remove: str = Field(default="", max_length=20_000)
    undo: str = Field(default="", max_length=100)
    dismiss: str = Field(default="", max_length=100)
    browsed: Browsed = Browsed()


class Sent(_Message):
    """Files that were uploaded, and what was told of those that were refused."""

    tokens: tuple[Annotated[str, StringConstraints(max_length=100)], ...] = Field(default=(), max_length=1000)
    refused: tuple[Annotated[str, StringConstraints(max_length=1000)], ...] = Field(default=(), max_length=1000)
    batch: str = Field(default="", max_length=40)
    """The script's name for these files, by which it knows that they are read."""
    browsed: Browsed | None = Browsed()
    """None where a document is open, and not the library."""


_M = TypeVar("_M", bound=_Message)


def read(form: type[_M], told: object) -> _M:
    """A message in its form; raises InputError where it has another."""
    try:
        return form.model_validate(told)
    except ValidationError:
        raise InputError("The page's script said something that makes no sense. Reload the page.") from None
