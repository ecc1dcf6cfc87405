"""What a language model is shown: the best statements, with what they need, within the budget."""

from collections.abc import Sequence

from rag.answer.rank import Ranked
from rag.evidence.statement import Statement
from rag.generate.excerpts import chosen_excerpts
from tests.answers import stated

LIST = "Bring along:\n\n- a rope\n- a lamp\n- a map\n"
PROSE = (
    "Anna Krol runs the mill. She was born in Oster. The mill has two wheels. It was built in 1750. "
    "Beside it is a weir."
)


def ranked(said: Sequence[Statement], *words: str, fit: float = 1.0) -> list[Ranked]:
    """The statements with these words, best first."""
    chosen = [next(one for one in said if each in one.text) for each in words]
    return [Ranked(one, -float(place), {"subject": fit}) for place, one in enumerate(chosen)]


def shown(best: Sequence[Ranked], budget_bytes: int = 1000) -> list[list[str]]:
    return [excerpt.lines for excerpt in chosen_excerpts(best, budget_bytes=budget_bytes)]


def test_the_best_statement_of_a_list_brings_the_others() -> None:
    assert shown(ranked(stated(LIST), "lamp")) == [["- a rope", "- a lamp", "- a map"]]


def test_a_sentence_of_prose_brings_its_neighbours() -> None:
    said = stated(PROSE)
    assert shown(ranked(said, "two wheels")) == [
        ["She was born in Oster.", "The mill has two wheels.", "It was built in 1750."]
    ]


def test_statements_stand_in_the_order_of_their_document() -> None:
    said = stated(PROSE)
    [lines] = shown(ranked(said, "weir", "Anna"))
    assert lines == [one.text for one in said if one.text in lines]


def test_what_does_not_fit_is_left_out_the_worst_first() -> None:
    lines = [f"Gate {number} opens at {number} in the morning and closes at night. " for number in range(5, 12)]
    said = stated("\n\n".join(lines))
    best = ranked(said, "Gate 9", "Gate 5", "Gate 7", "Gate 11", "Gate 6")
    [told] = shown(best, budget_bytes=250)
    assert "Gate 9" in " ".join(told)
    assert "Gate 11" not in " ".join(told)


def test_what_says_the_same_again_is_shown_once() -> None:
    one, other = stated(PROSE, "a.txt", title="Mills"), stated(PROSE, "b.txt", title="Mills")
    told = shown([*ranked(one, "two wheels"), *ranked(other, "two wheels")])
    assert sum("The mill has two wheels." in lines for lines in told) == 1


def test_what_is_about_something_else_is_not_shown() -> None:
    said = stated(PROSE)
    told = shown([*ranked(said, "weir"), *ranked(said, "Anna", fit=0.0)])
    assert all("Anna Krol runs the mill." not in lines for lines in told)
