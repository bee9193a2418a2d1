"""llm serve: start the model server of the planner, from its own environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from hospital.errors import Unavailable

DEFAULT_MODEL = "deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B"
_OPTIONS = (
    "--served-model-name", "planner", "--max-model-len", "8192",
    "--structured-outputs-config", '{"disable_any_whitespace": true}',
)  # fmt: skip
"""Short answers under a schema; white space is the one thing a grammar lets a model repeat without end."""


def serve(model: str, *, host: str, port: int) -> int:
    """Run ``vllm serve`` until it ends; its exit code. Nothing is sent anywhere: usage statistics are off.

    Raises Unavailable where vLLM is not installed.
    """
    program = shutil.which("vllm")
    if program is None:
        raise Unavailable("no_vllm")
    quiet = {**os.environ, "VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1"}
    command = [program, "serve", model, "--host", host, "--port", str(port), *_OPTIONS]
    try:
        return subprocess.run(command, env=quiet, check=False).returncode
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return 0
