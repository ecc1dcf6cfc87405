"""A real OpenAI-compatible server: llama.cpp, in this process, on this machine only, with the tiny model."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import xllamacpp

from tests.tiny_gguf import CONTEXT_TOKENS, NAME, write_tiny_gguf


@contextmanager
def tiny_server(folder: Path) -> Iterator[str]:
    """Its base URL, while it runs; the model is written into the folder."""
    params = xllamacpp.CommonParams()
    params.model.path = str(write_tiny_gguf(folder / "tiny.gguf"))
    params.model_alias = {NAME}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1
    params.n_threads_http = 2
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.n_gpu_layers = 0
    params.ui = params.warmup = params.fit_params = False
    params.verbosity = -1
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server  # ends it
