"""What is measured in a process of its own: the first plan of a cold process, and the network's time and memory.

python -m benchmarks.child week FOLDER        python -m benchmarks.child network SECONDS
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.measuring import peak_mb, timed_solve
from scheduler.kernel.solve import Settings


def cold_week(folder: Path) -> dict[str, Any]:
    """Read the week and make its first verified plan."""
    from benchmarks.imaging_week import read_rows, week_problem

    began = time.perf_counter()
    timed = timed_solve(week_problem(read_rows(folder)), Settings(seconds=0.0), since=began)
    return {"first_s": timed.first_s, "cost": timed.first_cost}


def network(seconds: float) -> dict[str, Any]:
    """Draw the network, compile the engine on the day sample, then build and solve: seconds count from the drawn site on."""
    from benchmarks.samples import num_insertable
    from scheduler.imaging.build import build
    from simulations.imaging.samples import day
    from simulations.imaging.samples import network as draw

    timed_solve(build(day()), Settings(seconds=0.0), since=time.perf_counter())
    site = draw()
    began = time.perf_counter()
    problem = build(site)
    timed = timed_solve(problem, Settings(seconds=seconds), since=began)
    outcome, peak = timed.outcome, peak_mb()
    return {
        "num_requests": len(problem.cases),
        "num_scanners": len(problem.rooms),
        "first_s": timed.first_s,
        "first_cost": timed.first_cost,
        "cost": outcome.cost,
        "bound": outcome.bound,
        "num_unplanned": len(outcome.unplanned),
        "peak_mb": peak,
        "num_insertable": num_insertable(problem, outcome),
    }


def main(words: list[str]) -> None:
    """Print what was measured as one JSON object on one line."""
    found = cold_week(Path(words[1])) if words[0] == "week" else network(float(words[1]))
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
