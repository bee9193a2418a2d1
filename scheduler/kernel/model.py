"""The vocabulary in which a rule's ``post`` speaks.

Two listeners realise it: ``cpsat.CpSatModel`` (proofs, conflicts, small parts) and ``tables.SearchTables`` (the compiled search). A rule is
said once and holds in both. Tasks and resources are indices, times minutes of the horizon, spans half-open, prices integer units of
1/POINT point and never negative. A task may always be left out. Statements about the same things add up: prices are summed, bans and
least gaps are all kept (so the largest gap holds).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hospital.clock import Span


class Model(Protocol):
    """What may be said about a plan. 'On one day' means both start on the same local day of the horizon."""

    # --- where and when one task may be
    def only_on(self, task: int, resources: Collection[int]) -> None:
        """The task may be placed on these resources only."""

    def only_start_in(self, task: int, spans: Sequence[Span]) -> None:
        """The task's start lies in one of the spans (half-open)."""

    def block(self, resource: int, spans: Sequence[Span], *, but_for: Collection[int] = ()) -> None:
        """No appointment on the resource overlaps the spans, except those of ``but_for``."""

    def keep(self, task: int, resource: int, start: int) -> None:
        """If placed, the task is exactly there."""

    def keep_unless(self, task: int, resource: int, start: int, displacers: Collection[int]) -> None:
        """If placed, the task is exactly there, unless an appointment of ``displacers`` on that resource overlaps that place."""

    # --- what one task costs
    def price_left_out(self, task: int, price: int) -> None:
        """The task is left out at this price."""

    def price_after(self, task: int, minute: int, rate: int) -> None:
        """Each minute by which the task starts after ``minute`` costs ``rate``."""

    def price_start_in(self, task: int, spans: Sequence[Span], price: int) -> None:
        """A start in one of the spans costs ``price`` once."""

    def price_on(self, task: int, resource: int, price: int) -> None:
        """Being on that resource costs ``price``."""

    def price_away(self, task: int, resource: int, start: int, price: int) -> None:
        """Being placed anywhere but there costs ``price``; left out costs it too."""

    # --- two tasks
    def apart(
        self,
        first: int,
        second: int,
        first_then_second: int,
        second_then_first: int,
        travel: NDArray[np.int64] | None = None,
    ) -> None:
        """If both are placed, one begins at least so many minutes after the other's end: ``first_then_second`` where ``first``
        comes first, ``second_then_first`` otherwise. ``travel[resource, resource]`` minutes come on top (one matrix a problem)."""

    def price_different_days(self, first: int, second: int, price: int) -> None:
        """Placed on two different days, the two cost ``price``."""

    def forbid_same_day(self, first: int, second: int) -> None:
        """The two are not placed on one day."""

    # --- two sessions of one series
    def price_different_resources(self, first: int, second: int, price: int) -> None:
        """Placed on two different resources, the two cost ``price``."""

    def forbid_different_resources(self, first: int, second: int, alike: NDArray[np.bool_] | None = None) -> None:
        """If both are placed, it is on one resource or on two that are ``alike[resource, resource]`` (one matrix a problem)."""

    def price_different_hours(self, first: int, second: int, within: int, price: int) -> None:
        """Placed at times of day more than ``within`` minutes apart, the two cost ``price``."""

    def most_days_apart(self, first: int, second: int, days: int, between: Collection[int] = ()) -> None:
        """If both are placed and none of ``between`` is, they start on days at most ``days`` apart."""

    # --- many tasks
    def capacity(
        self, tasks: Collection[int], spans: Sequence[tuple[int, int, int]], needs: Mapping[int, int] | None = None
    ) -> None:
        """At any minute the tasks going on need at most so many: spans (start, end, count), 0 outside them. Each needs 1, or as ``needs``
        says (never less than 1)."""

    def price_crowd(
        self,
        tasks: Collection[int],
        spans: Sequence[tuple[int, int, int]],
        rate: int,
        needs: Mapping[int, int] | None = None,
    ) -> None:
        """In each span (start, end, count; no two overlap) the tasks that start in it need together; each one beyond ``count`` costs
        ``rate``."""

    def follow(
        self,
        resource: int,
        labels: Sequence[int],
        minutes: NDArray[np.int64],
        *,
        price: NDArray[np.int64] | None = None,
        forbidden: NDArray[np.bool_] | None = None,
        sessions: Sequence[Span] = (),
    ) -> None:
        """No two appointments on the resource overlap. Neighbours on the resource and day, ``a`` directly before ``b``: at
        least ``minutes[labels[a], labels[b]]`` from a's end to b's start (0 everywhere = plain no-overlap), at
        ``price[...]``; never where ``forbidden[...]`` and both start in the same one of the ``sessions``. ``labels`` has an
        entry for every task."""

    def price_short_gaps(
        self, resource: int, labels: Sequence[int], minutes: NDArray[np.int64], shortest: int, price: int
    ) -> None:
        """Neighbours on the resource and day whose idle time (start of b - end of a - ``minutes[labels[a], labels[b]]``) is more than 0
        and less than ``shortest`` cost ``price``."""

    def price_minutes(self, resource: int, spans: Sequence[Span], rate: int) -> None:
        """Each minute of any appointment on the resource inside the spans costs ``rate``."""

    def price_load(self, resource: int, limit: int, rate: int) -> None:
        """Each minute of appointments on the resource beyond ``limit`` in all costs ``rate``."""

    def price_total_wait(self, since: Mapping[int, int], limit: int, rate: int) -> None:
        """Sum over the placed tasks of start - since[task]; each minute of that sum beyond ``limit`` costs ``rate``."""
