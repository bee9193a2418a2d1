"""All rules together: texts, hardness, one file each."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest

import scheduler.radiotherapy.rules
from hospital.texts import LANGUAGES, catalogue
from scheduler.radiotherapy.problem import Promise
from scheduler.radiotherapy.rules import RULES
from tests.scheduler.radiotherapy.tiny import compare_by_enumeration, course, hour, linac, problem, protocol, standard


def test_hard_rules_come_first_and_every_file_is_one_rule() -> None:
    """The specification reads hard rules first, names each rule once, and each is a file of that name with its test."""
    hardness = [rule.is_hard for rule in RULES]
    assert hardness == sorted(hardness, reverse=True)
    folder = Path(scheduler.radiotherapy.rules.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "terms"}
    assert files == {rule.id for rule in RULES}
    assert {path.stem for path in Path(__file__).parent.glob("test_*.py")} >= {f"test_{name}" for name in files}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_its_name_statement_and_sentence(language: str, rule: object) -> None:
    """A planner finds for each rule a short name, what it says, and a sentence for one case."""
    texts = catalogue(language)
    for ending in ("_name", "", "_match"):
        assert texts[f"rules.{rule.id}{ending}"].strip()  # type: ignore[attr-defined]
    fields = [{name for _, name, _, _ in Formatter().parse(catalogue(each)[f"rules.{rule.id}_match"]) if name} for each in LANGUAGES]  # type: ignore[attr-defined]  # fmt: skip
    assert fields[0] == fields[1]


def test_all_plans_of_two_promised_courses_agree() -> None:
    """Whatever the hour of three promised sessions on two linacs, model and check judge and price it alike."""
    told = {0: Promise((0, 0), (1, 4)), 1: Promise((0,), (4,))}
    two = problem(
        course("A", 60, 30, protocol=protocol(priority=1, preferred=frozenset({"L2"})), hours=((570, 660),)),
        course("B", 30, follows="C"),
        linacs=[linac(overtime=((hour(10, day=4), hour(10.5, day=4)),)), linac("L2")],
        promised=told,
        weights=standard(),
    )
    starts = [hour(at, day=day) for day in (1, 4) for at in (8.5, 9, 9.5, 10)]
    num, allowed = compare_by_enumeration(two, starts=starts)
    assert 0 < allowed < num
