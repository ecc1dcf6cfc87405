"""What a question is understood to ask for: sources, days, parts, the latest."""

import pytest

from rag.domain import Period, Within
from rag.question.understand import Asked, KnownNames, asked_one_by_one, understand, without_newest

OUTLETS = ["Reuters", "The Age", "Time", "Fortune", "Wired", "TechCrunch", "FOX News - Health", "www.lisk-post.example"]
KNOWN = KnownNames(OUTLETS, ["Ana Kovar, Jan Mol", "Prudence Wray"])


def sources(question: str) -> list[str]:
    """The outlets and authors that the parts are searched in."""
    return sorted({name for part in understand(question, KNOWN).parts for name in part.within.by})


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("According to Reuters, who closed the canal?", ["Reuters"]),
        ("who closed the canal, according to reuters?", ["Reuters"]),
        ("Which law was cited, as reported by 'The Age'?", ["The Age"]),
        ("What does the Wired article say about chips?", ["Wired"]),
        ("what does the wired article say about chips", ["Wired"]),
        ("What did FOX News report about masks?", ["FOX News - Health"]),
        ("What do the reports of Reuters, Time and Fortune say?", ["Fortune", "Reuters", "Time"]),
        ("Do the TechCrunch and Wired articles agree?", ["TechCrunch", "Wired"]),
        ("What happened at the dam, as described by Jan Mol?", ["Ana Kovar, Jan Mol"]),
    ],
)
def test_a_name_given_as_a_source_decides_where_to_search(question: str, named: list[str]) -> None:
    assert sources(question) == named


@pytest.mark.parametrize(
    "question",
    [
        "How long did it take this time?",
        "At the age of 30, who became mayor?",
        "Who made a fortune with wool?",
        "Time flies, but who said so?",
        "Is the mill wired to the grid?",
        "Where was Prudence Wray born?",
        "What is the Ketteral Canal?",
        "?",
    ],
)
def test_ordinary_words_and_people_asked_about_are_no_sources(question: str) -> None:
    asked = understand(question, KNOWN)
    assert asked == Asked(query=question, matter=question, parts=asked.parts)
    assert [(part.text, part.within) for part in asked.parts] == [(question, Within())]


def test_an_outlet_that_is_asked_about_is_preferred_and_shuts_nothing_out() -> None:
    asked = understand("Who bought TechCrunch last year?", KNOWN)
    assert asked.preferred == (Within(by=frozenset(["TechCrunch"])),)
    assert [part.within for part in asked.parts] == [Within()]


def test_each_source_is_searched_for_what_is_said_of_it() -> None:
    asked = understand(
        "Does the Reuters article say the canal reopened, while the Wired article says barges were scrapped?", KNOWN
    )
    said = {next(iter(part.within.by)): part.text for part in asked.parts}
    assert "canal reopened" in said["Reuters"]
    assert "barges" not in said["Reuters"]
    assert "barges were scrapped" in said["Wired"]


def test_what_stands_before_its_source_is_searched_there() -> None:
    asked = understand(
        "Who closed the canal to barges, as reported by Reuters, and lost the harbour vote, according to Wired?", KNOWN
    )
    said = {next(iter(part.within.by)): part.text for part in asked.parts}
    assert "closed the canal" in said["Reuters"]
    assert "lost the harbour vote" in said["Wired"]
    assert "canal" not in said["Wired"]


def test_the_name_of_a_source_is_not_searched_for_in_its_text() -> None:
    assert "Fortune" not in understand("What does the Fortune article say of the fortune he made?", KNOWN).matter
    assert "fortune" in understand("What does the Fortune article say of the fortune he made?", KNOWN).matter


def test_the_day_of_a_report_bounds_it_with_a_day_on_each_side() -> None:
    (part,) = understand("What did the Reuters report of May 30, 2025 say on the ban?", KNOWN).parts
    assert part.within == Within(by=frozenset(["Reuters"]), published=Period("2025-05-29", "2025-05-31"))


def test_two_days_of_one_outlet_are_two_parts() -> None:
    question = "Did Reuters report the same on 5 May 2025 and in its article of 9 June 2025 about the ban?"
    periods = [part.within.published for part in understand(question, KNOWN).parts]
    assert periods == [Period("2025-05-04", "2025-05-06"), Period("2025-06-08", "2025-06-10")]


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("What did the ministry announce in May 2025?", Period("2025-05-01", "2025-05-31")),
        ("What was known before 3 June 2025?", Period(None, "2025-06-03")),
        ("Who resigned after June 2025?", Period("2025-06-01", None)),
        ("What happened between 3 May 2025 and June 2025?", Period("2025-05-03", "2025-06-30")),
        ("What was decided in 2024?", Period("2024-01-01", "2024-12-31")),
        ("What was said on 2025-02-28?", Period("2025-02-28", "2025-02-28")),
    ],
)
def test_a_period_is_preferred(question: str, period: Period) -> None:
    assert understand(question, KNOWN).preferred == (Within(published=period),)


@pytest.mark.parametrize("question", ["What happened on 31 February 2025?", "Who may come?", "Are there 2024 barges?"])
def test_what_is_no_date_is_left_alone(question: str) -> None:
    assert understand(question, KNOWN).preferred == ()


@pytest.mark.parametrize(
    "question", ["What is the latest toll?", "who is mayor now", "Is it currently open?", "Is it open today?"]
)
def test_the_latest_is_heard(question: str) -> None:
    assert understand(question, KNOWN).newest


@pytest.mark.parametrize(
    "question",
    [
        "Where must I write today's date?",
        "Does the form want the date of today?",
        "By what day at the latest must the rent be paid?",
        "What is the latest day for a claim?",
    ],
)
def test_a_day_to_be_written_or_kept_asks_for_no_newest_report(question: str) -> None:
    assert not understand(question, KNOWN).newest


def test_long_clauses_are_parts_of_their_own() -> None:
    question = (
        "Why did Corravia close the Ketteral Canal to foreign barges, and how many crowns does the new toll cost today?"
    )
    assert len(understand(question, KNOWN).parts) == 2


def test_what_is_asked_one_by_one_is_searched_so() -> None:
    asked = understand("What did Ann want in 2024, and what did Bob say about exports?", KNOWN)
    assert [part.text for part in asked.parts] == ["What did Ann want in 2024?", "what did Bob say about exports?"]


def test_a_short_clause_is_no_part() -> None:
    assert len(understand("Who closed the canal, and why?", KNOWN).parts) == 1


def test_a_library_without_outlets_knows_no_sources() -> None:
    assert understand("According to Reuters, who won?", KnownNames([], [])).parts[0].within == Within()


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Who built the mill, and when was it sold?", ["Who built the mill?", "when was it sold?"]),
        ("How many boats sank and how many were saved?", ["How many boats sank?", "how many were saved?"]),
        ("Who built the mill? When did it burn down?", ["Who built the mill?", "When did it burn down?"]),
        ("Who built the mill and the bridge?", []),
        ("Who built the mill, and why?", []),
        ("Who built the mill?", []),
    ],
)
def test_what_one_sentence_asks_twice_is_asked_one_by_one(question: str, parts: list[str]) -> None:
    assert asked_one_by_one(question) == parts


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("What is the latest on the canal?", "the canal?"),
        ("whats the latest news about Reuters", "Reuters"),
        ("Is the canal open now?", "Is the canal open?"),
        ("Who is currently the mayor of Lund?", "Who is the mayor of Lund?"),
        ("What was the newest limit?", "What was the newest limit?"),
        ("Who owns the canal?", "Who owns the canal?"),
    ],
)
def test_what_is_asked_apart_from_the_newest(question: str, matter: str) -> None:
    assert without_newest(question) == matter
