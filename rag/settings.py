"""Settings: flag > FOOTNOTED_… environment > configuration file > default. The only reader of environment and TOML."""

import os
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from rag.errors import SettingsError

FILE_NAME = "footnoted.toml"
_CONFIG = "FOOTNOTED_CONFIG"


def own_config_file() -> Path:
    """The configuration file in the person's own folder, whether it is there or not."""
    return Path(platformdirs.user_config_dir("footnoted")) / FILE_NAME


def config_file() -> Path:
    """The configuration file: the one that FOOTNOTED_CONFIG names, else the person's own.

    Never one of the current folder, which another may have filled: it would send documents and key where it likes.
    """
    return Path(os.environ.get(_CONFIG) or own_config_file())


def own_data_folder() -> Path:
    """Where what the person brought along is kept: the library, model files, which model was chosen."""
    return Path(platformdirs.user_data_dir("footnoted"))


def name_config_file(path: Path) -> None:
    """Names the configuration file to all that reads settings from here on, child processes too."""
    os.environ[_CONFIG] = str(path)


def unread_config_file() -> Path | None:
    """A `footnoted.toml` of the current folder that nobody named and that is therefore not read; None without one."""
    here = Path(FILE_NAME)
    return here if here.is_file() and here.resolve() != config_file().resolve() else None


Wish = Literal["auto", "extractive", "generative"]
"""Who is to write the answers: whoever there is, nobody but the documents, or a language model for certain."""


class Settings(BaseSettings):
    """Everything a person can set. Units are in the names."""

    model_config = SettingsConfigDict(env_prefix="FOOTNOTED_", extra="forbid", frozen=True)

    library: Path = Field(default_factory=lambda: own_data_folder() / "library")
    chroma_url: str | None = None
    mode: Wish = "auto"
    base_url: str | None = None
    model: str | None = None
    model_file: Path | None = None
    find_model: bool = True
    timeout_seconds: float = Field(default=60.0, gt=0)
    max_answer_tokens: int = Field(default=512, gt=0)
    context_tokens: int = Field(default=4096, gt=0)
    prompt_tokens: int | None = Field(default=None, gt=0)  # by the model's size where none is set
    passages: int = Field(default=8, gt=0, le=50)
    answerable_at: float = Field(default=0.30, ge=0, le=1)  # answers 9 of 10 answerable ones: docs/benchmarks.md

    max_document_mb: float = Field(default=50.0, gt=0)
    max_document_pages: int = Field(default=5000, gt=0)
    max_document_seconds: float = Field(default=25.0, gt=0)

    @property
    def api_key(self) -> str | None:
        """The language model's key, read from OPENAI_API_KEY and from nowhere else."""
        return os.environ.get("OPENAI_API_KEY") or None

    @property
    def generative(self) -> bool:
        """Whether a language model is configured, and wanted."""
        return self.mode != "extractive" and bool(self.base_url or self.model_file or self.api_key)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags first, then the environment, then the configuration file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=config_file())


def load_settings(**flags: Any) -> Settings:
    """Settings with the flags that were given (None means not given); raises SettingsError naming what is wrong."""
    file = config_file()
    if os.environ.get(_CONFIG) and not file.is_file():
        raise SettingsError(f"Cannot read {file}: there is no such file. Mend --config or {_CONFIG}.")
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "settings"
        raise SettingsError(
            f"The setting '{name}' is wrong: {first['msg']}. Mend the flag, FOOTNOTED_{name.upper()} or {file}."
        ) from None
    except (OSError, ValueError) as error:  # TOML that does not parse, or a file that is closed to us
        raise SettingsError(f"Cannot read {file}: {error}. Mend or remove it.") from None
