"""From fields to an intent, or to a question back where a name is not known, fits several things, or something is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from hospital.changes.fields import Intent
from llm_planner.context import Kind
from llm_planner.intents import KINDS, Clarify, build
from llm_planner.understand.rules.clause import Clause
from llm_planner.understand.rules.link_people import FAMILY

KIND_OF_FIELD: Mapping[str, Kind] = {
    "resource_ids": "resource", "to_resource_ids": "resource", "patient_ids": "patient", "staff_ids": "staff", "subject_staff_ids": "staff",
    "ward_id": "ward", "to_ward_id": "ward", "from_facility": "facility", "to_facility": "facility", "base_id": "base", "road_ids": "road",
    "supplier_id": "supplier", "drug_ids": "drug", "plan_ids": "plan",
}  # fmt: skip
_ANY_OF: Mapping[str, tuple[str, ...]] = {
    "move_request": ("to_when", "to_resource_ids", "to_ward_id", "direction"),
    "lock": ("patient_ids", "resource_ids", "staff_ids", "when", "problem"),
    "unlock": ("patient_ids", "resource_ids", "staff_ids", "when", "problem"),
    "change_duration": ("duration_min", "delta_min", "delta_pct"),
    "supply_delay": ("delay_days", "new_date"),
    "order_policy": ("order_qty", "min_cover_days", "service_level_pct", "max_order_qty", "supplier_id"),
    "stock_update": ("on_hand_qty", "expiring_qty"),
    "set_objective_weight": ("increase", "decrease"),
    "sequence_rule": ("for_class", "patient_ids"),
    "set_preference": ("when", "resource_ids", "staff_ids"),
    "dialysis_pattern": ("days", "shift", "sessions_per_week", "from_date"),
    "fraction_rule": ("min_gap_h", "max_gap_days", "fractions_per_week", "fractions_per_day", "total_fractions"),
    "isolation_rule": ("patient_ids", "resource_ids", "ward_id"),
    "reserve_capacity": ("share_pct", "slots", "for_class", "staff_ids"),
    "min_utilisation": ("problem", "resource_ids"),
}  # fmt: skip
"""Of these at least one must be said."""
_BOTH = {
    "set_preference": ("patient_ids", "subject_staff_ids"), "supply_delay": ("drug_ids", "supplier_id"), "demand_change": ("drug_ids", "series"),
    "change_duration": ("patient_ids", "service", "resource_ids", "staff_ids"),
    "add_request": ("service", "patient_ids", "resource_ids", "ward_id"),
    "insert_urgent": ("service", "patient_ids", "resource_ids", "staff_ids"),
}  # fmt: skip
"""And of these."""


def finished(name: str, fields: Mapping[str, Any], clause: Clause) -> Intent:
    """The intent; a `Clarify` about it where it cannot be one."""
    said = {key: value for key, value in fields.items() if value not in (None, (), [], "")}
    kinds = {KIND_OF_FIELD[field] for field in KINDS[name].model_fields if field in KIND_OF_FIELD}
    doubtful = [mention for kind in kinds for mention in clause.mentioned(kind) if not mention.is_known]
    missing = _missing(name, said)
    if doubtful or missing:
        unknown = [mention.surface for mention in doubtful if not mention.candidates] or _unknown_names(
            name, clause, missing
        )
        candidates = [one for mention in doubtful for one in mention.candidates]
        return asked(name, missing=tuple(missing), unknown=tuple(unknown), candidates=tuple(candidates))
    return build(name, **said) or asked(name, missing=tuple(_wrong(name, said)))


def asked(about: str, **what: tuple[str, ...]) -> Intent:
    """A question back about an intent: what is missing, not known, or fits several things."""
    return build("clarify", about=about, **what) or Clarify(about=about)


def _missing(name: str, said: Mapping[str, Any]) -> list[str]:
    missing = [field for field, info in KINDS[name].model_fields.items() if info.is_required() and field not in said]
    for table in (_ANY_OF, _BOTH):
        fields = table.get(name, ())
        if fields and not any(field in said for field in fields):
            missing.append(fields[0])
    if name == "swap_requests" and len(said.get("patient_ids", ())) != 2:
        missing.append("patient_ids")
    if name == "compare_plans" and len(said.get("plan_ids", ())) < 2:
        missing.append("plan_ids")
    if name == "order_policy" and "drug_ids" not in said and not {"service_level_pct", "min_cover_days"} & set(said):
        missing.append("drug_ids")
    return list(dict.fromkeys(missing))


def _wrong(name: str, said: Mapping[str, Any]) -> list[str]:
    """The fields that a valid intent could not have as they are."""
    required = {field for field, info in KINDS[name].model_fields.items() if info.is_required()}
    return sorted(required & set(said)) or sorted(said) or ["intent"]


_ZH_NAME = re.compile(
    rf"([{FAMILY}][\u4e00-\u9fff]{{1,2}}?)(?=今|明|后|周|下|请|休|生|病|不|来|出|去|要|因|<|上|这|每)"
)
_EN_NAME = re.compile(
    r"^(?:nurse |technician |driver |the )?([a-z]{2,}(?: [a-z]{2,})?) (?:is|has|will|won't|called|calls|off|sick|on|out|away|at|takes|can't|cannot|at)(?![a-z])"
)


def _unknown_names(name: str, clause: Clause, missing: list[str]) -> list[str]:
    """A name that the data does not know, where one is missing."""
    if not {"staff_ids", "subject_staff_ids"} & set(missing) and name != "staff_absence":
        return []
    found = _ZH_NAME.search(clause.text) or _EN_NAME.search(clause.text)
    return [found[1]] if found else []
