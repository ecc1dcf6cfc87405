"""Opens the models that this package ships, and runs them on every core."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rag.errors import ModelError

WEIGHTS = Path(__file__).with_name("weights")

Inputs = Mapping[str, NDArray[np.int64]]


class Model:
    """A model of this package: its manifest, and its session and tokenizer, opened when they are first used.

    Models of one file share its session. The tokenizer neither cuts nor pads, and must stay so: models with the same
    one share it. Safe to share between threads. What is missing, damaged or not what the manifest says raises
    ModelError, at its first use at the latest.
    """

    def __init__(self, name: str, folder: Path = WEIGHTS) -> None:
        """Read `name`.json, and nothing else yet."""
        self.manifest: Mapping[str, Any] = _manifest(folder / f"{name}.json")
        self._folder = folder
        self._opened: onnxruntime.InferenceSession | None = None
        self._opening = Lock()

    @property
    def tokenizer(self) -> Tokenizer:
        """What turns text into the model's tokens."""
        file = self.manifest["tokenizer"]
        return _tokenizer(self._folder / file["file"], file["sha256"])

    @property
    def session(self) -> onnxruntime.InferenceSession:
        """The model itself; opened once, whichever thread comes first."""
        with self._opening:
            if self._opened is None:
                file = self.manifest["model"]
                self._opened = _session(self._folder / file["file"], file["sha256"])
            return self._opened

    @property
    def fingerprint(self) -> str:
        """The model's name and the first 12 digits of its weights' sha256."""
        return f"{self.manifest['name']}@{self.manifest['model']['sha256'][:12]}"

    def run(self, inputs: Sequence[Inputs]) -> list[list[NDArray[np.float32]]]:
        """The model's outputs for each of the inputs, in the order given; each input is run alone.

        Alone, one on each core: nothing is padded, an output cannot depend on its neighbours (quantisation looks at a
        whole batch), and it was 1.2 times as fast as batches on all cores (int8, 226 tokens, two cores).
        """

        def run_one(one: Inputs) -> list[NDArray[np.float32]]:
            outputs: list[NDArray[np.float32]] = self.session.run(None, dict(one))
            return outputs

        if len(inputs) < 2:
            return [run_one(one) for one in inputs]
        # The longest first, so that no core is left alone with a long one at the end.
        order = sorted(range(len(inputs)), key=lambda place: -inputs[place]["input_ids"].size)
        with ThreadPoolExecutor(min(len(inputs), cores())) as pool:
            outputs = dict(zip(order, pool.map(run_one, [inputs[place] for place in order]), strict=True))
        return [outputs[place] for place in range(len(inputs))]


def open_model(name: str, folder: Path = WEIGHTS) -> Model:
    """Open `name` with every file of it at once; raises ModelError where one is missing or damaged."""
    model = Model(name, folder)
    _ = model.session, model.tokenizer
    return model


def cores() -> int:
    """How many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # Linux only; it respects taskset and a container's set of cores
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@lru_cache(maxsize=4)
def _session(path: Path, sha256: str) -> onnxruntime.InferenceSession:
    # A program that opens several libraries has each model once: it takes long to open, and is as large as its file.
    onnxruntime.disable_telemetry_events()  # the Windows builds send them unless told not to
    options = onnxruntime.SessionOptions()
    # Errors only: its warnings about graphs and devices would stand among a command's notices.
    options.log_severity_level = 3
    options.intra_op_num_threads = 1  # `Model.run` gives each core an input of its own instead
    return onnxruntime.InferenceSession(_read_checked(path, sha256), options, providers=["CPUExecutionProvider"])


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(f"Cannot read {path}: {error.strerror}. Install footnoted again.") from error


def _manifest(path: Path) -> dict[str, Any]:
    """What a manifest says; one without a name or the hashes of its files is damaged."""
    try:
        manifest: dict[str, Any] = json.loads(_read(path))
        told = [
            manifest["name"],
            *(manifest[part][fact] for part in ("model", "tokenizer") for fact in ("file", "sha256")),
        ]
        if not all(isinstance(one, str) for one in told):
            raise ValueError("a name or a hash is no text")
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} is damaged ({error!r}). Install footnoted again.") from error
    return manifest


@lru_cache(maxsize=4)
def _tokenizer(path: Path, sha256: str) -> Tokenizer:
    # Embedder, reader and verifier have the same one, and it takes longer to parse than a short question to embed.
    return Tokenizer.from_str(_read_checked(path, sha256).decode("utf-8"))


def _read_checked(path: Path, sha256: str) -> bytes:
    # The bytes that were checked are the bytes that are loaded: the file is read once.
    content = _read(path)
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise ModelError(f"{path} is damaged: its sha256 is {found}, not {sha256}. Install footnoted again.")
    return content
