"""Changes from JSON and back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hospital.changes import INTENTS, CancelRequest, Lock, ResourceDowntime, change_to_json, changes_from_json
from hospital.errors import BadInput
from hospital.texts import LANGUAGES

DOWN: dict[str, Any] = {
    "intent": "resource_downtime",
    "resource_ids": ["MR2"],
    "when": {"start": "2026-03-05T14:00:00+08:00"},
    "reason": "breakdown",
}


def test_round_trip_keeps_only_what_was_said() -> None:
    """What was read is written back word for word; what was not said stays unsaid."""
    (change,) = changes_from_json([DOWN])
    assert isinstance(change, ResourceDowntime)
    assert json.loads(json.dumps(change_to_json(change))) == DOWN
    assert changes_from_json(change_to_json(change)) == (change,)


def test_made_in_code_equals_read() -> None:
    """A click and a file make the same value."""
    assert changes_from_json({"changes": [{"intent": "cancel_request", "patient_ids": ["P-7"]}]}) == (
        CancelRequest(patient_ids=("P-7",)),
    )
    assert change_to_json(Lock(resource_ids=("CT1",))) == {"intent": "lock", "resource_ids": ["CT1"]}


def test_every_intent_of_the_table_is_known() -> None:
    """All thirty-four ways to change something can be said."""
    assert len(INTENTS) == 34


def test_fluoroscopy_and_check_ups_can_be_named() -> None:
    """Imaging's own words: RF as a service, check-up as a class."""
    changes_from_json([{"intent": "add_request", "problem": "imaging", "service": "RF"}])
    changes_from_json([{"intent": "reserve_capacity", "resource_ids": ["CT1"], "for_class": "check_up"}])


def test_site_time_is_read_where_a_zone_is_given() -> None:
    """In the site's own file 14:00 means 14:00 at the site."""
    naive = DOWN | {"when": {"start": "2026-03-05T14:00:00"}}
    assert change_to_json(changes_from_json([naive], timezone="Asia/Shanghai")[0]) == DOWN


@pytest.mark.parametrize(
    ("wrong", "text_id", "where"),
    [
        ("nothing", "change_not_a_list", "changes"),
        ({"intents": 3}, "change_not_a_list", "intents"),
        (["x"], "change_not_an_object", "changes[0]"),
        ([DOWN, {"intent": "explode"}], "change_unknown_intent", "changes[1].intent"),
        ([{"resource_ids": ["CT1"]}], "change_unknown_intent", "changes[0].intent"),
        ([{"intent": ["lock"]}], "change_unknown_intent", "changes[0].intent"),
        ([{"intent": "cancel_request"}], "change_missing_field", "changes[0].patient_ids"),
        ([DOWN | {"colour": "red"}], "change_unknown_field", "changes[0].colour"),
        ([DOWN | {"when": {"begin": "x"}}], "change_unknown_field", "changes[0].when.begin"),
        ([DOWN | {"when": {"start": "2026-03-05T14:00:00"}}], "change_naive_time", "changes[0].when.start"),
        ([DOWN | {"when": {"start": "soon"}}], "change_bad_value", "changes[0].when.start"),
        ([DOWN | {"when": {"from_time": "25:00"}}], "change_bad_value", "changes[0].when.from_time"),
        ([DOWN | {"resource_ids": []}], "change_bad_value", "changes[0].resource_ids"),
        ([DOWN | {"resource_ids": ["CT1", 4]}], "change_bad_value", "changes[0].resource_ids[1]"),
        ([DOWN | {"reason": "boredom"}], "change_bad_value", "changes[0].reason"),
        ([{"intent": "swap_requests", "patient_ids": ["A"]}], "change_bad_value", "changes[0].patient_ids"),
        ([{"intent": "cap_overtime", "max_min": -5, "per": "day"}], "change_bad_value", "changes[0].max_min"),
        ([{"intent": "cap_overtime", "max_min": "5", "per": "day"}], "change_bad_value", "changes[0].max_min"),
        ([{"intent": "change_duration", "duration_min": 5, "delta_min": 5}], "change_one_of", "changes[0]"),
        (
            [DOWN | {"when": {"start": "2026-03-05T14:00:00+08:00", "end": "2026-03-05T13:00:00+08:00"}}],
            "change_backwards",
            "changes[0].when",
        ),
    ],
)
def test_refusal_names_the_place(wrong: object, text_id: str, where: str) -> None:
    """Whatever is wrong, the refusal points at it in both languages."""
    with pytest.raises(BadInput) as refusal:
        changes_from_json(wrong)
    assert (refusal.value.text_id, refusal.value.values["where"]) == (text_id, where)
    for language in LANGUAGES:
        assert where in refusal.value.sentence(language)


def test_bound_is_named_as_a_sign() -> None:
    """Minus five minutes of overtime: expected 0 or more."""
    with pytest.raises(BadInput) as refusal:
        changes_from_json([{"intent": "cap_overtime", "max_min": -5, "per": "day"}])
    assert refusal.value.sentence() == "changes[0].max_min: expected ≥ 0, found -5."
