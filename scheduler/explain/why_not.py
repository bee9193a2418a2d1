"""Why a request is not elsewhere: the alternative is forced and solved again; if it cannot be, who and which rules forbid it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from time import monotonic

import numpy as np

from hospital.facts import Fact
from scheduler.explain.circles import Tried, solve_circles
from scheduler.explain.places import minute_of, place_fact, resource_of, task_of
from scheduler.explain.reasons import conflict_facts, difference_facts
from scheduler.explain.ways import WayOut, ways_out
from scheduler.kernel.conflict import Core, broken_at, core_among, core_at
from scheduler.kernel.cpsat_statements import Statements
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.problem import Problem
from scheduler.kernel.score import violations
from scheduler.kernel.verify import VerifiedPlan, verify
from scheduler.replan.board import board
from scheduler.replan.recommend import Option, free_options

_ALL = 10**6
_SOLVE_SHARE = 0.6
"""Share of the time for solving the surroundings; the rest is for the reasons."""
_LEAST_SHARE = 0.3
"""Share that the reasons get in any case: a refusal without its reason is worth nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What forbids the wish: a smallest set of ``rules`` and other ``requests``, ``is_proven`` by a second solve (impossible with
    all, possible without any single one), and the cheapest ways out of it."""

    rules: tuple[str, ...]
    requests: tuple[str, ...]
    is_proven: bool
    ways_out: tuple[WayOut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """``cost_before`` and ``cost_after`` are points of two verified plans, ``after`` the one with the alternative; None where
    there is none."""

    is_possible: bool
    cost_before: float
    cost_after: float | None
    facts: tuple[Fact, ...]
    conflict: Conflict | None
    after: VerifiedPlan | None = None


def why_not(
    problem: Problem,
    plan: Plan,
    request_id: str,
    *,
    scanner: str | None = None,
    start: datetime | None = None,
    seconds: float = 5.0,
) -> WhyNot:
    """Force the request onto a scanner, to a start, or both (neither = anywhere but where it is), solve its surroundings again, and
    compare.

    Raises UnknownId, and PlanRefused where the plan itself breaks a rule.
    """
    question = _Question(problem, plan, task_of(problem, request_id), seconds)
    question.resource = None if scanner is None else resource_of(problem, scanner)
    question.minute = None if start is None else minute_of(problem, start)
    return question.answer()


class _Question:
    """One wish and what is known of it."""

    resource: int | None = None
    minute: int | None = None

    def __init__(self, problem: Problem, plan: Plan, task: int, seconds: float) -> None:
        self.problem, self.plan, self.task = problem, plan, task
        self.seconds, self.until = seconds, monotonic() + seconds
        self.before = verify(problem, plan)

    def wanted(self, place: Place) -> bool:
        """Whether a place is what is wished for."""
        if self.resource is None and self.minute is None:
            return place != self.plan.places[self.task]
        return self.resource in (None, place.resource) and self.minute in (None, place.start)

    def answer(self) -> WhyNot:
        """The alternative, forced and solved; or the conflict."""
        here = self.plan.places[self.task]
        if here is not None and self.wanted(here):
            fact = place_fact("already_there", self.problem, self.task, here)
            return self._possible(self.before, (fact,))
        if self.task in self.problem.frozen:
            fact = Fact(text_id="is_history", values={"request": self.problem.task_ids[self.task]})
            return self._impossible((fact,), Conflict(rules=(), requests=(), is_proven=True, ways_out=()))
        statements, alone = statements_of(self.problem), self._alone()
        tried = solve_circles(
            statements,
            self.plan,
            self.task,
            self.wanted,
            resource=self.resource,
            centre=self._centre(alone),
            hint=alone or self._pushed(),
            seconds=_SOLVE_SHARE * self.seconds,
        )
        if tried.plan is None:
            return self._refused(statements, tried)
        after = verify(self.problem, tried.plan)
        facts = difference_facts(self.problem, self.before, after, self.task)
        return self._possible(after, (*facts, _tried_fact(tried)))

    def _alone(self) -> Plan | None:
        """The cheapest wanted place with all others where they are."""
        place = next((option.place for option in self._options() if self.wanted(option.place)), None)
        return None if place is None else self.plan.placed(self.task, place)

    def _options(self) -> list[Option]:
        """All places free as the plan stands, cheapest first."""
        laid_out = board(self.problem, self.plan)
        with laid_out.lock:
            return free_options(laid_out, self.task, _ALL)

    def _pushed(self) -> Plan | None:
        """A wish for one place, with those in its way left out: somewhere for the solve to start from."""
        if self.resource is None or self.minute is None:
            return None
        forced = self.plan.placed(self.task, Place(self.resource, self.minute))
        names = {name for match in broken_at(self.problem, forced, self.task) for name in match.requests}
        pushed = Plan(
            tuple(
                None if name in names and other != self.task and other not in self.problem.frozen else place
                for other, (name, place) in enumerate(zip(self.problem.task_ids, forced.places, strict=True))
            )
        )
        return None if violations(self.problem, pushed) else pushed

    def _centre(self, alone: Plan | None) -> int:
        """The minute around which others may move."""
        if self.minute is not None:
            return self.minute
        place = self.plan.places[self.task] if alone is None else alone.places[self.task]
        return self._first_minute() if place is None else place.start

    def _first_minute(self) -> int:
        """The first start the task's own times allow."""
        tables = board(self.problem, self.plan).tables
        slots = np.flatnonzero(tables.start_ok[self.task])
        return int(slots[0]) * tables.grid if len(slots) else 0

    def _possible(self, after: VerifiedPlan, facts: tuple[Fact, ...]) -> WhyNot:
        return WhyNot(
            is_possible=True,
            cost_before=self.before.score.points,
            cost_after=after.score.points,
            facts=facts,
            conflict=None,
            after=after,
        )

    def _impossible(self, facts: tuple[Fact, ...], conflict: Conflict) -> WhyNot:
        cost = self.before.score.points
        return WhyNot(is_possible=False, cost_before=cost, cost_after=None, facts=facts, conflict=conflict)

    def _refused(self, statements: Statements, tried: Tried) -> WhyNot:
        until = max(self.until, monotonic() + _LEAST_SHARE * self.seconds)
        core = self._core(statements, until)
        if core is None:
            fact = Fact(text_id="not_found", values={"request": self.problem.task_ids[self.task]})
            conflict = Conflict(rules=(), requests=(), is_proven=False, ways_out=())
            return self._impossible((fact, _tried_fact(tried)), conflict)
        until = max(self.until, monotonic() + _LEAST_SHARE * self.seconds)
        ways = ways_out(statements, self.before, tried.part, core, self.wanted, until=until)
        names = tuple(self.problem.task_ids[other] for other in core.tasks)
        conflict = Conflict(rules=core.rules, requests=names, is_proven=core.is_proven, ways_out=ways)
        facts = conflict_facts(self.problem, self.plan, self.task, core, ways)
        return self._impossible((*facts, *self._instead()), conflict)

    def _instead(self) -> tuple[Fact, ...]:
        """The cheapest other place that is free."""
        here = self.plan.places[self.task]
        place = next((option.place for option in self._options() if option.place != here), None)
        return () if place is None else (place_fact("instead", self.problem, self.task, place),)

    def _core(self, statements: Statements, until: float) -> Core | None:
        """A wish for one place is asked of the rules' checks, a wider one of the whole grid."""
        if self.resource is not None and self.minute is not None:
            return core_at(statements, self.plan, self.task, Place(self.resource, self.minute), until=until)
        return core_among(statements, self.plan, self.task, self.wanted, until=until)


def _tried_fact(tried: Tried) -> Fact:
    """Whom the solve was allowed to move: beyond them a cheaper way may exist."""
    values = {"num_free": len(tried.part.free), "hours": tried.minutes // 60}
    return Fact(text_id="tried" if tried.part.free else "tried_alone", values=values)


_kept: OrderedDict[int, Statements] = OrderedDict()
_lock = Lock()
_MOST_KEPT = 4


def statements_of(problem: Problem) -> Statements:
    """What all rules say of this very problem, kept for the last few asked about."""
    with _lock:
        found = _kept.pop(id(problem), None) or Statements.of(problem)
        _kept[id(problem)] = found
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return found
