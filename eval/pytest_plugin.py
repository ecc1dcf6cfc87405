"""A pytest plugin: `pytest -m eval` runs a suite in a project of one's own. Nothing of footnoted is loaded before."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CheckAnswers = Callable[..., None]


def pytest_configure(config: pytest.Config) -> None:
    """Makes the marker known."""
    config.addinivalue_line("markers", "eval: asks the cases of a footnoted suite (slow; choose them with -m eval)")


@pytest.fixture
def check_answers(request: pytest.FixtureRequest) -> CheckAnswers:
    """Runs a suite, and fails the test with the verdict when answers got worse than its baseline.

    Call it with the name of a suite and the options of `eval.gate.run_suite`; without a name it runs `own`. Relative
    paths start from the folder of pytest's configuration.
    """

    def check(suite: str = "own", **options: Any) -> None:
        from eval.gate import run_suite  # seconds to import, which a run of other tests need not pay
        from eval.kept import default_place
        from eval.report import verdict

        root = request.config.rootpath
        placed: dict[str, Any] = {
            name: root / value if isinstance(value, str | Path) else value for name, value in options.items()
        }
        _, comparison = run_suite(suite, **{"cache": default_place(), **placed})
        if comparison is not None and comparison.failed:
            pytest.fail(verdict(comparison), pytrace=False)

    return check
