"""A person's verdict on an answer of the page: taken, and kept as a case beside the library."""

import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from threading import Lock

import fastapi
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import JSONResponse, Response

from eval.feedback import case_of
from eval.json_lines import append_json_lines
from rag.domain import Answer, Turn
from ui.web.answer import COMMENT_CHARACTERS, KEPT, rating_html

CASES_NAME = "feedback.jsonl"
_ANSWERS_KNOWN = 500
"""How many answers, of all visitors, can be judged at a time: the last ones."""


class Feedback:
    """The answers that were given lately, and the file of cases that verdicts on them go to."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / CASES_NAME
        self._given: dict[str, tuple[str, tuple[Turn, ...], Answer]] = {}
        self._kept: set[str] = set()
        self._writing = Lock()

    def offer(self, question: str, turns: Sequence[Turn], answer: Answer) -> str:
        """HTML that asks for a verdict on an answer; `turns` are the exchanges before it."""
        token = secrets.token_hex(16)
        self._given[token] = question, tuple(turns), answer
        while len(self._given) > _ANSWERS_KNOWN:
            oldest = next(iter(self._given))
            del self._given[oldest]
            self._kept.discard(oldest)
        return rating_html(token)

    async def receive(self, request: fastapi.Request) -> Response:
        """Keeps a verdict as a case; answers with one line, also where it cannot be kept."""
        try:
            told = _Told.model_validate_json(await request.body())
        except ValidationError as error:
            too_long = error.errors()[0]["type"] == "string_too_long"
            why = f"Write at most {COMMENT_CHARACTERS:,} characters." if too_long else "That is no verdict."
            return JSONResponse({"error": why}, 400)
        with self._writing:
            if told.answer not in self._given:
                return JSONResponse({"error": "This answer is no longer known. Ask again, then judge it."}, 404)
            if told.answer in self._kept:
                return JSONResponse({"error": "A verdict on this answer is kept already."}, 409)
            id_ = f"page-{date.today().isoformat()}-{told.answer[:12]}"
            case = case_of(id_, *self._given[told.answer], good=told.good, comment=told.comment.strip())
            try:
                append_json_lines([case], self._path)
            except OSError as error:
                return JSONResponse({"error": f"This could not be kept: {error.strerror}."}, 500)
            self._kept.add(told.answer)
        return JSONResponse({"kept": KEPT})


class _Told(BaseModel):
    """What the page's script said; anything may come here."""

    model_config = ConfigDict(strict=True, extra="forbid")

    answer: str = Field(max_length=64)
    good: bool
    comment: str = Field(default="", max_length=COMMENT_CHARACTERS)
