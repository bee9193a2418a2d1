"""A sharper proven bound: the relaxation, split where it cannot decide.

Branch and bound over the relaxation alone. The case with the least bound is split in two by the start of one task - up to a moment, or
after it; left out is allowed in both, so that the two cover all plans. The bound is the least over the cases still open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from time import monotonic

import numpy as np

from scheduler.kernel.cpsat_bound import Floats, Relaxer
from scheduler.kernel.cpsat_places import Places
from scheduler.kernel.cpsat_program import Program

_WHOLE = 1e-6


@dataclass(order=True)
class _Case:
    """Plans in which the ``closed`` columns are 0: they cost at least ``bound`` units."""

    bound: int
    number: int
    closed: frozenset[int] = field(compare=False)
    values: Floats = field(compare=False)


class Branching:
    """The open cases of one program whose first columns are the places."""

    def __init__(self, program: Program, places: Places) -> None:
        self._places = places
        self._relaxer = Relaxer(program)
        self._number = count()
        self._cases: list[_Case] = []

    def bound(
        self, until: float, *, enough: int | None = None, should_stop: Callable[[], bool] | None = None
    ) -> int | None:
        """Units that every plan costs at least; None where not even the first relaxation was solved in time.

        ``enough`` is the cost of a known plan: a bound that reaches it is as good as any.
        """
        if not self._add(frozenset(), 0, until):
            return None
        while monotonic() < until and not (should_stop is not None and should_stop()):
            least = self._cases[0]
            if enough is not None and least.bound >= enough:
                break
            parts = self._split(least)
            if parts is None:
                break  # nothing left to decide between starts: this case cannot be sharpened here
            heappop(self._cases)
            solved = [self._add(closed, least.bound, until) for closed in parts]
            if not all(solved):
                heappush(self._cases, least)
                break
        return self._cases[0].bound

    def _add(self, closed: frozenset[int], least: int, until: float) -> bool:
        solved = self._relaxer.solve(until - monotonic(), closed)
        if solved is None:
            return False
        relaxation, values = solved
        heappush(self._cases, _Case(max(relaxation.bound, least), next(self._number), closed, values))
        return True

    def _split(self, case: _Case) -> tuple[frozenset[int], frozenset[int]] | None:
        """The task whose starts the relaxation mixes at the greatest cost, cut at their mean."""
        places, values = self._places, case.values[: len(self._places.task)]
        mixed = np.flatnonzero((values > _WHOLE) & (values < 1 - _WHOLE))
        best: tuple[float, int, float] | None = None
        for task in np.unique(places.task[mixed]):
            rows = mixed[places.task[mixed] == task]
            shares, starts = values[rows] / values[rows].sum(), places.start[rows].astype(np.float64)
            mean = float(shares @ starts)
            if float(np.ptp(starts)) == 0.0:
                continue
            costs = places.cost[rows].astype(np.float64)
            spread = float(shares @ np.abs(costs - shares @ costs)) * float(values[rows].sum())
            if best is None or spread > best[0]:
                best = spread, int(task), mean
        if best is None:
            return None
        part = places.of(best[1])
        late = np.flatnonzero(places.start[part] > best[2]) + part.start
        early = np.flatnonzero(places.start[part] <= best[2]) + part.start
        return case.closed | frozenset(late.tolist()), case.closed | frozenset(early.tolist())
