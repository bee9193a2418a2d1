"""The vocabulary read out word by word: slow, plain, and the oracle for every other listener.

``LiteralModel`` writes down what rules say. Of any plan it then tells whether all that was said holds, and what the
plan costs. Nothing here is compiled, propagated or remembered between two plans, so it can be read beside
``scheduler/kernel/model.py`` and believed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hospital.clock import Span
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.problem import Problem
from scheduler.kernel.rule import Rule

Breaches = Iterable[tuple[int, ...]]
"""The groups of tasks that together break a statement."""


class LiteralModel:
    """A Model that only remembers. Build it on a problem, let rules post to it, then ask about plans."""

    def __init__(self, problem: Problem) -> None:
        self.clock = problem.clock
        self.durations = tuple(problem.durations)
        self.frozen = dict(problem.frozen)
        self._statements: list[Callable[[Plan], Breaches]] = []
        self._prices: list[Callable[[Plan], int]] = []

    @classmethod
    def of(cls, problem: Problem, rules: Sequence[Rule] | None = None) -> LiteralModel:
        """All that these rules (by default the problem's own) say of the problem."""
        model = cls(problem)
        for rule in problem.rules if rules is None else rules:
            rule.post(problem, model)
        return model

    # --- answers
    def is_allowed(self, plan: Plan) -> bool:
        """History stands, and nothing said is broken, but for what history breaks alone."""
        stands = all(plan.places[task] == place for task, place in self.frozen.items())
        return stands and not any(self.breaches(plan))

    def breaches(self, plan: Plan) -> Iterator[tuple[int, ...]]:
        """Every group of tasks that breaks something said and is not history alone."""
        for statement in self._statements:
            yield from (tasks for tasks in statement(plan) if not all(task in self.frozen for task in tasks))

    def price(self, plan: Plan) -> int:
        """The sum of all prices, in units."""
        return sum(price(plan) for price in self._prices)

    # --- where and when one task may be
    def only_on(self, task: int, resources: Collection[int]) -> None:
        """See Model."""
        self._say(task, lambda place: place.resource in resources)

    def only_start_in(self, task: int, spans: Sequence[Span]) -> None:
        """See Model."""
        self._say(task, lambda place: _inside(place.start, spans))

    def block(self, resource: int, spans: Sequence[Span], *, but_for: Collection[int] = ()) -> None:
        """See Model."""

        def breaches(plan: Plan) -> Breaches:
            for task, place in self._placed(plan):
                if place.resource == resource and task not in but_for:
                    end = place.start + self.durations[task]
                    if any(place.start < high and low < end for low, high in spans):
                        yield (task,)

        self._statements.append(breaches)

    def keep(self, task: int, resource: int, start: int) -> None:
        """See Model."""
        self._say(task, lambda place: place == Place(resource, start))

    def keep_unless(self, task: int, resource: int, start: int, displacers: Collection[int]) -> None:
        """See Model."""

        def breaches(plan: Plan) -> Breaches:
            if plan.places[task] in (None, Place(resource, start)):
                return
            end = start + self.durations[task]
            for other, place in self._placed(plan):
                is_there = (
                    place.resource == resource and place.start < end and start < place.start + self.durations[other]
                )
                if other in displacers and is_there:
                    return
            yield (task,)

        self._statements.append(breaches)

    # --- what one task costs
    def price_left_out(self, task: int, price: int) -> None:
        """See Model."""
        self._prices.append(lambda plan: price if plan.places[task] is None else 0)

    def price_after(self, task: int, minute: int, rate: int) -> None:
        """See Model."""
        self._charge(task, lambda place: max(0, place.start - minute) * rate)

    def price_start_in(self, task: int, spans: Sequence[Span], price: int) -> None:
        """See Model."""
        self._charge(task, lambda place: price if _inside(place.start, spans) else 0)

    def price_on(self, task: int, resource: int, price: int) -> None:
        """See Model."""
        self._charge(task, lambda place: price if place.resource == resource else 0)

    def price_away(self, task: int, resource: int, start: int, price: int) -> None:
        """See Model."""
        self._prices.append(lambda plan: 0 if plan.places[task] == Place(resource, start) else price)

    # --- two tasks
    def apart(
        self,
        first: int,
        second: int,
        first_then_second: int,
        second_then_first: int,
        travel: NDArray[np.int64] | None = None,
    ) -> None:
        """See Model."""

        def breaches(plan: Plan) -> Breaches:
            a, b = plan.places[first], plan.places[second]
            if a is None or b is None:
                return
            forth = first_then_second + (0 if travel is None else int(travel[a.resource, b.resource]))
            back = second_then_first + (0 if travel is None else int(travel[b.resource, a.resource]))
            is_after = b.start >= a.start + self.durations[first] + forth
            is_before = a.start >= b.start + self.durations[second] + back
            if not (is_after or is_before):
                yield (first, second)

        self._statements.append(breaches)

    def price_different_days(self, first: int, second: int, price: int) -> None:
        """See Model."""

        def cost(plan: Plan) -> int:
            a, b = plan.places[first], plan.places[second]
            return price if a is not None and b is not None and not self._is_one_day(a, b) else 0

        self._prices.append(cost)

    def forbid_same_day(self, first: int, second: int) -> None:
        """See Model."""

        def breaches(plan: Plan) -> Breaches:
            a, b = plan.places[first], plan.places[second]
            if a is not None and b is not None and self._is_one_day(a, b):
                yield (first, second)

        self._statements.append(breaches)

    # --- two sessions of one series
    def price_different_resources(self, first: int, second: int, price: int) -> None:
        """See Model."""
        self._charge_two(first, second, lambda a, b: price if a.resource != b.resource else 0)

    def forbid_different_resources(self, first: int, second: int, alike: NDArray[np.bool_] | None = None) -> None:
        """See Model."""

        def breaches(plan: Plan) -> Breaches:
            a, b = plan.places[first], plan.places[second]
            if a is None or b is None or a.resource == b.resource:
                return
            if alike is None or not alike[a.resource, b.resource]:
                yield (first, second)

        self._statements.append(breaches)

    def price_different_hours(self, first: int, second: int, within: int, price: int) -> None:
        """See Model."""
        hour = self.clock.time_of_day
        self._charge_two(first, second, lambda a, b: price if abs(hour(a.start) - hour(b.start)) > within else 0)

    def most_days_apart(self, first: int, second: int, days: int, between: Collection[int] = ()) -> None:
        """See Model."""

        def breaches(plan: Plan) -> Breaches:
            a, b = plan.places[first], plan.places[second]
            if a is None or b is None or any(plan.places[task] is not None for task in between):
                return
            if abs(self.clock.day_of(a.start) - self.clock.day_of(b.start)) > days:
                yield (first, second)

        self._statements.append(breaches)

    # --- many tasks
    def capacity(
        self, tasks: Collection[int], spans: Sequence[tuple[int, int, int]], needs: Mapping[int, int] | None = None
    ) -> None:
        """See Model."""

        def breaches(plan: Plan) -> Breaches:
            going = [
                (place.start, place.start + self.durations[task], task)
                for task, place in self._placed(plan)
                if task in tasks
            ]
            instants = {start for start, _, _ in going} | {edge for low, high, _ in spans for edge in (low, high)}
            for instant in sorted(instants):
                there = tuple(task for start, end, task in going if start <= instant < end)
                needed = sum(1 if needs is None else needs[task] for task in there)
                if needed > sum(count for low, high, count in spans if low <= instant < high):
                    yield there

        self._statements.append(breaches)

    def price_crowd(
        self,
        tasks: Collection[int],
        spans: Sequence[tuple[int, int, int]],
        rate: int,
        needs: Mapping[int, int] | None = None,
    ) -> None:
        """See Model."""

        def cost(plan: Plan) -> int:
            total = 0
            for low, high, count in spans:
                there = [task for task, place in self._placed(plan) if task in tasks and low <= place.start < high]
                total += max(0, sum(1 if needs is None else needs[task] for task in there) - count) * rate
            return total

        self._prices.append(cost)

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
        """See Model."""

        def breaches(plan: Plan) -> Breaches:
            yield from self._overlaps(plan, resource)
            for a, b, idle in self._neighbours(plan, resource):
                pair = labels[a], labels[b]
                if idle < minutes[pair]:
                    yield (a, b)
                if forbidden is not None and forbidden[pair] and self._is_one_session(plan, a, b, sessions):
                    yield (a, b)

        def cost(plan: Plan) -> int:
            return sum(
                0 if price is None else int(price[labels[a], labels[b]]) for a, b, _ in self._neighbours(plan, resource)
            )

        self._statements.append(breaches)
        self._prices.append(cost)

    def price_short_gaps(
        self, resource: int, labels: Sequence[int], minutes: NDArray[np.int64], shortest: int, price: int
    ) -> None:
        """See Model."""

        def cost(plan: Plan) -> int:
            gaps = (idle - int(minutes[labels[a], labels[b]]) for a, b, idle in self._neighbours(plan, resource))
            return sum(price for gap in gaps if 0 < gap < shortest)

        self._prices.append(cost)

    def price_minutes(self, resource: int, spans: Sequence[Span], rate: int) -> None:
        """See Model."""

        def cost(plan: Plan) -> int:
            inside = (
                max(0, min(place.start + self.durations[task], high) - max(place.start, low))
                for task, place in self._placed(plan)
                if place.resource == resource
                for low, high in spans
            )
            return sum(inside) * rate

        self._prices.append(cost)

    def price_load(self, resource: int, limit: int, rate: int) -> None:
        """See Model."""

        def cost(plan: Plan) -> int:
            load = sum(self.durations[task] for task, place in self._placed(plan) if place.resource == resource)
            return max(0, load - limit) * rate

        self._prices.append(cost)

    def price_total_wait(self, since: Mapping[int, int], limit: int, rate: int) -> None:
        """See Model."""

        def cost(plan: Plan) -> int:
            total = sum(place.start - since[task] for task, place in self._placed(plan) if task in since)
            return max(0, total - limit) * rate

        self._prices.append(cost)

    # --- words used above
    def _say(self, task: int, is_right: Callable[[Place], bool]) -> None:
        def breaches(plan: Plan) -> Breaches:
            place = plan.places[task]
            return () if place is None or is_right(place) else ((task,),)

        self._statements.append(breaches)

    def _charge(self, task: int, cost: Callable[[Place], int]) -> None:
        def charged(plan: Plan) -> int:
            place = plan.places[task]
            return 0 if place is None else cost(place)

        self._prices.append(charged)

    def _charge_two(self, first: int, second: int, cost: Callable[[Place, Place], int]) -> None:
        def charged(plan: Plan) -> int:
            a, b = plan.places[first], plan.places[second]
            return 0 if a is None or b is None else cost(a, b)

        self._prices.append(charged)

    def _placed(self, plan: Plan) -> Iterator[tuple[int, Place]]:
        return ((task, place) for task, place in enumerate(plan.places) if place is not None)

    def _line(self, plan: Plan, resource: int) -> list[tuple[int, int, int]]:
        placed = self._placed(plan)
        return sorted((p.start, task, p.start + self.durations[task]) for task, p in placed if p.resource == resource)

    def _overlaps(self, plan: Plan, resource: int) -> Breaches:
        line = self._line(plan, resource)
        for position, (_, a, end) in enumerate(line):
            yield from ((a, b) for start, b, _ in line[position + 1 :] if start < end)

    def _neighbours(self, plan: Plan, resource: int) -> Iterator[tuple[int, int, int]]:
        """Each a directly before b on one day, and the minutes between them."""
        for (earlier, a, end), (start, b, _) in pairwise(self._line(plan, resource)):
            if self.clock.day_of(earlier) == self.clock.day_of(start):
                yield a, b, start - end

    def _is_one_day(self, a: Place, b: Place) -> bool:
        return self.clock.day_of(a.start) == self.clock.day_of(b.start)

    def _is_one_session(self, plan: Plan, a: int, b: int, sessions: Sequence[Span]) -> bool:
        starts = [place.start for place in (plan.places[a], plan.places[b]) if place is not None]
        return any(all(_inside(start, [session]) for start in starts) for session in sessions)


def _inside(minute: int, spans: Sequence[Span]) -> bool:
    return any(low <= minute < high for low, high in spans)
