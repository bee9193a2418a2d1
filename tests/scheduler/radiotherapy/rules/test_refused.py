"""A corrupted plan for each hard rule, refused by that rule; the sound one beside it is accepted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.kernel.plan import Place, Plan
from scheduler.radiotherapy.problem import Promise, RadiotherapyProblem
from scheduler.radiotherapy.rules import RULES
from tests.scheduler.radiotherapy.tiny import course, hour, linac, plan, problem, protocol, refused_for

FRIDAY, MONDAY, TUESDAY = 1, 4, 5
NINE, LATER = hour(9, day=FRIDAY), hour(9.5, day=FRIDAY)
MON, TUE = hour(9, day=MONDAY), hour(9, day=TUESDAY)
TWO = (linac("L1", matched="twins"), linac("L2", matched="twins"))
ONE = problem(course("A"), promised={0: Promise((0,), (FRIDAY,))})
SERIES = problem(course("A", 30, 30), linacs=TWO, promised={0: Promise((0, 0), (FRIDAY, MONDAY))})
PAIR = problem(
    course("A"),
    course("B", patient="patient of A"),
    linacs=TWO,
    promised={0: Promise((0,), (1,)), 1: Promise((0,), (1,))},
)
APART = replace(PAIR, promised={0: Promise((0,), (1,)), 1: Promise((1,), (1,))})
DAILY = problem(course("A", 30, 30, protocol=protocol(most_a_week=1)), linacs=TWO)
CLOSED = replace(ONE, linacs=(linac(closed=((hour(9, day=FRIDAY), hour(9.5, day=FRIDAY)),)),))

CASES: list[tuple[str, RadiotherapyProblem, Plan, Plan]] = [
    ("linac_fits", replace(ONE, courses=(course("A", protocol=protocol(allowed=frozenset({"X"}))),)), plan((0, NINE)), plan(None)),
    ("linac_opening", ONE, plan((0, hour(10, day=FRIDAY))), plan((0, NINE))),
    ("linac_closed", CLOSED, plan((0, NINE)), plan((0, LATER))),
    ("linac_one_at_a_time", replace(PAIR, courses=(course("A"), course("B"))), plan((0, NINE), (0, NINE)), plan((0, NINE), (0, LATER))),
    ("patient_one_place", APART, plan((0, NINE), (1, NINE)), plan((0, NINE), (1, LATER))),
    ("session_order", replace(SERIES, promised={0: Promise((0, 0), (MONDAY, FRIDAY))}), plan((0, MON), (0, NINE)), plan((0, MON), None)),
    ("sessions_a_week", replace(DAILY, promised={0: Promise((0, 0), (MONDAY, TUESDAY))}), plan((0, MON), (0, TUE)), plan(None, None)),
    ("one_linac", replace(SERIES, promised={0: Promise((0, 1), (FRIDAY, MONDAY))}), plan((0, NINE), (1, MON)), plan((0, NINE), None)),
    ("course_start", replace(ONE, courses=(course("A", ready=MONDAY),)), plan((0, NINE)), plan(None)),
    ("promised_days", ONE, plan((0, MON)), plan((0, LATER))),
    ("patient_away", replace(ONE, courses=(course("A", away=frozenset({FRIDAY})),)), plan((0, NINE)), plan(None)),
    ("session_locked", replace(ONE, locked={0: Place(0, LATER)}), plan((0, NINE)), plan((0, LATER))),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "asked", "corrupted", "sound"), CASES, ids=[case[0] for case in CASES])
def test_a_plan_that_breaks_one_rule_is_refused_for_that_rule(
    rule: str, asked: RadiotherapyProblem, corrupted: Plan, sound: Plan
) -> None:
    """The one thing that is wrong is named, and the plan without it stands."""
    assert refused_for(asked, corrupted) == {rule}
    assert refused_for(asked, sound) == set()


def test_every_hard_rule_has_its_corrupted_plan() -> None:
    """No rule is there without being felt."""
    assert {case[0] for case in CASES} == {rule.id for rule in RULES if rule.is_hard}
