"""The measure of follow-ups."""

import json
from pathlib import Path

import pytest

from eval.benchmarks.follow_ups import measure, overlap


def test_the_overlap_counts_content_words_by_stem() -> None:
    assert overlap("Which barges closed it?", "Who closed the barge?") == 1.0
    assert overlap("the canal", "a mill") == 0.0


def test_changed_and_unchanged_questions_are_counted_apart(tmp_path: Path) -> None:
    lines = [
        ("|user|: Where is Lisk?\n|user|: How old is it?", "|user|: How old is it?", "|user|: How old is Lisk?"),
        ("|user|: Where is Lisk?", "|user|: Where is Lisk?", "|user|: Where is Lisk?"),
    ]
    file = tmp_path / "followups.jsonl"
    file.write_text(
        "".join(json.dumps({"turns": turns, "last": last, "rewrite": told}) + "\n" for turns, last, told in lines)
    )
    assert measure([file]) == {
        "changed by the person": 1.0, "left by the person": 1.0,
        "F1 bare": pytest.approx(2 / 3), "F1 completed": 1.0, "left by us too": 1.0,
    }  # fmt: skip
