"""A verdict on an answer becomes a case that the suite `own` reads."""

from pathlib import Path

import pytest

from eval.cases import Case, Evidence, load_cases
from eval.feedback import case_of
from eval.json_lines import append_json_lines
from rag.domain import Answer, Citation, Claim, Mode, Origin, Outcome, Span, Turn, Verdict

TURNS = (Turn("Where is the mill?", "At Oster [1]."),)
QUOTE = 'It burned on 3 May.\n<script>"x"</script>'
CITED = (Citation(1, "d1", Span(0, len(QUOTE)), QUOTE, Origin("mill.txt")),)


def answer(*, citations: tuple[Citation, ...] = CITED, outcome: Outcome = Outcome.ANSWERED) -> Answer:
    claims = (Claim("It burned on 3 May.", Verdict.SUPPORTED, (1,)),) if citations else ()
    return Answer("When?", "When?", outcome, 0.9, Mode.EXTRACTIVE, "It burned on 3 May. [1]", claims, citations)


def kept(tmp_path: Path, given: Answer, *, good: bool, comment: str = "", turns: tuple[Turn, ...] = ()) -> Case:
    append_json_lines([case_of("page-1", "When?", turns, given, good=good, comment=comment)], tmp_path / "f.jsonl")
    [case] = load_cases(tmp_path / "f.jsonl")
    return case


def test_a_good_answer_is_a_case_with_its_quotes_as_evidence(tmp_path: Path) -> None:
    case = kept(tmp_path, answer(), good=True, turns=TURNS)
    assert (case.question, case.turns, case.draft) == ("When?", TURNS, False)
    assert case.evidence == ((Evidence("mill.txt", QUOTE),),)


def test_a_good_abstention_is_an_unanswerable_case(tmp_path: Path) -> None:
    case = kept(tmp_path, answer(citations=(), outcome=Outcome.ABSTAINED), good=True)
    assert (case.unanswerable, case.draft) == (True, False)


def test_a_bad_answer_waits_for_a_person_and_proves_nothing(tmp_path: Path) -> None:
    case = kept(tmp_path, answer(), good=False, comment="It was June.", turns=TURNS)
    assert (case.draft, case.evidence, case.turns) == (True, (), TURNS)


def test_a_bad_answer_is_kept_with_what_was_said_and_the_comment() -> None:
    fields = case_of("page-1", "When?", (), answer(), good=False, comment="It was June.")
    assert (fields["answer"], fields["comment"]) == ("It burned on 3 May. [1]", "It was June.")


def test_a_good_answer_that_cites_nothing_waits_for_a_person(tmp_path: Path) -> None:
    assert kept(tmp_path, answer(citations=()), good=True).draft


@pytest.mark.parametrize("comment", ["a\nb\u2028c", "\ud800", "\x00", '"}{"', "<img src=x>", "🙂"])
def test_any_comment_leaves_the_file_readable(tmp_path: Path, comment: str) -> None:
    for id_ in ("one", "two"):
        case = case_of(id_, f"When{comment}?", (), answer(), good=False, comment=comment)
        append_json_lines([case], tmp_path / "f.jsonl")
    assert [case.id for case in load_cases(tmp_path / "f.jsonl")] == ["one", "two"]


def test_an_editor_that_leaves_the_last_line_open_costs_no_case(tmp_path: Path) -> None:
    file = tmp_path / "f.jsonl"
    file.write_text('{"id": "mine", "question": "Why?", "unanswerable": true}')
    append_json_lines([case_of("page-1", "When?", (), answer(), good=True)], file)
    assert [case.id for case in load_cases(file)] == ["mine", "page-1"]
