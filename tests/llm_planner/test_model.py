"""With a model served, the rules still decide what is safe; a bad answer is as if there were no model."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from llm_planner.context import Context, Thing
from llm_planner.intents import intent_to_json
from llm_planner.understand import read, understand
from llm_planner.understand.model import ModelSettings, Server, read_by_model, settings_of
from tests.llm_planner.fake_server import FakeServer, serving

CONTEXT = Context(
    now=datetime.fromisoformat("2026-03-02T08:00:00+08:00"),
    things=(
        Thing(id="CT2", kind="resource", area="imaging", service="CT"),
        Thing(id="MR1", kind="resource", area="imaging", service="MR"),
        Thing(id="P-2005", kind="patient", area="imaging", is_planned=True),
        Thing(id="S-QL", kind="staff", names=("秦朗", "Qin Lang"), role="surgeon"),
    ),
)
MOVE = "P-2005 to MR1 tomorrow afternoon, Qin Lang asked"


def _says(value: Any, **more: Any) -> dict[str, Any]:
    return {"text": json.dumps(value), **more}


def _server(fake: FakeServer, **more: Any) -> Server:
    return Server(ModelSettings(base_url=fake.base_url, reading_s=1.0, **more))


GOOD = (
    _says({"intents": ["move_request"]}),
    _says(
        {
            "intent": "move_request",
            "patient_ids": ["[P0]"],
            "to_resource_ids": ["[R1]"],
            "to_when": "tomorrow afternoon",
        }
    ),
)


def test_a_model_chooses_and_fills_and_code_does_the_dates() -> None:
    """The window of tomorrow afternoon is computed here, and marks turn back into ids."""
    with serving(*GOOD) as fake:
        reading = read_by_model(MOVE, CONTEXT, _server(fake))
    assert reading is not None
    assert intent_to_json(reading.intents[0]) == {
        "intent": "move_request",
        "patient_ids": ["P-2005"],
        "to_resource_ids": ["MR1"],
        "to_when": {"start": "2026-03-03T12:00:00+08:00", "end": "2026-03-03T18:00:00+08:00"},
    }


def test_no_name_and_no_id_goes_out() -> None:
    """What a server is sent holds marks, never a patient's number or a doctor's name."""
    with serving(*GOOD) as fake:
        read_by_model(MOVE, CONTEXT, _server(fake))
        sent = json.dumps(fake.asked).lower()
    assert len(fake.asked) == 2
    assert "2005" not in sent
    assert "qin" not in sent
    assert "[p0]" in sent


@pytest.mark.parametrize(
    "answers",
    [
        (_says({"intents": ["move_request"]}, finish="length"),),
        ({"text": "I think you want to move"},),
        (_says({"intents": ["format_disk"]}),),
        (GOOD[0], _says({"intent": "move_request", "patient_ids": ["[P7]"]})),
        (GOOD[0], _says({"intent": "move_request", "patient_ids": ["[P0]"], "publish": True})),
        (_says({"intents": ["move_request"]}, delay=1.6),),
        ({"endless": True},),
        ({"status": 500},),
    ],
    ids=["cut off", "prose", "unknown intent", "unknown patient", "extra field", "late", "endless", "error"],
)
def test_a_bad_answer_leaves_the_rules_reading(answers: tuple[dict[str, Any], ...]) -> None:
    """Cut off, invalid, late or without end: the person sees what the rules read."""
    with serving(*answers) as fake:
        assert understand("move P-2005 to MR1", CONTEXT, _server(fake)) == read("move P-2005 to MR1", CONTEXT)


def test_an_answer_in_the_reasoning_field_is_found() -> None:
    """A server that puts the JSON where it thinks aloud is read there."""
    for field in ("reasoning", "reasoning_content"):
        with serving(*({**answer, "field": field} for answer in GOOD)) as fake:
            assert read_by_model(MOVE, CONTEXT, _server(fake)) is not None


def test_two_readings_that_differ_are_both_shown() -> None:
    """Rules say MR1, the model says CT2: the rules' card stands and the other is offered."""
    other = _says({"intent": "cancel_request", "patient_ids": ["[P0]"]})
    with serving(_says({"intents": ["cancel_request"]}), other) as fake:
        reading = understand("move P-2005 to MR1", CONTEXT, _server(fake))
    assert reading.items == read("move P-2005 to MR1", CONTEXT).items
    assert intent_to_json(reading.alternative[0].intent)["intent"] == "cancel_request"


def test_a_refusal_is_not_put_to_a_model() -> None:
    """A clinical question never leaves the house."""
    with serving(*GOOD) as fake:
        understand("What dose should P-2005 get?", CONTEXT, _server(fake))
        assert fake.asked == []


def test_a_server_that_keeps_failing_is_left_alone() -> None:
    """After two failures nobody waits for it, until its rest is over."""
    now = [0.0]
    with serving({"status": 500}, {"status": 500}, *GOOD) as fake:
        server = Server(ModelSettings(base_url=fake.base_url, max_failures=2, rest_s=30), clock=lambda: now[0])
        for _ in range(4):
            assert server.answer([], {}, seconds=1.0) is None
        assert len(fake.asked) == 2
        now[0] = 31.0
        assert server.is_open


def test_without_a_server_nothing_is_asked() -> None:
    """The default is no model at all."""
    assert not Server(settings_of({})).is_open
    assert settings_of({"PLANNER_BASE_URL": "http://127.0.0.1:8123/v1"}).base_url.endswith("/v1")
