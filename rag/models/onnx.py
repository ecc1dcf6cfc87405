"""Opens the models that this package ships, and runs them on every core."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rag.errors import ModelError

WEIGHTS = Path(__file__).with_name("weights")

Inputs = Mapping[str, NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Model:
    """An opened model: its manifest, its tokenizer (which neither cuts nor pads) and its session."""

    manifest: Mapping[str, Any]
    tokenizer: Tokenizer
    session: onnxruntime.InferenceSession

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
        with ThreadPoolExecutor(min(len(inputs), cores())) as pool:
            return list(pool.map(run_one, inputs))


def open_model(name: str, folder: Path = WEIGHTS) -> Model:
    """Open `name`.json and the files it names; raises ModelError where one is missing, damaged or not what it says."""
    manifest_file = folder / f"{name}.json"
    try:
        manifest = json.loads(_read(manifest_file))
        model = _read_checked(folder, manifest["model"])
        tokenizer = _read_checked(folder, manifest["tokenizer"])
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{manifest_file} is damaged ({error!r}). Install footnoted again.") from error
    return Model(manifest, Tokenizer.from_str(tokenizer.decode("utf-8")), _session(model))


def cores() -> int:
    """How many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # Linux only; it respects taskset and a container's set of cores
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _session(model: bytes) -> onnxruntime.InferenceSession:
    onnxruntime.disable_telemetry_events()  # the Windows builds send them unless told not to
    options = onnxruntime.SessionOptions()
    # Errors only: its warnings about graphs and devices would stand among a command's notices.
    options.log_severity_level = 3
    options.intra_op_num_threads = 1  # `Model.run` gives each core an input of its own instead
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(f"Cannot read {path}: {error.strerror}. Install footnoted again.") from error


def _read_checked(folder: Path, file: Mapping[str, str]) -> bytes:
    # The bytes that were checked are the bytes that are loaded: the file is read once.
    path = folder / file["file"]
    content = _read(path)
    found = hashlib.sha256(content).hexdigest()
    if found != file["sha256"]:
        raise ModelError(f"{path} is damaged: its sha256 is {found}, not {file['sha256']}. Install footnoted again.")
    return content
