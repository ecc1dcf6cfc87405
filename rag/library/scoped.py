"""A part of the library as if it were all: whatever is searched, only the documents meant are found."""

from collections.abc import Sequence

from rag.domain import Document, Origin, Passage, ScoredPassage, Within
from rag.ports import EVERYWHERE, Library, Vectors


class ScopedLibrary:
    """A library whose searches find only documents within bounds; what is named by its id is given as ever."""

    def __init__(self, library: Library, bounds: Within) -> None:
        self._library = library
        self._bounds = bounds

    def search_keywords(
        self, query: str, *, limit: int, emphasis: str = "", within: Within = EVERYWHERE
    ) -> list[ScoredPassage]:
        """Passages within the bounds that share words with the query (see `Library`)."""
        narrowed = within.narrowed(self._bounds)
        return self._library.search_keywords(query, limit=limit, emphasis=emphasis, within=narrowed)

    def search_vectors(self, vector: Vectors, *, limit: int, within: Within = EVERYWHERE) -> list[ScoredPassage]:
        """Passages within the bounds near a vector of shape (dimension,) (see `Library`)."""
        return self._library.search_vectors(vector, limit=limit, within=within.narrowed(self._bounds))

    def similarities(self, vector: Vectors, passages: Sequence[Passage]) -> list[float]:
        """The cosine of each passage's vector with this one of shape (dimension,)."""
        return self._library.similarities(vector, passages)

    def outlets(self) -> tuple[str, ...]:
        """The outlets of all documents: a question may name one that is out of bounds."""
        return self._library.outlets()

    def authors(self) -> tuple[str, ...]:
        """The authors of all documents."""
        return self._library.authors()

    def document_frequencies(self, words: Sequence[str]) -> tuple[list[int], int]:
        """In how many passages of the whole library each word occurs, and how many there are."""
        return self._library.document_frequencies(words)

    def naming(self, words: Sequence[str], document_ids: Sequence[str]) -> set[str]:
        """Those of these documents in which some passage holds all of these words."""
        return self._library.naming(words, document_ids)

    def documents(self, within: Within = EVERYWHERE) -> list[tuple[str, Origin]]:
        """The id of every document within the bounds and where it comes from, by path."""
        return self._library.documents(within.narrowed(self._bounds))

    def called(self, words: Sequence[str], *, limit: int, within: Within = EVERYWHERE) -> list[tuple[str, Origin]]:
        """Documents of no outlet within the bounds whose title, file name or headings hold one of these words."""
        return self._library.called(words, limit=limit, within=within.narrowed(self._bounds))

    def document(self, document_id: str) -> Document:
        """A stored document; raises LibraryError where there is none."""
        return self._library.document(document_id)

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document, in order."""
        return self._library.passages_of(document_id)
