"""What a text turns into has one shape, which forms, files and clicks share."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hospital.changes import INTENTS, changes_from_json
from llm_planner.intents import NAMES, build, intent_from_json, intent_schema, intent_to_json, reply_schema

SAID: list[dict[str, Any]] = [
    {"intent": "resource_downtime", "resource_ids": ["CT2"], "when": {"start": "2026-03-05T14:00:00+08:00"}},
    {"intent": "dialysis_pattern", "patient_ids": ["P-7"], "days": ["MO", "TH"], "shift": "E"},
    {"intent": "swap_requests", "patient_ids": ["P-7", "P-9"]},
    {"intent": "budget_cap", "amount_cny": 80000.0},
]


def _branches(node: Any) -> set[str]:
    if isinstance(node, dict):
        return set(node) | {key for value in node.values() for key in _branches(value)}
    return {key for part in node for key in _branches(part)} if isinstance(node, list) else set()


@pytest.mark.parametrize("said", SAID, ids=lambda said: str(said["intent"]))
def test_a_change_read_from_text_is_the_change_a_form_makes(said: dict[str, Any]) -> None:
    """A downtime typed in the box and one filled in on a page are the same value."""
    intent = intent_from_json(said)
    assert intent == changes_from_json(said)[0]
    assert intent is not None
    assert intent_from_json(json.loads(json.dumps(intent_to_json(intent)))) == intent


def test_every_change_of_the_hospital_can_be_said() -> None:
    """No change is left out of what can be typed, and questions and the dialogue are there too."""
    assert set(INTENTS) < set(NAMES)
    assert {"schedule_query", "why_not", "clarify", "out_of_scope"} <= set(NAMES)
    assert len(NAMES) == len(INTENTS) + 11


def test_the_schema_is_one_that_grammar_engines_take() -> None:
    """A model server gets a union it can hold a model to."""
    schema = reply_schema()
    assert not _branches(schema) & {"oneOf", "discriminator", "allOf", "default"}
    items = schema["properties"]["intents"]["items"]["anyOf"]
    assert len(items) == len(NAMES)
    assert intent_schema("swap_requests")["required"] == ["intent", "patient_ids"]


def test_what_is_not_valid_is_nothing() -> None:
    """An amount that cannot be, a missing patient, a field from nowhere: no intent, rather than half of one."""
    assert build("bed_change", action="open", ward_id="W-4", count=-3) is None
    assert build("cancel_request") is None
    assert intent_from_json({"intent": "undo", "scope": "last", "publish": True}) is None
    assert intent_from_json({"intent": "clarify", "about": "give_me_all"}) is None
    assert build("undo", scope="last", steps=None) == intent_from_json({"intent": "undo", "scope": "last"})
