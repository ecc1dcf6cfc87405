"""The pages say what the program does."""

import re
from pathlib import Path

import pytest
import typer.main
from pydantic.fields import FieldInfo

from ingest.readers.kind import SUFFIXES
from rag.settings import Settings
from ui.cli import app

ROOT = Path(__file__).parent.parent.parent
CLI = (ROOT / "docs/cli.md").read_text()
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group of commands


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_documented(name: str) -> None:
    assert f"## `footnoted {name}" in CLI


@pytest.mark.parametrize("name", COMMANDS)
def test_a_commands_options_are_documented(name: str) -> None:
    section = CLI.split(f"## `footnoted {name}")[1].split("\n## ")[0]
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts if option.startswith("--")}
    assert {option for option in options if not re.search(rf"`{option}\b", section)} == {"--help"} & options


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_that_a_table_documents_is_there(name: str) -> None:
    rows = re.findall(r"^\| (`--.*?) \|", CLI.split(f"## `footnoted {name}")[1].split("\n## ")[0], re.MULTILINE)
    documented = {option for row in rows for option in re.findall(r"--[a-z0-9-]+", row)}
    assert documented <= {option for parameter in COMMANDS[name].params for option in parameter.opts}


@pytest.mark.parametrize(("name", "field"), [(name, field) for name, field in Settings.model_fields.items()])
def test_a_setting_is_documented_with_its_default(name: str, field: FieldInfo) -> None:
    [written] = re.findall(rf"^\| `{name}` \| (.*?) \|", CLI, re.MULTILINE)
    if field.default_factory is None:  # one that depends on the machine is told in words
        default = field.default
        assert written == ("none" if default is None else default if isinstance(default, str) else f"{default:g}")


def test_every_setting_that_the_table_documents_is_there() -> None:
    documented = re.findall(r"^\| `([a-z_]+)` \|", CLI.split("\n## Settings")[1], re.MULTILINE)
    assert sorted(documented) == sorted(Settings.model_fields)


@pytest.mark.parametrize("page", ["README.md", "docs/cli.md"])
def test_every_format_that_is_read_is_named(page: str) -> None:
    same_as_another = {".text", ".markdown", ".htm", ".ndjson"}
    [formats] = re.findall(r"(?:It reads|Formats:) (.*?)[.;]", (ROOT / page).read_text(), re.DOTALL)
    assert {f".{name}" for name in re.findall(r"\b(?!and\b)\w+", formats)} == set(SUFFIXES) - same_as_another


def test_the_commands_of_the_design_are_all_there() -> None:
    documents = {"ingest", "list", "show", "remove"}
    assert set(COMMANDS) == documents | {"ask", "chat", "check", "ui", "eval", "model", "doctor"}


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_the_files_a_page_names_exist(page: str) -> None:
    text = (ROOT / page).read_text()
    named = set(re.findall(r"`((?:rag|ingest|ui|eval|tests|docs)/[\w./-]+)`", text))
    linked = {str(Path(page).parent / link) for link in re.findall(r"\]\(([\w./-]+)\)", text)}
    assert {path for path in named | linked if not (ROOT / path).exists()} == set()
    # A file named without its folder is one of a package's.
    ours = {path.name for package in ("rag", "ingest", "eval", "ui") for path in (ROOT / package).rglob("*.py")}
    assert set(re.findall(r"`(\w+\.py)`", text)) <= ours
