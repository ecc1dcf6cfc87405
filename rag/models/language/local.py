"""A language model of a GGUF file, in a process of our own: started when first asked, ended when nobody asks.

The process (llama.cpp) is an OpenAI-compatible server on loopback that answers nobody without its key. What crashes
there costs one answer.
"""

import importlib.util
import os
import secrets
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from rag.child import Child, ChildEndedError, ChildLateError
from rag.errors import LanguageModelError, SettingsError
from rag.models.language.sizes import billions_of
from rag.ports import Message, ReplyEnd

if TYPE_CHECKING:
    from rag.models.language.endpoint import OpenAiLanguageModel

_MAGIC = b"GGUF"
_LOAD_SECONDS = 120
_IDLE_SECONDS = 600.0
_PATIENCE = 5
"""So many times as long as another endpoint it may be silent: that it still runs is known."""
_ENDING_SECONDS = 0.5
_BESIDE_WEIGHTS = 1_500_000_000
"""Bytes that it may need beside its weights, for what it has read."""
_BYTES_PER_BILLION = 700_000_000
"""A file of the usual four or five bits a weight."""


class LocalLanguageModel:
    """Streams replies of the model in a file; its process lives while it is asked, and `idle_seconds` longer.

    Raises SettingsError where the file cannot be one, or what runs it is not installed.
    """

    def __init__(
        self, file: Path, *, context_tokens: int, timeout_seconds: float, idle_seconds: float = _IDLE_SECONDS
    ) -> None:
        self._file = checked_model_file(file)
        if importlib.util.find_spec("xllamacpp") is None:
            raise SettingsError(
                f"Cannot run {file}: what runs model files is not installed. Install footnoted[local], or leave "
                "--model-file out."
            )
        self._context_tokens = context_tokens
        self._timeout_seconds = timeout_seconds
        self._idle_seconds = idle_seconds
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._endpoint: OpenAiLanguageModel | None = None
        self._asking = 0
        self._idle: threading.Timer | None = None
        self.takes_schema = True

    @property
    def name(self) -> str:
        """The name of its file, without the suffix."""
        return self._file.stem

    @property
    def is_running(self) -> bool:
        """Whether its process is there."""
        return self._child is not None and self._child.is_alive

    @property
    def billions(self) -> float:
        """How many billion weights it has, as its name says, else about that, by the size of its file."""
        return billions_of(self.name) or self._file.stat().st_size / _BYTES_PER_BILLION

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, schema: type[BaseModel] | None = None
    ) -> Iterator[str | ReplyEnd]:
        """The reply, piece by piece, and how it ended, as of any endpoint. Raises LanguageModelError, NoSchemaError."""
        endpoint = self._started()
        try:
            yield from endpoint.stream(messages, max_tokens=max_tokens, schema=schema)
        except LanguageModelError:
            if not self._has_ended():
                raise
            raise LanguageModelError(
                f"The process of the language model {self.name} ended while it wrote. It is started anew when asked "
                "again."
            ) from None
        finally:
            self.takes_schema = endpoint.takes_schema
            self._done()

    def _has_ended(self) -> bool:
        """Whether its process has ended, or is about to: a connection breaks before the process is gone."""
        deadline = time.monotonic() + _ENDING_SECONDS
        while self.is_running and time.monotonic() < deadline:
            time.sleep(_ENDING_SECONDS / 20)
        return not self.is_running

    def end(self) -> None:
        """Ends its process, if there is one."""
        with self._lock:
            child, self._child, self._endpoint = self._child, None, None
        if child is not None:
            child.end()

    def _started(self) -> "OpenAiLanguageModel":
        with self._lock:
            if self._idle is not None:
                self._idle.cancel()
            self._asking += 1
            try:
                if not self.is_running or self._endpoint is None:
                    self._endpoint = self._start()
            except BaseException:  # also on Ctrl-C: who does not ask any more must not keep the process alive
                self._asking -= 1
                raise
            return self._endpoint

    def _start(self) -> "OpenAiLanguageModel":
        # openai takes most of a second to import, and most questions are asked without it.
        from rag.models.language.endpoint import OpenAiLanguageModel

        _require_memory(self._file)
        if self._child is not None:
            self._child.end()  # it has crashed; what is left of it is closed
        key = secrets.token_hex(16)
        self._child = Child("rag.models.language.served")
        try:
            address = self._child.do((str(self._file), self._context_tokens, key), _LOAD_SECONDS)
        except ChildLateError:
            raise LanguageModelError(
                f"The language model {self.name} was not loaded within {_LOAD_SECONDS} seconds. Use a smaller one."
            ) from None
        except ChildEndedError as error:
            raise LanguageModelError(
                f"The language model {self.name} could not be loaded ({error}). Its file is damaged, of a kind that is "
                "not known yet, or too large for this machine: use another one."
            ) from None
        return OpenAiLanguageModel(f"{address}/v1", key, self.name, self._timeout_seconds * _PATIENCE)

    def _done(self) -> None:
        with self._lock:
            self._asking -= 1
            if self._asking == 0:
                self._idle = threading.Timer(self._idle_seconds, self._end_idle)
                self._idle.daemon = True
                self._idle.start()

    def _end_idle(self) -> None:
        if self._asking == 0:
            self.end()


def checked_model_file(file: Path) -> Path:
    """The file's full path; raises SettingsError where it is no GGUF file that can be read."""
    try:
        with file.expanduser().open("rb") as opened:
            is_model = opened.read(len(_MAGIC)) == _MAGIC
    except OSError as error:
        raise SettingsError(f"Cannot read the model file {file}: {error.strerror}. Name another one.") from None
    if not is_model:
        raise SettingsError(f"The file {file} is no GGUF model. Name another one.")
    return file.expanduser().resolve()


def _require_memory(file: Path) -> None:
    """Raises LanguageModelError where the machine has too little memory for a model, which would halt it."""
    if sys.platform == "win32":
        return
    there, needed = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"), file.stat().st_size + _BESIDE_WEIGHTS
    if needed > there:
        raise LanguageModelError(
            f"The language model {file.stem} needs {needed / 1e9:.1f} GB of memory, and this machine has "
            f"{there / 1e9:.1f}. Use a smaller one."
        )
