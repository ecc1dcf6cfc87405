"""How long a question takes at 10,000 passages: cold, in a process of its own, and warm, and how long reranking does.

    python -m eval.benchmarks.speed [PASSAGES]

The library is made of sentences of the sample corpus in random order, with random vectors: what is timed does not
depend on what they say. Run it on a quiet machine; medians are printed, with the fastest and the slowest.
"""

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from eval.sample import sample_documents
from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.domain import Document, Origin, ScoredPassage, Span
from rag.search.rerank import CANDIDATES, rerank
from rag.search.retrieve import retrieve
from rag.text.sentences import sentences

COLD_RUNS, WARM_RUNS = 7, 40
SENTENCES_A_PASSAGE, PASSAGES_A_DOCUMENT = 7, 10
QUESTIONS = (
    "How long is the Ketteral Canal?",
    "Why did Corravia close the canal to Halvernian barges?",
    "What did the panel order about convoys of grain and timber?",
    "When did the first barge pass the lock at Dunmar again?",
)


def fill(assistant: Assistant, passages: int) -> None:
    """Fills the library with `passages` passages of about 200 tokens."""
    ingest([sample_documents()], into=assistant)
    library = assistant.library
    texts = [library.document(id_).search_text for id_, _ in library.catalog.documents()]
    pool = [span.of(text) for text in texts for span in sentences(text)]
    chance, vectors = random.Random(7), np.random.default_rng(7)
    with library.writing() as writer:
        for number in range(passages // PASSAGES_A_DOCUMENT):
            parts = [" ".join(chance.choices(pool, k=SENTENCES_A_PASSAGE)) for _ in range(PASSAGES_A_DOCUMENT)]
            starts = [sum(len(part) + 2 for part in parts[:at]) for at in range(len(parts))]
            spans = [Span(start, start + len(part)) for start, part in zip(starts, parts, strict=True)]
            noise = vectors.normal(size=(len(parts), assistant.embedder.dimension)).astype(np.float32)
            noise /= np.linalg.norm(noise, axis=1, keepdims=True)
            document = Document(
                f"made-{number}", "\n\n".join(parts), Origin(f"made/{number}.txt", title=f"Report {number}")
            )
            writer.put(document, source=f"/made/{number}", sha256=f"made {number}", spans=spans, vectors=noise)


def seconds(run: Callable[[], object], runs: int) -> list[float]:
    """How long each of the runs took."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return sorted(taken)


def line(name: str, taken: list[float]) -> str:
    """One row of the table, in milliseconds."""
    p95 = taken[round(0.95 * (len(taken) - 1))]
    figures = [1000 * figure for figure in (statistics.median(taken), p95, taken[0], taken[-1])]
    return (
        f"{name:44} median {figures[0]:7.0f} ms   p95 {figures[1]:7.0f}   min {figures[2]:7.0f}   max {figures[3]:7.0f}"
    )


def main() -> None:
    """Fills a library in a temporary folder, and prints the table."""
    passages = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant.open(Path(folder) / "library", create=True)
        fill(assistant, passages)
        print(f"{assistant.library.catalog.counts()[1]} passages")
        for question in QUESTIONS:  # the first question of a process loads the models
            assistant.ask(question)
        chance = random.Random(1)
        warm = seconds(lambda: assistant.ask(chance.choice(QUESTIONS)), WARM_RUNS)
        found = {
            question: retrieve(question, library=assistant.library, embedder=assistant.embedder, limit=CANDIDATES)
            for question in QUESTIONS
        }
        reranked = seconds(lambda: _rerank(assistant, *chance.choice(list(found.items()))), WARM_RUNS)
        assistant.close()
        program = [sys.executable, "-c", "from ui.cli import main; main()", "ask", "--library", f"{folder}/library"]
        cold = seconds(lambda: subprocess.run([*program, QUESTIONS[0]], check=True, capture_output=True), COLD_RUNS)
        print(line("cold `footnoted ask`, a process of its own", cold))
        print(line("warm question to full answer", warm))
        print(line(f"{CANDIDATES} passages reranked", reranked))


def _rerank(assistant: Assistant, question: str, found: Sequence[ScoredPassage]) -> object:
    return rerank(question, found, reader=assistant.reader, limit=CANDIDATES)


if __name__ == "__main__":
    main()
