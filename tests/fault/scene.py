"""A small library, the documents that go in and out of it, and what must be true of it after any accident."""

import re
import shutil
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import numpy as np

from ingest.pipeline import ingest, renew
from ingest.prepare import Job, Prepared, prepared
from rag.domain import Document, Origin, Span
from rag.library.library import DiskLibrary
from rag.library.probe import faults
from rag.library.vectors import VectorStore
from tests.fakes import HashEmbedder
from tests.fault.processes import ForkedKeeper

OPERATIONS = ("ingest", "update", "removal", "repair", "recovery", "renewal")
_FILES = 8
_LETTERS = str.maketrans("0123456789", "abcdfghjlm")
_PATIENCE_SECONDS = 60
_KEPT = 99
_PASSAGES = 10
"""Of each document that is there from the start: so many that the first ones to go in make Chroma rewrite its graph,
which it does at 1,000."""


class Embedder(HashEmbedder):
    """Short vectors, so that thousands are written in no time."""

    name = "short hash"
    dimension = 64


class Here:
    """Reads documents in this process: what is tested is writing them."""

    count = 1

    def submit(self, job: Job) -> "Future[Prepared]":
        future: Future[Prepared] = Future()
        future.set_result(prepared(job))
        return future

    def stop(self) -> None:
        """Nothing is under way."""


class Scene:
    """A folder with documents in two versions, and libraries that were made of them."""

    def __init__(self, folder: Path, *, kept: int = _KEPT) -> None:
        self.kept = kept
        self.news = folder / "news"
        self.embedder = Embedder()
        self._keeper = ForkedKeeper()

    # -- the documents -------------------------------------------------------------------------------------------

    def text(self, number: int, version: int) -> str:
        """A document of about three passages."""
        return "\n\n".join(
            f"Report {number}, version {version}, part {part}: "
            + " ".join(f"{_word(number, version, part, word)} held." for word in range(40))
            for part in range(3)
        )

    def write_news(self, version: int, *, files: Sequence[int] = range(_FILES)) -> None:
        """Puts these documents into the folder of news, and no others."""
        shutil.rmtree(self.news, ignore_errors=True)
        self.news.mkdir()
        for number in files:
            (self.news / f"{number}.txt").write_text(self.text(number, version))

    def states(self, operation: str) -> tuple[dict[str, str | None], dict[str, str | None]]:
        """What the library holds of the news before the operation and after it, by name; None is not there."""
        names = {f"news/{number}.txt": number for number in range(_FILES)}
        nothing: dict[str, str | None] = dict.fromkeys(names)
        old: dict[str, str | None] = {name: self.text(number, 1) for name, number in names.items()}
        new: dict[str, str | None] = {name: self.text(number, 2) for name, number in names.items()}
        half = {name: text if names[name] % 2 else None for name, text in old.items()}
        return {
            "ingest": (nothing, old),
            "update": (old, new),
            "removal": (old, half),
            "repair": (old, old),
            "recovery": (nothing, old),
            "renewal": (old, old),
        }[operation]

    # -- what is done to a library -------------------------------------------------------------------------------

    def open(self, folder: Path) -> DiskLibrary:
        """The library in this folder."""
        embedder = self.embedder
        return DiskLibrary(
            folder, embedder=embedder.name, dimension=embedder.dimension, create=True, keeper=self._keeper
        )

    def make_kept(self, folder: Path) -> None:
        """Makes a library of documents that no operation concerns."""
        random = np.random.default_rng(0)
        library = self.open(folder)
        with library.writing() as writer:
            for number in range(self.kept):
                lines = [f"This is {_word(number, line)}." for line in range(_PASSAGES)]
                text, spans = "\n".join(lines), []
                for line in lines:
                    spans.append(Span(text.index(line), text.index(line) + len(line)))
                vectors = random.normal(size=(_PASSAGES, self.embedder.dimension)).astype(np.float32)
                vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
                document = Document(id=f"kept{number}", text=text, origin=Origin(f"kept{number}"))
                writer.put(document, source=f"/kept/{number}", sha256=text, spans=spans, vectors=vectors)
        library.close()

    def prepare(self, operation: str) -> None:
        """Makes the news as they are when the operation begins."""
        match operation:
            case "update":
                self.write_news(2)
            case "removal":
                self.write_news(1, files=range(1, _FILES, 2))
            case _:
                self.write_news(1)

    def do(self, operation: str, folder: Path) -> None:
        """The operation, as a person's command does it."""
        library = self.open(folder)
        self._do(operation, library)
        library.close()

    def _do(self, operation: str, library: DiskLibrary) -> None:
        if operation == "repair":
            library.repair()
        elif operation == "recovery":
            library.vectors()
        elif operation == "renewal":
            renew(Into(library, self.embedder), workers=Here())
        else:
            ingest([self.news], into=Into(library, self.embedder), prune=operation == "removal", workers=Here())

    # -- what must be true ---------------------------------------------------------------------------------------

    def faults(self, folder: Path, *allowed: Mapping[str, str | None], then: str = "") -> list[str]:
        """What is lost, half there or not to be found, once the library has been opened; `then` is done afterwards."""
        library = self.open(folder)
        found = []
        if (integrity := library.catalog.integrity()) != "ok":
            found.append(f"the catalog: {integrity}")
        held = {origin.path: library.document(id_) for id_, origin in library.catalog.documents()}
        found += [f"lost: kept{number}" for number in range(self.kept) if f"kept{number}" not in held]
        for name in allowed[0]:
            text = held[name].text if name in held else None
            if text not in [state[name] for state in allowed]:
                found.append(f"{name} is {'lost' if text is None else 'not what was written'}")
        for document in held.values():
            passages = library.passages_of(document.id)
            if _visible(document.text) != _visible("".join(passage.text for passage in passages)):
                found.append(f"half there: {document.origin.path}")
            for passage in passages:
                own = re.findall(r"town\w+", passage.text)[0]  # no other passage has it
                if passage not in [hit.passage for hit in library.search_keywords(own, limit=9)]:
                    found.append(f"not found by its words: {document.origin.path} {passage.span}")
        store = _vectors(library)
        found += ["no vectors"] if store is None else faults(store, library.catalog, "every")
        if then:
            self._do(then, library)
        elif left := library.catalog.outdated_count():
            found.append(f"still of the earlier version: {left} documents")
        library.close()
        return found


class Into:
    """What `ingest` writes to."""

    def __init__(self, library: DiskLibrary, embedder: Embedder) -> None:
        self.library = library
        self.embedder = embedder


def _vectors(library: DiskLibrary) -> VectorStore | None:
    """The vectors, once a child that outlived its killed parent has ended; until then there are none."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while (store := library.vectors()) is None and time.monotonic() < until:
        time.sleep(0.02)
    return store


def _visible(text: str) -> str:
    return "".join(text.split())


def answers(scene: Scene, folder: Path) -> list[Any]:
    """The passage that is nearest to each of forty vectors, every one a little beside that of a passage."""
    library = scene.open(folder)
    ids = library.catalog.passage_ids()[:: max(1, len(library.catalog.passage_ids()) // 40)]
    asked = library.catalog.vectors(ids)
    asked = asked + np.random.default_rng(1).normal(scale=0.02, size=asked.shape).astype(np.float32)
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    hits = [library.search_vectors(vector, limit=1) for vector in asked]
    library.close()
    return [[hit.passage.document, hit.passage.span.start] for [hit] in hits]


def _word(*numbers: int) -> str:
    """A word of letters that no other numbers give, and that no stemmer shortens."""
    return "town" + "x".join(str(number).translate(_LETTERS) for number in numbers) + "k"
