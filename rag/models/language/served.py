"""The process of a language model in a file: a server of llama.cpp on loopback, until its parent ends."""

import os
import sys
from pathlib import Path

from rag.child import serve

_BESIDE_WEIGHTS = 3_000_000_000
"""Bytes that it may take beside its weights, for what it has read and for Python."""
_KEPT_PROMPTS_MIB = 256
_HYPERTHREADS_FROM = 4
"""From this number of processors on, two of them are mostly one, and half as many threads are quicker."""
_servers: list[object] = []
"""Kept, since a server that nothing names ends."""


def start(job: tuple[str, int, str]) -> str:
    """Serves the model of a file with a context of so many tokens to whoever has the key; gives the address."""
    file, context_tokens, key = job
    _bound_memory(Path(file))
    import xllamacpp  # a large library that only this process needs

    params = xllamacpp.CommonParams()
    params.model.path = file
    params.model_alias = {Path(file).stem}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [key]
    params.n_ctx, params.n_parallel = context_tokens, 1
    processors = os.cpu_count() or 1
    threads = processors // 2 if processors > _HYPERTHREADS_FROM else processors
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.cache_ram_mib = _KEPT_PROMPTS_MIB
    params.ui = params.warmup = False
    params.verbosity = -1
    server = xllamacpp.Server(params)
    _servers.append(server)
    return str(server.listening_address)


def _bound_memory(file: Path) -> None:
    """Ends this process, and no other, where it would take much more memory than its weights need."""
    if sys.platform == "win32":
        return
    import resource  # not on Windows

    most = file.stat().st_size + _BESIDE_WEIGHTS
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def main() -> None:
    """Started by `rag.child.Child`; ends at once when its parent has, whatever the server does."""
    serve(start)
    os._exit(0)
