"""Each resource on each day, cut where somebody is settled: what can be said of a line in rows is, the rest is handed on as segments.

``cpsat_circuits.py`` says a segment to CP-SAT, ``cpsat_network.py`` to the relaxation.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from scheduler.kernel.cpsat_neighbours import Ints, Neighbours, Spot
from scheduler.kernel.cpsat_places import Places
from scheduler.kernel.cpsat_program import Program
from scheduler.kernel.cpsat_statements import Follow, ShortGaps, Statements


class Segment(NamedTuple):
    """The part of a line between two settled appointments (None = the end of the day) with the places that may be taken in it, in order
    of start."""

    neighbours: Neighbours
    before: Spot | None
    part: Sequence[Spot]
    after: Spot | None
    is_history: bool

    @property
    def price_between(self) -> int:
        """What the two settled ones cost as neighbours, if nobody comes between."""
        if self.before is None or self.after is None:
            return 0
        return self.neighbours.cost(self.before.label, self.before.end, self.after)

    @property
    def may_touch(self) -> bool:
        """Whether the two settled ones may be neighbours; history stands as it is."""
        if self.before is None or self.after is None or self.is_history:
            return True
        is_kept = self.after.start - self.before.end >= self.neighbours.least[self.before.label, self.after.label]
        return bool(is_kept) and not self.neighbours.is_banned(self.before.label, self.before.sessions, self.after)


def post_lines(
    program: Program, places: Places, statements: Statements, rules: Collection[str] | None
) -> list[Segment]:
    """Adds what can be said in plain rows; gives back the segments whose order of neighbours matters."""
    segments: list[Segment] = []
    follows: dict[int, list[Follow]] = {}
    gaps: dict[int, list[ShortGaps]] = {}
    for resource, follow in statements.said("follow", rules):
        follows.setdefault(resource, []).append(follow)
    for resource, gap in statements.said("price_short_gaps", rules):
        gaps.setdefault(resource, []).append(gap)
    for resource in sorted({*follows, *gaps}):
        neighbours = Neighbours(places, resource, follows.get(resource, []), gaps.get(resource, []))
        rows = np.flatnonzero(places.resource == resource)
        if len(rows):
            segments += _post_resource(program, places, neighbours, rows)
    return segments


def _post_resource(program: Program, places: Places, neighbours: Neighbours, rows: Ints) -> list[Segment]:
    settled = [neighbours.spot(places, int(row)) for row in rows[places.settled[rows]]]
    settled.sort(key=_order)
    free = rows[~places.settled[rows]]
    if neighbours.keeps_apart:
        free = _without_overlaps(program, places, settled, free)
    by_day: dict[int, tuple[list[Spot], list[Spot]]] = {}
    for spot in settled:
        by_day.setdefault(int(places.day[spot.column]), ([], []))[0].append(spot)
    for row in free:
        by_day.setdefault(int(places.day[row]), ([], []))[1].append(neighbours.spot(places, int(row)))
    segments: list[Segment] = []
    for fixed, loose in by_day.values():
        segments += _cut(places, neighbours, fixed, sorted(loose, key=_order))
    if neighbours.keeps_apart:
        _post_midnights(program, places, free)
    return [segment for segment in segments if not _is_said_plainly(program, segment)]


def _order(spot: Spot) -> tuple[int, int]:
    return spot.start, spot.task


def _without_overlaps(program: Program, places: Places, settled: Sequence[Spot], free: Ints) -> Ints:
    """The free places that overlap no settled appointment; the others are forbidden. Settled ones that overlap each other and are not
    both history contradict."""
    for position, first in enumerate(settled):
        for second in settled[position + 1 :]:
            if second.start >= first.end:
                break
            if not (places.is_frozen[first.task] and places.is_frozen[second.task]):
                program.is_impossible = True
    starts = np.array([spot.start for spot in settled], dtype=np.int64)
    ends = np.maximum.accumulate(np.array([spot.end for spot in settled], dtype=np.int64))
    before = np.searchsorted(starts, places.end[free], side="left")  # settled ones that start before this one ends
    is_clear = np.ones(len(free), dtype=np.bool_)
    some = before > 0
    is_clear[some] = ends[before[some] - 1] <= places.start[free][some]
    program.forbid(int(row) for row in free[~is_clear])
    return np.asarray(free[is_clear])


def _post_midnights(program: Program, places: Places, free: Ints) -> None:
    """Appointments that run past midnight do not overlap those of the next day, which are not their neighbours."""
    days = places.day
    latest: dict[int, int] = {}
    for row in free:
        day = int(days[row])
        latest[day] = max(latest.get(day, 0), int(places.end[row]))
    for row in free:
        end = max((edge for day, edge in latest.items() if day < days[row]), default=0)
        if places.start[row] < end:
            moment = places.start[row]
            there = free[(places.start[free] <= moment) & (moment < places.end[free])]
            program.row([int(column) for column in there], 1, high=1)


def _cut(places: Places, neighbours: Neighbours, fixed: Sequence[Spot], loose: Sequence[Spot]) -> Iterator[Segment]:
    """The segments of a line between settled appointments."""
    ends: list[Spot | None] = [None, *fixed, None]
    at = 0
    for before, after in pairwise(ends):
        stop = len(loose) if after is None else bisect_right(loose, _order(after), key=_order)
        is_history = all(spot is not None and bool(places.is_frozen[spot.task]) for spot in (before, after))
        yield Segment(neighbours, before, loose[at:stop], after, is_history)
        at = stop


def _is_said_plainly(program: Program, segment: Segment) -> bool:
    """Adds the rows of a segment that needs no more than rows. Plain neighbours need the same gap whoever comes between, so two settled
    ones with too little contradict."""
    is_plain = segment.neighbours.is_plain
    if segment.part and not is_plain:
        return False
    if not segment.may_touch:
        program.is_impossible = True
    if segment.price_between:
        program.column(segment.price_between, low=1)
    if segment.part:
        _post_plain(program, segment.neighbours, segment.before, segment.part, segment.after)
    return True


def _post_plain(
    program: Program, neighbours: Neighbours, before: Spot | None, part: Sequence[Spot], after: Spot | None
) -> None:
    """At any moment at most one appointment, each lengthened by the gap that all need."""
    gap = int(neighbours.least.flat[0])
    kept = [
        spot
        for spot in part
        if (before is None or spot.start >= before.end + gap) and (after is None or spot.end + gap <= after.start)
    ]
    keeps = {spot.column for spot in kept}
    program.forbid(spot.column for spot in part if spot.column not in keeps)
    starts, columns = np.array([s.start for s in kept]), np.array([s.column for s in kept])
    ends = np.array([s.end + gap for s in kept])
    for moment in np.unique(starts):
        program.row([int(c) for c in columns[(starts <= moment) & (moment < ends)]], 1, high=1)
