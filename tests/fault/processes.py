"""Processes that are killed, or whose disk fails, at a chosen write; forked from one that has imported everything."""

import atexit
import ctypes
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rag.library.probe import RunChild, found_by

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
    """What befalls a process: SIGKILL at a write or after a time, or a write that fails with an errno."""

    at: int = 0
    errno: int = 0
    lasting: bool = False
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
    """Does the work in a process of its own; a fault concerns what is written in `folder`.

    The work returns what JSON can hold. A process that takes longer than five minutes is killed, which is a fault.
    """
    reading, writing = os.pipe()
    started = time.monotonic()
    process = os.fork()
    if process == 0:
        _do(work, writing, folder, fault or Fault())
    os.close(writing)
    kill_at = started + (_SECONDS if fault is None or fault.after_seconds is None else fault.after_seconds)
    status = None
    while status is None:
        ended, code = os.waitpid(process, os.WNOHANG)
        if ended:
            status = code
        elif time.monotonic() > kill_at:
            os.kill(process, signal.SIGKILL)
            status = os.waitpid(process, 0)[1]
        else:
            time.sleep(0.002)
    seconds = time.monotonic() - started
    with os.fdopen(reading) as told:
        text = told.read()
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        return Ending(None, f"ended by {name} after {seconds:.1f} s", seconds, killed=name == "SIGKILL")
    done = json.loads(text)
    return Ending(done.get("value"), done.get("fault", ""), seconds)


def _do(work: Callable[[], Any], writing: int, folder: Path | None, fault: Fault) -> None:
    disk = ctypes.CDLL(None)
    try:
        if folder is not None:
            disk.fault_begin(os.fsencode(folder), ctypes.c_long(fault.at), fault.errno, int(fault.lasting))
        told = {"value": work()}
    except BaseException:  # noqa: BLE001  # whatever it is belongs into the report
        told = {"fault": traceback.format_exc()}
    if folder is not None:
        disk.fault_begin(b"", ctypes.c_long(0), 0, 0)
    os.write(writing, json.dumps(told).encode())
    os._exit(0)


def forked_children() -> RunChild:
    """Runs the children that look at vectors as forks of a process that has imported everything and opened nothing.

    A new Python takes most of a second to import Chroma, several times for each accident.
    """
    listener = socket.socket(socket.AF_UNIX)
    listener.bind("")  # Linux gives it a name
    listener.listen()
    server = os.fork()
    if server == 0:
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        _serve_children(listener)
    atexit.register(os.kill, server, signal.SIGKILL)
    address = listener.getsockname()
    listener.close()

    def run_forked(arguments: Sequence[str], seconds: float, lock: int) -> "subprocess.CompletedProcess[str]":
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(seconds)
            connection.connect(address)
            socket.send_fds(connection, [json.dumps(list(arguments)).encode()], [lock])
            try:
                with connection.makefile() as told:
                    code, found = json.load(told)
            except TimeoutError:
                raise subprocess.TimeoutExpired(list(arguments), seconds) from None
        return subprocess.CompletedProcess(list(arguments), code, "".join(f"{line}\n" for line in found))

    return run_forked


def _serve_children(listener: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that serve
    while True:
        connection, _ = listener.accept()
        if os.fork() == 0:
            try:
                _serve_child(connection)
            finally:  # nothing may unwind from here: it would remove the folder of those that still run
                os._exit(0)
        connection.close()


def _serve_child(connection: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    asked, *_ = socket.recv_fds(connection, 65536, 1)  # the lock is held until this process ends
    if not asked:  # who asked was killed before it could say what
        return
    arguments = json.loads(asked)
    ending = run(lambda: found_by(arguments))
    with suppress(OSError):  # who asked was killed
        connection.sendall(json.dumps([int(bool(ending.fault)), ending.value or []]).encode())


def calls_so_far() -> int:
    """How many calls changed a file in the folder of this process's fault."""
    disk = ctypes.CDLL(None)
    disk.fault_calls.restype = ctypes.c_long
    return int(disk.fault_calls())


def spread(count: int, calls: int, seconds: float, *, seed: int) -> list[Fault]:
    """So many moments to be killed at: half of them at writes, evenly spaced, half at random times."""
    writes = count - count // 2
    moments = random.Random(seed)
    exact = [Fault(at=1 + int((place + 0.5) * calls / writes)) for place in range(writes)]
    return exact + [Fault(after_seconds=moments.uniform(0, seconds)) for _ in range(count // 2)]
