"""A whole session on a machine without a network: ingest, ask, and the page's first response. Run by test_offline.py.

Started in a network namespace of its own, where not even loopback is up: it switches loopback on, and nothing else.
"""

import fcntl
import json
import re
import socket
import struct
import subprocess
import sys
import urllib.request
from pathlib import Path

SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1
PROGRAM = [sys.executable, "-c", "from ui.cli import main; main()"]
SECONDS = 120


def switch_loopback_on() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control.fileno(), SIOCSIFFLAGS, struct.pack("16sh", b"lo", IFF_UP))


def is_cut_off() -> bool:
    with socket.socket() as outside:
        return outside.connect_ex(("192.0.2.1", 80)) != 0  # an address kept for documentation


def page() -> str:
    """The first response of the chat page."""
    with subprocess.Popen([*PROGRAM, "ui", "--port", "7900"], stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            for line in server.stderr:
                address = re.search(r"http://127\.0\.0\.1:\d+", line)
                if address:
                    with urllib.request.urlopen(address.group(), timeout=SECONDS) as response:
                        return str(response.read().decode())
            return "no address was printed"
        finally:
            server.terminate()


if __name__ == "__main__":
    documents = Path(sys.argv[1])
    switch_loopback_on()
    ingested = subprocess.run(
        [*PROGRAM, "ingest", documents, "--json"], capture_output=True, text=True, timeout=SECONDS
    )
    asked = subprocess.run([*PROGRAM, "ask", sys.argv[2], "--json"], capture_output=True, text=True, timeout=SECONDS)
    print(json.dumps({"cut off": is_cut_off(), "ingest": ingested.stdout, "ask": asked.stdout, "page": page()}))
