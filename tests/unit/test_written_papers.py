"""What was written by hand for training: every piece that a question or claim names stands in its paper."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

PAPERS = Path(__file__).parents[2] / "training/papers"
FOLDERS = sorted(PAPERS.iterdir())
LABELS = {"supported", "contradicted", "unsupported"}


def rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def plain(text: str) -> str:
    return " ".join(re.sub(r"</?\w[^>]*>|\*", "", text).split()).casefold()


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def test_every_piece_stands_in_its_paper(folder: Path) -> None:
    texts = {file.name: plain(file.read_text(encoding="utf-8")) for file in (folder / "docs").iterdir()}
    asked = [row for row in rows(folder / "questions.jsonl") if row["source"]]
    pieces = [(row["source"], piece) for row in asked for piece in (row["said"], row["answer"])]
    also = [piece for row in asked for piece in row.get("also", ())]
    pieces += [(row["source"], row["said"]) for row in rows(folder / "claims.jsonl")]
    assert [piece for source, piece in pieces if plain(piece) not in texts[source]] == []
    assert [piece for piece in also if not any(plain(piece) in text for text in texts.values())] == []


def test_some_questions_have_no_answer_and_claims_have_every_label(folder: Path) -> None:
    asked = rows(folder / "questions.jsonl")
    assert 0.1 < sum(row["source"] is None for row in asked) / len(asked) < 0.5
    assert {row["label"] for row in rows(folder / "claims.jsonl")} == LABELS
