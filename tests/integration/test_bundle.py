"""An answer that was exported is verified again elsewhere, quote for quote."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ingest.pipeline import ingest
from rag.assistant import Assistant
from ui.bundle import bundle_of
from ui.cli import app

LEASE = "# Lease\n\nThe rent is 850 euros a month.\n\nThe deposit is 1,700 euros.\n"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another library, which read the same file from another place, and more."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "copy-of-lease.md").write_text(LEASE)
    (folder / "other.md").write_text("# Notes\n\nThe rent is 900 euros a month.\n")
    assistant = Assistant.open(folder / "library", create=True)
    ingest([folder / "copy-of-lease.md", folder / "other.md"], into=assistant)
    assistant.close()
    return folder / "library"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("here")
    (folder / "lease.md").write_text(LEASE)
    assistant = Assistant.open(folder / "library", create=True)
    ingest([folder / "lease.md"], into=assistant)
    yield bundle_of(assistant.ask("How much is the deposit?"), assistant.library)
    assistant.close()


def checked(bundle: object, library: Path, folder: Path) -> Any:
    (folder / "bundle.json").write_text(bundle if isinstance(bundle, str) else json.dumps(bundle))
    return CliRunner().invoke(app, ["check", "--bundle", str(folder / "bundle.json"), "--library", str(library)])


def test_a_bundle_stands_in_another_library_with_the_same_document(
    bundle: dict[str, Any], elsewhere: Path, tmp_path: Path
) -> None:
    result = checked(bundle, elsewhere, tmp_path)
    assert result.exit_code == 0
    assert "the quote stands, word for word" in result.stdout


@pytest.mark.parametrize("damage", ["quote", "place", "context", "document", "nothing cited"])
def test_a_bundle_that_was_changed_does_not_stand(
    bundle: dict[str, Any], elsewhere: Path, tmp_path: Path, damage: str
) -> None:
    changed = json.loads(json.dumps(bundle))
    [citation] = changed["citations"]
    if damage == "quote":
        citation["quote"] = citation["quote"].replace("1,700", "1,900")
    elif damage == "place":
        citation["start"], citation["end"] = citation["start"] - 3, citation["end"] - 3
    elif damage == "context":
        citation["context"] = [{"text": "Sublease", "start": 2, "end": 7}]
    elif damage == "document":
        changed["documents"][0]["sha256"] = "0" * 64
    else:
        changed["citations"] = []
    assert checked(changed, elsewhere, tmp_path).exit_code == 1


@pytest.mark.parametrize("text", ["", "[]", "{}", "nonsense", "[" * 100_000], ids=["", "list", "bare", "words", "deep"])
def test_what_is_no_bundle_is_one_line(elsewhere: Path, tmp_path: Path, text: str) -> None:
    assert "is no bundle of an answer" in str(checked(text, elsewhere, tmp_path).exception)


def test_a_bundle_is_checked_alone(elsewhere: Path, tmp_path: Path) -> None:
    command = ["check", "a claim", "--bundle", str(tmp_path / "x.json"), "--library", str(elsewhere)]
    assert "Leave everything" in str(CliRunner().invoke(app, command).exception)
