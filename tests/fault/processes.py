"""Processes that are killed, or whose disk fails, at a chosen write; forked from one that has imported everything."""

import atexit
import ctypes
import json
import os
import pickle
import random
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rag.library.keeper import Keeper, Task

_DIE_WITH_PARENT = 1  # of prctl
_SOURCE = Path(__file__).with_name("faulty_disk.c")
_SECONDS = 300


@dataclass(frozen=True)
class Ending:
    """How a process ended."""

    value: Any
    """What its work returned; None where it did not come to its end."""
    fault: str
    """Empty where all went well, else the traceback or the signal."""
    seconds: float
    killed: bool = False


@dataclass(frozen=True)
class Fault:
    """What befalls a process or its child: SIGKILL at a write or after a time, or a write that fails with an errno."""

    at: int = 0
    errno: int = 0
    all: bool = False
    """Whether both are killed, or every later write fails too."""
    after_seconds: float | None = None


def restart_with_faulty_disk() -> None:
    """Starts this program anew with the faulty disk before its own C library; comes back where that is done already."""
    if "LD_PRELOAD" in os.environ:
        return
    with TemporaryDirectory() as folder:
        library = Path(folder) / "faulty_disk.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, _SOURCE, "-ldl"], check=True, timeout=60)
        environment = {**os.environ, "LD_PRELOAD": str(library), "TOKENIZERS_PARALLELISM": "false"}
        sys.exit(subprocess.run([sys.executable, *sys.orig_argv[1:]], env=environment).returncode)


def run(work: Callable[[], Any], *, folder: Path | None = None, fault: Fault | None = None) -> Ending:
    """Does the work in a process of its own; a fault concerns what it and its children write in `folder`.

    The work returns what JSON can hold. A process that takes longer than five minutes is killed, which is a fault.
    """
    fault = fault or Fault()
    reading, writing = os.pipe()
    started = time.monotonic()
    process = os.fork()
    if process == 0:
        os.setpgid(0, 0)
        _do(work, writing, folder, fault)
    os.setpgid(process, process)  # here too: it may be killed before it has done so itself
    os.close(writing)
    kill_at = started + (_SECONDS if fault.after_seconds is None else fault.after_seconds)
    status = None
    while status is None:
        ended, code = os.waitpid(process, os.WNOHANG)
        if ended:
            status = code
        elif time.monotonic() > kill_at:
            (os.killpg if fault.all else os.kill)(process, signal.SIGKILL)
            status = os.waitpid(process, 0)[1]
        else:
            time.sleep(0.002)
    seconds = time.monotonic() - started
    child_killed = folder is not None and not fault.errno and 0 < fault.at <= calls_so_far()
    _begin(b"", Fault())
    with os.fdopen(reading) as told:
        text = told.read()
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        return Ending(None, f"ended by {name} after {seconds:.1f} s", seconds, killed=name == "SIGKILL")
    done = json.loads(text)
    return Ending(done.get("value"), done.get("fault", ""), seconds, killed=child_killed)


def _do(work: Callable[[], Any], writing: int, folder: Path | None, fault: Fault) -> None:
    try:
        if folder is not None:
            _begin(os.fsencode(folder), fault)
        told = {"value": work()}
    except BaseException:  # noqa: BLE001  # whatever it is belongs into the report
        told = {"fault": traceback.format_exc()}
    os.write(writing, json.dumps(told).encode())
    os._exit(0)


def _begin(folder: bytes, fault: Fault) -> None:
    ctypes.CDLL(None).fault_begin(folder, ctypes.c_long(fault.at), fault.errno, int(fault.all))


def calls_so_far() -> int:
    """How many calls changed a file in the folder of the last fault."""
    disk = ctypes.CDLL(None)
    disk.fault_calls.restype = ctypes.c_long
    return int(disk.fault_calls())


class ForkedKeeper:
    """Sees to the vectors in forks of a process that has imported everything and opened nothing.

    A new Python takes most of a second to import Chroma, several times for each accident.
    """

    def __init__(self) -> None:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind("")  # Linux gives it a name
        listener.listen()
        server = os.fork()
        if server == 0:
            ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
            _serve(listener)
        atexit.register(os.kill, server, signal.SIGKILL)
        self._address = listener.getsockname()
        listener.close()
        self._connection: socket.socket | None = None

    def start(self) -> None:
        """Is ready."""

    def do(self, task: Task) -> list[str]:
        """What the fork of this process finds wrong, one line each."""
        if self._connection is None:
            self._connection = socket.socket(socket.AF_UNIX)
            self._connection.connect(self._address)
        try:
            with self._connection.makefile("rwb") as stream:
                pickle.dump((os.getpid(), task), stream)
                stream.flush()
                found: list[str] = pickle.load(stream)
        except (EOFError, OSError):
            found = ["The child was killed."]
        if found:
            self._connection.close()
            self._connection = None
        return found


def _serve(listener: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that serve
    while True:
        connection, _ = listener.accept()
        if os.fork() == 0:
            try:
                _do_tasks(connection)
            finally:  # nothing may unwind from here: it would remove the folder of those that still run
                os._exit(0)
        connection.close()


def _do_tasks(connection: socket.socket) -> None:
    keeper = Keeper(lambda: _is_open(connection))
    with connection.makefile("rwb") as stream:
        while True:
            try:
                asker, task = pickle.load(stream)
                os.setpgid(0, asker)  # to be killed with it
                pickle.dump(keeper.do(task), stream)
                stream.flush()
            except (EOFError, OSError):  # who asked was killed, or is content
                return


def _is_open(connection: socket.socket) -> bool:
    with suppress(BlockingIOError):
        return bool(connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
    return True


def spread(count: int, calls: int, seconds: float, *, seed: int) -> list[Fault]:
    """So many moments to be killed at: half of them at writes, evenly spaced, half at random times; every second one
    together with the child."""
    writes = count - count // 2
    moments = random.Random(seed)
    exact = [Fault(at=1 + int((place + 0.5) * calls / writes), all=bool(place % 2)) for place in range(writes)]
    timed = [Fault(after_seconds=moments.uniform(0, seconds), all=bool(place % 2)) for place in range(count // 2)]
    return exact + timed
