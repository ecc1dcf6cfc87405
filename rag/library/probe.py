"""Opens the vectors in a process of its own, because damaged files can crash or hang whoever opens them."""

import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from rag.errors import LibraryError
from rag.library.catalog import Catalog

if TYPE_CHECKING:
    from rag.library.vectors import VectorStore

try:
    import fcntl
except ImportError:  # Windows has none
    fcntl = None  # type: ignore[assignment]  # it is asked for before it is used

RunChild = Callable[[Sequence[str], float, int], "subprocess.CompletedProcess[str]"]
"""Runs `main` with these arguments in a process of its own, for at most so many seconds; it inherits this open file."""
Depth = Literal["open", "sample", "every"]
"""What is looked at: whether the vectors open, a sample of them too, or every one."""
_START = "import sys; sys.path[:] = {path!r}; from rag.library.probe import main; main(sys.argv[1:])"
_SECONDS = 120
_SECONDS_EACH = 0.001
_SAMPLE = 200
_AT_ONCE = 1000
_SAME = 0.999
"""The cosine of a vector and its 16-bit copy is larger; that of two passages which differ in a word is smaller."""


def run_child(arguments: Sequence[str], seconds: float, lock: int) -> "subprocess.CompletedProcess[str]":
    """A new Python that imports what it needs; raises subprocess.TimeoutExpired."""
    # Not `-m`, which would look for `rag` in the current folder first.
    command = [sys.executable, "-c", _START.format(path=sys.path), *arguments]
    inherited = (lock,) if fcntl is not None else ()
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=seconds, pass_fds=inherited
    )


def probe(
    catalog: Path,
    folder: Path,
    *,
    embedder: str,
    dimension: int,
    passages: int,
    depth: Depth,
    run: RunChild,
    lock: Path,
) -> list[str]:
    """What a child process finds wrong with the vectors in `folder`, one line each; `passages` bounds its time.

    The child holds `lock` for as long as it lives: it may rewrite the graph, and whoever killed this process and not
    the child must wait for it. (Not on Windows, where a lock is not inherited.)
    """
    seconds = _SECONDS + passages * _SECONDS_EACH
    arguments = [str(catalog), str(folder), embedder, str(dimension), depth, str(int(seconds))]
    try:
        with lock.open("w") as held:
            if fcntl is not None:
                fcntl.flock(held, fcntl.LOCK_EX)
            done = run(arguments, seconds, held.fileno())
    except OSError as error:
        raise LibraryError(f"Cannot write {lock}: {error.strerror}.") from error
    except subprocess.TimeoutExpired:
        return [f"The vectors cannot be opened within {seconds:.0f} seconds."]
    if done.returncode < 0:
        return [f"Opening the vectors crashes: {signal.Signals(-done.returncode).name}."]
    if done.returncode and not done.stdout:
        return ["The vectors cannot be opened."]
    return done.stdout.splitlines()


def main(arguments: Sequence[str]) -> None:
    """The child: prints what it finds."""
    if hasattr(signal, "alarm"):
        signal.alarm(int(arguments[-1]) + 1)  # where the parent was killed, nobody else ends a child that hangs
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # it is a text file here
    sys.stdout.write("".join(f"{line}\n" for line in found_by(arguments)))
    sys.stdout.flush()


def found_by(arguments: Sequence[str]) -> list[str]:
    """What the child finds."""
    from rag.library.vectors import VectorStore  # see Recovery._store

    catalog, folder, embedder, dimension, depth, _ = arguments
    try:
        opened = Catalog(Path(catalog), embedder=embedder, dimension=int(dimension))
        store = VectorStore(Path(folder), url=None, embedder=embedder, dimension=int(dimension))
        return faults(store, opened, depth)  # type: ignore[arg-type]  # one of three words
    except LibraryError as error:
        return [str(error)]


def faults(store: "VectorStore", catalog: Catalog, depth: Depth) -> list[str]:
    """How the store differs from the catalog, one line each; raises LibraryError where it cannot be read."""
    count = store.settle()
    if depth == "open":
        return []
    wanted, held = catalog.passage_ids(), store.ids()
    if count != len(held) or held != set(wanted):
        without, beyond = len(set(wanted) - held), len(held.difference(wanted))
        return [f"{without} passages have no vector, {beyond} vectors have no passage ({count} are counted)."]
    found = []
    if depth == "every" and (changed := sum(_changed(store, catalog, part) for part in _parts(wanted))):
        found.append(f"{changed} of {len(wanted)} vectors are not those of the catalog.")
    sample = wanted[:: max(1, len(wanted) // _SAMPLE)]
    if lost := sum(not _is_found(store, catalog, id_) for id_ in sample):
        found.append(f"{lost} of {len(sample)} sampled passages are not found by their own vector.")
    return found


def _parts(ids: list[int]) -> list[list[int]]:
    return [ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE)]


def _changed(store: "VectorStore", catalog: Catalog, ids: list[int]) -> int:
    """How many of these vectors are not the catalog's."""
    cosines = np.sum(store.vectors(ids) * catalog.vectors(ids), axis=1)
    return int(np.sum(~(cosines > _SAME)))  # written so that what is no number counts too


def _is_found(store: "VectorStore", catalog: Catalog, id_: int) -> bool:
    # By the score alone: passages with the same words have the same vector, and any of them may come first.
    hits = store.search(catalog.vectors([id_])[0], limit=10)
    return bool(hits) and hits[0][1] > _SAME
