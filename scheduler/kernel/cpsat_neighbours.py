"""What the rules say of two who are neighbours on one resource, put together in one table a resource."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.kernel.cpsat_places import Places
from scheduler.kernel.cpsat_statements import Follow, ShortGaps

Ints = NDArray[np.int64]


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
            not self.keeps_apart
        ):  # appointments may overlap: the order of starts (ties by task) tells who is whose neighbour
            labellings.append(list(range(len(self.tasks))))
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

    def _over(self, labels: Sequence[int], matrix: Ints) -> Ints:
        rows = [int(labels[task]) for task in self.sample]
        return np.asarray(matrix, dtype=np.int64)[np.ix_(rows, rows)]

    def _least(self, places: Places, follows: Sequence[Follow]) -> Ints:
        size = len(self.sample)
        least = np.zeros((size, size), dtype=np.int64)
        if not self.keeps_apart:
            sample = np.array(self.sample)
            durations = [int((places.end - places.start)[places.of(task)][0]) for task in self.sample]
            is_behind = sample.reshape(1, size) <= sample.reshape(size, 1)
            least = is_behind.astype(np.int64) - np.array(durations, dtype=np.int64).reshape(size, 1)
        for f in follows:
            minutes = self._over(f.labels, f.minutes)
            least = np.where(minutes > 0, np.maximum(least, minutes), least)
        return least

    def _prices(self, follows: Sequence[Follow]) -> Ints:
        price = np.zeros((len(self.sample), len(self.sample)), dtype=np.int64)
        for f in follows:
            if f.price is not None:
                price = price + self._over(f.labels, f.price)
        return price


def _clusters(price: Ints) -> list[int]:
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
