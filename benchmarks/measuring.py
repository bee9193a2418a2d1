"""How things are measured: a solve heard from its first verified plan on, and programs in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

from scheduler.kernel.outcome import Outcome, Progress
from scheduler.kernel.problem import Problem
from scheduler.kernel.solve import Settings, solve

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """A solve's outcome, and the seconds from ``since`` until its first verified plan was heard of."""

    outcome: Outcome
    first_s: float
    first_cost: float


def timed_solve(problem: Problem, settings: Settings, *, since: float, seed: int = 1) -> Timed:
    """Solve; ``since`` is a moment of time.perf_counter()."""
    heard: list[tuple[float, float]] = []

    def hear(progress: Progress) -> None:
        if not heard:  # the kernel verifies its first plan before it tells of it
            heard.append((time.perf_counter() - since, progress.cost))

    outcome = solve(problem, settings, seed, progress=hear)
    first_s, cost = heard[0]
    return Timed(outcome=outcome, first_s=first_s, first_cost=cost)


def quantile(values: Sequence[float], share: float) -> float:
    """The nearest-rank quantile."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


def peak_mb() -> float:
    """The most memory this process has held, in MB (10^6 bytes)."""
    status = Path("/proc/self/status")
    if status.is_file():  # Linux gives a new program its parent's peak where it is asked the other way
        line = next(
            line
            for line in status.read_text(encoding="ascii", errors="replace").splitlines()
            if line.startswith("VmHWM")
        )
        return int(line.split()[1]) * 1024 / 1e6
    if sys.platform == "win32":
        return float("nan")
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def in_child(module: str, *words: str) -> tuple[dict[str, Any], float]:
    """Run a module of ours in a fresh process: the JSON object it prints last, and the seconds from start to its first line.

    Raises RuntimeError with what it wrote to stderr where it fails.
    """
    began = time.perf_counter()
    command = [sys.executable, "-m", module, *words]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ}
    ) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        first_s = time.perf_counter() - began
        rest, wrong = child.communicate()
    if child.returncode or not first:
        raise RuntimeError(f"{module}: {wrong.strip()[-2000:]}")
    found: dict[str, Any] = json.loads((first + rest).strip().splitlines()[-1])
    return found, first_s
