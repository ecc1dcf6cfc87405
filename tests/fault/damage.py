"""Damages the files of the vectors, and asks the library what it answered before."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.fault.kills import copy, must
from tests.fault.processes import run
from tests.fault.scene import Scene, answers

_KEPT = 120  # documents of ten passages: Chroma stores its graph from 1,000 on
_DATABASE = "chroma.sqlite3"
_GRAPH = ("data_level0.bin", "header.bin", "length.bin", "link_lists.bin", "index_metadata.pickle")


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _zeroed(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def _each(folder: Path, change: Callable[[Path], None], *names: str) -> None:
    for path in sorted(folder.rglob("*")):
        if path.name in names:
            change(path)


def _without_graph(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)


KINDS: dict[str, Callable[[Path], None]] = {
    f"{change.__name__.strip('_')} {name}": lambda folder, change=change, name=name: _each(folder, change, name)
    for change in (_truncated, _zeroed, Path.unlink)
    for name in (*_GRAPH, _DATABASE)
} | {
    "empty database": lambda folder: (folder / _DATABASE).write_bytes(b""),
    "no database of anything": lambda folder: (folder / _DATABASE).write_bytes(b"nothing" * 9999),
    "graph gone": _without_graph,
    "everything gone": shutil.rmtree,
    "everything zeroed": lambda folder: _each(folder, _zeroed, *_GRAPH, _DATABASE),
}


def damage(folder: Path, flips: int, *, seed: int, unsealed: int | None = None) -> dict[str, Any]:
    """Every kind of damage, once to a sealed library and once to one that lost its seal, then flips of single bits.

    `unsealed` bounds how many kinds befall a library without a seal, where only the child process can find them.
    """
    scene = Scene(folder, kept=_KEPT)
    whole, library = folder / "whole", folder / "library"
    must(run(lambda: scene.make_kept(whole)).fault)
    expected = run(lambda: answers(scene, whole))
    must(expected.fault)
    report: dict[str, Any] = {
        "kinds": len(KINDS),
        "sealed": 0,
        "unsealed": 0,
        "flips": 0,
        "flips found": 0,
        "faults": [],
    }

    def look(name: str, change: Callable[[Path], None]) -> bool:
        change(library / "chroma")
        found = run(lambda: _problems(scene, library))
        asked = run(lambda: answers(scene, library))
        faults = [ending.fault for ending in (found, asked) if ending.fault]
        faults += ["other answers"] if asked.value != expected.value else []
        report["faults"] += [f"{name}: {fault}" for fault in faults]
        return bool(found.value)

    for place, (name, change) in enumerate(KINDS.items()):
        copy(whole, library)
        if look(name, change):
            report["sealed"] += 1
        if unsealed is None or place % max(1, len(KINDS) // max(1, unsealed)) == 0:
            copy(whole, library)
            with closing(sqlite3.connect(library / "catalog.sqlite3", isolation_level=None)) as catalog:
                catalog.execute("DELETE FROM meta WHERE key = 'seal'")
            if look(f"{name}, without a seal", change):
                report["unsealed"] += 1
    chance = random.Random(seed)
    for number in range(flips):
        copy(whole, library)
        report["flips"] += 1
        report["flips found"] += look(f"flip {number}", lambda chroma: _flip(chroma, chance))
    return report


def _problems(scene: Scene, folder: Path) -> list[str]:
    library = scene.open(folder)
    found = library.problems()
    library.close()
    return found


def _flip(folder: Path, chance: random.Random) -> None:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    path = chance.choice(paths)
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
