"""Answers to why-not as facts: what the alternative changes, or what forbids it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hospital.facts import Fact
from scheduler.explain.places import place_fact, points
from scheduler.explain.ways import WayOut
from scheduler.kernel.conflict import Core
from scheduler.kernel.plan import Plan
from scheduler.kernel.problem import Problem
from scheduler.kernel.verify import VerifiedPlan

_MOST_NAMED = 6


def difference_facts(problem: Problem, before: VerifiedPlan, after: VerifiedPlan, task: int) -> tuple[Fact, ...]:
    """Where the request would be, who else would move, and which rules would cost more or less."""
    return (*_places(problem, before.plan, after.plan, task), *price_facts(before, after))


def _places(problem: Problem, before: Plan, after: Plan, task: int) -> Iterator[Fact]:
    there = after.places[task]
    if there is not None:
        yield place_fact("alternative", problem, task, there)
    pairs = enumerate(zip(before.places, after.places, strict=True))
    others = [(other, old, new) for other, (old, new) in pairs if other != task and old != new]
    if not others:
        yield Fact(text_id="nobody_moves")
    for other, old, new in others[:_MOST_NAMED]:
        if new is None and old is not None:
            yield place_fact("would_drop", problem, other, old)
        elif old is None and new is not None:
            yield place_fact("would_gain", problem, other, new)
        elif old is not None and new is not None:
            from_scanner, from_at = problem.resource_ids[old.resource], problem.clock.moment(old.start)
            yield place_fact("would_move", problem, other, new, from_scanner=from_scanner, from_at=from_at)

    if len(others) > _MOST_NAMED:
        yield Fact(text_id="more_move", values={"num_more": len(others) - _MOST_NAMED})


def price_facts(before: VerifiedPlan, after: VerifiedPlan) -> Iterator[Fact]:
    """Rules that cost more or less, the largest difference first."""
    old, new = before.score.by_rule, after.score.by_rule
    changes = {rule: new.get(rule, 0) - old.get(rule, 0) for rule in {**old, **new}}
    for rule, units in sorted(changes.items(), key=lambda entry: -abs(entry[1])):
        if units:
            yield Fact(
                text_id="dearer" if units > 0 else "cheaper", values={"rule": rule, "points": abs(points(units))}
            )


def conflict_facts(problem: Problem, plan: Plan, task: int, core: Core, ways: Sequence[WayOut]) -> tuple[Fact, ...]:
    """The rules and appointments in the way, and what could give way."""
    own = problem.task_ids[task]
    facts = [Fact(text_id="forbidden_by", values={"request": own, "rule": rule}) for rule in core.rules]
    for other in core.tasks:
        there = plan.places[other]
        if there is not None:
            facts.append(place_fact("in_the_way", problem, other, there))
    if core.others_stand:
        facts.append(Fact(text_id="others_stand", values={"request": own}))
    if core.is_proven:
        facts.append(Fact(text_id="proven", values={"request": own}))
    for way in ways:
        text_id = "way_out_moving" if way.moved else "way_out"
        facts.append(Fact(text_id=text_id, values={"rule": way.rule, "points": way.price, "requests": list(way.moved)}))
    if not ways:
        facts.append(Fact(text_id="no_way_out", values={"request": own}))
    return tuple(facts)
