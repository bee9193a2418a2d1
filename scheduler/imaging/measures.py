"""The figures people know imaging by, each defined once. Read from problem and plan alone, independent of any price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from statistics import fmean
from typing import Any

from hospital.clock import overlap_min, subtract
from hospital.requests import RequestClass
from scheduler.imaging.problem import Case, ImagingProblem
from scheduler.imaging.rules import terms
from scheduler.kernel.plan import Place, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Hours from the earliest time to the start, over ``num`` appointments: mean and 90th percentile (nearest rank)."""

    mean: float
    p90: float
    num: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """Appointments that begin after their target: how many, and how many hours after it in the mean and at worst."""

    num: int
    mean_h: float
    max_h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Figures of one plan.

    ``utilisation_by_scanner``: scan minutes inside the sessions over session minutes that are not closed, 0 to 1 (history included).
    ``overtime_min_by_scanner``: scan minutes in the overtime after a day's last session. ``num_changeovers``: neighbours of one scanner
    and day with different set-up families. Against the plan in force, history apart: ``num_moved`` stand elsewhere, ``num_dropped`` are
    left out, ``num_displaced`` of these two were inside the notice period.
    """

    num_requests: int
    num_planned: int
    wait_h_by_class: Mapping[str, Wait]
    wait_h_by_ward: Mapping[str, Wait]
    late_by_class: Mapping[str, Late]
    utilisation_by_scanner: Mapping[str, float]
    overtime_min_by_scanner: Mapping[str, int]
    num_changeovers: int
    num_two_days: int
    num_moved: int
    num_dropped: int
    num_displaced: int
    num_unplanned_by_class: Mapping[str, int]

    def as_dict(self) -> dict[str, Any]:
        """The figures as JSON-ready values."""
        return asdict(self)


def measures(problem: ImagingProblem, plan: Plan) -> Measures:
    """All figures of the plan."""
    placed = list(_placed(problem, plan))
    away = [
        task for task, place in problem.reference.items() if task not in problem.frozen and plan.places[task] != place
    ]
    moved = [task for task in away if plan.places[task] is not None]
    soon = problem.now + problem.notice
    classes = [rclass.value for rclass in RequestClass]
    left_out = [case.rclass.value for case, place in zip(problem.cases, plan.places, strict=True) if place is None]
    return Measures(
        num_requests=len(problem.cases),
        num_planned=len(placed),
        wait_h_by_class={name: _wait([(c, p) for c, p in placed if c.rclass.value == name]) for name in classes},
        wait_h_by_ward=_wait_by_ward(placed),
        late_by_class={name: _late(problem, [(c, p) for c, p in placed if c.rclass.value == name]) for name in classes},
        utilisation_by_scanner=_utilisation(problem, plan),
        overtime_min_by_scanner=_overtime(problem, plan),
        num_changeovers=sum(
            problem.cases[first].family != problem.cases[second].family
            for _, first, second, _ in terms.neighbours(problem, plan)
        ),
        num_two_days=_two_days(problem, plan),
        num_moved=len(moved),
        num_dropped=len(away) - len(moved),
        num_displaced=sum(problem.reference[task].start < soon for task in away),
        num_unplanned_by_class={name: left_out.count(name) for name in classes},
    )


def _placed(problem: ImagingProblem, plan: Plan) -> Iterator[tuple[Case, Place]]:
    return ((case, place) for case, place in zip(problem.cases, plan.places, strict=True) if place is not None)


def _wait(placed: Sequence[tuple[Case, Place]]) -> Wait:
    hours = sorted((place.start - case.earliest) / 60 for case, place in placed)
    if not hours:
        return Wait(mean=0.0, p90=0.0, num=0)
    return Wait(mean=round(fmean(hours), 3), p90=round(hours[ceil(0.9 * len(hours)) - 1], 3), num=len(hours))


def _wait_by_ward(placed: Sequence[tuple[Case, Place]]) -> dict[str, Wait]:
    wards: dict[str, list[tuple[Case, Place]]] = {}
    for case, place in placed:
        if case.ward:
            wards.setdefault(case.ward, []).append((case, place))
    return {ward: _wait(wards[ward]) for ward in sorted(wards)}


def _late(problem: ImagingProblem, placed: Sequence[tuple[Case, Place]]) -> Late:
    hours = [late / 60 for case, place in placed if (late := place.start - target_of(problem, case)) > 0]
    if not hours:
        return Late(num=0, mean_h=0.0, max_h=0.0)
    return Late(num=len(hours), mean_h=round(fmean(hours), 3), max_h=round(max(hours), 3))


def target_of(problem: ImagingProblem, case: Case) -> int:
    """The minute by which the examination should begin: its own target, else its class's usual one."""
    return case.earliest + problem.weights.target_min(case.rclass) if case.target is None else case.target


def _utilisation(problem: ImagingProblem, plan: Plan) -> dict[str, float]:
    found = {}
    for resource, room in enumerate(problem.rooms):
        usable = subtract(room.sessions, room.closed)
        total = sum(end - start for start, end in usable)
        used = sum(overlap_min(span, usable) for span in _spans(problem, plan, resource))
        found[room.id] = round(used / total, 4) if total else 0.0
    return found


def _overtime(problem: ImagingProblem, plan: Plan) -> dict[str, int]:
    return {
        room.id: sum(overlap_min(span, room.overtime) for span in _spans(problem, plan, resource))
        for resource, room in enumerate(problem.rooms)
    }


def _spans(problem: ImagingProblem, plan: Plan, resource: int) -> Iterator[tuple[int, int]]:
    for task in plan.lines.get(resource, ()):
        place = plan.places[task]
        if place is not None:
            yield place.start, place.start + problem.durations[task]


def _two_days(problem: ImagingProblem, plan: Plan) -> int:
    """Patients who come on more than one day."""
    day_of = problem.clock.day_of
    return sum(
        len({day_of(place.start) for task in tasks if (place := plan.places[task]) is not None}) > 1
        for tasks in problem.by_patient.values()
    )
