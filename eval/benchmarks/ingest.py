"""What ingest costs: beside LlamaIndex's pipeline, the second time, in memory, and after many changes.

    python -m eval.benchmarks.ingest speed --data ARTICLES [--peer PEER -m training.llama_index_peer]
    python -m eval.benchmarks.ingest again | memory | changes | rebuild

`speed` takes articles of a corpus at random, and has each side make a new library of them in a process of its own, in
turn, changing who goes first. Timed is from the articles on disk to a library that can be searched, with the embedder
loaded before; ours reads the file, starts its reading processes and has the finished vectors checked within that time.
Run it on a quiet machine.

`again` ingests a folder of small files a second time. `memory` makes libraries of 10 to 10,000 small files, each in a
process of its own, and tells the most memory that it held, and each of those that it started to read and to write.
`changes` edits every file of a folder and ingests it, many times over; then each passage is searched by its own vector,
and the folder compared with one that was made of the last files at once. `rebuild` zeroes the links of the graph, and
times how long it takes until the vectors can be searched again: when the library is opened, and by what
`doctor --repair` does. In `changes` and `rebuild` the vectors are chance.
"""

import argparse
import hashlib
import itertools
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.sample import sample_documents
from ingest.pipeline import ingest
from ingest.report import IngestReport
from rag.assistant import Assistant
from rag.domain import Document, Origin, Span
from rag.library.library import DiskLibrary
from rag.library.probe import faults
from rag.models.embedder import OnnxEmbedder
from rag.ports import Embedder
from rag.text.sentences import sentences

_OWN = (sys.executable, "-m", "eval.benchmarks.ingest", "own")
_SIZES = (10, 100, 1_000, 10_000)
_PASSAGES_A_DOCUMENT = 10
_SAME = 0.999
"""A vector with at least this cosine is the same one, but for rounding."""


class ChanceEmbedder:
    """Vectors that depend on the whole text and mean nothing."""

    name, dimension = "chance", 384

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, one row a text."""
        seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little") for text in texts]
        rows = np.array([np.random.default_rng(seed).normal(size=self.dimension) for seed in seeds], np.float32)
        units: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return units.reshape(len(texts), self.dimension)


def timed_ingest(source: Path, folder: Path, embedder: Embedder) -> tuple[IngestReport, float]:
    """A library made or brought up to date, as the command does it, and how long that took."""
    started = time.perf_counter()
    assistant = Assistant.open(folder, create=True, embedder=embedder)
    report = ingest([source], into=assistant)
    taken = time.perf_counter() - started
    assistant.close()
    return report, taken


def own(source: Path, folder: Path) -> dict[str, Any]:
    """A new library made in this process: what the other commands start."""
    embedder = OnnxEmbedder()
    embedder.embed(["A first text, which takes longer than the others."])
    report, taken = timed_ingest(source, folder, embedder)
    peak = {"peak MB": _peak_megabytes()} if sys.platform == "linux" else {}
    return {"name": f"footnoted ({embedder.name})", "seconds": taken, "passages": report.passages} | peak


def _peak_megabytes() -> list[int]:
    """The most that this process held, and that each of those which it has started did."""
    started = [pid for listed in Path("/proc/self/task").glob("*/children") for pid in listed.read_text().split()]
    told = [Path("/proc", pid, "status").read_text() for pid in ("self", *started)]
    return [int(re.findall(r"VmHWM:\s*(\d+)", one)[0]) // 1024 for one in told]


# -- speed -----------------------------------------------------------------------------------------------------------


def speed(data: Path, *, articles: int, rounds: int, peer: Sequence[str]) -> list[str]:
    """The lines of the report."""
    lines = data.read_text(encoding="utf-8").splitlines()
    chosen = random.Random(7).sample(lines, min(articles, len(lines)))
    sides = [command for command in (_OWN, tuple(peer)) if command]
    told: list[list[dict[str, Any]]] = [[] for _ in sides]
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "articles.jsonl"
        source.write_text("".join(f"{line}\n" for line in chosen), encoding="utf-8")
        for number in range(rounds):
            for which in list(range(len(sides)))[:: -1 if number % 2 else 1]:
                told[which].append(_run(sides[which], source, Path(name) / f"{which}-{number}"))
    report = [f"{len(chosen)} articles, {rounds} rounds"]
    for side in told:
        rates = sorted(len(chosen) / one["seconds"] for one in side)
        passages, median = side[0]["passages"], statistics.median(rates)
        report.append(
            f"articles/s: median {median:.2f} ({rates[0]:.2f} to {rates[-1]:.2f}), {passages} passages, "
            f"{passages * median / len(chosen):.0f}/s   {side[0]['name']}"
        )
    if peer:
        ratios = sorted(theirs["seconds"] / ours["seconds"] for ours, theirs in zip(*told, strict=True))
        report.append(f"times as fast: {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")
    return report


def _run(command: Sequence[str], source: Path, folder: Path) -> dict[str, Any]:
    done = subprocess.run([*command, str(source), str(folder)], stdout=subprocess.PIPE, check=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


# -- the others ------------------------------------------------------------------------------------------------------


def write_files(folder: Path, count: int, *, sentences_each: int, version: int = 0) -> None:
    """So many text files of sentences of the sample corpus, the same for the same arguments."""
    folder.mkdir(exist_ok=True)
    texts = [path.read_text(encoding="utf-8") for path in sorted(sample_documents().glob("*.txt"))]
    pool = [span.of(text) for text in texts for span in sentences(text)]
    for number in range(count):
        chance = random.Random(f"{number} {version}")
        words = " ".join(chance.choices(pool, k=sentences_each))
        (folder / f"{number}.txt").write_text(f"Report {number}, version {version}. {words}\n", encoding="utf-8")


def again(count: int) -> list[str]:
    """The lines of the report on a folder that is ingested twice."""
    with tempfile.TemporaryDirectory() as name:
        source, folder = Path(name) / "files", Path(name) / "library"
        write_files(source, count, sentences_each=2)
        timed_ingest(source, folder, ChanceEmbedder())
        rates = []
        for _ in range(5):
            report, taken = timed_ingest(source, folder, ChanceEmbedder())
            assert report.unchanged == count, report
            rates.append(count / taken)
    return [
        f"{count} unchanged files: {statistics.median(rates):,.0f} a second ({min(rates):,.0f} to {max(rates):,.0f})"
    ]


def memory() -> list[str]:
    """The lines of the report on the peaks."""
    report = []
    with tempfile.TemporaryDirectory() as name:
        for count in _SIZES:
            source = Path(name) / f"files-{count}"
            write_files(source, count, sentences_each=2)
            told = _run(_OWN, source, Path(name) / f"library-{count}")
            this, *started = told["peak MB"]
            held = " ".join(map(str, sorted(started)))
            report.append(
                f"{count:6} files, {told['passages']:6} passages: {this} MB; the processes it started: {held} MB"
            )
    return report


def changes(count: int, rounds: int) -> list[str]:
    """The lines of the report on a folder whose files change again and again."""
    with tempfile.TemporaryDirectory() as name:
        source, folder, fresh = (Path(name) / which for which in ("files", "library", "fresh"))
        for version in range(rounds + 1):
            write_files(source, count, sentences_each=30, version=version)
            report, taken = timed_ingest(source, folder, ChanceEmbedder())
            print(f"round {version}: {report.passages} passages, {taken:.1f} s, {_megabytes(folder):.1f} MB")
        timed_ingest(source, fresh, ChanceEmbedder())
        library = Assistant.open(folder, embedder=ChanceEmbedder()).library
        store = library.vectors()
        assert store is not None
        ids = library.catalog.passage_ids()
        vectors = library.catalog.vectors(ids)
        # By the score alone: passages with the same words have the same vector, and any of them may come first.
        lost = sum(not (store.search(own, limit=1) or [(0, 0.0)])[0][1] > _SAME for own in vectors)
        found = faults(store, library.catalog, "every")
        library.close()
        ratio = _megabytes(folder) / _megabytes(fresh)
        return [
            f"{count} files changed {rounds} times: {lost} of {len(ids)} passages not found by their own vector",
            *found,
            f"disk: {_megabytes(folder):.1f} MB, {ratio:.2f} times that of a fresh library",
        ]


def rebuild(passages: int) -> list[str]:
    """The lines of the report on a library whose vectors were damaged."""
    with tempfile.TemporaryDirectory() as name:
        folder, embedder = Path(name) / "library", ChanceEmbedder()
        library = Assistant.open(folder, create=True, embedder=embedder).library
        with library.writing() as writer:
            for number in range(0, passages, _PASSAGES_A_DOCUMENT):
                words = [f"Passage {number + at}." for at in range(min(_PASSAGES_A_DOCUMENT, passages - number))]
                ends = list(itertools.accumulate(len(one) + 1 for one in words))
                spans = [Span(end - len(one) - 1, end - 1) for one, end in zip(words, ends, strict=True)]
                document = Document(f"{number}", "\n".join(words), Origin(f"{number}.txt"))
                vectors = embedder.embed(words)
                writer.put(document, source=f"/{number}", sha256=f"{number}", spans=spans, vectors=vectors)
        library.close()
        taken = []
        for mend in (DiskLibrary.vectors, DiskLibrary.repair):
            [links] = folder.rglob("link_lists.bin")  # Chroma has one from 1,000 vectors on
            links.write_bytes(bytes(links.stat().st_size))
            started = time.perf_counter()
            library = Assistant.open(folder, embedder=embedder).library
            mend(library)
            store = library.vectors()
            assert store is not None
            taken.append(time.perf_counter() - started)
            assert store.count() == passages
            library.close()
    return [
        f"{passages} passages, links of the graph zeroed: {taken[0]:.1f} s at opening, {taken[1]:.1f} s by a repair"
    ]


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def main() -> None:
    """Prints the report."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.ingest", description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    beside = commands.add_parser("speed", help="articles a second, beside a peer")
    beside.add_argument("--data", type=Path, required=True, help="articles as JSON Lines, with a `body`")
    beside.add_argument("--articles", type=int, default=100, help="how many, at most (100)")
    beside.add_argument("--rounds", type=int, default=3, help="how many rounds (3)")
    beside.add_argument("--peer", nargs=argparse.REMAINDER, default=[], help="the peer's program; the last option")
    twice = commands.add_parser("again", help="a folder that is ingested a second time")
    twice.add_argument("--files", type=int, default=10_000, help="how many files (10,000)")
    commands.add_parser("memory", help="the most memory, for 10 to 10,000 files")
    edited = commands.add_parser("changes", help="a folder whose files change again and again")
    edited.add_argument("--files", type=int, default=500, help="how many files (500)")
    edited.add_argument("--rounds", type=int, default=50, help="how many changes of each (50)")
    damaged = commands.add_parser("rebuild", help="a library whose vectors were damaged")
    damaged.add_argument("--passages", type=int, default=20_000, help="how many passages (20,000)")
    one = commands.add_parser("own", help="a new library, made in this process")
    one.add_argument("source", type=Path)
    one.add_argument("folder", type=Path)
    given = parser.parse_args()
    match given.command:
        case "speed":
            report = speed(given.data, articles=given.articles, rounds=given.rounds, peer=given.peer)
        case "again":
            report = again(given.files)
        case "memory":
            report = memory()
        case "changes":
            report = changes(given.files, given.rounds)
        case "rebuild":
            report = rebuild(given.passages)
        case _:
            report = [json.dumps(own(given.source, given.folder))]
    print(*report, sep="\n")


if __name__ == "__main__":
    main()
