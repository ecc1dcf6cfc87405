"""The programs and models that a run's figures depend on."""

import hashlib
import json
import platform
from functools import cache
from importlib import metadata
from pathlib import Path

import ingest
import rag
from rag.models.onnx import WEIGHTS

_VERSIONS_OF = ("footnoted", "chromadb", "numpy", "onnxruntime")


def versions() -> dict[str, str]:
    """The version of Python and of each program, by name."""
    found = {"python": platform.python_version()}
    for name in _VERSIONS_OF:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:  # run from a checkout that is not installed
            found[name] = "not installed"
    return found


def weights() -> dict[str, str]:
    """The sha256 of the weights of each model that the package ships, by name."""
    manifests = [path for path in sorted(WEIGHTS.glob("*.json")) if "tokenizer" not in path.stem]
    return {path.stem: json.loads(path.read_text(encoding="utf-8"))["model"]["sha256"] for path in manifests}


@cache
def program() -> str:
    """A digest of all that makes answers: the sources of `rag` and `ingest`, the weights, and the versions."""
    whole = hashlib.sha256(json.dumps([versions(), weights()]).encode())
    for package in (rag, ingest):
        folder = Path(str(package.__file__)).parent
        for path in sorted(folder.rglob("*.py")):
            whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()
