"""A small ingest on a disk that is full, that fails once, or whose files somebody else has locked, at each call."""

import errno
from pathlib import Path
from typing import Any

from rag.errors import LibraryError
from tests.fault.kills import copy, look_after, measured, must
from tests.fault.processes import Fault, run
from tests.fault.scene import Scene

_KEPT = 3
_FAULTS = {
    "full disk": (errno.ENOSPC, True),
    "failing disk": (errno.EIO, False),
    "lock of another": (errno.EAGAIN, False),
}


def fail(folder: Path, count: int | None) -> dict[str, Any]:
    """Fails so many calls of each sort, evenly spaced, or every one."""
    scene = Scene(folder, kept=_KEPT)
    library, kept = folder / "library", folder / "kept"
    must(run(lambda: scene.make_kept(kept)).fault)
    scene.prepare("ingest")
    report: dict[str, Any] = {"calls": {}, "told": {}, "unnamed": [], "faults": []}
    for name, (number, lasting) in _FAULTS.items():
        copy(kept, library)
        calls, _ = measured(scene, "ingest", library, number)
        report["calls"][name] = calls
        report["told"][name] = 0
        for at in _places(calls, count):
            copy(kept, library)
            fault = Fault(at=at, errno=number, all=lasting)
            ended = run(lambda: _told(scene, library), folder=library, fault=fault)
            if ended.value:
                report["told"][name] += 1
                if "news/" not in ended.value:
                    report["unnamed"].append(f"{name} at call {at}: {ended.value.replace(str(folder), '')}")
            found = [ended.fault] if ended.fault else []
            found += look_after(scene, "ingest", library)
            report["faults"] += [f"{name} at call {at}: {line}" for line in found]
    return report


def _places(calls: int, count: int | None) -> list[int]:
    if count is None or count >= calls:
        return list(range(1, calls + 1))
    return [1 + int((place + 0.5) * calls / count) for place in range(count)]


def _told(scene: Scene, library: Path) -> str:
    try:
        scene.do("ingest", library)
    except LibraryError as error:
        return str(error)
    return ""
