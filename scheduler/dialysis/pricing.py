"""A bound that holds for every roster, and the roster it points at.

The linear relaxation of the whole program is nearly whole by itself: most sessions stay where they are. The bound is Lagrange's at the
prices found, computed in integers, so that it is exact whatever the solver's rounding.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver.python.model_builder_helper import ModelBuilderHelper, ModelSolverHelper

from scheduler.dialysis.columns import ANY, Columns
from scheduler.dialysis.program import Program
from scheduler.kernel.tables import NO_PLACE, Tables

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
UNIT = 1 / 6000
EPSILON = 1e-6
WIDE = 300
"""Rows of more columns than this bind whole shifts; they free nobody."""


def bound_at(program: Program, price: Ints) -> int:
    """The bound that prices of the rows (units, not negative) prove.

    Of a session's columns at most one is taken, so only the best one counts."""
    reduced = program.cost.copy()
    np.add.at(reduced, program.column, program.coefficient * price[program.row])
    num = program.num_choices
    best = np.zeros(int(program.columns.task.max(initial=0)) + 1, dtype=np.int64)
    np.minimum.at(best, program.columns.task, reduced[:num])
    beyond = np.minimum(reduced[num:], 0) * program.upper[num:]
    return program.offset + int(best.sum() + beyond.sum()) - int((price * program.most).sum())


def contested(program: Program) -> NDArray[np.bool_]:
    """The cheapest columns of every session; all of them where it has none for nothing or where too many want the same."""
    columns, num = program.columns, program.num_choices
    least = np.full(int(columns.task.max(initial=0)) + 1, np.iinfo(np.int64).max)
    np.minimum.at(least, columns.task, columns.cost)
    is_cheapest = columns.cost == least[columns.task]
    taken = np.zeros(len(program.cost), dtype=np.int64)
    first = np.unique(columns.task[is_cheapest], return_index=True)[1]
    taken[np.flatnonzero(is_cheapest)[first]] = 1
    use = np.zeros(len(program.most), dtype=np.int64)
    np.add.at(use, program.row, program.coefficient * taken[program.column])
    in_trouble = (use > program.most)[program.row] & (taken[program.column] > 0)
    troubled = least > 0
    troubled[columns.task[program.column[in_trouble & (program.column < num)]]] = True
    active = np.ones(len(program.cost), dtype=np.bool_)
    active[:num] = (taken[:num] > 0) | troubled[columns.task]
    return active


def rounded(program: Program, value: Floats, *, seconds: float) -> Floats:
    """The relaxation's values made whole: sessions in two places at once, and those who share a station with them there, are placed again,
    all others stay. The values as they are where that finds nothing in time."""
    is_split = (value > EPSILON) & (value < 1 - EPSILON)
    num, task = program.num_choices, program.columns.task
    if not is_split[:num].any():
        return value
    touched = np.zeros(len(program.most), dtype=np.bool_)
    touched[program.row[is_split[program.column]]] = True
    sizes = np.bincount(program.row, minlength=len(program.most))
    touched &= sizes < WIDE
    is_free = np.zeros(int(task.max(initial=0)) + 1, dtype=np.bool_)
    near = program.column[touched[program.row]]
    is_free[task[near[(near < num) & (value[near] > EPSILON)]]] = True
    is_free[task[is_split[:num]]] = True
    is_active = np.ones(len(program.cost), dtype=np.bool_)
    is_active[:num] = is_free[task] | (value[:num] > 0.5)
    found = relaxed(program, is_active, seconds=seconds, is_whole=True)
    return value if found is None else found[0]


def relaxed(
    program: Program, is_active: NDArray[np.bool_], *, seconds: float, is_whole: bool = False
) -> tuple[Floats, Ints] | None:
    """The relaxation over the active columns: every column's value, and every row's price in units; None without a solution in time. With
    ``is_whole`` the choices are whole numbers, and there are no prices."""
    used = np.flatnonzero(is_active)
    position = np.full(len(program.cost), -1, dtype=np.int64)
    position[used] = np.arange(len(used))
    keep = is_active[program.column]
    row, column, coefficient = program.row[keep], position[program.column[keep]], program.coefficient[keep]
    reach = np.zeros(len(program.most), dtype=np.int64)
    np.add.at(reach, row, np.maximum(coefficient, 0) * program.upper[used][column])
    binding = np.flatnonzero(reach > program.most)
    lows, highs = np.searchsorted(row, binding), np.searchsorted(row, binding, side="right")
    helper = ModelBuilderHelper()
    upper: Any = program.upper[used].astype(np.float64)
    whole: Any = is_whole & (used < program.num_choices)
    none: Any = np.zeros(len(used))
    helper.add_var_array_with_bounds(none, upper, whole, "")
    for index, cost in enumerate((program.cost[used] * UNIT).tolist()):
        helper.set_var_objective_coefficient(index, cost)
    for low, high, index in zip(lows.tolist(), highs.tolist(), binding.tolist(), strict=True):
        number = helper.add_linear_constraint()
        helper.set_constraint_lower_bound(number, -np.inf)
        helper.set_constraint_upper_bound(number, float(program.most[index]))
        for where, what in zip(column[low:high].tolist(), coefficient[low:high].tolist(), strict=True):
            helper.add_term_to_constraint(number, where, float(what))
    solver = ModelSolverHelper("sat" if is_whole else "glop")
    solver.set_time_limit_in_seconds(seconds)
    solver.solve(helper)
    if not solver.has_solution():
        return None
    values, prices = np.zeros(len(program.cost)), np.zeros(len(program.most), dtype=np.int64)
    values[used] = solver.variable_values()
    if not is_whole:
        prices[binding] = np.maximum(np.rint(-np.asarray(solver.dual_values()) / UNIT), 0)
    return values, prices


def places_of(tables: Tables, columns: Columns, value: Floats) -> tuple[Ints, Ints]:
    """Start slot and station of each session (-1 = left out); who may be on any station of a kind gets a free one."""
    start = np.full(len(tables.duration), NO_PLACE, dtype=np.int64)
    resource = start.copy()
    chosen = np.flatnonzero(value[: len(columns)] > 0.5)
    taken: set[tuple[int, int]] = set()
    for at in chosen[np.argsort(columns.resource[chosen] == ANY, kind="stable")].tolist():
        task, slot, where = int(columns.task[at]), int(columns.slot[at]), int(columns.resource[at])
        if where == ANY:
            where = _free(tables, columns, at, taken)
        if where != ANY:
            start[task], resource[task] = slot, where
            taken.add((where, slot))
    return start, resource


def _free(tables: Tables, columns: Columns, at: int, taken: set[tuple[int, int]]) -> int:
    task, slot = int(columns.task[at]), int(columns.slot[at])
    for where in tables.can[tables.can_ptr[task] : tables.can_ptr[task + 1]].tolist():
        is_open = tables.open_run[tables.group[task], where, slot] >= tables.duration[task]
        if columns.kind_of[where] == columns.kind[at] and is_open and (where, slot) not in taken:
            return int(where)
    return ANY
