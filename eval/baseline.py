"""Baselines: the scores of an accepted run, case by case, in a file that git can show the changes of."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.cases import Case
from eval.run import Run
from rag.errors import InputError


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class KeptMean(_Kept):
    """A metric over the whole suite, as it was; for people to read in a diff."""

    value: float | None
    n: int
    unscored: int


class KeptCase(_Kept):
    """A case's scores, as they were; `digest` tells whether the case has been changed since."""

    digest: str
    scores: Mapping[str, float | None]


class Baseline(_Kept):
    """An accepted run."""

    suite: str
    versions: Mapping[str, str]
    models: Mapping[str, str]
    metrics: Mapping[str, KeptMean]
    cases: Mapping[str, KeptCase]


def digest(case: Case) -> str:
    """Changes with all of a case that can change its scores: everything but its tags."""
    # A field that came later counts only where it is used: else every baseline from before would be disowned.
    later = {"turns", "rewrite", "as_of", "documents", "unwanted", "draft"}
    parts = {name: value for name, value in asdict(case).items() if name != "tags" and (value or name not in later)}
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def as_baseline(run: Run) -> Baseline:
    """A run as the baseline of later ones."""
    return Baseline(
        suite=run.suite,
        versions=dict(run.versions),
        models=dict(run.models),
        metrics={name: KeptMean(**asdict(mean)) for name, mean in run.metrics.items()},
        cases={done.case.id: KeptCase(digest=digest(done.case), scores=dict(done.scores)) for done in run.cases},
    )


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file; raises InputError where there is none or it is damaged."""
    try:
        return Baseline.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"Cannot read the baseline {path}: {error.strerror}. Make one with --accept.") from error
    except (ValidationError, UnicodeDecodeError) as error:
        raise InputError(f"Cannot read the baseline {path}: it is not one. Make a new one with --accept.") from error


def write_baseline(baseline: Baseline, path: Path) -> None:
    """Writes a baseline, one metric or case a line, the same bytes for the same scores."""
    whole = baseline.model_dump()
    fields = [f"{json.dumps(name)}: {_one_line_each(value)}" for name, value in whole.items()]
    try:
        path.write_text("{\n" + ",\n".join(fields) + "\n}\n", encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"Cannot write the baseline {path}: {error.strerror}. Choose another with --baseline."
        ) from error


def _one_line_each(value: object) -> str:
    if not isinstance(value, dict):
        return json.dumps(value)
    entries = [f"  {json.dumps(key)}: {json.dumps(entry)}" for key, entry in value.items()]
    return "{\n" + ",\n".join(entries) + "\n}"
