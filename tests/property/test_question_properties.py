"""Whatever is typed is understood as something that can be searched."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.domain import Turn
from rag.question.follow_up import self_contained
from rag.question.understand import KnownNames, understand
from rag.text.words import content_words

PIECES = st.sampled_from(
    """according to reported by the article and while Reuters Wired 'Time' , ; ? 5 May 2025 2024-02-30 before it
    there no and where what about May he the second one other mill rent of How much does Jan Mol pay is""".split()
)
QUESTIONS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map(" ".join))
KNOWN = KnownNames(["Reuters", "Wired", "Time", "The Age"], ["Jan Mol"])


@given(question=QUESTIONS)
@settings(max_examples=200)
def test_a_question_has_at_least_one_part_and_stays_as_typed(question: str) -> None:
    asked = understand(question, KNOWN)
    assert asked.parts
    assert asked.query == question


@given(names=st.lists(st.text(max_size=30), max_size=5), question=QUESTIONS)
def test_any_name_can_be_known(names: list[str], question: str) -> None:
    assert understand(question, KnownNames(names, names)).parts


@given(question=QUESTIONS, earlier=st.lists(QUESTIONS, max_size=4))
def test_a_follow_up_adds_only_words_of_the_talk(question: str, earlier: list[str]) -> None:
    query = self_contained(question, [Turn(one, "") for one in earlier])
    told = set(content_words(" ".join([question, *earlier]).casefold()))
    assert {word for word in content_words(query.casefold()) if not word[0].isdigit()} <= told
    assert query.strip() or not question.strip()
