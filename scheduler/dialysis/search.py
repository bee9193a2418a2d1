"""The constructive draft after a disruption: whoever can stay stays, the others go one by one to their cheapest places."""

from __future__ import annotations

import numpy as np

from scheduler.dialysis.problem import DialysisProblem
from scheduler.kernel.plan import Plan
from scheduler.kernel.search import cheapest_place, insert, load, new_state, plan_of_state
from scheduler.kernel.tables import NO_PLACE, Tables


def kept_draft(problem: DialysisProblem, tables: Tables) -> Plan:
    """The plan in force less the sessions whose place is no more, each put where it costs least. Sessions are put back all together: one by
    one a series would seem to have come apart. The kernel drops whatever does not hold after all."""
    start, resource = np.full((2, len(tables.duration)), NO_PLACE, dtype=np.int64)
    for task, place in problem.reference.items():
        slot, where = place.start // tables.grid, place.resource
        is_open = tables.open_run[tables.group[task], where, slot] >= tables.duration[task]
        is_allowed = where in tables.can[tables.can_ptr[task] : tables.can_ptr[task + 1]]
        if tables.is_frozen[task] or (is_open and is_allowed and tables.start_ok[task, slot]):
            start[task], resource[task] = slot, where
    state = new_state(tables, 0)
    load(tables, state, start, resource)
    for task in np.flatnonzero(start < 0).tolist():
        _, where, slot = cheapest_place(tables, state, task, 0)
        if slot >= 0:
            insert(tables, state, task, where, slot)
    return plan_of_state(problem, state)
