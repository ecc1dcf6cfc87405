"""Reading a PDF reaches nowhere: the system kills the process that would open a socket, whatever code opens it."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from tests.printed import lines, printed

# The numbers of the system call `socket`, and of the machine that it is made on.
CALLS = {"x86_64": (41, 0xC000003E), "aarch64": (198, 0xC00000B7)}
READ = """
import ctypes, struct, sys

number, machine = int(sys.argv[1]), int(sys.argv[2])
load, equal, give = 0x20, 0x15, 0x06
rules = [(load, 0, 0, 4), (equal, 0, 3, machine), (load, 0, 0, 0), (equal, 0, 1, number), (give, 0, 0, 0x80000000),
         (give, 0, 0, 0x7FFF0000)]
filters = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *rule) for rule in rules))
program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(rules), ctypes.addressof(filters)))
system = ctypes.CDLL(None, use_errno=True)
if system.prctl(38, 1, 0, 0, 0) or system.prctl(22, 2, program, 0, 0):  # no new privileges; this filter of calls
    sys.exit(77)
if sys.argv[3] == "socket":
    import socket
    socket.socket()
else:
    from ingest.readers.pdf import read_pdf
    from rag.errors import DocumentError
    try:
        read_pdf(sys.stdin.buffer.read(), name="a.pdf", most_pages=50)
    except DocumentError as error:
        print(error)
"""
PAGE = lines(50, 100, "The harbour is shut.")
PICTURE = "q 600 0 0 800 0 0 cm\nBI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI\nQ"


def run(task: str, data: bytes, repository: Path) -> subprocess.CompletedProcess[bytes]:
    if platform.system() != "Linux" or platform.machine() not in CALLS:
        pytest.skip("only Linux on these machines has such filters")
    number, machine = CALLS[platform.machine()]
    command = [sys.executable, "-c", READ, str(number), str(machine), task]
    done = subprocess.run(command, input=data, capture_output=True, cwd=repository, timeout=120, check=False)
    if done.returncode == 77:
        pytest.skip("this system refuses filters")
    return done


def test_a_process_that_opens_a_socket_is_killed_here(repository: Path) -> None:
    assert run("socket", b"", repository).returncode < 0


@pytest.mark.parametrize("page", [PAGE, PICTURE])
def test_a_pdf_is_read_without_a_socket(page: str, repository: Path) -> None:
    done = run("read", printed(page), repository)
    assert (done.returncode, done.stderr) == (0, b"")
