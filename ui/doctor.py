"""Examines settings, models and library for what could be wrong."""

import importlib.metadata
import platform
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from rag.errors import LibraryError, ModelError
from rag.models.onnx import WEIGHTS, open_model
from rag.settings import Settings, config_file
from rag.wiring import Parts, wire

_PACKAGES = ("rag", "ingest", "ui", "eval")


@dataclass(frozen=True, slots=True)
class Health:
    """What `doctor` found. `problems` make the exit code 4; `warnings` do not."""

    settings: dict[str, Any]
    models: list[dict[str, Any]]
    library: dict[str, Any]
    versions: dict[str, str]
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """4 where something is broken, else 0."""
        return 4 if self.problems else 0

    def as_json(self) -> dict[str, Any]:
        """The object of `footnoted doctor --json`."""
        return {
            "settings": self.settings,
            "models": self.models,
            "library": self.library,
            "versions": self.versions,
            "problems": self.problems,
            "warnings": self.warnings,
        }


def examine(settings: Settings, *, repair: bool = False) -> Health:
    """The health of everything the settings name.

    `repair` first reads again what an earlier version read, and rebuilds the vectors from the catalog.
    """
    models = [_model(manifest.stem) for manifest in sorted(WEIGHTS.glob("*.json")) if "tokenizer" not in manifest.stem]
    problems = [model["state"] for model in models if model["state"] != "sound"]
    library: dict[str, Any] = {"folder": str(settings.library), "documents": 0, "passages": 0, "repaired": False}
    warnings = _foreign_packages()
    if settings.library.exists() and not settings.library.is_dir():
        problems.append(f"The library {settings.library} is no folder. Choose another --library.")
    elif not any((settings.library / name).exists() for name in ("catalog.sqlite3", "chroma")):
        warnings.append(f"There is no library in {settings.library} yet. Make one with `footnoted ingest PATH`.")
    elif not problems:
        problems += _examine_library(settings, library, warnings, repair=repair)
    return Health(
        settings={
            **settings.model_dump(mode="json", exclude={"base_url", "chroma_url"}),
            "base_url": _without_login(settings.base_url),
            "chroma_url": _without_login(settings.chroma_url),
            "config": str(config_file()) if config_file().is_file() else None,
            "api_key": "set" if settings.api_key else "not set",
            "mode": "generative" if settings.generative else "extractive",
        },
        models=models,
        library=library,
        versions={
            **{name: importlib.metadata.version(name) for name in ("footnoted", "chromadb", "onnxruntime")},
            "python": platform.python_version(),
        },
        problems=problems,
        warnings=warnings,
    )


def _model(name: str) -> dict[str, Any]:
    """A model that this package ships: its name, its hash, and `sound` or what is wrong with it."""
    try:
        model = open_model(name)
        return {"name": name, "sha256": model.manifest["model"]["sha256"], "state": "sound"}
    except ModelError as error:
        return {"name": name, "sha256": None, "state": str(error)}


def _examine_library(settings: Settings, library: dict[str, Any], warnings: list[str], *, repair: bool) -> list[str]:
    """Fills in what is known of the library, and what to warn of; returns its problems."""
    try:
        parts = wire(settings)
    except (LibraryError, ModelError) as error:
        return [str(error)]
    opened = parts.library
    try:
        if repair:
            if opened.catalog.outdated_count():
                warnings += _read_again(parts, settings)
            opened.repair()
            library["repaired"] = True
        library["documents"], library["passages"] = opened.catalog.counts()
        library |= opened.catalog.facts()
        library["outdated"] = opened.catalog.outdated_count()
        warnings += opened.outdated()
        return opened.problems()
    except (LibraryError, ModelError) as error:
        return [str(error)]
    finally:
        opened.close()


def _read_again(parts: Parts, settings: Settings) -> list[str]:
    """Reads again what an earlier version read; returns what is to be told of it."""
    # The readers of documents are slow to import, and seldom needed here.
    from ingest.pipeline import renew
    from ui.ingesting import limits_of

    report = renew(parts, limits=limits_of(settings))
    return [*report.notices, *(failure.error for failure in report.failed)]


def _without_login(url: str | None) -> str | None:
    if url is None or "@" not in url:
        return url
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _foreign_packages() -> list[str]:
    """Names of ours that another installed distribution also provides, so that the wrong one may be imported."""
    owners = importlib.metadata.packages_distributions()
    return [
        f"The package name '{name}' is also used by {', '.join(sorted(others))}. Install footnoted on its own."
        for name in _PACKAGES
        if (others := set(owners.get(name, [])) - {"footnoted"})
    ]
