"""What the tests of accidents share."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

_SECONDS = 280


@pytest.fixture(scope="session")
def accidents(repository: Path) -> Callable[..., dict[str, Any]]:
    """Runs `tests.fault.faults` with these arguments, and gives its report."""
    if sys.platform != "linux" or not shutil.which("cc"):
        pytest.skip("the processes that are watched are started with a library made by a C compiler")

    def report(*arguments: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "tests.fault.faults", *arguments]
        environment = {**os.environ, "PYTHONPATH": str(repository)}
        done = subprocess.run(
            command, capture_output=True, text=True, env=environment, cwd=repository, timeout=_SECONDS
        )
        assert done.stdout, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    return report
