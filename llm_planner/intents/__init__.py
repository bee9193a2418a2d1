"""What a text can turn into: the typed union of changes (those of ``hospital.changes``), questions and the dialogue, for all areas."""

from __future__ import annotations

from llm_planner.intents.dialogue import Clarify, Confirm, OutOfScope, Undo
from llm_planner.intents.questions import ComparePlans, ForecastQuery, KpiQuery, ScheduleQuery, WhatIf, Why, WhyNot
from llm_planner.intents.union import (
    CHANGE_NAMES,
    KINDS,
    NAMES,
    AnyIntent,
    Reply,
    build,
    intent_from_json,
    intent_schema,
    intent_to_json,
    reply_schema,
)

__all__ = [
    "CHANGE_NAMES",
    "KINDS",
    "NAMES",
    "AnyIntent",
    "Clarify",
    "ComparePlans",
    "Confirm",
    "ForecastQuery",
    "KpiQuery",
    "OutOfScope",
    "Reply",
    "ScheduleQuery",
    "Undo",
    "WhatIf",
    "Why",
    "WhyNot",
    "build",
    "intent_from_json",
    "intent_schema",
    "intent_to_json",
    "reply_schema",
]
