"""The pages say what the program does."""

import re
from pathlib import Path

import pytest
import typer.main

from rag.settings import Settings
from ui.cli import app

CLI = (Path(__file__).parent.parent.parent / "docs/cli.md").read_text()
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group of commands


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_documented(name: str) -> None:
    assert f"## `footnoted {name}" in CLI


@pytest.mark.parametrize("name", COMMANDS)
def test_a_commands_options_are_documented(name: str) -> None:
    section = CLI.split(f"## `footnoted {name}")[1].split("\n## ")[0]
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts if option.startswith("--")}
    assert {option for option in options if not re.search(rf"`{option}\b", section)} == {"--help"} & options


@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_setting_is_documented(name: str) -> None:
    assert f"| `{name}` |" in CLI


def test_the_commands_of_the_design_are_all_there() -> None:
    assert set(COMMANDS) == {"ingest", "ask", "check", "ui", "eval", "doctor"}


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_the_files_a_page_names_exist(page: str) -> None:
    root = Path(__file__).parent.parent.parent
    text = (root / page).read_text()
    named = set(re.findall(r"`((?:rag|ingest|ui|eval|tests|docs)/[\w./-]+)`", text))
    linked = {str(Path(page).parent / link) for link in re.findall(r"\]\(([\w./-]+)\)", text)}
    assert {path for path in named | linked if not (root / path).exists()} == set()
