"""The layout that CONTRIBUTING promises."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGES = ("rag", "ingest", "eval", "ui")
ROOT = Path(__file__).parent.parent.parent


def _files() -> list[Path]:
    return sorted(path for package in (*PACKAGES, "tests") for path in (ROOT / package).rglob("*.py"))


def _imports(path: Path) -> Iterator[ast.Import | ast.ImportFrom]:
    return (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Import | ast.ImportFrom))


@pytest.mark.parametrize("path", _files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_builtin_eval_is_never_rebound(path: Path) -> None:
    rebinding = [
        node.lineno
        for node in _imports(path)
        if isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "eval" for alias in node.names)
    ]
    assert not rebinding, f"write `from eval.… import …` in line {rebinding}"


@pytest.mark.parametrize("path", _files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_no_drawer_for_everything(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}


@pytest.mark.parametrize(
    "path",
    [path for path in _files() if path.parts[len(ROOT.parts)] != "tests"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_environment_is_read_by_settings_alone(path: Path) -> None:
    names = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os"
    }
    assert not names & {"environ", "getenv"} or path in (ROOT / "rag/settings.py", ROOT / "ui/web/page.py")


def test_domain_needs_the_standard_library_alone() -> None:
    modules = {
        name
        for path in (ROOT / "rag/domain").glob("*.py")
        for node in _imports(path)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    assert modules <= sys.stdlib_module_names | {"rag.domain.answers", "rag.domain.documents"}
