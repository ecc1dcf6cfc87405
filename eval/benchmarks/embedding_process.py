"""An embedder in a process of its own, so that two can be compared that share nothing but the machine.

The program on the other side calls `serve`. It may belong to another virtual environment: this module needs nothing
but numpy. For each line on its standard input, a JSON object with `texts`, it writes a line with a JSON object (`name`
of the embedder, `seconds` that embedding took, `shape` of the vectors), and then the vectors as little-endian float32.
"""

import json
import math
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from rag.errors import InputError

OURS = (
    sys.executable,
    "-c",
    "from eval.benchmarks.embedding_process import serve; from rag.models.embedder import OnnxEmbedder; "
    "embedder = OnnxEmbedder(); serve(embedder.name, embedder.embed)",
)
"""The command that serves the embedder of the product."""

_NUMBER = "<f4"


@dataclass(frozen=True, slots=True)
class Embedded:
    """The vectors of some texts: shape (number of texts, dimension). `seconds` is the embedder's own time alone."""

    name: str
    seconds: float
    vectors: NDArray[np.float32]


class EmbeddingProcess:
    """A program that embeds; use it in a `with` statement, which ends the program."""

    def __init__(self, command: Sequence[str]) -> None:
        """Starts the program; raises InputError where it cannot be started."""
        self._command = " ".join(command[:3])
        try:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        except OSError as error:
            raise InputError(f"Cannot start {self._command}: {error.strerror}.") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()  # it has nothing to lose
        self._process.communicate()

    def embed(self, texts: Sequence[str]) -> Embedded:
        """Has the texts embedded; raises InputError where the program ended or said something else."""
        assert self._process.stdin
        assert self._process.stdout
        try:
            self._process.stdin.write(json.dumps({"texts": list(texts)}).encode("ascii") + b"\n")
            self._process.stdin.flush()
        except OSError:
            raise self._failed() from None
        try:
            reply = json.loads(self._process.stdout.readline())
            name, seconds, shape = str(reply["name"]), float(reply["seconds"]), tuple(map(int, reply["shape"]))
        except (ValueError, KeyError, TypeError):
            raise self._failed() from None
        numbers = self._process.stdout.read(math.prod(shape) * np.dtype(_NUMBER).itemsize)
        try:
            vectors = np.frombuffer(numbers, _NUMBER).reshape(shape)
        except ValueError:
            raise self._failed() from None
        if len(shape) != 2 or len(vectors) != len(texts):
            raise self._failed()
        return Embedded(name, seconds, vectors)

    def _failed(self) -> InputError:
        return InputError(f"The program {self._command} … gave no vectors. What it said itself stands above.")


def serve(name: str, embed: Callable[[list[str]], Any]) -> None:
    """Embeds what comes on the standard input until it ends; `embed` gives rows of numbers, one row a text."""
    replies = sys.stdout.buffer
    with redirect_stdout(sys.stderr):  # what a library prints is no reply
        for line in sys.stdin.buffer:
            texts = json.loads(line)["texts"]
            start = time.perf_counter()
            rows = embed(texts)
            seconds = time.perf_counter() - start
            vectors = np.asarray(rows, _NUMBER)
            replies.write(json.dumps({"name": name, "seconds": seconds, "shape": vectors.shape}).encode() + b"\n")
            replies.write(vectors.tobytes())
            replies.flush()
