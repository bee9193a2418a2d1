"""A Model that writes down who said what, so that exact models of any part and any choice of rules can be made from it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hospital.clock import Span
from scheduler.kernel.problem import Problem


class Follow(NamedTuple):
    """What ``follow`` was told of a resource. The first rule that speaks so of a resource ``keeps_apart``: of several rules that all say
    that appointments do not overlap, it is the one that answers for it when only some rules hold."""

    labels: Sequence[int]
    minutes: NDArray[np.int64]
    price: NDArray[np.int64] | None
    forbidden: NDArray[np.bool_] | None
    sessions: Sequence[Span]
    keeps_apart: bool = True


class ShortGaps(NamedTuple):
    """What ``price_short_gaps`` was told of a resource."""

    labels: Sequence[int]
    minutes: NDArray[np.int64]
    shortest: int
    price: int


class Statements:
    """All that a problem's rules say, by kind of statement, each with the id of the rule that said it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._rule = ""
        self._said: dict[str, list[tuple[str, tuple[Any, ...]]]] = {}
        self._keeper: dict[int, str] = {}

    @classmethod
    def of(cls, problem: Problem) -> Statements:
        """What all rules of the problem say."""
        statements = cls(problem)
        for rule in problem.rules:
            statements._rule = rule.id
            rule.post(problem, statements)
        return statements

    @property
    def keepers(self) -> frozenset[str]:
        """The rules that answer for appointments not overlapping."""
        return frozenset(self._keeper.values())

    def said(self, kind: str, rules: Collection[str] | None = None) -> Iterator[tuple[Any, ...]]:
        """The arguments of every statement of a kind, of these rules (None = of all)."""
        for rule, args in self._said.get(kind, ()):
            if rules is None or rule in rules:
                yield args

    def _say(self, kind: str, *args: Any) -> None:
        self._said.setdefault(kind, []).append((self._rule, args))

    def only_on(self, task: int, resources: Collection[int]) -> None:
        """See Model."""
        self._say("only_on", task, resources)

    def only_start_in(self, task: int, spans: Sequence[Span]) -> None:
        """See Model."""
        self._say("only_start_in", task, spans)

    def block(self, resource: int, spans: Sequence[Span], *, but_for: Collection[int] = ()) -> None:
        """See Model."""
        self._say("block", resource, spans, frozenset(but_for))

    def keep(self, task: int, resource: int, start: int) -> None:
        """See Model."""
        self._say("keep", task, resource, start)

    def keep_unless(self, task: int, resource: int, start: int, displacers: Collection[int]) -> None:
        """See Model."""
        self._say("keep_unless", task, resource, start, displacers)

    def price_left_out(self, task: int, price: int) -> None:
        """See Model."""
        self._say("price_left_out", task, price)

    def price_after(self, task: int, minute: int, rate: int) -> None:
        """See Model."""
        self._say("price_after", task, minute, rate)

    def price_start_in(self, task: int, spans: Sequence[Span], price: int) -> None:
        """See Model."""
        self._say("price_start_in", task, spans, price)

    def price_on(self, task: int, resource: int, price: int) -> None:
        """See Model."""
        self._say("price_on", task, resource, price)

    def price_away(self, task: int, resource: int, start: int, price: int) -> None:
        """See Model."""
        self._say("price_away", task, resource, start, price)

    def apart(
        self,
        first: int,
        second: int,
        first_then_second: int,
        second_then_first: int,
        travel: NDArray[np.int64] | None = None,
    ) -> None:
        """See Model."""
        self._say("apart", first, second, first_then_second, second_then_first, travel)

    def price_different_days(self, first: int, second: int, price: int) -> None:
        """See Model."""
        self._say("price_different_days", first, second, price)

    def forbid_same_day(self, first: int, second: int) -> None:
        """See Model."""
        self._say("forbid_same_day", first, second)

    def price_different_resources(self, first: int, second: int, price: int) -> None:
        """See Model."""
        self._say("price_different_resources", first, second, price)

    def forbid_different_resources(self, first: int, second: int, alike: NDArray[np.bool_] | None = None) -> None:
        """See Model."""
        self._say("forbid_different_resources", first, second, alike)

    def price_different_hours(self, first: int, second: int, within: int, price: int) -> None:
        """See Model."""
        self._say("price_different_hours", first, second, within, price)

    def most_days_apart(self, first: int, second: int, days: int, between: Collection[int] = ()) -> None:
        """See Model."""
        self._say("most_days_apart", first, second, days, between)

    def capacity(
        self, tasks: Collection[int], spans: Sequence[tuple[int, int, int]], needs: Mapping[int, int] | None = None
    ) -> None:
        """See Model."""
        self._say("capacity", tasks, spans, needs)

    def price_crowd(
        self,
        tasks: Collection[int],
        spans: Sequence[tuple[int, int, int]],
        rate: int,
        needs: Mapping[int, int] | None = None,
    ) -> None:
        """See Model."""
        self._say("price_crowd", tasks, spans, rate, needs)

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
        keeps_apart = self._keeper.setdefault(resource, self._rule) == self._rule
        self._say("follow", resource, Follow(labels, minutes, price, forbidden, tuple(sessions), keeps_apart))

    def price_short_gaps(
        self, resource: int, labels: Sequence[int], minutes: NDArray[np.int64], shortest: int, price: int
    ) -> None:
        """See Model."""
        self._say("price_short_gaps", resource, ShortGaps(labels, minutes, shortest, price))

    def price_minutes(self, resource: int, spans: Sequence[Span], rate: int) -> None:
        """See Model."""
        self._say("price_minutes", resource, spans, rate)

    def price_load(self, resource: int, limit: int, rate: int) -> None:
        """See Model."""
        self._say("price_load", resource, limit, rate)

    def price_total_wait(self, since: Mapping[int, int], limit: int, rate: int) -> None:
        """See Model."""
        self._say("price_total_wait", since, limit, rate)
