"""Kills ingests, updates, removals, repairs, recoveries, renewals, and looks at what is left through two openings."""

import shutil
from pathlib import Path
from typing import Any

from tests.earlier import make_earlier
from tests.fault.processes import Fault, calls_so_far, run, spread
from tests.fault.scene import OPERATIONS, Scene


def kill(folder: Path, kills: int, *, seed: int) -> dict[str, Any]:
    """Makes so many kills, as many of each operation."""
    scene = Scene(folder)
    library = folder / "library"
    begun = _beginnings(scene, folder, library)
    report: dict[str, Any] = {"kills": 0, "of": {}, "write calls": {}, "faults": []}
    for place, operation in enumerate(OPERATIONS):
        count = kills // len(OPERATIONS) + (place < kills % len(OPERATIONS))
        scene.prepare(operation)
        copy(begun[operation], library)
        calls, seconds = measured(scene, operation, library)
        hit = 0
        for fault in spread(count, calls, seconds, seed=seed + place):
            copy(begun[operation], library)
            killed = run(lambda operation=operation: scene.do(operation, library), folder=library, fault=fault)
            hit += killed.killed
            found = [killed.fault] if killed.fault and not killed.killed else []
            found += look_after(scene, operation, library)
            report["faults"] += [f"{operation}, {fault}: {line}" for line in found]
        report["kills"] += hit
        report["of"][operation] = f"{hit} of {count}"
        report["write calls"][operation] = calls
    return report


def _beginnings(scene: Scene, folder: Path, library: Path) -> dict[str, Path]:
    """The library as each operation finds it."""
    kept, filled, crashed, earlier = (folder / name for name in ("kept", "filled", "crashed", "earlier"))
    must(run(lambda: scene.make_kept(kept)).fault)
    scene.prepare("ingest")
    copy(kept, filled)
    must(run(lambda: scene.do("ingest", filled)).fault)
    copy(kept, library)
    calls, _ = measured(scene, "ingest", library)
    copy(kept, library)  # always the same path, since that is what the faults go by
    run(lambda: scene.do("ingest", library), folder=library, fault=Fault(at=calls * 3 // 4, all=True))
    copy(library, crashed)
    copy(filled, earlier)
    make_earlier(earlier)
    return {
        "ingest": kept,
        "update": filled,
        "removal": filled,
        "repair": filled,
        "recovery": crashed,
        "renewal": earlier,
    }


def measured(scene: Scene, operation: str, library: Path, errno: int = 0) -> tuple[int, float]:
    """How many calls of the sort that this errno concerns the operation takes, and how long; the library is used up."""
    fault = Fault(errno=errno)
    done = run(lambda: (scene.do(operation, library), calls_so_far())[1], folder=library, fault=fault)
    must(done.fault)
    return done.value, done.seconds


def look_after(scene: Scene, operation: str, library: Path) -> list[str]:
    """What is wrong when the library is opened, and when the operation was done again and it is opened anew."""
    before, after = scene.states(operation)
    again = "ingest" if operation == "recovery" else operation
    first = run(lambda: scene.faults(library, before, after, then=again))
    second = run(lambda: scene.faults(library, after))
    return [
        f"{which} opening: {line}"
        for which, ending in (("first", first), ("second", second))
        for line in ([ending.fault] if ending.fault else ending.value)
    ]


def copy(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


def must(fault: str) -> None:
    if fault:
        raise RuntimeError(fault)
