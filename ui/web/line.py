"""The line of questions that wait for an answer: some are answered at a time, the others in the order they came."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rag.errors import InputError


@dataclass(eq=False, slots=True)
class Line:
    """Who is being answered, and who waits; for one event loop."""

    at_once: int
    longest: int
    _places: list[object] = field(default_factory=list)

    @contextmanager
    def place(self) -> Iterator["Place"]:
        """A place at the end of the line, for as long as the context lasts; raises InputError where it is too long."""
        if len(self._places) >= self.longest:
            raise InputError("Too many questions are waiting for an answer. Ask again in a minute.")
        place = Place(self)
        self._places.append(place)
        try:
            yield place
        finally:
            self._places.remove(place)

    def ahead_of(self, place: object) -> int:
        """How many questions are answered before this one; 0 where its turn has come."""
        return max(0, self._places.index(place) + 1 - self.at_once)


@dataclass(frozen=True, eq=False, slots=True)
class Place:
    """A place in the line."""

    line: Line

    @property
    def ahead(self) -> int:
        """How many questions are answered before; 0 where its turn has come."""
        return self.line.ahead_of(self)
