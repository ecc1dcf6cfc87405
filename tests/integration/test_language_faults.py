"""Every fault of a language model, over real HTTP on this machine, ends in an honest answer of the whole assistant."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.domain import Answer, Finished, Mode, Outcome, TextDelta, Usage, Verdict
from rag.models.language.endpoint import OpenAiLanguageModel
from rag.settings import load_settings
from rag.wiring import Parts
from tests.faulty_server import FAULTS, Wire, faulty_server, serving

MILL = "The mill at Oster burned down on 3 May 2024. A lamp fell over in the storeroom. Holt, the owner, was abroad."
QUESTION = "When did the mill at Oster burn down?"
PROOF = "The mill at Oster burned down on 3 May 2024."
PATIENCE = {"timeout": 0.5}
"""Seconds of silence that are borne, where the server is silent for good."""


@dataclass(frozen=True)
class Honest:
    """What an honest answer to a fault is."""

    mode: Mode
    notice: str
    """Words of the notice that tells of it."""
    outcome: Outcome = Outcome.ANSWERED


DOCUMENTS = Mode.EXTRACTIVE  # the answer is made of sentences of the documents instead
MODEL = Mode.GENERATIVE
TWELVE = {
    "refused connection": Honest(DOCUMENTS, "could not be reached"),
    "timeout": Honest(DOCUMENTS, "was silent for 0.5 seconds"),
    "401": Honest(DOCUMENTS, "did not accept the key (status 401)"),
    "429 with Retry-After": Honest(DOCUMENTS, "It asks to wait 600 seconds"),
    "500": Honest(DOCUMENTS, "failed (status 500)"),
    "cut stream": Honest(DOCUMENTS, "broke off in the middle of its reply"),
    "empty reply": Honest(DOCUMENTS, "sent an empty reply"),
    "not JSON": Honest(DOCUMENTS, "answered nonsense"),
    "markers that do not exist": Honest(MODEL, "passages that do not exist: [7]"),
    "quotes that are not there": Honest(
        MODEL, "Quoted by the language model, but in no passage it was given: 1 sentence"
    ),
    "a reply that ignores the passages": Honest(DOCUMENTS, "cited no passage"),
    "an endless reply": Honest(DOCUMENTS, "went on after"),
}
"""The faults by the words of the task; each is played by the server under the name in `PLAYED`, or under its own."""
PLAYED = {"timeout": "silence", "429 with Retry-After": "429", "an endless reply": "endless reply"}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("faults")
    (folder / "mill.txt").write_text(MILL)
    opened = Assistant.open(folder / "library", create=True)
    ingest([folder / "mill.txt"], into=opened)
    yield opened
    opened.close()


def answering(
    assistant: Assistant, base_url: str, *, timeout_seconds: float = 30.0, context_tokens: int = 4096
) -> Assistant:
    """The same assistant with the language model at an address."""
    model = OpenAiLanguageModel(base_url, api_key=None, model="some-model", timeout_seconds=timeout_seconds)
    parts = Parts(assistant.library, assistant.embedder, assistant.reader, assistant.verifier, model)
    return Assistant(parts, load_settings(library=assistant.library.folder, context_tokens=context_tokens))


def answer_to(fault: str, assistant: Assistant) -> Answer:
    if fault == "refused connection":
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
            return answering(assistant, f"http://127.0.0.1:{taken.getsockname()[1]}/v1").ask(QUESTION)
    with faulty_server(PLAYED.get(fault, fault)) as server:
        return answering(assistant, server.base_url, timeout_seconds=PATIENCE.get(fault, 30)).ask(QUESTION)


@pytest.mark.parametrize("fault", TWELVE)
def test_a_fault_ends_in_an_honest_answer(fault: str, assistant: Assistant) -> None:
    wanted, answer = TWELVE[fault], answer_to(fault, assistant)
    assert (answer.mode, answer.outcome) == (wanted.mode, wanted.outcome)
    assert any(wanted.notice in notice for notice in answer.notices), answer.notices
    # Whatever happened, what is shown as proved is proved by the stored words.
    text = assistant.library.document(answer.citations[0].document).text
    assert all(citation.quote == citation.span.of(text) for citation in answer.citations)
    assert {claim.verdict for claim in answer.claims if claim.markers} == {Verdict.SUPPORTED}


def test_all_twelve_faults_are_played() -> None:
    assert len(TWELVE) == 12
    assert {PLAYED.get(fault, fault) for fault in TWELVE} - {"refused connection"} <= set(FAULTS)


def test_a_false_quote_is_marked_and_never_proved(assistant: Assistant) -> None:
    answer = answer_to("quotes that are not there", assistant)
    assert all("set it on fire" not in claim.text or claim.verdict is Verdict.UNSUPPORTED for claim in answer.claims)


# -- JSON where the server honours a schema ----------------------------------------------------------------------------


def in_json(wire: Wire) -> None:
    """A server that honours schemas, and writes JSON only where a schema is given."""
    if "response_format" in wire.asked:
        reply = json.dumps({"sentences": [{"text": PROOF, "passages": [1]}]})
        pieces = [reply[start : start + 7] for start in range(0, len(reply), 7)]
    else:
        pieces = [f"{PROOF} [1]"]
    wire.start(200)
    for piece in pieces:
        wire.say(piece)
    wire.end("stop", usage=(210, 31))


def test_a_reply_in_json_is_answered_cited_and_counted(assistant: Assistant) -> None:
    with serving(in_json) as server:
        *events, last = answering(assistant, server.base_url).stream(QUESTION)
    assert isinstance(last, Finished)
    answer = last.answer
    assert [(claim.text, claim.verdict) for claim in answer.claims] == [(PROOF, Verdict.SUPPORTED)]
    assert answer.usage == Usage(prompt_tokens=210, reply_tokens=31)
    drafts = [event.text for event in events if isinstance(event, TextDelta)]
    assert len(drafts) > 3
    assert "".join(drafts) == PROOF, "a draft is words, not JSON"


def test_a_server_without_schemas_is_found_out_once_and_answers_in_marked_text(assistant: Assistant) -> None:
    with faulty_server("markers that do not exist") as server:
        asked = answering(assistant, server.base_url)
        modes = {asked.ask(QUESTION).mode, asked.ask(QUESTION).mode}
    assert modes == {Mode.GENERATIVE}
    assert ["response_format" in body for _, _, body in server.requests] == [True, False, False]


def empty(wire: Wire) -> None:
    wire.start(200)
    wire.say('{"sentences": []}')
    wire.end("stop")


def test_a_json_reply_that_says_nothing_is_an_abstention(assistant: Assistant) -> None:
    with serving(empty) as server:
        answer = answering(assistant, server.base_url).ask("Who is the mayor of Lisbon?")
    assert (answer.outcome, answer.mode, answer.citations) == (Outcome.ABSTAINED, Mode.GENERATIVE, ())


def test_a_model_that_says_nothing_is_not_heard_where_the_documents_answer_plainly(assistant: Assistant) -> None:
    with serving(empty) as server:
        answer = answering(assistant, server.base_url).ask(QUESTION)
    assert (answer.outcome, answer.mode) == (Outcome.ANSWERED, Mode.EXTRACTIVE)


def test_a_json_reply_cut_for_room_gives_its_whole_sentences_and_a_notice(assistant: Assistant) -> None:
    def cut(wire: Wire) -> None:
        wire.start(200)
        wire.say(json.dumps({"sentences": [{"text": PROOF, "passages": [1]}]})[:-2] + ', {"text": "A lamp fe')
        wire.end("length")

    with serving(cut) as server:
        answer = answering(assistant, server.base_url).ask(QUESTION)
    assert [claim.text for claim in answer.claims] == [PROOF]
    assert any("ran out of room" in notice for notice in answer.notices)


def test_the_prompt_stays_within_the_context(assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("".join(f"The mill at Oster has a wheel number {n}. " for n in range(2000)))
    opened = Assistant.open(tmp_path / "library", create=True)
    ingest([tmp_path / "long.txt"], into=opened)
    with serving(in_json) as server:
        answering(opened, server.base_url, context_tokens=1500).ask("Which wheels has the mill at Oster?")
    opened.close()
    written = "".join(message["content"] for message in server.requests[0][2]["messages"])
    assert "wheel number" in written
    assert len(written.encode()) <= (1500 - 512) * 3
