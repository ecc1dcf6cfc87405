"""Processes that do one job after the other."""

import signal
import sys
import threading
from collections.abc import Iterator

import pytest

from rag.child import Child, ChildEndedError, ChildLateError

SECONDS = 30


@pytest.fixture
def child() -> Iterator[Child]:
    child = Child("tests.odd_child")
    yield child
    child.end()


def test_jobs_are_done_one_after_the_other(child: Child) -> None:
    assert [child.do(job, SECONDS) for job in ("one", "two")] == ["one is done", "two is done"]


def test_what_a_job_prints_is_no_outcome(child: Child) -> None:
    assert [child.do(job, SECONDS) for job in ("print", "one")] == ["print is done", "one is done"]


def test_a_child_sees_its_parent(child: Child) -> None:
    assert child.do("has a parent", SECONDS) == "True"


def test_a_job_that_takes_too_long_ends_the_child(child: Child) -> None:
    with pytest.raises(ChildLateError, match="took longer than 1 seconds"):
        child.do("hang", 1)
    assert not child.is_alive


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals there")
def test_a_job_that_uses_too_much_of_the_processor_ends_the_child(child: Child) -> None:
    with pytest.raises(ChildLateError, match="too much of the processor's time"):
        child.do("toil", SECONDS, processor_seconds=1)
    assert not child.is_alive


def test_a_job_that_waits_uses_nothing_of_the_processor(child: Child) -> None:
    assert child.do("wait", SECONDS, processor_seconds=0.5) == "wait is done"


def test_a_job_may_be_given_more_of_the_processor(child: Child) -> None:
    assert child.do("toil for more", SECONDS, processor_seconds=1) == "toil for more is done"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals there")
def test_a_crash_is_told_by_its_signal(child: Child) -> None:
    with pytest.raises(ChildEndedError, match="SIGSEGV"):
        child.do("crash", SECONDS)
    assert not child.is_alive


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals there")
def test_a_job_that_is_broken_off_leaves_no_outcome_for_the_next_one(child: Child) -> None:
    child.do("one", SECONDS)
    # To the thread that waits, as Ctrl-C comes to it: else it is told only when the job is over.
    timer = threading.Timer(0.5, signal.pthread_kill, [threading.get_ident(), signal.SIGINT])
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        child.do("hang", SECONDS)
    assert not child.is_alive
