"""What `footnoted eval` does, with its progress on the terminal."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console, RenderableType
from rich.status import Status
from rich.text import Text

from eval.draft import write_drafts
from eval.gate import mutate_suite, run_suite
from eval.kept import default_place
from eval.library import open_assistant
from eval.modes import both_json, both_text, opened_in, run_both
from eval.mutation_report import mutation_text
from eval.report import run_json, run_text
from rag.assistant import Assistant
from rag.domain import Mode
from rag.errors import InputError
from rag.ports import LanguageModel
from rag.settings import load_settings

_BOTH = "both"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is printed, and whether it is good enough."""

    as_json: dict[str, Any]
    text: RenderableType
    failed: bool

    @property
    def exit_code(self) -> int:
        """1 where the result is below the bar."""
        return int(self.failed)


def evaluate_suite(
    suite: str, *, console: Console, cache: Path | None, mode: str | None = None, **options: Any
) -> Outcome:
    """Runs a suite; `options` are those of `eval.gate.run_suite`, `mode` a mode, `both`, or None as configured."""
    with Status("Reading the documents", console=console) as status:
        options |= {
            "cache": cache or default_place(),
            "on_case": lambda done, of: status.update(f"Asked {done} of {of}"),
        }
        if mode == _BOTH:
            runs = run_both(suite, **options)
            return Outcome(both_json(runs), both_text(runs), failed=False)
        assistant = open_assistant if mode is None else opened_in(Mode(mode))
        run, comparison = run_suite(suite, assistant=assistant, **options)
    failed = comparison is not None and comparison.failed
    return Outcome(run_json(run, comparison), run_text(run, comparison), failed)


def open_judge(base_url: str | None, model: str | None) -> LanguageModel | None:
    """The language model that judges answers; None where none is named. Raises SettingsError."""
    if base_url is None:
        return None
    # openai takes most of a second to import, and most runs have no judge.
    from rag.models.language.endpoint import OpenAiLanguageModel

    settings = load_settings()
    return OpenAiLanguageModel(base_url, settings.api_key, model, settings.timeout_seconds)


def draft_cases(library: Path | None, path: Path | None, *, count: int) -> Outcome:
    """Drafts cases from a library into a file."""
    if path is None:
        raise InputError("Say with --data where to write the drafts, such as --data cases.jsonl.")
    assistant = Assistant.open(library)
    try:
        written = write_drafts(assistant.library, path, count=count)
    finally:
        assistant.close()
    told = f"{written} drafts added to {path}. Accept one by taking its 'draft' out, or delete its line."
    return Outcome({"drafts": written, "path": str(path)}, Text(told), failed=False)


def damage_suite(suite: str, *, console: Console, cache: Path | None, **options: Any) -> Outcome:
    """Damages right answers, and tells which metrics notice."""
    with Status("Damaging right answers", console=console):
        mutation = mutate_suite(suite, cache=cache or default_place(), **options)
    return Outcome(mutation.as_json(), mutation_text(mutation), mutation.failed)
