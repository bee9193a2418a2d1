"""A solver child for failure tests: speaks the child's language without the engine. Its first argument says how it behaves.

quick: a result at once. slow: a result after two seconds and a half, whatever is asked. patient: works until asked to stop.
deaf: never ends. hungry: takes memory until refused. broken: dies at once.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from workers.limits import die_with_parent, limit_memory

RESULT = {
    "unplanned": [],
    "cost": 0.0,
    "bound": None,
    "gap": None,
    "is_optimal": False,
    "first_plan_s": 0.1,
    "total_s": 0.2,
    "seed": 1,
    "log": {},
}


def say(what: str, **more: Any) -> None:
    print(json.dumps({"is": what, **more}), flush=True)


def eat() -> None:
    eaten = []
    while True:
        eaten.append(bytearray(20_000_000))


def behave(how: str) -> None:
    if how == "slow":
        time.sleep(2.5)
    elif how == "patient":
        while sys.stdin.readline().strip() != "stop":
            pass
    elif how == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            time.sleep(60)
    elif how == "hungry":
        eat()
    elif how == "broken":
        os._exit(7)


def main() -> None:
    die_with_parent()
    say("ready")
    job = json.loads(sys.stdin.readline())
    limit_memory(job["memory_mb"])
    say("begun")
    say("progress", cost=47.0, bound=None, seconds=0.5, num_unplanned=3)
    try:
        behave(sys.argv[1])
    except MemoryError:
        say("failed", error="solver_out_of_memory", values={"limit_mb": job["memory_mb"]})
        return
    places = json.loads(Path(os.environ["TEST_PLACES"]).read_text(encoding="utf-8"))
    Path(job["output"]).write_text(json.dumps({**RESULT, "places": places}), encoding="utf-8")
    say("done")


if __name__ == "__main__":
    main()
