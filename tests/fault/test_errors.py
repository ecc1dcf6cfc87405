"""A full disk, a failing one and somebody else's lock lose no document, and are told with the document's name."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture(scope="module")
def report(accidents: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    return accidents("errors", "--count", "2")


def test_nothing_is_lost(report: dict[str, Any]) -> None:
    assert report["faults"] == []


def test_what_cannot_be_stored_is_told(report: dict[str, Any]) -> None:
    assert report["told"]["full disk"] == 2
