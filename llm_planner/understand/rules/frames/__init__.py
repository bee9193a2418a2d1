"""From a clause to the fields of its intent, one function an intent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from llm_planner.understand.rules.clause import Clause
from llm_planner.understand.rules.frames import areas, capacity, demand, dialogue, questions

FILL: Mapping[str, Callable[[Clause], dict[str, Any]]] = MappingProxyType(
    {
        name: getattr(module, name)
        for module, names in (
            (
                capacity,
                "resource_downtime resource_restore opening_hours reserve_capacity staff_absence extra_staff load_limit cap_overtime"
                " min_utilisation",
            ),
            (
                demand,
                "add_request insert_urgent cancel_request move_request swap_requests lock set_priority set_preference change_duration"
                " sequence_rule isolation_rule set_objective_weight reoptimise",
            ),
            (
                areas,
                "dialysis_pattern fraction_rule bed_change road_closure diversion reposition supply_delay demand_change stock_update"
                " order_policy budget_cap",
            ),
            (questions, "compare_plans why why_not schedule_query kpi_query forecast_query"),
            (dialogue, "undo confirm"),
        )
        for name in names.split()
    }
    | {"unlock": demand.lock}
)
"""The function that fills each intent."""
