"""Every rule can be read, in both languages."""

from __future__ import annotations

from string import Formatter

import pytest

from hospital.texts import LANGUAGES, catalogue, say
from scheduler.imaging.rules import RULES
from tests.scheduler.imaging.drawn import drawn_plan, drawn_problem


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_its_name_statement_and_sentence(language: str, rule: object) -> None:
    """A clerk finds for each rule a short name, what it says, and a sentence for one case."""
    texts = catalogue(language)
    for entry in (f"rules.{rule.id}_name", f"rules.{rule.id}", f"rules.{rule.id}_match"):  # type: ignore[attr-defined]
        assert texts[entry].strip()
    assert len(texts[f"rules.{rule.id}_name"]) <= 30  # type: ignore[attr-defined]


def test_both_languages_say_the_same_things() -> None:
    """The Chinese sentences name the same values as the English ones, and nothing is there in one language only."""
    rules = [{name: text for name, text in catalogue(each).items() if name.startswith("rules.")} for each in LANGUAGES]
    assert rules[0].keys() == rules[1].keys()
    for name in rules[0]:
        assert _placeholders(rules[0][name]) == _placeholders(rules[1][name]), name


def test_every_match_fills_its_sentence() -> None:
    """Whatever a rule finds, its sentence can be read with the values found, times and minutes as whole numbers."""
    seen = set()
    for seed in range(200):
        drawn = drawn_problem(seed)
        for rule in RULES:
            for match in rule.check(drawn, drawn_plan(seed, drawn)):
                seen.add(match.rule)
                for language in LANGUAGES:
                    assert "{" not in say(f"rules.{match.rule}_match", language, **match.values)
                timed = {key: value for key, value in match.values.items() if key.endswith(("_at", "_min"))}
                assert all(type(value) is int for value in timed.values()), match
    assert seen == {rule.id for rule in RULES}


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
