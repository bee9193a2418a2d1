"""All rules together: what they admit, what they cost, and that each one is felt."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import scheduler.imaging.rules
from scheduler.imaging.rules import RULES
from scheduler.kernel.rule import Rule
from tests.scheduler.imaging.drawn import drawn_plan, drawn_problem, thinned
from tests.scheduler.imaging.tiny import (
    case,
    compare,
    compare_by_enumeration,
    hour,
    problem,
    room,
)
from tests.scheduler.literal_model import LiteralModel

SEEDS = st.integers(min_value=0, max_value=10**9)


@settings(max_examples=150, deadline=None)
@given(SEEDS, SEEDS, st.integers(min_value=1, max_value=6))
def test_any_plan_is_judged_and_priced_alike_by_both_faces(seed: int, other: int, num_cases: int) -> None:
    """Whatever the department and the plan, model and check agree, also while the guilty are left out one by one."""
    drawn = drawn_problem(seed, num_cases=num_cases)
    literal = LiteralModel.of(drawn)
    for extra in range(3):
        judged = [compare(drawn, RULES, step, literal) for step in thinned(drawn, drawn_plan(other + extra, drawn))]
        assert judged[-1]
        assert not any(judged[:-1])


@settings(max_examples=60, deadline=None)
@given(SEEDS, SEEDS)
def test_each_rule_is_judged_and_priced_alike_by_both_faces(seed: int, other: int) -> None:
    """The agreement does not come from one rule hiding another: each holds on its own where nobody overlaps."""
    drawn = drawn_problem(seed)
    placed = drawn_plan(other, drawn)
    if any(match.values["needed_min"] == 0 for match in _rule("one_at_a_time").check(drawn, placed)):
        return
    for rule in RULES:
        compare(drawn, [_rule("fits"), rule] if rule.id == "staff" else [rule], placed)


def test_every_rule_is_felt_in_the_drawn_departments() -> None:
    """The drawn plans break or feel every single rule many times, so their agreement means something."""
    counts: Counter[str] = Counter()
    for seed in range(300):
        drawn = drawn_problem(seed)
        placed = drawn_plan(seed, drawn)
        counts.update(match.rule for rule in RULES for match in rule.check(drawn, placed))
    assert {rule.id for rule in RULES if counts[rule.id] < 20} == set()


def test_all_plans_of_a_small_morning_agree() -> None:
    """Over all plans of three patients on two scanners, one of them the same person twice, all rules together agree."""
    three = problem(
        case("A", patient="Li", family="head", is_fasting=True),
        case("B", patient="Li", family="knee", ward="7"),
        case("C", is_isolated=True, minutes=60),
        rooms=(room("CT1", turnover=5, overtime=((hour(11), hour(11.5)),)), room("CT2", site="main")),
        changeovers={("head", "knee"): 10},
        weights=drawn_problem(1).weights,
        cleaning=20,
        fasting_before=hour(9.5),
    )
    assert compare_by_enumeration(three, RULES).is_telling


def test_hard_rules_come_first_and_every_file_is_one_rule() -> None:
    """The specification reads hard rules first, names each rule once, and each is a file of that name."""
    hardness = [rule.is_hard for rule in RULES]
    assert hardness == sorted(hardness, reverse=True)
    folder = Path(scheduler.imaging.rules.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "terms"}
    assert files == {rule.id for rule in RULES}
    assert len(files) == len(RULES)
    assert {path.stem for path in Path(__file__).parent.glob("test_*.py")} >= {f"test_{name}" for name in files}


def test_matches_bear_their_rule_s_name_and_hardness() -> None:
    """A soft match has a price and a hard one has none, under the name of the rule that found it."""
    for seed in range(60):
        drawn = drawn_problem(seed)
        placed = drawn_plan(seed, drawn)
        for rule in RULES:
            for match in rule.check(drawn, placed):
                assert (match.rule, match.is_hard) == (rule.id, rule.is_hard)
                assert (match.price == 0) if rule.is_hard else (match.price > 0)
                assert set(match.requests) <= set(drawn.task_ids)
                assert set(match.resources) <= set(drawn.resource_ids)
                assert match.amount >= 0


def test_a_match_of_one_appointment_lies_within_it() -> None:
    """What is marked on the chart for one appointment that breaks a rule is part of that appointment."""
    for seed in range(60):
        drawn = drawn_problem(seed)
        placed = drawn_plan(seed, drawn)
        rules = [rule for rule in RULES if rule.is_hard and rule.id not in ("notice", "preparation", "staff")]
        matches = [match for rule in rules for match in rule.check(drawn, placed) if len(match.requests) == 1]
        for match in matches:
            task = drawn.task_of[match.requests[0]]
            place = placed.places[task]
            assert place is not None
            assert match.start is not None
            assert match.end is not None
            assert place.start <= match.start < match.end <= place.start + drawn.durations[task], match


def test_a_match_of_two_appointments_lies_after_the_first() -> None:
    """What is marked between two appointments begins where the first ends, and never ends before it begins."""
    for seed in range(60):
        drawn = drawn_problem(seed)
        placed = drawn_plan(seed, drawn)
        for name in ("one_place", "gaps", "isolation"):
            for match in _rule(name).check(drawn, placed):
                first = drawn.task_of[match.requests[0]]
                place = placed.places[first]
                assert place is not None
                assert match.start == place.start + drawn.durations[first]
                assert match.start <= match.end


def _rule(name: str) -> Rule:
    return next(rule for rule in RULES if rule.id == name)
