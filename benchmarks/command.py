"""What `caretable bench` does: run a benchmark, print its rows, say what got worse."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.against import earlier, worse
from benchmarks.report import Report, machine
from hospital.errors import BadInput
from hospital.texts import say

WRONG_PLAN = 1
SECONDS = 60.0
Run = Callable[[Path | None, float, Path | None], Report]


def bench(
    name: str,
    *,
    data: Path | None,
    seconds: float | None = None,
    out: Path | None = None,
    arrivals: Path | None = None,
    minutes: int | None = None,
    against: Path | None = None,
    only: str | None = None,
    requests: Path | None = None,
    grounding: Path | None = None,
    as_json: bool = False,
    language: str = "en",
) -> int:
    """Run the benchmark of that name and print its rows; the exit code is 1 where a plan was wrong, 0 also where a target is not met.

    ``arrivals`` (other requests) and ``minutes`` (of a day) are for the one that plays a year, ``only`` (one
    data set of several) for forecasts, ``requests`` and ``grounding`` (other files to read) for the planner.
    Raises BadInput for a name there is not, and before anything is run for earlier results that cannot be read.
    """
    runs = _runs(arrivals, minutes, only) | _planner(requests, grounding)
    run = runs.get(name)
    if run is None:
        raise BadInput("unknown_bench", found=name, expected=", ".join(runs))
    before = earlier(against, name) if against is not None else None
    machine_now = machine()
    report = replace(run(data, SECONDS if seconds is None else seconds, out), machine=machine_now)
    told = [] if before is None else _worse_told(report, before, language)
    if as_json:  # stdout holds one JSON value and nothing else
        print(json.dumps(report.as_dict(), ensure_ascii=False, allow_nan=False, indent=1))
        for sentence in told:
            print(sentence, file=sys.stderr)
    else:
        for line in [*report.lines(language), *told]:
            print(line)
    return WRONG_PLAN if report.faults else 0


def _worse_told(report: Report, before: dict[str, float], language: str) -> list[str]:
    return [found.sentence(language) for found in worse(report, before)] or [say("bench.nothing_worse", language)]


def _planner(requests: Path | None, grounding: Path | None) -> dict[str, Run]:
    def planner(data: Path | None, seconds: float, out: Path | None) -> Report:  # noqa: ARG001 - takes what it takes
        from benchmarks.planner import run

        return run(data, out, requests=requests, grounding=grounding)

    return {"planner": planner}


def _runs(arrivals: Path | None, minutes: int | None, only: str | None) -> dict[str, Run]:
    from benchmarks.dialysis import run as dialysis
    from benchmarks.forecast import run as forecasts
    from benchmarks.imaging import run as imaging
    from benchmarks.mri import run as mri
    from benchmarks.orders import run as orders_of
    from benchmarks.radiotherapy import run as radiotherapy
    from benchmarks.radiotherapy_oneday import run as oneday

    def year(data: Path | None, seconds: float, out: Path | None) -> Report:  # noqa: ARG001 - a day is answered at once
        return radiotherapy(data, out, arrivals=arrivals, minutes=minutes)

    def one_day(data: Path | None, seconds: float, out: Path | None) -> Report:  # noqa: ARG001 - proven within a second
        return oneday(data)

    def forecast(data: Path | None, seconds: float, out: Path | None) -> Report:  # noqa: ARG001 - takes what it takes
        return forecasts(data, only=only)

    def orders(data: Path | None, seconds: float, out: Path | None) -> Report:  # noqa: ARG001 - takes what it takes
        return orders_of(data)

    def roster(data: Path | None, seconds: float, out: Path | None) -> Report:  # noqa: ARG001 - drawn, nothing to read or write
        return dialysis(seconds)

    return {
        "dialysis": roster,
        "forecast": forecast,
        "imaging": imaging,
        "mri": mri,
        "orders": orders,
        "radiotherapy": year,
        "radiotherapy-oneday": one_day,
    }
