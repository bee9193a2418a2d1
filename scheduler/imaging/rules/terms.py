"""Terms that several rules share, each defined once and without side effects."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
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
