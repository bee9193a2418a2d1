"""What each soft rule charges for one more appointment: the rules' own statements, kept by rule and read at a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hospital.clock import Span, overlap_min
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.problem import Problem

Ints = NDArray[np.int64]


class _Sum(NamedTuple):
    rule: str
    since: Mapping[int, int]
    limit: int
    rate: int


class _Crowd(NamedTuple):
    rule: str
    needs: Mapping[int, int]
    spans: Sequence[tuple[int, int, int]]
    rate: int


class Prices:
    """A Model that keeps the prices it is told, by the rule that says them, and nothing of what is forbidden."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rule = ""
        self.after: defaultdict[int, list[tuple[str, int, int]]] = defaultdict(list)
        self.starts: defaultdict[int, list[tuple[str, Sequence[Span], int]]] = defaultdict(list)
        self.on: defaultdict[tuple[int, int], list[tuple[str, int]]] = defaultdict(list)
        self.away: defaultdict[int, list[tuple[str, Place, int]]] = defaultdict(list)
        self.left_out: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
        self.days: defaultdict[int, list[tuple[str, int, int]]] = defaultdict(list)
        self.minutes: defaultdict[int, list[tuple[str, Sequence[Span], int]]] = defaultdict(list)
        self.follows: defaultdict[int, list[tuple[str, Sequence[int], Ints]]] = defaultdict(list)
        self.idles: defaultdict[int, list[tuple[str, Sequence[int], Ints, int, int]]] = defaultdict(list)
        self.loads: defaultdict[int, list[tuple[str, int, int]]] = defaultdict(list)
        self.resources: defaultdict[int, list[tuple[str, int, int]]] = defaultdict(list)
        self.hours: defaultdict[int, list[tuple[str, int, int, int]]] = defaultdict(list)
        self.sums: list[_Sum] = []
        self.crowds: list[_Crowd] = []

    def by_rule(self, plan: Plan, task: int, place: Place) -> dict[str, int]:
        """Units by rule that the plan (in which the task is left out) costs more with the task there, its left-out price apart.

        Being away from where the plan in force has it counts, being left out does not.
        """
        found: defaultdict[str, int] = defaultdict(int)
        resource, start = place.resource, place.start
        end = start + self.problem.durations[task]
        for rule, minute, rate in self.after[task]:
            found[rule] += rate * max(0, start - minute)
        for rule, spans, price in self.starts[task]:
            found[rule] += price * any(low <= start < high for low, high in spans)
        for rule, price in self.on[task, resource]:
            found[rule] += price
        for rule, home, price in self.away[task]:
            found[rule] += price * (home != place)
        for rule, spans, rate in self.minutes[resource]:
            found[rule] += rate * overlap_min((start, end), spans)
        self._with_partners(found, plan, task, place)
        self._with_neighbours(found, plan, task, place)
        self._with_sums(found, plan, task, place)
        return {rule: units for rule, units in found.items() if units}

    def left_out_by_rule(self, task: int) -> dict[str, int]:
        """Units by rule that leaving the task out costs by itself."""
        found: defaultdict[str, int] = defaultdict(int)
        for rule, price in (*self.left_out[task], *((rule, price) for rule, _, price in self.away[task])):
            found[rule] += price
        return found

    def _with_partners(self, found: defaultdict[str, int], plan: Plan, task: int, place: Place) -> None:
        clock = self.problem.clock
        for rule, other, price in self.days[task]:
            there = plan.places[other]
            if there is not None and clock.day_of(there.start) != clock.day_of(place.start):
                found[rule] += price
        for rule, other, price in self.resources[task]:
            there = plan.places[other]
            if there is not None and there.resource != place.resource:
                found[rule] += price
        for rule, other, within, price in self.hours[task]:
            there = plan.places[other]
            if there is not None and abs(clock.time_of_day(there.start) - clock.time_of_day(place.start)) > within:
                found[rule] += price

    def _with_neighbours(self, found: defaultdict[str, int], plan: Plan, task: int, place: Place) -> None:
        before, after = self._neighbours(plan, place)
        for sign, first, then in ((1, before, task), (1, task, after), (-1, before, after)):
            if first is None or then is None:
                continue
            idle = self._idle(plan, task, place, first, then)
            for rule, labels, prices in self.follows[place.resource]:
                found[rule] += sign * int(prices[labels[first], labels[then]])
            for rule, labels, minutes, shortest, price in self.idles[place.resource]:
                rest = idle - int(minutes[labels[first], labels[then]])
                found[rule] += sign * price * (0 < rest < shortest)

    def _with_sums(self, found: defaultdict[str, int], plan: Plan, task: int, place: Place) -> None:
        durations = self.problem.durations
        for rule, limit, rate in self.loads[place.resource]:
            over = sum(durations[other] for other in plan.lines.get(place.resource, ())) - limit
            found[rule] += rate * (max(over + durations[task], 0) - max(over, 0))
        for total in self.sums:
            if task in total.since:
                over = self._waited(plan, total.since) - total.limit
                found[total.rule] += total.rate * (max(over + place.start - total.since[task], 0) - max(over, 0))

        for crowd in self.crowds:
            if task in crowd.needs:
                found[crowd.rule] += self._crowded(plan, crowd, task, place.start)

    @staticmethod
    def _crowded(plan: Plan, crowd: _Crowd, task: int, start: int) -> int:
        for low, high, count in crowd.spans:
            if low <= start < high:
                there = ((other, plan.places[other]) for other in crowd.needs)
                over = (
                    sum(crowd.needs[other] for other, at in there if at is not None and low <= at.start < high) - count
                )
                return crowd.rate * (max(over + crowd.needs[task], 0) - max(over, 0))
        return 0

    def _neighbours(self, plan: Plan, place: Place) -> tuple[int | None, int | None]:
        """The tasks directly before and after that place on its day."""
        day_of, before = self.problem.clock.day_of, None
        for other in plan.lines.get(place.resource, ()):
            there = plan.places[other]
            if there is None or day_of(there.start) != day_of(place.start):
                continue
            if there.start >= place.start:
                return before, other
            before = other
        return before, None

    def _idle(self, plan: Plan, task: int, place: Place, first: int, then: int) -> int:
        """Minutes from the one's end to the other's start, the task being at ``place``."""
        one, two = (place if other == task else plan.places[other] for other in (first, then))
        return two.start - one.start - self.problem.durations[first] if one and two else 0

    @staticmethod
    def _waited(plan: Plan, since: Mapping[int, int]) -> int:
        return sum(there.start - moment for other, moment in since.items() if (there := plan.places[other]) is not None)

    # --- the statements of a Model; what forbids is of no interest here
    def only_on(self, task: int, resources: Collection[int]) -> None:
        """See Model."""

    def only_start_in(self, task: int, spans: Sequence[Span]) -> None:
        """See Model."""

    def block(self, resource: int, spans: Sequence[Span], *, but_for: Collection[int] = ()) -> None:
        """See Model."""

    def keep(self, task: int, resource: int, start: int) -> None:
        """See Model."""

    def keep_unless(self, task: int, resource: int, start: int, displacers: Collection[int]) -> None:
        """See Model."""

    def price_left_out(self, task: int, price: int) -> None:
        """See Model."""
        self.left_out[task].append((self.rule, price))

    def price_after(self, task: int, minute: int, rate: int) -> None:
        """See Model."""
        self.after[task].append((self.rule, minute, rate))

    def price_start_in(self, task: int, spans: Sequence[Span], price: int) -> None:
        """See Model."""
        self.starts[task].append((self.rule, spans, price))

    def price_on(self, task: int, resource: int, price: int) -> None:
        """See Model."""
        self.on[task, resource].append((self.rule, price))

    def price_away(self, task: int, resource: int, start: int, price: int) -> None:
        """See Model."""
        self.away[task].append((self.rule, Place(resource, start), price))

    def apart(
        self, first: int, second: int, first_then_second: int, second_then_first: int, travel: Ints | None = None
    ) -> None:
        """See Model."""

    def price_different_days(self, first: int, second: int, price: int) -> None:
        """See Model."""
        self.days[first].append((self.rule, second, price))
        self.days[second].append((self.rule, first, price))

    def forbid_same_day(self, first: int, second: int) -> None:
        """See Model."""

    def price_different_resources(self, first: int, second: int, price: int) -> None:
        """See Model."""
        self.resources[first].append((self.rule, second, price))
        self.resources[second].append((self.rule, first, price))

    def forbid_different_resources(self, first: int, second: int, alike: NDArray[np.bool_] | None = None) -> None:
        """See Model."""

    def price_different_hours(self, first: int, second: int, within: int, price: int) -> None:
        """See Model."""
        self.hours[first].append((self.rule, second, within, price))
        self.hours[second].append((self.rule, first, within, price))

    def most_days_apart(self, first: int, second: int, days: int, between: Collection[int] = ()) -> None:
        """See Model."""

    def capacity(
        self, tasks: Collection[int], spans: Sequence[tuple[int, int, int]], needs: Mapping[int, int] | None = None
    ) -> None:
        """See Model."""

    def price_crowd(
        self,
        tasks: Collection[int],
        spans: Sequence[tuple[int, int, int]],
        rate: int,
        needs: Mapping[int, int] | None = None,
    ) -> None:
        """See Model."""
        self.crowds.append(
            _Crowd(self.rule, {task: 1 if needs is None else needs[task] for task in tasks}, spans, rate)
        )

    def follow(
        self,
        resource: int,
        labels: Sequence[int],
        minutes: Ints,  # noqa: ARG002
        *,
        price: Ints | None = None,
        forbidden: NDArray[np.bool_] | None = None,  # noqa: ARG002
        sessions: Sequence[Span] = (),  # noqa: ARG002
    ) -> None:
        """See Model."""
        if price is not None:
            self.follows[resource].append((self.rule, labels, price))

    def price_short_gaps(self, resource: int, labels: Sequence[int], minutes: Ints, shortest: int, price: int) -> None:
        """See Model."""
        self.idles[resource].append((self.rule, labels, minutes, shortest, price))

    def price_minutes(self, resource: int, spans: Sequence[Span], rate: int) -> None:
        """See Model."""
        self.minutes[resource].append((self.rule, spans, rate))

    def price_load(self, resource: int, limit: int, rate: int) -> None:
        """See Model."""
        self.loads[resource].append((self.rule, limit, rate))

    def price_total_wait(self, since: Mapping[int, int], limit: int, rate: int) -> None:
        """See Model."""
        self.sums.append(_Sum(self.rule, since, limit, rate))


def prices_of(problem: Problem) -> Prices:
    """What every soft rule of the problem charges."""
    prices = Prices(problem)
    for rule in problem.rules:
        if not rule.is_hard:
            prices.rule = rule.id
            rule.post(problem, prices)
    return prices
