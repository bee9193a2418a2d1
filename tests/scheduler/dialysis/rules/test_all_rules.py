"""All dialysis rules together: what they admit, what they cost, and that each one is felt."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scheduler.dialysis.rules
from hospital.texts import LANGUAGES, catalogue, say
from scheduler.dialysis.rules import RULES
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule
from tests.scheduler.dialysis.drawn import drawn_plan, drawn_problem
from tests.scheduler.dialysis.tiny import compare, compare_by_enumeration, hour
from tests.scheduler.literal_model import LiteralModel

SEEDS = st.integers(min_value=0, max_value=10**9)


@settings(max_examples=100, deadline=None)
@given(SEEDS, SEEDS)
def test_any_plan_is_judged_and_priced_alike_by_both_faces(seed: int, other: int) -> None:
    """Whatever the unit and the plan, model and check agree, also while sessions are left out one by one."""
    drawn = drawn_problem(seed)
    literal = LiteralModel.of(drawn)
    placed = drawn_plan(other, drawn)
    compare(drawn, RULES, placed, literal)
    for task in range(len(drawn.sessions)):
        if task not in drawn.frozen:
            placed = placed.placed(task, None)
            compare(drawn, RULES, placed, literal)


@settings(max_examples=100, deadline=None)
@given(SEEDS, SEEDS)
def test_each_rule_is_judged_and_priced_alike_by_both_faces(seed: int, other: int) -> None:
    """The agreement does not come from one rule hiding another: each holds on its own."""
    drawn = drawn_problem(seed)
    placed = drawn_plan(other, drawn)
    for rule in RULES:
        compare(drawn, [rule], placed)


def test_all_plans_of_a_patient_s_week_agree() -> None:
    """Over all plans of one patient's three sessions, on three stations and at six starts, all rules together agree."""
    tried = [hour(time, day=day) for day in (0, 1, 2, 4) for time in (8, 13)]
    allowed = 0
    for seed in range(3):
        num, some = compare_by_enumeration(drawn_problem(seed, num_patients=1), RULES, tried)
        assert some < num
        allowed += some
    assert allowed > 3


def test_every_rule_is_felt_in_the_drawn_units() -> None:
    """The drawn plans break or feel every single rule many times, so their agreement means something."""
    counts: Counter[str] = Counter()
    for seed in range(200):
        drawn = drawn_problem(seed)
        counts.update(match.rule for rule in RULES for match in rule.check(drawn, drawn_plan(seed, drawn)))
    assert {rule.id for rule in RULES if counts[rule.id] < 20} == set()


def test_hard_rules_come_first_and_every_file_is_one_rule() -> None:
    """The specification reads hard rules first, names each rule once, and each is a file of that name."""
    hardness = [rule.is_hard for rule in RULES]
    assert hardness == sorted(hardness, reverse=True)
    folder = Path(scheduler.dialysis.rules.__file__).parent
    assert {path.stem for path in folder.glob("*.py")} - {"__init__", "terms"} == {rule.id for rule in RULES}


def test_matches_bear_their_rule_s_name_and_hardness_and_fill_its_sentence() -> None:
    """A soft match has a price and a hard one has none, and its sentence can be read in both languages."""
    for seed in range(60):
        drawn = drawn_problem(seed)
        placed: Plan = drawn_plan(seed, drawn)
        for rule in RULES:
            for match in rule.check(drawn, placed):
                assert (match.rule, match.is_hard) == (rule.id, rule.is_hard)
                assert (match.price == 0) if rule.is_hard else (match.price > 0)
                assert set(match.requests) <= set(drawn.task_ids)
                assert set(match.resources) <= set(drawn.resource_ids)
                for language in LANGUAGES:
                    assert "{" not in say(f"rules.{match.rule}_match", language, **match.values)
                timed = {key: value for key, value in match.values.items() if key.endswith(("_at", "_min"))}
                assert all(type(value) is int for value in timed.values()), match


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_its_name_statement_and_sentence(language: str, rule: Rule) -> None:
    """A head nurse finds for each rule a short name, what it says, and a sentence for one case."""
    texts = catalogue(language)
    for entry in (f"rules.{rule.id}_name", f"rules.{rule.id}", f"rules.{rule.id}_match"):
        assert texts[entry].strip()
    assert len(texts[f"rules.{rule.id}_name"]) <= 30
