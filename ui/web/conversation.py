"""A question of the page, answered: each state of its turn as HTML. The conversation itself is kept in the browser."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import anyio.to_thread

from rag.assistant import Assistant
from rag.domain import Answer, AnswerKind, Finished, Outcome, Preliminary, Retrieved, TextDelta
from rag.errors import FootnotedError
from ui.bundle import bundle_of
from ui.web.answer import answer_html, draft_html, searching_html, turn_html
from ui.web.feedback import Feedback
from ui.web.html import error_html, progress_html, waiting_html
from ui.web.line import Line
from ui.web.told import Asked, read

SEE_LOG = "The terminal that serves this page says what."
_DRAFT_SECONDS = 0.06
"""A draft is sent at most this often: a model may write hundreds of words a second."""
_LOOK_SECONDS = 0.2
"""How often a question that waits looks whether its turn has come."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Answers the questions of all visitors, some at a time."""

    assistant: Assistant
    feedback: Feedback
    line: Line

    async def answer(self, told: object) -> AsyncIterator[str]:
        """The turn of a question, from the place in the line to the checked answer; nothing for an empty question."""
        question, asked = "", None
        try:
            asked = read(Asked, told)
            question = " ".join(asked.question.split())
            if not question:
                return
            with self.line.place() as place:
                shown = 0
                while ahead := place.ahead:
                    if ahead != shown:
                        yield turn_html(question, waiting_html(ahead), scope=asked)
                        shown = ahead
                    await asyncio.sleep(_LOOK_SECONDS)
                bodies = self._bodies(question, asked)
                while (body := await anyio.to_thread.run_sync(next, bodies, None)) is not None:
                    html, answer = body
                    yield turn_html(question, html, scope=asked, answer=answer, **self._with(answer, question, asked))
                return
        except FootnotedError as error:
            told_why = str(error)
        except Exception:  # noqa: BLE001  # the page's last resort: one line here, the traceback in the log
            _log.exception("The question could not be answered")
            told_why = f"Something went wrong while answering. {SEE_LOG}"
        yield turn_html(question, error_html(told_why), scope=asked, failed=True)

    def _bodies(self, question: str, asked: Asked) -> Iterator[tuple[str, Answer | None]]:
        """What stands below the question, as HTML, and the answer once it is there."""
        before, draft, sent = "", "", 0.0
        yield searching_html(), None
        for event in self.assistant.stream(question, turns=asked.earlier, **asked.as_options()):
            if isinstance(event, Retrieved):
                yield searching_html(len(event.passages)), None
            elif isinstance(event, Preliminary):
                # The documents' own answer stands until a model's is there.
                before = self._told(event.answer) if event.answer.outcome is Outcome.ANSWERED else ""
                yield before + progress_html("A language model is writing"), None
            elif isinstance(event, TextDelta):
                draft += event.text
                if time.monotonic() - sent >= _DRAFT_SECONDS:
                    sent = time.monotonic()
                    yield before + draft_html(draft), None
            elif isinstance(event, Finished):
                yield self._told(event.answer), event.answer

    def _told(self, answer: Answer) -> str:
        titles = {citation.origin.title for citation in answer.citations if citation.origin.title}
        namesakes = self.assistant.library.catalog.namesakes(titles) if titles else set()
        return answer_html(answer, namesakes)

    def _with(self, answer: Answer | None, question: str, asked: Asked) -> dict[str, Any]:
        """What goes with an answer: the thumbs, and the file that proves it."""
        if answer is None or answer.kind is AnswerKind.TALK:
            return {}
        bundle = bundle_of(answer, self.assistant.library) if answer.citations else None
        return {"rating": self.feedback.offer(question, asked.earlier, answer), "bundle": bundle}
