"""Writes, mends and checks the vectors in a process of its own.

A damaged or half-written graph can crash or hang whoever opens it, and a growing one takes memory. The process stays
for the next task, and keeps the vectors open while a writer adds to them.
"""

import atexit
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import filelock

from rag.child import Child, ChildEndedError, ChildLateError, has_parent, serve
from rag.errors import LibraryError
from rag.library.catalog import Catalog
from rag.library.probe import faults

if TYPE_CHECKING:
    from rag.library.vectors import VectorStore

CHILD_LOCK = "child.lock"
"""Held while the vectors are open here: whoever killed the process that gave the task, and not this one, must wait."""
Work = Literal["sample", "every", "add", "mend", "rebuild", "close"]
"""To compare a sample of the vectors with the catalog, or every one; to add some; to add and remove whatever differs
from the catalog, or to make all anew, and then open the vectors again and look at them; to let go of them, as is done
after all but `add`."""
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with the vectors of a library."""

    work: Work
    catalog: Path
    folder: Path
    url: str | None
    """The Chroma server that holds the vectors; None where they are in `folder`."""
    embedder: str
    dimension: int
    seconds: float
    """How long it may take."""
    ids: Sequence[int] = ()
    """The passages to add."""


class DoesTasks(Protocol):
    """What sees to the vectors: a process, or an object in this one."""

    def start(self) -> None:
        """Gets ready, where a task is sure to come."""

    def do(self, task: Task) -> list[str]:
        """What is wrong, one line each; nothing where the task is done."""


class Keeper:
    """Does one task after the other, here. One thread at a time."""

    def __init__(self, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """`is_wanted` says whether whoever gave a task still waits for it."""
        self._is_wanted = is_wanted
        self._opened: _Opened | None = None

    def start(self) -> None:
        """Is ready."""

    def do(self, task: Task) -> list[str]:
        """What is wrong, one line each; nothing where the task is done."""
        try:
            found = self._do(task)
        except LibraryError as error:
            found = [str(error)]
        if task.work != "add" or found:
            self._close()
        return found

    def _close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _do(self, task: Task) -> list[str]:
        if self._opened is None or not self._opened.is_of(task):
            self._close()
            self._opened = _Opened(task, self._is_wanted)
        opened = self._opened
        match task.work:
            case "close":
                return []
            case "add":
                opened.put(task.ids)
                return []
            case "rebuild":
                opened.clear()
            case "mend":
                pass
            case depth:
                return faults(opened.store(), opened.catalog, depth)
        opened.mend()
        if task.url is not None:
            return []
        opened.reopen()
        # What a new graph does not find lies too far from all else, as texts without a common word do for an embedder
        # that counts words: no damage, and nothing that could be mended.
        return faults(opened.store(), opened.catalog, "ids" if task.work == "rebuild" else "sample")


class _Opened:
    """A library whose vectors are looked at or written."""

    def __init__(self, task: Task, is_wanted: Callable[[], bool]) -> None:
        self._task = _place(task)
        self._is_wanted = is_wanted
        self._lock = filelock.FileLock(task.folder.with_name(CHILD_LOCK))
        self._store: VectorStore | None = None
        try:
            self._lock.acquire(timeout=task.seconds)
        except (OSError, filelock.Timeout) as error:
            raise LibraryError(f"Cannot lock {self._lock.lock_file}: {error}.") from error
        self._ask()  # once the lock is held: before, others may have opened the vectors
        self.catalog = Catalog(task.catalog, embedder=task.embedder, dimension=task.dimension)

    def is_of(self, task: Task) -> bool:
        return self._task == _place(task)

    def _ask(self) -> None:
        """Raises LibraryError where nobody waits for the task any more."""
        if not self._is_wanted():
            raise LibraryError("Whoever wanted this is gone.")

    def store(self) -> "VectorStore":
        """The vectors, open."""
        if self._store is None:
            # Chroma takes half a second to import, which whoever gives the tasks need not do.
            from rag.library.vectors import VectorStore

            task = self._task
            self._store = VectorStore(task.folder, url=task.url, embedder=task.embedder, dimension=task.dimension)
        return self._store

    def put(self, ids: Sequence[int]) -> None:
        """Adds the vectors of those of these passages that are still there."""
        for start in range(0, len(ids), _AT_ONCE):
            self._ask()
            left, vectors = self.catalog.vectors_left(ids[start : start + _AT_ONCE])
            self.store().put(left, vectors)

    def mend(self) -> None:
        """Adds and removes what differs from the catalog."""
        wanted, held = self.catalog.passage_ids(), self.store().ids()
        self.put([id_ for id_ in wanted if id_ not in held])
        self.store().delete(sorted(held.difference(wanted)))

    def clear(self) -> None:
        """Removes every vector."""
        if self._task.url is not None:
            self.store().clear()
            return
        self._close_store()
        _remove(self._task.folder)

    def reopen(self) -> None:
        """Closes the vectors once the graph is written, so that they are opened from their files."""
        self.store().settle()
        self._close_store()

    def close(self) -> None:
        self._close_store()
        self.catalog.close()
        self._lock.release()

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None


def _place(task: Task) -> Task:
    return replace(task, work="sample", seconds=0, ids=())


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


# -- the process -----------------------------------------------------------------------------------------------------


class KeeperProcess:
    """A process that does tasks; started when first needed, and anew after one that crashed or hung. For any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: Child | None = None

    def start(self) -> None:
        """Starts the process, which takes a second to import Chroma."""
        with self._lock:
            self._started()

    def _started(self) -> Child:
        if self._child is None or not self._child.is_alive:
            self._child = Child(__name__)
        return self._child

    def do(self, task: Task) -> list[str]:
        """What is wrong, one line each; nothing where the task is done."""
        with self._lock:
            try:
                found: list[str] = self._started().do(task, task.seconds)
            except ChildLateError:
                return [f"The vectors cannot be opened or written within {task.seconds:.0f} seconds."]
            except ChildEndedError as error:
                return [f"Opening or writing the vectors crashes: {error}."]
            if found:  # once it could not open its files, Chroma opens none any more
                self.end()
            return found

    def end(self) -> None:
        """Ends the process, whatever it does; another one is started when a task comes."""
        child, self._child = self._child, None
        if child is not None:
            child.end()


@lru_cache(maxsize=1)
def shared_keeper() -> KeeperProcess:
    """The process that sees to the vectors of every library that this program opens."""
    keeper = KeeperProcess()
    atexit.register(keeper.end)
    return keeper


def main() -> None:
    """The process: does tasks until its stdin ends."""
    import rag.library.vectors  # noqa: F401  # every task needs it: here, so that it is ready when the first one comes

    serve(Keeper(has_parent).do)
