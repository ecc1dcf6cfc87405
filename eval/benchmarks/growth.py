"""How a library bears growing: 1,000, 10,000, 100,000 and 1,000,000 passages, in one folder that grows.

    python -m eval.benchmarks.growth FOLDER --data CORPUS … [--sizes 1000 10000 …] [--plot FILE.svg]

FOLDER keeps the library and what was measured, so that a later call goes on. A passage is a sentence of the corpora
with five others, which gives words the frequencies they have; its vector is that sentence's own, and from its second
use on the same with noise of .6 of its length. They are stored through the library, as `ingest` does it, ten to a
document. Questions are sentences of the corpora that are in no passage.

At each size a process of its own opens the library and measures: the time from question to passages (`retrieve`, with
the shipped embedder), its peak memory until then, and recall@10 of Chroma's graph against all vectors compared.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.benchmarks.embedding import documents
from eval.benchmarks.growth_plot import growth_plot
from eval.benchmarks.speed import seconds
from rag.assistant import Assistant
from rag.domain import Document, Origin, Span
from rag.errors import FootnotedError
from rag.models.embedder import OnnxEmbedder
from rag.search.retrieve import retrieve
from rag.text.sentences import sentences

SIZES = (1_000, 10_000, 100_000, 1_000_000)
_QUESTIONS, _NEIGHBOURS = 200, 10
_PASSAGES_A_DOCUMENT, _SENTENCES_A_PASSAGE = 10, 6
_FEWEST_WORDS, _MOST_WORDS = 6, 60
_NOISE = 0.6
Vectors = NDArray[np.float32]


class Pool:
    """Sentences of real documents, each with its vector: shape (number of sentences, dimension)."""

    def __init__(self, sentences: Sequence[str], vectors: Vectors) -> None:
        self.questions, self.sentences = sentences[:_QUESTIONS], sentences[_QUESTIONS:]
        self.asked, self.vectors = vectors[:_QUESTIONS], vectors[_QUESTIONS:]

    @classmethod
    def of(cls, folder: Path, corpora: Sequence[Path], most: int) -> "Pool":
        """That of an earlier call where it is there, else made of the corpora."""
        texts, vectors = folder / "sentences.json", folder / "sentences.npy"
        if not vectors.exists():
            folder.mkdir(parents=True, exist_ok=True)
            found = _sentences(corpora)
            chosen = random.Random(7).sample(found, min(most, len(found)))
            texts.write_text(json.dumps(chosen), encoding="utf-8")
            np.save(vectors, OnnxEmbedder().embed(chosen))
        return cls(json.loads(texts.read_text(encoding="utf-8")), np.load(vectors))

    def documents(self, first: int, last: int) -> Iterator[tuple[Document, list[Span], Vectors]]:
        """The documents with passages `first` to `last`, always the same ones."""
        for start in range(first, last, _PASSAGES_A_DOCUMENT):
            numbers = range(start, min(start + _PASSAGES_A_DOCUMENT, last))
            parts = [self._passage(number) for number in numbers]
            places = [sum(len(part) + 2 for part in parts[:at]) for at in range(len(parts))]
            spans = [Span(place, place + len(part)) for place, part in zip(places, parts, strict=True)]
            origin = Origin(f"made/{start}.txt", title=f"Report {start}", outlet=f"Outlet {start % 97}")
            vectors = np.array([self._vector(number) for number in numbers])
            yield Document(f"made-{start}", "\n\n".join(parts), origin), spans, vectors

    def _passage(self, number: int) -> str:
        others = random.Random(number).choices(self.sentences, k=_SENTENCES_A_PASSAGE - 1)
        return " ".join([self.sentences[number % len(self.sentences)], *others])

    def _vector(self, number: int) -> Vectors:
        vector: Vectors = self.vectors[number % len(self.vectors)]
        if number >= len(self.vectors):
            noise = np.random.default_rng(number).normal(size=vector.shape).astype(np.float32)
            vector = vector + _NOISE * noise / np.linalg.norm(noise)
        return vector / np.linalg.norm(vector)


def _sentences(corpora: Sequence[Path]) -> list[str]:
    """Every sentence of ordinary length, once."""
    texts = (document.search_text for corpus in corpora for document in documents(corpus))
    found = (" ".join(span.of(text).split()) for text in texts for span in sentences(text))
    return list(dict.fromkeys(one for one in found if _FEWEST_WORDS <= len(one.split()) <= _MOST_WORDS))


def grow(folder: Path, pool: Pool, size: int) -> float:
    """Brings the library to so many passages; returns how long that took."""
    started = time.perf_counter()
    assistant = Assistant.open(folder, create=True)
    with assistant.library.writing() as writer:
        held = assistant.library.catalog.counts()[1]
        for document, spans, vectors in pool.documents(held, size):
            writer.put(document, source=f"/{document.id}", sha256=document.id, spans=spans, vectors=vectors)
    assistant.close()
    return time.perf_counter() - started


def measure(folder: Path, pool: Pool) -> dict[str, Any]:
    """What is measured of a library, in this process."""
    started = time.perf_counter()
    assistant = Assistant.open(folder)
    library, embedder = assistant.library, assistant.embedder
    retrieve(pool.sentences[0], library=library, embedder=embedder, limit=32)
    first = time.perf_counter() - started
    texts = iter(pool.questions)
    taken = seconds(lambda: retrieve(next(texts), library=library, embedder=embedder, limit=32), _QUESTIONS)
    peak = _peak_megabytes()
    store = library.vectors()
    assert store is not None, "another process writes this library"
    by_graph = [{id_ for id_, _ in store.search(vector, limit=_NEIGHBOURS)} for vector in pool.asked]
    shared = [len(found & nearest) for found, nearest in zip(by_graph, _nearest(assistant, pool.asked), strict=True)]
    return {
        "passages": library.catalog.counts()[1],
        "first question, s": round(first, 2),
        "median, ms": round(1000 * taken[len(taken) // 2], 1),
        "p95, ms": round(1000 * taken[round(0.95 * (len(taken) - 1))], 1),
        "peak memory, MB": peak,
        "recall@10": round(sum(shared) / (_NEIGHBOURS * _QUESTIONS), 4),
        "disk, MB": sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 2**20,
    }


def _nearest(assistant: Assistant, asked: Vectors) -> list[set[int]]:
    """The ids of the passages that are really nearest to each vector."""
    catalog = assistant.library.catalog
    ids = catalog.passage_ids()
    blocks = [ids[start : start + 10_000] for start in range(0, len(ids), 10_000)]
    best = np.full((len(asked), _NEIGHBOURS), -2.0, np.float32)
    known = np.full((len(asked), _NEIGHBOURS), -1, np.int64)
    for block in blocks:
        scores = np.hstack([best, asked @ catalog.vectors(block).T])
        these = np.hstack([known, np.tile(np.array(block, np.int64), (len(asked), 1))])
        places = np.argpartition(-scores, _NEIGHBOURS - 1, axis=1)[:, :_NEIGHBOURS]
        best, known = np.take_along_axis(scores, places, 1), np.take_along_axis(these, places, 1)
    return [set(map(int, row)) for row in known]


def _peak_megabytes() -> int:
    """The most memory that this process ever held."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def main() -> None:
    """Grows and measures; prints a line for each size."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.growth", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, nargs="*", default=[], help="the corpora; needed at the first call")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--sentences", type=int, default=100_000, help="how many sentences, at most (100,000)")
    parser.add_argument("--plot", type=Path, help="draw every size measured so far")
    parser.add_argument("--measure", action="store_true", help="of the library as it is; what this command runs itself")
    given = parser.parse_args()
    library, results = given.folder / "library", given.folder / "measured.json"
    try:
        pool = Pool.of(given.folder, given.data, given.sentences)
        if given.measure:
            print(json.dumps(measure(library, pool)))
            return
        measured = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
        for size in given.sizes:
            taken = grow(library, pool, size)
            command = [sys.executable, "-m", "eval.benchmarks.growth", str(given.folder), "--measure"]
            found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
            measured[str(size)] = found | {"grown in, s": round(taken, 1)}
            print(measured[str(size)])
            results.write_text(json.dumps(measured, indent=1), encoding="utf-8")
    except FootnotedError as error:
        sys.exit(f"growth: {error}")
    if given.plot:
        given.plot.write_text(growth_plot(list(measured.values())), encoding="utf-8")


if __name__ == "__main__":
    main()
