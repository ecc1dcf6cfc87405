"""Cases are loaded whole, or refused with the file and the line that is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.cases import Case, Evidence, Side, load_cases
from rag.errors import InputError

QUOTE = {"document": "a.txt", "quote": "It is 61 kilometres long."}
FACT: dict[str, Any] = {"id": "one", "question": "How long is it?", "answers": ["61 kilometres"], "evidence": [QUOTE]}


def loaded(tmp_path: Path, *lines: dict[str, Any] | str) -> list[Case]:
    path = tmp_path / "cases.jsonl"
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines), "utf-8")
    return load_cases(path)


def fault_of(tmp_path: Path, *lines: dict[str, Any] | str) -> str:
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, *lines)
    return str(caught.value)


def test_a_fact_has_one_group_of_answers_and_one_of_evidence(tmp_path: Path) -> None:
    assert loaded(tmp_path, FACT | {"tags": ["fact"]}) == [
        Case(
            id="one",
            question="How long is it?",
            answers=(("61 kilometres",),),
            evidence=((Evidence("a.txt", "It is 61 kilometres long."),),),
            tags=("fact",),
        )
    ]


def test_each_group_of_answers_gets_the_quotes_that_say_one_of_it(tmp_path: Path) -> None:
    lines = {
        "id": "two",
        "question": "How much before and after?",
        "all_answers": [["71 crowns"], ["66 crowns", "66 kr"]],
        "evidence": [{"document": "b.txt", "quote": "now 66 crowns"}, {"document": "a.txt", "quote": "once 71 crowns"}],
    }
    assert loaded(tmp_path, lines)[0].evidence == (
        (Evidence("a.txt", "once 71 crowns"),),
        (Evidence("b.txt", "now 66 crowns"),),
    )


def test_each_side_of_a_conflict_is_a_part_to_be_proved(tmp_path: Path) -> None:
    other = {"document": "b.txt", "quote": "It is 16 kilometres long."}
    sides = [{"answers": ["61"], "evidence": [QUOTE]}, {"answers": ["16"], "evidence": [other]}]
    case = loaded(tmp_path, FACT | {"sides": sides})[0]
    evidence = (Evidence(**QUOTE),), (Evidence(**other),)
    assert (case.evidence, case.sides) == (evidence, (Side(("61",), evidence[0]), Side(("16",), evidence[1])))


def test_an_unanswerable_case_wants_nothing(tmp_path: Path) -> None:
    case = loaded(tmp_path, {"id": "n", "question": "Who?", "answers": [], "evidence": [], "unanswerable": True})[0]
    assert (case.unanswerable, case.answers, case.evidence) == (True, (), ())


def test_blank_lines_are_left_out(tmp_path: Path) -> None:
    assert len(loaded(tmp_path, FACT, "", FACT | {"id": "two"}, "  ")) == 2


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "Invalid JSON"),
        ("[]", "object"),
        (FACT | {"question": ""}, "question"),
        (FACT | {"answers": "61"}, "answers"),
        (FACT | {"colour": "red"}, "there is no field 'colour'"),
        (FACT | {"evidence": [{"document": "a.txt", "quote": ""}]}, "evidence.0.quote"),
        (FACT | {"as_of": "last week"}, "as_of"),
            (FACT | {"turns": [{"question": "Where?"}]}, "turns.0.answer"),
            (FACT | {"documents": [{"id": "b", "text": "x"}]}, "'documents' have no 'a.txt'"),
            (FACT | {"documents": [{"id": "a.txt", "text": "x"}] * 2}, "same id"),
        (FACT | {"all_answers": [["61"]]}, "not both"),
        (FACT | {"unanswerable": True}, "unanswerable"),
        ({"id": "one", "question": "How long?"}, "answerable question needs"),
        (FACT | {"answers": [], "all_answers": [["61"], ["three locks"]]}, "every group"),
        (FACT | {"answers": [], "all_answers": [[]]}, "all_answers.0"),
    ],
    ids=[
        "broken JSON", "no object", "empty question", "answers no list", "unknown field",
        "evidence with an empty quote", "no day", "turn without answer", "evidence of no document",
        "two documents of one id", "two kinds of answers", "unanswerable with answers", "nothing wanted",
        "group without proof", "empty group",
    ],
)  # fmt: skip
def test_a_wrong_line_is_named_with_its_fault(tmp_path: Path, line: dict[str, Any] | str, fault: str) -> None:
    message = fault_of(tmp_path, FACT | {"id": "zero"}, line)
    assert f"{tmp_path / 'cases.jsonl'}, line 2:" in message
    assert fault in message


def test_an_id_used_twice_names_both_lines(tmp_path: Path) -> None:
    assert "line 3: the id 'one' is already that of line 1" in fault_of(tmp_path, FACT, "", FACT)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.jsonl"):
        load_cases(tmp_path / "nowhere.jsonl")


def test_a_file_without_cases_is_refused(tmp_path: Path) -> None:
    assert "no cases" in fault_of(tmp_path, "")


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes("café".encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8"):
        load_cases(path)


def test_a_case_may_bring_turns_a_day_and_documents(tmp_path: Path) -> None:
    turn, document = (
        {"question": "Where is it?", "answer": "At Dunmar."},
        {"id": "a.txt", "text": "It is 61 kilometres."},
    )
    case = loaded(tmp_path, FACT | {"turns": [turn], "as_of": "2024-05-01", "documents": [document]})[0]
    assert (case.turns[0].answer, case.as_of, case.documents[0].id) == ("At Dunmar.", "2024-05-01", "a.txt")


def test_evidence_may_be_a_whole_document(tmp_path: Path) -> None:
    assert loaded(tmp_path, FACT | {"evidence": [{"document": "a.txt"}]})[0].evidence[0][0].quote == ""


def test_a_draft_need_not_say_yet_what_is_wanted(tmp_path: Path) -> None:
    assert loaded(tmp_path, {"id": "one", "question": "Why?", "draft": True, "answer": "So.", "comment": "Wrong."})[
        0
    ].draft
