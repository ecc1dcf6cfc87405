"""The sample suite, read and asked once for all tests that look at what comes of it."""

import atexit
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.library import OpenAssistant, open_assistant
from eval.run import JOBS, CaseRun, Run, means, run
from eval.suite import Suite
from eval.suites import find_suite


@cache
def sample_suite() -> Suite:
    found = find_suite("sample")
    assert isinstance(found, Suite)
    return found


@cache
def sample_run() -> Run:
    """The whole suite, as it is answered."""
    return asked_again(sample_suite())


@cache
def part(step: int) -> Suite:
    """One case of so many: the half is enough to see what makes answers worse, in half the time."""
    return replace(sample_suite(), cases=sample_suite().cases[::step])


@cache
def part_run(step: int) -> Run:
    """What the whole run says of these."""
    return of_cases(sample_run().cases[::step])


def of_cases(cases: Sequence[CaseRun]) -> Run:
    """The run of the suite as if it had these cases alone."""
    return replace(sample_run(), cases=tuple(cases), metrics=means(cases))


def asked_again(suite: Suite, *, assistant: OpenAssistant = open_assistant, jobs: int = JOBS) -> Run:
    """A run in which every case is asked, also one that was before; the documents are read at the first run alone."""
    return run(suite, assistant=assistant, cache=_library(), fresh=True, jobs=jobs)


@cache
def _library() -> Path:
    folder = TemporaryDirectory(prefix="footnoted-sample-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    return Path(folder.name)
