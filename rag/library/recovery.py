"""The vectors on disk, trusted only where their files are those that were checked, and mended where they are not.

| the catalog's mark | the files | what is done |
|---|---|---|
| none | sealed | nothing |
| none | the database differs, or there is no seal | every vector is compared |
| none | the graph differs | made anew |
| a writer did not finish | the graph is sealed | what differs from the catalog is put right |
| a writer did not finish | the graph differs | made anew |
| either | there is no folder, as in a new library | made |

All of it is done by a process of its own (`rag/library/keeper.py`), which opens what it wrote once more and looks for a
sample in it; then the files are sealed. What it finds damaged is made anew too. That takes the vectors from the
catalog: nothing is embedded again.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import LibraryError
from rag.library.catalog import Catalog
from rag.library.keeper import DoesTasks, Keeper, Task, Work
from rag.library.seal import Seal

if TYPE_CHECKING:
    from rag.library.vectors import VectorStore

_SECONDS, _SECONDS_A_PASSAGE = 120, 0.01
"""How long a task may take, for a disk that is a hundred times slower than most."""
_FEWEST_REMOVED, _MOST_REMOVED = 1000, 0.5
"""How many passages may have been removed from the vectors, and what share of those that are there."""


class Recovery:
    """Sees to the vectors of a catalog.

    Whoever calls holds the writer's lock, and has seen that no child has them open.
    """

    def __init__(
        self, catalog: Catalog, folder: Path, *, url: str | None, embedder: str, dimension: int, keeper: DoesTasks
    ) -> None:
        self._catalog = catalog
        self._folder = folder
        self._url = url
        self._embedder, self._dimension = embedder, dimension
        # A server looks after its own files, and may be asked from this process.
        self._keeper = Keeper() if url is not None else keeper

    # -- reading -------------------------------------------------------------------------------------------------

    def open(self) -> "VectorStore":
        """The vectors as the catalog has them; raises LibraryError where they can be neither read nor made anew."""
        if work := self.begin():
            self._make(work)
        return self._store()

    def begin(self) -> Work | None:
        """Looks at the vectors before the catalog is changed; returns what they need apart from following it."""
        work = self._needed()
        if work != "every":
            return work
        if self._do("every"):
            return "rebuild"
        self._catalog.keep_seal(Seal.of(self._folder))
        return None

    def _needed(self) -> Work | None:
        """What is to be done before the vectors may be opened."""
        unfinished = self._catalog.is_writing()
        if self._url is not None:
            return "mend" if unfinished else self._needed_on_server()
        if not self._folder.exists():
            return None if self._catalog.is_empty() else "mend"
        kept, found = self._catalog.seal(), Seal.of(self._folder)
        same_graph = kept is not None and kept.graph() == found.graph()
        if unfinished:
            return "mend" if same_graph else "rebuild"
        if kept == found:
            return None
        return "every" if found.files and (same_graph or kept is None) else "rebuild"

    def _needed_on_server(self) -> Work | None:
        store = self._store()
        try:
            return None if store.count() == self._catalog.counts()[1] else "rebuild"
        finally:
            store.close()

    def problems(self) -> list[str]:
        """What is wrong with the vectors, one line each. Nothing is changed, and nothing opened in this process."""
        if self._url is not None:
            return self._do("every")
        kept, found = self._catalog.seal(), Seal.of(self._folder)
        if kept is not None and kept.graph() != found.graph():
            return ["The files of the vectors are not as they were written."]
        return self._do("sample" if kept == found else "every")

    def _store(self) -> "VectorStore":
        # Chroma takes half a second to import: here the models of a first question are read meanwhile.
        from rag.library.vectors import VectorStore

        return VectorStore(self._folder, url=self._url, embedder=self._embedder, dimension=self._dimension)

    # -- writing -------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Has the process get ready that will write the vectors."""
        self._keeper.start()

    def add(self, ids: Sequence[int]) -> bool:
        """Adds these passages to the vectors, as far as they are still there; whether that went well."""
        return not self._do("add", ids)

    def stop_adding(self) -> None:
        """Lets go of the vectors, which stay behind the catalog."""
        self._do("close")

    def finish(self, work: Work) -> None:
        """Brings the vectors up to the catalog; raises LibraryError where they cannot be written."""
        self._make("rebuild" if self._is_worn() else work)

    def rebuild(self) -> None:
        """Makes the vectors anew from the catalog."""
        self._make("rebuild")

    def _is_worn(self) -> bool:
        """Whether so much was removed that the graph is to be made anew.

        Chroma keeps the place of what is removed, and after a dozen rounds of changes it no longer finds everything.
        """
        removed = self._catalog.removed()
        return self._url is None and removed > max(_FEWEST_REMOVED, _MOST_REMOVED * self._catalog.counts()[1])

    def _make(self, work: Work) -> None:
        """Has the vectors written, and takes the mark away: they are the catalog's."""
        if work == "mend" and self._do("mend"):
            work = "rebuild"
        if work == "rebuild":
            self._catalog.begin_writing()
            if problems := self._do("rebuild"):
                raise LibraryError(problems[0])
        self._catalog.finish_writing(Seal.of(self._folder))

    def _do(self, work: Work, ids: Sequence[int] = ()) -> list[str]:
        return self._keeper.do(
            Task(
                work,
                catalog=self._catalog.path,
                folder=self._folder,
                url=self._url,
                embedder=self._embedder,
                dimension=self._dimension,
                seconds=_SECONDS + self._catalog.counts()[1] * _SECONDS_A_PASSAGE,
                ids=tuple(ids),
            )
        )
