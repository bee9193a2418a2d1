"""An explanation is shown only where every number, unit, name, time, direction and cause in it stands in the facts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from llm_planner.guard import findings
from llm_planner.narrate import reworded, shown
from llm_planner.understand.model import ModelSettings, Server
from tests.llm_planner.a_hospital import hospital
from tests.llm_planner.fake_server import serving

CONTEXT = hospital()
THEATRE: dict[str, Any] = {
    "problem": "theatre",
    "kpis": {
        "overtime": {"value": 85, "unit": "min", "baseline": 130},
        "wait_time": {"value": 4.6, "unit": "day", "baseline": 4.1},
    },
    "binding": [{"constraint": "cap_overtime", "resource": "OR3", "limit_min": 45, "used_min": 45}],
    "unscheduled_reason": {"P-2022": ["cap_overtime:OR3"]},
}
ORDER: dict[str, Any] = {
    "drug": "D-OSE",
    "unit": "box",
    "order_qty": 240,
    "unit_price_cny": 95,
    "total_cny": 22800,
    "budget_cny": 60000,
}
BEDS: dict[str, Any] = {
    "ward": "W-ORT",
    "capacity": 36,
    "occupied": 31,
    "expected_discharges": 2,
    "elective_admissions": 6,
    "waiting": ["P-2025"],
}
SLOT: dict[str, Any] = {
    "assignments": [{"patient": "P-2003", "resource": "PETCT1", "start": "2026-03-04T09:00"}],
    "why": {
        "P-2003": [
            {
                "constraint": "resource_downtime",
                "resource": "PETCT1",
                "from": "2026-03-03T08:00",
                "to": "2026-03-03T16:00",
            }
        ]
    },
}
FAITHFUL = (
    ("P-2022没有排上，因为OR3的加班已用满45分钟上限。", THEATRE),
    ("Overtime falls from 130 to 85 minutes, but patients wait half a day longer (4.6 days).", THEATRE),
    ("加班少了45分钟，约1.4小时。", THEATRE),
    ("建议订240盒达菲，每盒95元，合计2.28万元，占预算的38%。", ORDER),
    ("Order 240 boxes at 95 yuan each, about 23,000 yuan in all.", ORDER),
    ("Five beds are free and two patients should leave, which makes seven beds for six electives and P-2025.", BEDS),
    ("PETCT1在3月3日8点到16点停机，所以P-2003排在3月4日9点。", SLOT),
)  # fmt: skip
WRONG = (
    ("P-2022没有排上，因为OR3的加班已用满35分钟上限。", THEATRE, "number"),
    ("Overtime falls from 130 to 85 hours.", THEATRE, "number"),
    ("Overtime rises to 85 minutes.", THEATRE, "direction"),
    ("加班从85分钟升到130分钟。", THEATRE, "direction"),
    ("P-2021没有排上，因为OR3的加班已满。", THEATRE, "name"),
    ("P-2022没有排上，因为麻醉医生请假。", THEATRE, "cause"),
    ("OR3 is broken, so P-2022 has no slot.", THEATRE, "cause"),
    ("建议订240瓶，合计22800元。", ORDER, "number"),
    ("合计22800万元。", ORDER, "number"),
    ("Six patients should leave, which makes eleven beds.", BEDS, "number"),
    ("P-2003排在3月5日9点。", SLOT, "time"),
    ("P-2003 had to wait because an emergency case took the slot.", SLOT, "cause"),
)


@pytest.mark.parametrize(("text", "facts"), FAITHFUL)
def test_what_the_facts_say_is_shown(text: str, facts: dict[str, Any]) -> None:
    """Rounded, converted, added up or in words: what is true is not held back."""
    assert findings(text, facts, CONTEXT) == []
    assert shown(text, "template", facts, CONTEXT) == text


@pytest.mark.parametrize(("text", "facts", "fault"), WRONG)
def test_what_the_facts_do_not_say_is_not_shown(text: str, facts: dict[str, Any], fault: str) -> None:
    """One wrong number, unit, patient, time, direction or cause, and the template is shown instead."""
    assert fault in {finding.fault for finding in findings(text, facts, CONTEXT)}
    assert shown(text, "template", facts, CONTEXT) == "template"


def test_a_model_may_reword_but_not_add() -> None:
    """A rewording that keeps to the facts is shown, one with another number is not."""
    template = "P-2003 is on PETCT1 at 2026-03-04 09:00."
    kept = "[P0] goes to [R1] on 2026-03-04 at 09:00."
    told = "p-2003 goes to petct1 on 2026-03-04 at 09:00."
    for answer, expected in ((kept, told), ("[P0] waits 7 days.", template)):
        with serving({"text": json.dumps({"text": answer})}) as fake:
            server = Server(ModelSettings(base_url=fake.base_url))
            assert reworded(template, SLOT, CONTEXT, server).lower() == expected.lower()
