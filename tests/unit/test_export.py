"""What is taken away of an answer: its text with markers and sources, and Markdown in which nothing of others acts."""

from dataclasses import replace

from rag.domain import AnswerKind, Citation, Claim, Conflict, Origin, Side, Span, Verdict
from tests.answers import answered
from ui.web.export import markdown, plain_text

ORIGIN = Origin("bills/may.pdf", title="Bill for May", published="2025-05-28")
CITATION = Citation(1, "d", Span(0, 9), "£1,816.20", ORIGIN, 2)
TOTAL = Claim("The total is £1,816.20.", Verdict.SUPPORTED, (1,))


def test_a_marker_stands_apart_from_the_figure_before_it_and_its_source_follows() -> None:
    assert plain_text(answered(TOTAL, citations=(CITATION,))) == (
        "The total is £1,816.20. [1]\n\nSources\n[1] Bill for May — 28 May 2025, page 2 (may.pdf): “£1,816.20”"
    )


def test_steps_keep_their_lines_and_numbers() -> None:
    claims = (Claim("Knock.", Verdict.SUPPORTED, (1,), mark="1."), Claim("Enter.", Verdict.SUPPORTED, mark="2."))
    text = plain_text(answered(*claims, kind=AnswerKind.STEPS, lead="2 steps:"))
    assert text.splitlines() == ["2 steps:", "", "1. Knock. [1]", "2. Enter."]


def test_a_doubtful_sentence_and_a_conflict_stay_so() -> None:
    conflict = Conflict("When it burned", (Side("On 3 May.", (1,)), Side("On 4 May.", (2,))))
    text = plain_text(answered(replace(TOTAL, verdict=Verdict.UNSUPPORTED), conflicts=(conflict,)))
    assert "(unsupported)" in text
    assert "Sources disagree: When it burned\n- On 3 May. [1]\n- On 4 May. [2]" in text


def test_markdown_has_a_footnote_for_each_quote() -> None:
    text = markdown(answered(TOTAL, citations=(CITATION,), question="How much is it?"))
    assert text.startswith("## How much is it?\n\nThe total is £1,816.20.[^1]\n\n[^1]: Bill for May")


def test_signs_of_others_mean_nothing_in_markdown() -> None:
    bad = "![x](https://evil.invalid/x.png) <script> [a](b) # | `c`"
    text = markdown(answered(Claim(bad, Verdict.SUPPORTED), question=bad, citations=(replace(CITATION, quote=bad),)))
    for sign in "!<`#|":
        assert text.replace(f"\\{sign}", "").replace("## ", "", 1).count(sign) == 0
    assert text.replace("\\]", "").count("](") == 0
