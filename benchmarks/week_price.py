"""The imaging week judged and priced once more from its file and the plan's file alone: knows neither problem, rules nor search.

Written from the text of the benchmark's description. A plan whose price here differs from the engine's is wrong.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

PER_HOUR = {"emergency": 20.0, "inpatient": 5.0, "outpatient": 1.0, "check_up": 0.5}
TARGET_H = {"emergency": 1, "inpatient": 24, "outpatient": 72, "check_up": 1000}
LATE_FACTOR, UNPLANNED_H, CHANGEOVER, TWO_DAYS, NURSES = 10, 4000, 10, 30, 6
GRID = timedelta(minutes=5)
APART = timedelta(minutes=15)
SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Visit:
    """One planned row: its request and where and when it is."""

    request: Mapping[str, str]
    scanner: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is wrong with the plan, and what it costs in points."""

    faults: tuple[str, ...]
    cost: float
    num_planned: int


def judge(requests: Sequence[Mapping[str, str]], plan_file: Path) -> Judgement:
    """Read the plan and judge it."""
    faults: list[str] = []
    visits = list(_visits(requests, plan_file, faults))
    lines = _grouped(visits, lambda visit: (visit.scanner, visit.start.date()))
    patients = _grouped(visits, lambda visit: visit.request["patient"])
    first = min(datetime.fromisoformat(row["earliest"]) for row in requests)
    monday = datetime.combine(first.date() - timedelta(days=first.weekday()), time())
    for visit in visits:
        faults += [f"{visit.request['request']}: {fault}" for fault in _own_faults(visit, monday)]
    for line in lines:
        faults += _line_faults(line)
    for line in patients:
        faults += [
            f"{one.request['request']}, {two.request['request']}: too close for one patient"
            for one, two in pairwise(line)
            if two.start < one.end + APART
        ]
    faults += _nurse_faults(visits)
    cost = sum(_own_cost(visit) for visit in visits)
    planned = {visit.request["request"] for visit in visits}
    cost += sum(UNPLANNED_H * PER_HOUR[row["class"]] for row in requests if row["request"] not in planned)
    cost += CHANGEOVER * sum(_is_change(one, two) for line in lines for one, two in pairwise(line))
    cost += TWO_DAYS * sum(one.start.date() != two.start.date() for line in patients for one, two in pairwise(line))
    return Judgement(tuple(faults), cost, len(visits))


def _visits(requests: Sequence[Mapping[str, str]], plan_file: Path, faults: list[str]) -> Iterator[Visit]:
    known = {row["request"]: row for row in requests}
    seen: set[str] = set()
    with plan_file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            name = row["request"]
            if name not in known or name in seen:
                faults.append(f"{name}: unknown or twice")
                continue
            seen.add(name)
            start = datetime.fromisoformat(row["start"]).replace(tzinfo=None)
            yield Visit(known[name], row["resource"], start, start + timedelta(minutes=int(known[name]["minutes"])))


def _grouped(visits: Sequence[Visit], key: Callable[[Visit], object]) -> list[list[Visit]]:
    groups: dict[object, list[Visit]] = defaultdict(list)
    for visit in visits:
        groups[key(visit)].append(visit)
    return [sorted(group, key=lambda visit: visit.start) for group in groups.values()]


def _own_faults(visit: Visit, monday: datetime) -> Iterator[str]:
    request, midnight = visit.request, datetime.combine(visit.start.date(), time())
    begins, ends = visit.start - midnight, visit.end - midnight
    if visit.scanner not in request["scanners"].split():
        yield "wrong scanner"
    if begins % GRID or visit.start.weekday() == SUNDAY or visit.start < monday:
        yield "off the grid or the week"
    if begins < timedelta(hours=8) or ends > timedelta(hours=20):
        yield "closed"
    if visit.start < datetime.fromisoformat(request["earliest"]):
        yield "too early"
    if request["window"] == "morning" and ends > timedelta(hours=13):
        yield "not in the morning"
    if request["window"] == "afternoon" and begins < timedelta(hours=13):
        yield "not in the afternoon"
    if request["fasting"] == "1" and begins >= timedelta(hours=12):
        yield "fasting after noon"


def _line_faults(line: Sequence[Visit]) -> Iterator[str]:
    for one, two in pairwise(line):
        if two.start < one.end + GRID * _is_change(one, two):
            yield f"{one.request['request']}, {two.request['request']}: overlap on {one.scanner}"


def _is_change(one: Visit, two: Visit) -> bool:
    return one.request["family"] != two.request["family"]


def _nurse_faults(visits: Sequence[Visit]) -> Iterator[str]:
    busy: dict[datetime, int] = defaultdict(int)
    for visit in visits:
        moment = visit.start
        while visit.request["contrast"] == "1" and moment < visit.end:
            busy[moment] += 1
            moment += GRID
    yield from (f"{moment}: {count} contrast nurses" for moment, count in busy.items() if count > NURSES)


def _own_cost(visit: Visit) -> float:
    rclass = visit.request["class"]
    waited = (visit.start - datetime.fromisoformat(visit.request["earliest"])) / timedelta(hours=1)
    return PER_HOUR[rclass] * (waited + LATE_FACTOR * max(0.0, waited - TARGET_H[rclass]))
