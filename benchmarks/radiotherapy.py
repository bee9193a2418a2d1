"""`caretable bench radiotherapy`: a year of requests played day by day, our answers beside the simple rules of its README."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import fmean

from benchmarks.measuring import quantile
from benchmarks.radiotherapy_baselines import book_on_request, reserve_by_linac, static_reserve
from benchmarks.radiotherapy_check import Checked, PlanRow, check
from benchmarks.radiotherapy_data import Year, read_year
from benchmarks.radiotherapy_play import Played, plan_rows, play, warm
from benchmarks.report import Report, Row
from hospital.errors import BadInput, PlanRefused
from scheduler.kernel.verify import verify
from scheduler.radiotherapy.booking.search import offers
from scheduler.radiotherapy.times import plan_of

DAY_LENGTHS = (450, 420)
TARGETS: Mapping[int, Mapping[str, float]] = {450: {"late": 1.0, "wait": 0.87}, 420: {"late": 5.0, "wait": 1.80}}
MOST_SECONDS_A_DAY, MOST_SECONDS_A_REQUEST = 5.0, 1.0
_ASKED = 20
SETTINGS: Mapping[int, str] = {450: "usual", 420: "tight"}
"""How a day length is called in the rows' names; any other is "other"."""
_NAMED = 20


def run(
    data: Path | None, out: Path | None = None, *, arrivals: Path | None = None, minutes: int | None = None
) -> Report:
    """Play the year at both day lengths, or at one. Raises BadInput without its data.

    With ``out`` the plan of the first day length is written as course_id,session,machine,day.
    """
    if data is None:
        raise BadInput("bench_needs_data", id="radiotherapy")
    year = read_year(data, arrivals)
    warm(year)
    rows, faults = [_read_rows(year)], []
    for at, length in enumerate((minutes,) if minutes else DAY_LENGTHS):
        found, broken, plan = _one(year, data, arrivals or data / "arrivals_2020_h1.csv", length)
        rows += found
        faults += broken
        if out is not None and at == 0:
            write_plan(out, plan)
    return Report(bench="radiotherapy", rows=tuple(rows), faults=tuple(faults))


def _read_rows(year: Year) -> Row:
    """The protocols with words where a number should be, each with how it is read."""
    readings = {row.reading: None for row in year.protocols.values() if row.reading}
    return Row(name="radiotherapy_free_text", unit="", ours=len(readings), peers=readings)


def _one(year: Year, data: Path, arrivals: Path, minutes: int) -> tuple[list[Row], list[str], Sequence[PlanRow]]:
    played = play(year, minutes)
    plan = list(plan_rows(played, year))
    ours = check(data, arrivals, plan, minutes)
    peers = {name: check(data, arrivals, book(year), minutes) for name, book in _baselines(minutes).items()}
    faults = [f"{minutes}: {what}" for what in (*ours.breaches, *_refused(played))][:_NAMED]
    faults += [f"{minutes}: {name}: {checked.breaches[0]}" for name, checked in peers.items() if checked.breaches]
    return list(_rows(year, minutes, ours, peers, played)), faults, plan


def _baselines(minutes: int) -> dict[str, Callable[[Year], Sequence[PlanRow]]]:
    return {
        "on request": lambda year: book_on_request(year, minutes),
        "reserve 60/90": lambda year: static_reserve(year, minutes, (60, 90)),
        "reserve 30/60": lambda year: static_reserve(year, minutes, (30, 60)),
        "by linac 0.4/0.6": lambda year: reserve_by_linac(year, minutes, (0.4, 0.6)),
        "by linac 0.4/0.8": lambda year: reserve_by_linac(year, minutes, (0.4, 0.8)),
    }


def _refused(played: Played) -> Iterator[str]:
    """What the area's own verification finds in the whole year, times of day and all."""
    plan = plan_of(played.problem)
    yield from (f"{played.problem.task_ids[task]}: no time" for task, place in enumerate(plan.places) if place is None)
    try:
        verify(played.problem, plan)
    except PlanRefused as refused:
        yield from (f"{match.rule}: {', '.join(match.requests[:2])}" for match in refused.matches)
    yield from (f"{course}: no place" for course in played.unplaced)


def _rows(year: Year, minutes: int, ours: Checked, peers: Mapping[str, Checked], played: Played) -> Iterator[Row]:
    setting = SETTINGS.get(minutes, "other")
    last = max(row.requested for row in year.courses) + timedelta(days=1)
    figures: dict[str, tuple[str, Callable[[Checked], float | None]]] = {
        "late": ("%", lambda c: c.share_late()),
        "wait": ("d", lambda c: fmean(c.all_waits)),
        "wait_p90": ("d", lambda c: quantile(c.all_waits, 0.9)),
        "wait_longest": ("d", lambda c: max(c.all_waits)),
        "preferred": ("%", lambda c: 100 * c.num_preferred / len(c.all_waits)),
        "used": ("%", lambda c: c.utilisation(minutes, last)),
        "stretch": ("d", lambda c: fmean(c.stretches)),
        "stretch_longest": ("d", lambda c: max(c.stretches)),
    }
    for priority in (1, 2, 3):
        for name, (unit, of) in _by_priority(priority).items():
            figures[f"{name}_{priority}"] = (unit, of)
    targets = {**TARGETS.get(minutes, {}), "stretch": 0.5, "stretch_longest": 7.0}
    for name, (unit, of) in figures.items():
        yield Row(
            name=f"radiotherapy_{setting}_{name}",
            unit=unit,
            ours=of(ours),
            target=targets.get(name),
            better="higher" if name in ("preferred", "used") else "lower",
            peers={peer: of(checked) for peer, checked in peers.items()},
            slack=0.1,
        )
    yield Row(
        name=f"radiotherapy_{setting}_seconds",
        unit="s",
        ours=max(played.seconds),
        target=MOST_SECONDS_A_DAY,
        slack=1.0,
    )
    yield Row(
        name=f"radiotherapy_{setting}_slots",
        unit="s",
        ours=_longest_offer(played),
        target=MOST_SECONDS_A_REQUEST,
        slack=0.2,
    )


def _longest_offer(played: Played) -> float:
    """Seconds until the three best starts of one request are there, asked of the full diary: the longest of a few courses."""
    seconds = []
    for course in range(len(played.problem.courses) - _ASKED, len(played.problem.courses)):
        began = time.perf_counter()
        offers(played.problem, course)
        seconds.append(time.perf_counter() - began)
    return max(seconds)


def _by_priority(priority: int) -> dict[str, tuple[str, Callable[[Checked], float | None]]]:
    def of(measure: Callable[[Sequence[int]], float]) -> Callable[[Checked], float | None]:
        return lambda checked: measure(checked.waits[priority]) if checked.waits[priority] else None

    return {
        "late": ("%", lambda checked: checked.share_late(priority)),
        "wait": ("d", of(fmean)),
        "wait_p90": ("d", of(lambda waits: quantile(waits, 0.9))),
        "wait_longest": ("d", of(max)),
    }


def write_plan(path: Path, plan: Sequence[PlanRow]) -> None:
    """The plan as course_id,session,machine,day."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(("course_id", "session", "machine", "day"))
        out.writerows((course, session, linac, day.isoformat()) for course, session, linac, day in plan)
