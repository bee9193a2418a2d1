"""The solver child: one solve in a process of its own that can be stopped, limited and killed. `python -m workers.child`

It speaks lines of JSON. In: first {"input", "output", "memory_mb"}, later "stop". Out: {"is": "ready"}, {"is": "begun"},
{"is": "progress", ...}, {"is": "done"} or {"is": "failed", "error", "values"}. The end of its input means that its parent is gone.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hospital.errors import CaretableError
from planning.areas import FORECASTS
from planning.jobs import Solved, Work
from workers.limits import die_with_parent, limit_memory


def main() -> None:
    """Wait for one job, solve it, end."""
    die_with_parent()
    is_asked_to_stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: is_asked_to_stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    from scheduler.kernel.warm import warm  # takes its time to load; a parent that dies meanwhile is noticed

    warm()  # on a machine that has never solved the engine is compiled here, which must not count as solving
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
        say({"is": "failed", "error": "solver_out_of_memory", "values": {"limit_mb": job["memory_mb"]}})
    except CaretableError as error:
        values = {name: str(value) for name, value in error.values.items()}
        say({"is": "failed", "error": error.text_id, "values": values})
    except Exception as error:
        traceback.print_exc()
        say({"is": "failed", "error": "solver_died", "values": {"reason": f"{type(error).__name__}: {error}"}})


def run(work_file: Path, solved_file: Path, is_asked_to_stop: threading.Event) -> None:
    """Solve what is in ``work_file`` and leave the result, whole or not at all, as ``solved_file``."""
    # Written a moment ago by our own parent into a folder that only this user can read; the broker never carries a pickle.
    work: Work = pickle.loads(work_file.read_bytes())  # noqa: S301
    say({"is": "begun"})
    solved = _forecast(work) if work.area in FORECASTS else _solved(work, is_asked_to_stop)
    half = solved_file.with_suffix(".half")
    half.write_text(json.dumps(solved.as_json()), encoding="utf-8")
    half.replace(solved_file)
    say({"is": "done"})


def _forecast(work: Work) -> Solved:
    began = time.monotonic()
    found = work.problem.run()
    return Solved.from_forecast(found, seconds=time.monotonic() - began, seed=work.seed)


def _solved(work: Work, is_asked_to_stop: threading.Event) -> Solved:
    from planning.areas import area_of
    from scheduler.kernel.solve import Settings

    outcome = area_of(work.area).solve(
        work.problem,
        Settings(seconds=work.seconds, threads=work.threads),
        work.seed,
        progress=lambda progress: say({"is": "progress", **asdict(progress)}),
        should_stop=is_asked_to_stop.is_set,
    )
    return Solved.from_outcome(work.problem, outcome)


def say(line: dict[str, Any]) -> None:
    """One line to the parent. A parent that no longer listens is gone."""
    try:
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os._exit(1)


def _listen(is_asked_to_stop: threading.Event) -> None:
    for line in sys.stdin:
        if line.strip() == "stop":
            is_asked_to_stop.set()
    os._exit(1)  # the parent is gone, nobody waits for the result


if __name__ == "__main__":
    main()
