"""Terms that several rules share, each defined once and without side effects."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from hospital.clock import Span, merge, subtract
from scheduler.imaging.problem import Case, ImagingProblem, Room
from scheduler.kernel.plan import Plan


def opening(room: Room) -> tuple[Span, ...]:
    """The spans in which an examination may lie: sessions, the last of a day lengthened by its overtime."""
    return merge((*room.sessions, *room.overtime))


def usable_min(room: Room) -> int:
    """Minutes of the room's sessions that are not closed."""
    return sum(end - start for start, end in subtract(room.sessions, room.closed))


def is_fit(room: Room, case: Case) -> bool:
    """True where the machine can make the examination and nobody said it may not, wherever it stands."""
    return (
        room.modality == case.modality
        and room.field_strength_t >= case.min_field_strength_t
        and case.features <= room.features
        and (not case.scanners or room.id in case.scanners)
    )


def sites(problem: ImagingProblem) -> tuple[str, ...]:
    """The site at which each task must be examined, empty where any will do.

    The request's own site; else, where the examination needs staff and machines of several sites fit, the one site with most of
    them (the first by name among equals), for people do not travel with a patient.
    """
    if len({room.site for room in problem.rooms}) < 2:
        return tuple(case.site for case in problem.cases)
    homes: dict[object, str] = {}
    found = []
    for case in problem.cases:
        site = case.site
        if case.staff and not site:
            kind = (case.modality, case.min_field_strength_t, case.features, case.scanners)
            if kind not in homes:
                homes[kind] = _home(problem, case)
            site = homes[kind]
        found.append(site)
    return tuple(found)


def _home(problem: ImagingProblem, case: Case) -> str:
    counts: dict[str, int] = {}
    for room in problem.rooms:
        if is_fit(room, case):
            counts[room.site] = counts.get(room.site, 0) + 1
    return min(counts, key=lambda site: (-counts[site], site), default="")


def fitting(problem: ImagingProblem) -> tuple[tuple[int, ...], ...]:
    """The scanners on which each task may be; tasks that need the same share one tuple."""
    known: dict[object, tuple[int, ...]] = {}
    found = []
    for case, site in zip(problem.cases, sites(problem), strict=True):
        kind = (case.modality, case.min_field_strength_t, case.features, case.scanners, site)
        if kind not in known:
            known[kind] = tuple(
                resource
                for resource, room in enumerate(problem.rooms)
                if is_fit(room, case) and site in ("", room.site)
            )
        found.append(known[kind])
    return tuple(found)


def families(problem: ImagingProblem) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The set-up families in order of name, and each task's index among them."""
    names = tuple(sorted({case.family for case in problem.cases}))
    index = {name: number for number, name in enumerate(names)}
    return names, tuple(index[case.family] for case in problem.cases)


def set_up_min(problem: ImagingProblem, room: Room, before: str, after: str) -> int:
    """Minutes a room needs between two patients of these families: turnover and changeover."""
    return room.turnover + problem.changeovers.get((before, after), 0)


def day_of(day_starts: Sequence[int], minute: int) -> int:
    """Index of the day a minute falls on; minutes outside the horizon belong to its first or last day."""
    return min(max(bisect_right(day_starts, minute) - 1, 0), len(day_starts) - 2)


def neighbours(problem: ImagingProblem, plan: Plan) -> Iterator[tuple[int, int, int, int]]:
    """Every two appointments directly after one another on one scanner and day: resource, first, second, minutes between."""
    places, durations, day_starts = plan.places, problem.durations, problem.clock.day_starts
    for resource, line in plan.lines.items():
        row = [(task, place.start) for task in line if (place := places[task]) is not None]
        for (first, earlier), (second, later) in pairwise(row):
            end = earlier + durations[first]
            if day_of(day_starts, earlier) == day_of(day_starts, later):
                yield resource, first, second, later - end


def staffing(problem: ImagingProblem) -> dict[tuple[str, str], tuple[tuple[int, int, int], ...]]:
    """Of each role and site: how many people are there, as (start, end, count), not overlapping; nobody outside them."""
    steps: dict[tuple[str, str], dict[int, int]] = {}
    for staff in problem.staff:
        changes = steps.setdefault((staff.role, staff.site), {})
        for start, end, count in staff.spans:
            changes[start] = changes.get(start, 0) + count
            changes[end] = changes.get(end, 0) - count
    return {place: tuple(_levels(changes)) for place, changes in steps.items()}


def _levels(changes: dict[int, int]) -> Iterator[tuple[int, int, int]]:
    count = 0
    for start, end in pairwise(sorted(changes)):
        count += changes[start]
        if count > 0:
            yield start, end, count


def staff_users(problem: ImagingProblem) -> dict[tuple[str, str], list[int]]:
    """Of each role and site: the tasks that need one of them."""
    users: dict[tuple[str, str], list[int]] = {}
    only = problem.rooms[0].site if problem.rooms else ""
    for task, (case, site) in enumerate(zip(problem.cases, sites(problem), strict=True)):
        for role in set(case.staff):
            users.setdefault((role, site or only), []).append(task)
    return users


def fair_loads(problem: ImagingProblem) -> tuple[int, ...]:
    """Minutes of each scanner's fair share times ``load_slack``: the minutes of every case are split among the scanners that
    fit it in proportion to their usable opening time.
    """
    minutes: dict[tuple[int, ...], int] = {}
    for case, resources in zip(problem.cases, fitting(problem), strict=True):
        minutes[resources] = minutes.get(resources, 0) + case.minutes
    open_min = [usable_min(room) for room in problem.rooms]
    shares = [Fraction(0)] * len(problem.rooms)
    for resources, total in minutes.items():
        whole = sum(open_min[resource] for resource in resources)
        for resource in resources:
            shares[resource] += Fraction(total * open_min[resource], whole) if whole else 0
    slack = Fraction(problem.weights.load_slack).limit_denominator(1000)
    return tuple(int(share * slack) for share in shares)
