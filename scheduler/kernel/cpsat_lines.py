"""Who comes directly before whom on a resource and day, as paths through a network of moments and labels.

A line is one resource on one day. A unit of flow leaves an open beginning, passes each appointment on the line in order of
start and ends anywhere. Between two appointments it runs through nodes that remember the moment at which the first one ended and
its label, so an arc knows the gap, its price and whether the neighbours may stand together. Tasks that are settled cut a line into
segments. The linear relaxation of such a network is as tight as a shortest path, which is where the bounds come from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from scheduler.kernel.cpsat_places import Places
from scheduler.kernel.cpsat_program import Program
from scheduler.kernel.cpsat_statements import Follow, ShortGaps, Statements


class Spot(NamedTuple):
    """One possible appointment of a line: its column, task, times, label on this line and the sessions it starts in (bits, one
    number for each statement that forbids neighbours)."""

    column: int
    task: int
    start: int
    end: int
    label: int
    sessions: tuple[int, ...]


class Neighbours:
    """What two neighbours on a resource must keep between them, and what it costs, for all statements about the resource together."""

    def __init__(self, places: Places, resource: int, follows: Sequence[Follow], gaps: Sequence[ShortGaps]) -> None:
        rows = np.flatnonzero(places.resource == resource)
        self.tasks = sorted({int(task) for task in places.task[rows]})
        self.keeps_apart = any(f.keeps_apart for f in follows)
        self.forbidding = [f for f in follows if f.forbidden is not None and f.sessions]
        said = [f.labels for f in follows] + [g.labels for g in gaps]
        labellings = [[int(labels[task]) for task in self.tasks] for labels in said]
        if (
            not follows
        ):  # appointments may overlap: only the order of starts (ties by task) tells who is whose neighbour
            labellings = [list(range(len(self.tasks)))]
        distinct = sorted(set(zip(*labellings, strict=True)))
        number = {signature: index for index, signature in enumerate(distinct)}
        self.label = dict(zip(self.tasks, (number[s] for s in zip(*labellings, strict=True)), strict=True))
        first = {self.label[task]: task for task in reversed(self.tasks)}
        self.sample = [first[label] for label in range(len(distinct))]
        self.least = self._least(places, follows)
        self.price = self._prices(follows)
        self.gaps = [(self._over(g.labels, g.minutes), g.shortest, g.price) for g in gaps if g.price and g.shortest > 0]
        self.steady = self.least.copy()
        for minutes, shortest, _ in self.gaps:
            self.steady = np.maximum(self.steady, minutes + shortest)
        self.bans = [np.array([[f.forbidden[f.labels[a], f.labels[b]] for b in self.sample] for a in self.sample])
                     for f in self.forbidding if f.forbidden is not None]  # fmt: skip
        self.cluster = _clusters(self.price)
        self.remembers = [any(bool(ban[label].any()) for ban in self.bans) for label in range(len(distinct))]

    @property
    def is_plain(self) -> bool:
        """True where all pairs need the same minutes and nothing else is said of neighbours."""
        alike = self.least.size == 0 or int(self.least.min()) == int(self.least.max())
        return self.keeps_apart and alike and not self.price.any() and not self.gaps and not any(self.remembers)

    def spot(self, places: Places, index: int) -> Spot:
        """The place of that index as a spot of this resource's lines."""
        task, start = int(places.task[index]), int(places.start[index])
        label = self.label[task]
        sessions = tuple(_session_bits(f, start) for f in self.forbidding)
        return Spot(index, task, start, int(places.end[index]), label, sessions)

    def is_banned(self, label: int, sessions: tuple[int, ...], after: Spot) -> bool:
        """Whether ``after`` may not directly follow that label begun in those sessions."""
        return any(
            bool(mine & theirs) and bool(ban[label, after.label])
            for ban, mine, theirs in zip(self.bans, sessions, after.sessions, strict=True)
        )

    def cost(self, label: int, end: int, after: Spot) -> int:
        """Price of the two as neighbours."""
        idle = after.start - end
        short = sum(
            price for minutes, shortest, price in self.gaps if 0 < idle - int(minutes[label, after.label]) < shortest
        )
        return int(self.price[label, after.label]) + short

    def _over(self, labels: Sequence[int], matrix: np.ndarray) -> np.ndarray:
        rows = [int(labels[task]) for task in self.sample]
        return np.asarray(matrix, dtype=np.int64)[np.ix_(rows, rows)]

    def _least(self, places: Places, follows: Sequence[Follow]) -> np.ndarray:
        size = len(self.sample)
        if not follows:
            durations = [int((places.end - places.start)[places.of(task)][0]) for task in self.sample]
            later = np.array([[int(b <= a) for b in range(size)] for a in range(size)], dtype=np.int64).reshape(
                size, size
            )
            return later - np.array(durations, dtype=np.int64).reshape(size, 1)
        least = np.zeros((size, size), dtype=np.int64)
        for f in follows:
            least = np.maximum(least, self._over(f.labels, f.minutes))
        return least

    def _prices(self, follows: Sequence[Follow]) -> np.ndarray:
        price = np.zeros((len(self.sample), len(self.sample)), dtype=np.int64)
        for f in follows:
            if f.price is not None:
                price = price + self._over(f.labels, f.price)
        return price


def _clusters(price: np.ndarray) -> list[int]:
    """Labels between which nothing is charged belong together: a number for each label."""
    is_free = (price == 0) & (price.T == 0)
    cluster = list(range(len(price)))
    for label in range(len(price)):
        for other in range(label):
            if is_free[label, other]:
                old, new = cluster[label], cluster[other]
                cluster = [new if number == old else number for number in cluster]
    return cluster


def _session_bits(follow: Follow, start: int) -> int:
    return sum(1 << number for number, (low, high) in enumerate(follow.sessions) if low <= start < high)


def post_lines(program: Program, places: Places, statements: Statements, rules: Collection[str] | None) -> None:
    """Adds every line on which something is said of neighbours."""
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
            _post_resource(program, places, neighbours, rows)


def _post_resource(program: Program, places: Places, neighbours: Neighbours, rows: np.ndarray) -> None:
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
    for fixed, loose in by_day.values():
        _post_line(program, places, neighbours, fixed, sorted(loose, key=_order))
    if neighbours.keeps_apart:
        _post_midnights(program, places, free)


def _order(spot: Spot) -> tuple[int, int]:
    return spot.start, spot.task


def _without_overlaps(program: Program, places: Places, settled: Sequence[Spot], free: np.ndarray) -> np.ndarray:
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


def _post_midnights(program: Program, places: Places, free: np.ndarray) -> None:
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


def _post_line(
    program: Program, places: Places, neighbours: Neighbours, fixed: Sequence[Spot], loose: Sequence[Spot]
) -> None:
    """Adds the segments between settled appointments."""
    ends: list[Spot | None] = [None, *fixed, None]
    at = 0
    for before, after in pairwise(ends):
        stop = len(loose) if after is None else bisect_right(loose, _order(after), key=_order)
        part = loose[at:stop]
        at = stop
        if not part:
            if before is not None and after is not None:
                _post_settled_pair(program, places, neighbours, before, after)
        elif neighbours.is_plain:
            _post_plain(program, neighbours, before, part, after)
            if before is not None and after is not None:  # who comes between needs the same gap: too little contradicts
                _post_settled_pair(program, places, neighbours, before, after)
        else:
            _Segment(program, neighbours, before, part, after).post(places)


def _post_settled_pair(program: Program, places: Places, neighbours: Neighbours, before: Spot, after: Spot) -> None:
    is_history = bool(places.is_frozen[before.task] and places.is_frozen[after.task])
    is_kept = after.start - before.end >= neighbours.least[before.label, after.label]
    if not is_history and (not is_kept or neighbours.is_banned(before.label, before.sessions, after)):
        program.is_impossible = True
    price = neighbours.cost(before.label, before.end, after)
    if price:
        program.column(price, low=1)


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


class _Segment:
    """The network of one line between two settled appointments (or the ends of the day)."""

    def __init__(
        self, program: Program, neighbours: Neighbours, before: Spot | None, part: Sequence[Spot], after: Spot | None
    ) -> None:
        self.program, self.neighbours = program, neighbours
        self.before, self.part, self.after = before, part, after
        tailed = [*([before] if before else []), *part]
        headed = [*part, *([after] if after else [])]
        self.tails: dict[tuple[int, tuple[int, ...]], dict[int, list[int]]] = {}
        for spot in tailed:
            sessions = spot.sessions if neighbours.remembers[spot.label] else ()
            self.tails.setdefault((spot.label, sessions), {}).setdefault(spot.end, []).append(spot.column)
        self.heads: dict[int, dict[int, list[Spot]]] = {}
        for spot in headed:
            self.heads.setdefault(spot.label, {}).setdefault(spot.start, []).append(spot)
        self.into: dict[tuple[int, int], list[int]] = {
            (label, start): [] for label, row in self.heads.items() for start in row
        }
        self.entering: dict[int, list[int]] = {label: [] for label in self.heads}

    def post(self, places: Places) -> None:
        """Adds nodes and arcs."""
        exempt = self._history_arc(places)
        for (label, sessions), row in self.tails.items():
            self._post_tail(label, sessions, row, exempt)
        if self.before is None:
            sources = []
            for (label, _), arcs in self.into.items():
                sources.append(self.program.column())
                arcs.append(sources[-1])
                self.entering[label].append(sources[-1])
            self.program.row(sources, 1, high=1)
        if self.neighbours.price.any():
            self._post_entries()
        for (label, start), arcs in self.into.items():
            columns = [spot.column for spot in self.heads[label][start]]
            self.program.row([*arcs, *columns], [1] * len(arcs) + [-1] * len(columns), low=0, high=0)

    def _lead(self, label: int, head: Spot, arc: int) -> None:
        """The arc leads from an appointment of that label to the head."""
        self.into[head.label, head.start].append(arc)
        if self.neighbours.cluster[label] != self.neighbours.cluster[head.label]:
            self.entering[head.label].append(arc)

    def _post_entries(self) -> None:
        """Whoever is on the line has been led to from another kind of appointment at least once, he or one of his kind. Follows from
        the rest in whole numbers, and keeps the relaxation from sharing a day out among kinds to save the changes between them."""
        cluster = self.neighbours.cluster
        by_task: dict[int, list[int]] = {}
        for spot in self.part:
            by_task.setdefault(spot.task, []).append(spot.column)
        doors: dict[int, list[int]] = {}
        for label, arcs in self.entering.items():
            doors.setdefault(cluster[label], []).extend(arcs)
        for task, columns in by_task.items():
            mine = cluster[self.neighbours.label[task]]
            if self.before is None or cluster[self.before.label] != mine:
                self.program.row([*doors[mine], *columns], [1] * len(doors[mine]) + [-1] * len(columns), low=0)

    def _history_arc(self, places: Places) -> int | None:
        """Two neighbours of history stand as they are: an arc that asks for nothing but its price."""
        before, after = self.before, self.after
        if before is None or after is None or not (places.is_frozen[before.task] and places.is_frozen[after.task]):
            return None
        arc = self.program.column(self.neighbours.cost(before.label, before.end, after))
        self._lead(before.label, after, arc)
        return arc

    def _post_tail(self, label: int, sessions: tuple[int, ...], row: dict[int, list[int]], exempt: int | None) -> None:
        """One label's nodes in order of time: from each the flow leaves soon by a short arc, or waits and leaves later."""
        ends = sorted(row)
        soon = [self._soon_arcs(label, sessions, end) for end in ends]
        late: list[list[int]] = [[] for _ in ends]
        for head in self._heads(label, sessions):
            at = bisect_right(ends, head.start - int(self.neighbours.steady[label, head.label])) - 1
            if at >= 0:
                arc = self.program.column(int(self.neighbours.price[label, head.label]))
                late[at].append(arc)
                self._lead(label, head, arc)
        if exempt is not None and self.before is not None and self.before.column in row.get(self.before.end, ()):
            soon[ends.index(self.before.end)].append(exempt)
        self._post_chain([row[end] for end in ends], soon, late)

    def _heads(self, label: int, sessions: tuple[int, ...]) -> Iterable[Spot]:
        """One spot for each head that may follow the label."""
        for row in self.heads.values():
            for spots in row.values():
                if not sessions or not self.neighbours.is_banned(label, sessions, spots[0]):
                    yield spots[0]

    def _soon_arcs(self, label: int, sessions: tuple[int, ...], end: int) -> list[int]:
        arcs = []
        for head in self._heads(label, sessions):
            idle = head.start - end
            if self.neighbours.least[label, head.label] <= idle < self.neighbours.steady[label, head.label]:
                arcs.append(self.program.column(self.neighbours.cost(label, end, head)))
                self._lead(label, head, arcs[-1])
        return arcs

    def _post_chain(self, ending: Sequence[list[int]], soon: Sequence[list[int]], late: Sequence[list[int]]) -> None:
        carried: list[int] = []
        last = len(ending) - 1
        for at, columns in enumerate(ending):
            entering = columns
            if soon[at]:  # only who has just ended may leave by a short arc: a node of its own before the waiting
                stays = self.program.column()
                arcs = [*soon[at], stays]
                self._balance(columns, arcs, is_open=False)
                entering = [stays]
            onward = [] if at == last else [self.program.column()]
            self._balance([*carried, *entering], [*late[at], *onward], is_open=at == last and self.after is None)
            carried = onward

    def _balance(self, entering: Sequence[int], leaving: Sequence[int], *, is_open: bool) -> None:
        """What enters leaves; at an open end it may also stay."""
        signs = [1] * len(entering) + [-1] * len(leaving)
        self.program.row([*entering, *leaving], signs, low=0, high=1 if is_open else 0)
