"""The embedder beside a peer: passages a second, and what int8 costs the retrieval by vectors.

    python -m eval.benchmarks.embedding speed [--data FILE] [--peer PROGRAM …]
    python -m eval.benchmarks.embedding retrieval multihop-rag --data FOLDER --peer PROGRAM …

PROGRAM is a command that calls `serve` of `embedding_process.py`; `training/huggingface_peer.py` is one, over the
original weights in 32-bit floats. Each embedder runs in a process of its own and gets the same texts.

`speed` has both embed the same passages in turn, changing who goes first, after a round that does not count. A pair is
the two times of one round: what else the machine does in it disturbs both. Run it on a quiet machine all the same.

`retrieval` ranks the passages that ingest makes by the dot product of vectors, all of them and not by Chroma's graph,
so that nothing but the vectors differs. The interval of the difference is that of the mean over queries, paired, by
the normal approximation.
"""

import argparse
import random
import statistics
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.benchmarks.embedding_process import OURS, Embedded, EmbeddingProcess
from eval.benchmarks.retrieval import DEPTH, Query, RetrievalSuite
from eval.metrics.ranking import Ranking
from eval.sample import sample_documents
from eval.suites import find_suite
from ingest.batch import embedded_text
from ingest.chunk import passages_of
from ingest.discover import FoundFile, discover
from ingest.document import document_of
from ingest.limits import Limits
from ingest.readers.choose import read_corpus, read_file
from ingest.readers.document import BadRecord, ReadDocument
from ingest.readers.kind import CORPORA, HEAD_BYTES, kind_of
from rag.domain import Document, Passage
from rag.errors import DocumentError, FootnotedError, InputError
from rag.models.onnx import open_model

SHORTEST, LONGEST = 200, 256
"""The tokens of a passage whose embedding is timed, with the marks at its start and end; 256 is all that is read."""
Vectors = NDArray[np.float32]


def documents(path: Path, *, text_field: str | None = None) -> Iterator[Document]:
    """The documents of a file, a folder or a corpus; raises InputError, or DocumentError for one that is no good."""
    files, _ = discover([path])
    for file in files:
        for read in _reads(file, text_field):
            shown = f"{file.shown}#{read.line}" if read.line else file.shown
            yield document_of(read, document_id=read.record_id or shown, shown=shown)


def _reads(file: FoundFile, text_field: str | None) -> Iterator[ReadDocument]:
    limits = Limits()
    with file.path.open("rb") as stream:
        kind = kind_of(stream.read(HEAD_BYTES), file.path.suffix.lower(), name=file.shown)
        stream.seek(0)
        if kind not in CORPORA:
            yield read_file(kind, stream.read(), name=file.shown, most_pages=limits.pages)
            return
        for record in read_corpus(kind, stream, name=file.shown, text_field=text_field, longest=limits.bytes):
            if isinstance(record, BadRecord):
                raise DocumentError(record.error)
            yield record


# -- speed -----------------------------------------------------------------------------------------------------------


def speed(data: Path, *, passages: int, rounds: int, peer: Sequence[str]) -> list[str]:
    """The lines of the report; raises InputError where no passage is long enough."""
    tokenizer = open_model("embedder").tokenizer
    lengths: dict[str, int] = {}
    for document in documents(data):
        for span in passages_of(document, tokens=LONGEST - 2):
            text = span.of(document.search_text)
            lengths[text] = len(tokenizer.encode(text))
    long_enough = sorted(text for text, length in lengths.items() if length >= SHORTEST)
    if not long_enough:
        raise InputError(f"No passage of {data} has {SHORTEST} tokens. Give other documents with --data.")
    texts = random.Random(7).sample(long_enough, min(passages, len(long_enough)))
    tokens = [lengths[text] for text in texts]

    with ExitStack() as stack:
        embedders = [stack.enter_context(EmbeddingProcess(command)) for command in (OURS, peer) if command]
        first = [embedder.embed(texts) for embedder in embedders]
        taken: list[list[float]] = [[] for _ in embedders]
        for number in range(rounds):
            for which in list(range(len(embedders)))[:: 1 if number % 2 else -1]:
                taken[which].append(embedders[which].embed(texts).seconds)

    size = f"{statistics.mean(tokens):.0f} tokens ({min(tokens)} to {max(tokens)})"
    return [
        f"{len(texts)} passages of {size}; {rounds} rounds",
        *(_rate(one, seconds, len(texts)) for one, seconds in zip(first, taken, strict=True)),
        *(
            _beside(first, taken)
            if peer
            else ["No peer was given: training/requirements-peer.txt says how to get one."]
        ),
    ]


def _rate(embedder: Embedded, seconds: Sequence[float], passages: int) -> str:
    best, median = passages / min(seconds), passages / statistics.median(seconds)
    return f"passages/s: best {best:6.1f}, median {median:6.1f}   {embedder.name}"


def _beside(embedded: Sequence[Embedded], taken: Sequence[Sequence[float]]) -> list[str]:
    """How much faster the first embedder is than the second, and how near their vectors are."""
    ours, peers = embedded
    ratios = sorted(theirs / own for own, theirs in zip(*taken, strict=True))
    cosines = (_units(ours.vectors) * _units(peers.vectors)).sum(axis=1)
    return [
        f"times as fast: {statistics.median(ratios):.2f}, the median of pairs ({ratios[0]:.2f} to {ratios[-1]:.2f})",
        f"cosine of the two vectors of a passage: mean {cosines.mean():.4f}, smallest {cosines.min():.4f}",
    ]


def _units(vectors: Vectors) -> Vectors:
    units: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return units


# -- retrieval -------------------------------------------------------------------------------------------------------


def retrieval(suite: RetrievalSuite, *, peer: Sequence[str]) -> list[str]:
    """The lines of the report."""
    found = [
        (Passage.cut(document, span), embedded_text(document, span))
        for document in documents(suite.corpus, text_field=suite.text_field)
        for span in passages_of(document)
    ]
    passages = [passage for passage, _ in found]
    scores, names = [], []
    for command in (OURS, peer):
        with EmbeddingProcess(command) as embedder:
            queries = embedder.embed([query.question for query in suite.queries])
            print(f"{len(passages)} passages by {queries.name} …", file=sys.stderr)
            vectors = embedder.embed([text for _, text in found]).vectors
        names.append(queries.name)
        scores.append(
            [
                _scores(suite, query, [passages[at] for at in np.argsort(-(vectors @ vector), kind="stable")])
                for query, vector in zip(suite.queries, queries.vectors, strict=True)
            ]
        )
    ours, peers = np.array(scores)
    report = [f"{suite.name}: {len(suite.queries)} queries, {len(passages)} passages", f"ours: {names[0]}"]
    report += [f"peer: {names[1]}", f"{'':16}   ours    peer   difference, 95 % interval"]
    for metric, own, theirs in zip(suite.metrics, ours.T, peers.T, strict=True):
        half = 1.96 * (own - theirs).std(ddof=1) / len(own) ** 0.5 if len(own) > 1 else float("nan")
        report.append(
            f"{metric.name:16}  {own.mean():.4f}  {theirs.mean():.4f}   {(own - theirs).mean():+.4f} ± {half:.4f}"
        )
    return report


def _scores(suite: RetrievalSuite, query: Query, ranking: Sequence[Passage]) -> list[float]:
    """The suite's metrics of passages, best first."""
    best: dict[object, Passage] = {}
    for place, passage in enumerate(ranking):
        named = replace(passage, document=suite.document(passage))
        best.setdefault(named.document if suite.of_documents else place, named)
        if len(best) == DEPTH:
            break
    found = Ranking(query.wanted, tuple(suite.holds(passage, query) for passage in best.values()))
    return [metric.measure(found) for metric in suite.metrics]


# -- the command -----------------------------------------------------------------------------------------------------


def main() -> None:
    """Prints the report."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.embedding", description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    timed = commands.add_parser("speed", help="passages a second, beside a peer")
    timed.add_argument("--data", type=Path, help="a corpus, file or folder; without it, the sample corpus")
    timed.add_argument("--passages", type=_count, default=200, help="how many passages, at most (200)")
    timed.add_argument("--rounds", type=_count, default=8, help="how many rounds (8)")
    ranked = commands.add_parser("retrieval", help="a retrieval suite by vectors alone, beside a peer")
    ranked.add_argument("suite", help="multihop-rag or scifact")
    ranked.add_argument("--data", type=Path, required=True, help="the folder of the suite")
    for command in (timed, ranked):
        command.add_argument(
            "--peer", nargs=argparse.REMAINDER, default=[], help="the peer's program and arguments; the last option"
        )
    given = parser.parse_args()
    try:
        if given.command == "speed":
            data = given.data or sample_documents()
            report = speed(data, passages=given.passages, rounds=given.rounds, peer=given.peer)
        else:
            suite = find_suite(given.suite, data=given.data)
            if not isinstance(suite, RetrievalSuite) or not given.peer:
                raise InputError("This compares a retrieval suite (multihop-rag, scifact) with a --peer. Give both.")
            report = retrieval(suite, peer=given.peer)
    except FootnotedError as error:
        sys.exit(f"embedding: {error}")
    print(*report, sep="\n")


def _count(given: str) -> int:
    number = int(given)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{given} is less than 1")
    return number


if __name__ == "__main__":
    main()
