"""What `footnoted eval` takes and refuses."""

import pytest
from typer.testing import CliRunner

from rag.errors import InputError
from ui.cli import app


def refusal(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["eval", *arguments])
    assert isinstance(result.exception, InputError)
    return str(result.exception)


def test_the_sample_suite_needs_no_name() -> None:
    assert "the suite 'sample'" in refusal("--held-out")


@pytest.mark.parametrize("option", [["--out", "x"], ["--predictions", "x"], ["--accept"], ["--held-out"]])
@pytest.mark.parametrize("asking_nothing", [["--mutate"], ["new", "--data", "x"]])
def test_options_for_answers_are_refused_where_nothing_is_asked(asking_nothing: list[str], option: list[str]) -> None:
    assert "no question is asked" in refusal(*asking_nothing, *option)
