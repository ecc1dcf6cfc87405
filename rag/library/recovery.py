"""The vectors on disk, trusted only where their files are those that were checked, and made again where they are not.

| the catalog's mark | the files | what is done |
|---|---|---|
| none | sealed and checked | opened |
| none | sealed | a child process samples them, then they are opened |
| none | the database differs, or there is no seal | the child compares every vector |
| none | the graph differs, or there are none, as in a new library | rebuilt |
| a writer did not finish | the graph is sealed | the child opens them, then what differs is put right |
| a writer did not finish | the graph differs | rebuilt |

What the child finds damaged is rebuilt too. Rebuilding takes the vectors from the catalog: nothing is embedded again.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import LibraryError
from rag.library.catalog import Catalog
from rag.library.probe import Depth, RunChild, faults, probe
from rag.library.seal import Seal

if TYPE_CHECKING:
    from rag.library.vectors import VectorStore

CHILD_LOCK = "child.lock"
"""Held by a child process that looks at the vectors, also where its parent was killed."""
_REBUILD_BATCH = 1000
_FEWEST_REMOVED, _MOST_REMOVED = 1000, 0.5
"""How many passages may have been removed from the vectors, and what share of those that are there."""


class Recovery:
    """Opens the vectors of a catalog. Whoever calls holds the writer's lock, and has seen that no child is left."""

    def __init__(
        self, catalog: Catalog, folder: Path, *, url: str | None, embedder: str, dimension: int, run: RunChild
    ) -> None:
        self._catalog = catalog
        self._folder = folder
        self._url = url
        self._embedder, self._dimension = embedder, dimension
        self._run = run

    def open(self) -> "VectorStore":
        """The vectors as the catalog has them; raises LibraryError where they can be neither read nor rebuilt."""
        if self._url is not None:
            return self._open_served()
        unfinished = self._catalog.is_writing()
        kept, found = self._catalog.seal(), Seal.of(self._folder, checked=True)
        if kept == found and not unfinished:
            return self._store()
        depth = _depth(kept, found, unfinished=unfinished)
        if depth is None or self._probe(depth):
            return self.rebuild()
        if not unfinished:
            self._catalog.keep_seal(Seal.of(self._folder, checked=True))  # the child may have made the graph's files
            return self._store()
        store = self._store()
        self.mend(store)
        return store

    def mend(self, store: "VectorStore") -> None:
        """Adds and removes what differs from the catalog, and takes the mark away."""
        wanted, held = self._catalog.passage_ids(), store.ids()
        self._put(store, [id_ for id_ in wanted if id_ not in held])
        store.delete(sorted(held.difference(wanted)))
        self.seal(store)

    def is_worn(self) -> bool:
        """Whether so much was removed that the graph is to be made anew.

        Chroma keeps the place of what is removed, and after a dozen rounds of changes it no longer finds everything.
        """
        removed = self._catalog.removed()
        return self._url is None and removed > max(_FEWEST_REMOVED, _MOST_REMOVED * self._catalog.counts()[1])

    def rebuild(self) -> "VectorStore":
        """Makes the vectors anew from the catalog."""
        self._catalog.begin_writing()
        if self._url is None:
            _remove(self._folder)
            store = self._store()
        else:
            store = self._store()
            store.clear()
        self._put(store, self._catalog.passage_ids())
        self.seal(store)
        return store

    def seal(self, store: "VectorStore") -> None:
        """Takes the mark away: what was written is the catalog's. Whether it can be read again is still to be seen."""
        store.settle()
        self._catalog.finish_writing(Seal.of(self._folder, checked=False))

    def problems(self) -> list[str]:
        """What is wrong with the vectors, one line each. Nothing is changed, and nothing opened in this process."""
        if self._url is not None:
            store = self._store()
            try:
                return faults(store, self._catalog, "every")
            finally:
                store.close()
        kept, found = self._catalog.seal(), Seal.of(self._folder, checked=True)
        if kept is not None and kept.graph() != found.graph():
            return ["The files of the vectors are not as they were written."]
        return self._probe("sample" if kept is not None and kept.files == found.files else "every")

    def _open_served(self) -> "VectorStore":
        """A server looks after its own files: what it says is compared."""
        store = self._store()
        if self._catalog.is_writing():
            self.mend(store)
        elif store.count() != self._catalog.counts()[1]:
            store.close()
            return self.rebuild()
        return store

    def _store(self) -> "VectorStore":
        # Chroma takes half a second to import: here the models of a first question are read meanwhile.
        from rag.library.vectors import VectorStore

        return VectorStore(self._folder, url=self._url, embedder=self._embedder, dimension=self._dimension)

    def _probe(self, depth: Depth) -> list[str]:
        return probe(
            self._catalog.path,
            self._folder,
            embedder=self._embedder,
            dimension=self._dimension,
            passages=self._catalog.counts()[1],
            depth=depth,
            run=self._run,
            lock=self._folder.with_name(CHILD_LOCK),
        )

    def _put(self, store: "VectorStore", ids: Sequence[int]) -> None:
        for start in range(0, len(ids), _REBUILD_BATCH):
            part = ids[start : start + _REBUILD_BATCH]
            store.put(part, self._catalog.vectors(part))


def _depth(kept: Seal | None, found: Seal, *, unfinished: bool) -> Depth | None:
    """How closely to look before the vectors are opened; None where looking is of no use."""
    if not found.files:
        return None
    same_graph = kept is not None and kept.graph() == found.graph()
    if unfinished:
        return "open" if same_graph else None
    if kept is None:  # no writer has sealed them yet
        return "every"
    if kept.files == found.files:
        return "sample"
    return "every" if same_graph else None


def _remove(folder: Path) -> None:
    # A rename is one step: a half-removed folder is never opened as a store.
    ruin = folder.with_name(folder.name + ".removed")
    try:
        shutil.rmtree(ruin, ignore_errors=True)
        if folder.exists():
            folder.rename(ruin)
    except OSError as error:
        raise LibraryError(f"Cannot remove the damaged vectors in {folder}: {error.strerror}.") from error
    shutil.rmtree(ruin, ignore_errors=True)
