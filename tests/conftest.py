"""No test reaches beyond this machine, and none depends on the person's own settings."""

import ipaddress
import os
import signal
import sys
from pathlib import Path

import pytest

# A shell that runs the tests in the background has them ignore Ctrl-C, and so would every program that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if event not in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        return
    host = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
    host = host[0] if isinstance(host, tuple) else host
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if not isinstance(host, str) or host.startswith("/") or host in ("", "localhost"):
        return  # a Unix socket, or a name that is always this machine
    try:
        is_loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise PermissionError(f"a test tried to reach {host}")


sys.addaudithook(_refuse_network)


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A home of its own, no settings of the person's, and nothing that looks like a key."""
    for name in os.environ:
        if name.startswith(("FOOTNOTED_", "OPENAI_")):
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("FOOTNOTED_FIND_MODEL", "0")  # a server of the person's would write other answers
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of the checkout."""
    return Path(__file__).parent.parent
