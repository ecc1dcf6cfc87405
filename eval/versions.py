"""The programs that a run's figures depend on."""

import platform
from importlib import metadata

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
