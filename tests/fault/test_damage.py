"""Damaged vectors are found at the start and made again; the answers are those from before."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.fault.damage import KINDS


@pytest.fixture(scope="module")
def report(accidents: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    return accidents("damage", "--count", "8", "--unsealed", "4")


def test_no_damage_changes_an_answer_or_ends_a_process(report: dict[str, Any]) -> None:
    assert report["faults"] == []


def test_every_kind_of_damage_is_found(report: dict[str, Any]) -> None:
    assert report["sealed"] == report["kinds"] == len(KINDS) >= 18


def test_damage_is_found_by_the_child_where_there_is_no_seal(report: dict[str, Any]) -> None:
    assert report["unsealed"] >= 4
