"""What is said to the assistant itself."""

from pathlib import Path

import pytest

from rag.answer.talk import examples
from rag.assistant import Assistant
from rag.contract import answer_json
from rag.domain import AnswerKind, Block, BlockKind, Document, Origin, Outcome, Passage, Retrieved, Span
from rag.library.library import DiskLibrary
from rag.question.kind import kind_of
from rag.question.talk import Said, Talk, talk_of, without_greeting
from rag.settings import Settings
from rag.wiring import Parts
from tests.answers import read_passage
from tests.fakes import HashEmbedder


@pytest.mark.parametrize(
    ("words", "talk"),
    [
        ("hi", Talk.GREETING),
        ("Good morning everyone!", Talk.GREETING),
        ("hello, how are you?", Talk.HOW_ARE_YOU),
        ("Ok, thanks a lot.", Talk.THANKS),
        ("Thank you for your help!", Talk.THANKS),
        ("no thanks", Talk.THANKS),
        ("great", Talk.GOOD),
        ("bye", Talk.GOODBYE),
        ("Hi! What can you do?", Talk.ABILITIES),
        ("help", Talk.ABILITIES),
        ("who are you", Talk.IDENTITY),
        ("What do you know about?", Talk.CONTENTS),
    ],
)
def test_talk_is_told_by_what_is_said(words: str, talk: Talk) -> None:
    assert talk_of(words) == Said(talk)


@pytest.mark.parametrize(
    ("words", "talk"),
    [
        ("Hallo", Talk.GREETING),
        ("Vielen Dank!", Talk.THANKS),
        ("Hi, was kannst du?", Talk.ABILITIES),
        ("Wer bist du?", Talk.IDENTITY),
        ("Worüber weißt du etwas?", Talk.CONTENTS),
    ],
)
def test_german_talk_is_told_as_german(words: str, talk: Talk) -> None:
    assert talk_of(words) == Said(talk, in_german=True)


@pytest.mark.parametrize(
    "question",
    [
        "What do you know about harbours?",
        "Help with the boiler",
        "Great Oster's mayor?",
        "Hello Mills price list",
        "What can you do about a leaking tap?",
        "and the deposit?",
        "Nice weather in June?",
        "Good Friday opening hours",
    ],
)
def test_a_question_that_begins_like_talk_is_none(question: str) -> None:
    assert (talk_of(question), without_greeting(question)) == (None, question)


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("Hi, when is the rent due?", "When is the rent due?"),
        ("Hello! How are you? when is the rent due?", "When is the rent due?"),
        ("thanks, and when is the rent due?", "When is the rent due?"),
        ("Hallo, wann ist die Miete fällig?", "Wann ist die Miete fällig?"),
        ("hi where is the mill?", "Where is the mill?"),
    ],
)
def test_a_greeting_before_a_question_is_left_out(said: str, question: str) -> None:
    assert (without_greeting(said), talk_of(said)) == (question, None)


def test_talk_is_a_kind_of_its_own() -> None:
    assert kind_of("Thanks!") is AnswerKind.TALK


def library_of(folder: Path, **texts: str) -> Assistant:
    embedder = HashEmbedder()
    library = DiskLibrary(folder, embedder=embedder.name, dimension=embedder.dimension, create=True)
    with library.writing() as writer:
        for name, text in texts.items():
            document = Document(name, text, Origin(f"docs/{name}.txt", title=name.capitalize()))
            span = Span(0, len(text))
            vectors = embedder.embed([text])
            writer.put(document, source=f"/docs/{name}.txt", sha256=name, spans=[span], vectors=vectors)
    embedder.embedded.clear()
    return Assistant(Parts(library, embedder), Settings(library=folder))


def test_talk_is_answered_in_one_line_without_a_citation(tmp_path: Path) -> None:
    answer = library_of(tmp_path, mill="The mill at Oster burned down.").ask("hi")
    assert (answer.outcome, answer.kind, answer.claims, answer.citations, answer.text) == (
        Outcome.ANSWERED,
        AnswerKind.TALK,
        (),
        (),
        "Hello! Ask me anything about your 1 document; every sentence of an answer has a footnote.",
    )


def test_nothing_is_searched_for_talk(tmp_path: Path) -> None:
    assistant = library_of(tmp_path, mill="The mill at Oster burned down.")
    first, *_ = assistant.stream("What can you do?")
    assert (first, assistant.embedder.embedded) == (Retrieved(()), [])  # type: ignore[attr-defined]


def test_what_is_known_of_is_named(tmp_path: Path) -> None:
    texts = {name: f"This is about the {name}." for name in ("mill", "weir", "lock", "quay", "pier")}
    text = library_of(tmp_path, **texts).ask("What do you know about?").text
    assert text == "I know what your 5 documents say: “Pier”, “Quay”, “Lock”, and 2 more."


def test_who_greets_an_empty_library_hears_how_to_fill_it(tmp_path: Path) -> None:
    text = library_of(tmp_path).ask("hi").text
    assert text == "Hello! The library is empty: add documents with `footnoted ingest PATH`, then ask about them."


def test_german_talk_is_answered_in_german(tmp_path: Path) -> None:
    assert library_of(tmp_path, mill="Die Mühle brannte.").ask("Danke!").text.startswith("Gern geschehen.")


def test_a_greeting_brings_questions_to_begin_with(tmp_path: Path) -> None:
    answer = library_of(tmp_path, mill="The mill at Oster burned down.").ask("hi")
    assert answer_json(answer)["suggestions"] == ["What is the document “Mill” about?"]


def test_thanks_bring_no_questions_to_begin_with(tmp_path: Path) -> None:
    assert "suggestions" not in answer_json(library_of(tmp_path, mill="The mill burned down.").ask("thanks"))


def test_a_question_after_a_greeting_is_searched_without_it(tmp_path: Path) -> None:
    answer = library_of(tmp_path, mill="The mill at Oster burned down.").ask("Hi, when did the mill burn down?")
    assert (answer.question, answer.query) == ("Hi, when did the mill burn down?", "When did the mill burn down?")


def headed(title: str, heading: str, text: str) -> Passage:
    whole = f"{heading}\n\n{text}\n"
    end = len(heading)
    blocks = (Block(BlockKind.HEADING, Span(0, end), level=1), Block(BlockKind.PARAGRAPH, Span(end + 2, len(whole))))
    document = Document("d", whole, Origin("d.md", title=title), blocks=blocks)
    return Passage.cut(document, Span(0, len(whole)))


def test_examples_are_made_of_labels_and_headings() -> None:
    form = read_passage("Holder: Ada Brandt\nValid until: 3 May 2026\n", title="Boat licence")
    rules = headed("Rules of the yard", "3.1 Cranes", "A crane is used by two people.")
    assert examples([[form], [rules]]) == (
        "What is the holder in “Boat licence”?",
        "What does “Rules of the yard” say about Cranes?",
        "What is the document “Boat licence” about?",
    )


def test_examples_ask_for_what_is_alike_only_once() -> None:
    bills = [[read_passage(f"Amount due: {number} florins\n", title=f"Bill {number}")] for number in (3, 4)]
    assert examples(bills, limit=2) == ("What is the amount due in “Bill 3”?", "What is the document “Bill 4” about?")


def test_without_documents_there_are_no_examples() -> None:
    assert examples([]) == ()
