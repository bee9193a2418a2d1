"""Weeks of the fixed format (shared/benchmarks/imaging_week): read into the area's own problem, plans written in the judge's form."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hospital.clock import Clock, Span
from hospital.errors import BadInput
from hospital.requests import Mobility, RequestClass
from hospital.resources import Modality
from scheduler.imaging.presets import preset
from scheduler.imaging.problem import Case, ImagingProblem, Room, Staff
from scheduler.kernel.plan import Plan

ZONE = "Asia/Shanghai"
"""The file's times have no zone; any without clock changes gives the same plans."""
OPEN_MIN, CLOSE_MIN, NOON_MIN, FASTING_MIN = 8 * 60, 20 * 60, 13 * 60, 12 * 60
CHANGEOVER_MIN, APART_MIN, NUM_NURSES = 5, 15, 6
NURSE = "contrast_nurse"
WEEKDAYS = 6
Rows = Sequence[Mapping[str, str]]


def read_rows(folder: Path) -> Rows:
    """The rows of the folder's requests.csv. Raises BadInput where it cannot be read."""
    path = folder / "requests.csv"
    if not path.is_file():
        raise BadInput("no_such_place", where=str(path))
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def week_problem(rows: Rows) -> ImagingProblem:
    """The week as an imaging problem with the preset of its published cost.

    The horizon runs from the Monday on or before the first ``earliest`` to the Saturday on or after the last; the scanners are those
    that some request names, each of the modality of the requests that name it.
    """
    earliest = [datetime.fromisoformat(row["earliest"]).replace(tzinfo=ZoneInfo(ZONE)) for row in rows]
    clock = _clock([moment.date() for moment in earliest])
    days = [day for day in range(clock.num_days) if (clock.first_day + timedelta(days=day)).weekday() < WEEKDAYS]
    families = sorted({row["family"] for row in rows})
    everybody = ((0, clock.end, NUM_NURSES),)
    return ImagingProblem(
        clock=clock,
        weights=preset("imaging_week"),
        rooms=tuple(
            Room(id=name, modality=modality, sessions=_spans(clock, days, OPEN_MIN, CLOSE_MIN))
            for name, modality in _scanners(rows).items()
        ),
        cases=tuple(_case(row, clock.minute(when), clock, days) for row, when in zip(rows, earliest, strict=True)),
        staff=(Staff(role=NURSE, site="main", spans=everybody),),
        changeovers={(one, two): CHANGEOVER_MIN for one in families for two in families if one != two},
        walk=dict.fromkeys(Mobility, APART_MIN),
        fasting_before=FASTING_MIN,
    )


def write_plan(path: Path, problem: ImagingProblem, plan: Plan) -> None:
    """The plan as the judge reads it: request, resource, start (ISO 8601 with offset)."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("request", "resource", "start"))
        for case, place in zip(problem.cases, plan.places, strict=True):
            if place is not None:
                start = problem.clock.moment(place.start).isoformat(timespec="minutes")
                writer.writerow((case.id, problem.resource_ids[place.resource], start))


def _clock(dates: Sequence[date]) -> Clock:
    first = min(dates) - timedelta(days=min(dates).weekday())
    weeks = (max(dates) - first).days // 7
    return Clock(ZONE, first, 7 * weeks + WEEKDAYS)


def _spans(clock: Clock, days: Iterable[int], low: int, high: int) -> tuple[Span, ...]:
    return tuple((clock.minute_on(day, low), clock.minute_on(day, high)) for day in days)


def _scanners(rows: Rows) -> dict[str, Modality]:
    """Modality of every scanner a request names, in the order of modality and number."""
    found: dict[str, Modality] = {}
    for row in rows:
        for name in row["scanners"].split():
            if found.setdefault(name, Modality(row["modality"])) != Modality(row["modality"]):
                raise BadInput("two_modalities", id=name, where=row["request"])
    order = sorted(found, key=lambda name: (name.rstrip("0123456789"), len(name), name))
    return {name: found[name] for name in order}


def _case(row: Mapping[str, str], earliest: int, clock: Clock, days: Sequence[int]) -> Case:
    windows = {
        "morning": _spans(clock, days, 0, NOON_MIN),
        "afternoon": _spans(clock, days, NOON_MIN, 24 * 60),
    }
    return Case(
        id=row["request"],
        patient=row["patient"],
        examination=row["modality"],
        modality=Modality(row["modality"]),
        rclass=RequestClass(row["class"]),
        minutes=int(row["minutes"]),
        earliest=earliest,
        windows=windows.get(row["window"], ()),
        family=row["family"],
        is_fasting=row["fasting"] == "1",
        scanners=frozenset(row["scanners"].split()),
        staff=(NURSE,) if row["contrast"] == "1" else (),
    )
