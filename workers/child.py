"""The solver child: one solve in a process of its own that can be stopped, limited and killed. `python -m workers.child`

It speaks lines of JSON. In: first {"input", "output", "memory_mb"}, later "stop". Out: {"is": "ready"}, {"is": "begun"},
{"is": "progress", ...}, {"is": "done"} or {"is": "failed", ...}. The end of its input means that its parent is gone.
"""

from __future__ import annotations

import ctypes
import json
import os
import pickle
import resource
import signal
import sys
import threading
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scheduler.kernel.solve import Settings, solve

from planning.jobs import Solved, Work
from scheduler.kernel.outcome import Progress

_SET_DEATH_SIGNAL = 1  # prctl(2): PR_SET_PDEATHSIG


def main() -> None:
    """Wait for one job, solve it, end."""
    _die_with_parent()
    is_asked_to_stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: is_asked_to_stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    say({"is": "ready"})
    first = sys.stdin.readline()
    if not first.strip():
        return
    job = json.loads(first)
    limit_memory(int(job["memory_mb"]))
    threading.Thread(target=_listen, args=(is_asked_to_stop,), daemon=True).start()
    try:
        run(Path(job["input"]), Path(job["output"]), is_asked_to_stop)
    except MemoryError:
        say({"is": "failed", "error": "solver_out_of_memory"})
    except Exception as error:
        traceback.print_exc()
        say({"is": "failed", "error": "solver_died", "reason": f"{type(error).__name__}: {error}"})


def run(work_file: Path, solved_file: Path, is_asked_to_stop: threading.Event) -> None:
    """Solve what is in ``work_file`` and leave the result, whole or not at all, as ``solved_file``."""
    # Written a moment ago by our own parent into a folder that only this user can read; the broker never carries a pickle.
    work: Work = pickle.loads(work_file.read_bytes())  # noqa: S301
    say({"is": "begun"})
    outcome = solve(
        work.problem,
        Settings(seconds=work.seconds, threads=work.threads),
        work.seed,
        progress=_report,
        should_stop=is_asked_to_stop.is_set,
    )
    solved = Solved.from_outcome(work.problem, outcome)
    half = solved_file.with_suffix(".half")
    half.write_text(json.dumps(solved.as_json()), encoding="utf-8")
    half.replace(solved_file)
    say({"is": "done"})


def limit_memory(memory_mb: int) -> None:
    """No more than so much memory of its own; asking for more is refused by the kernel and ends this process, not others."""
    limit = memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def say(line: dict[str, Any]) -> None:
    """One line to the parent. A parent that no longer listens is gone."""
    try:
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os._exit(1)


def _report(progress: Progress) -> None:
    say({"is": "progress", **asdict(progress)})


def _listen(is_asked_to_stop: threading.Event) -> None:
    for line in sys.stdin:
        if line.strip() == "stop":
            is_asked_to_stop.set()
    os._exit(1)  # the parent is gone, nobody waits for the result


def _die_with_parent() -> None:
    """SIGKILL when the parent's thread ends, even in the middle of compiled code; elsewhere the closed input has to do."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)


if __name__ == "__main__":
    main()
