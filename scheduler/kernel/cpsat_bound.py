"""A proven lower bound of a program, from prices on its rows.

The linear relaxation is solved in floating point; its prices are then rounded to integers and the bound is computed anew from them in whole
numbers. Any prices give a valid bound (weak duality), so nothing rests on the solver's arithmetic. The same prices say by how much
the cost rises at least if a column is used against its inclination, which is what lets a good plan rule columns out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from scheduler.kernel.cpsat_program import FREE, Program

_SCALE = 1024
"""Prices are whole multiples of 1/_SCALE unit."""


@dataclass(frozen=True)
class Relaxation:
    """``bound`` in units, proven. In every solution in which a column is not at the limit it leans to (``leans_up`` tells which), the cost
    is at least ``scaled_bound + rise[column]``, both exact in 1/1024 units."""

    scaled_bound: int
    rise: NDArray[np.int64]
    leans_up: NDArray[np.bool_]

    @property
    def bound(self) -> int:
        """Units, rounded up: costs are whole."""
        return -(-self.scaled_bound // _SCALE)

    def is_ruled_out(self, most: int) -> NDArray[np.bool_]:
        """Columns that no solution of a cost of at most ``most`` units has away from the limit they lean to."""
        return self.scaled_bound + self.rise > most * _SCALE


def relax(program: Program, *, seconds: float) -> Relaxation | None:
    """The relaxation's prices made exact, None where the time is not enough or the program has no solution."""
    if program.is_impossible or not program.rows:
        return None
    prices = _prices(program, seconds)
    return None if prices is None else certify(program, prices)


def certify(program: Program, prices: NDArray[np.float64]) -> Relaxation:
    """The exact bound that these row prices (units, any signs) prove."""
    scaled = np.rint(prices * _SCALE).astype(np.int64)
    lows = np.array([row[2] for row in program.rows], dtype=np.int64)
    highs = np.array([row[3] for row in program.rows], dtype=np.int64)
    scaled[(scaled > 0) & (lows <= -FREE)] = 0
    scaled[(scaled < 0) & (highs >= FREE)] = 0
    rows, columns, values = program.matrix()
    reduced = np.array(program.costs, dtype=np.int64) * _SCALE
    np.subtract.at(reduced, columns, values * scaled[rows])
    low, high = np.array(program.lows, dtype=np.int64), np.array(program.highs, dtype=np.int64)
    sides = np.where(scaled > 0, lows, highs)[scaled != 0]
    total = _dot(scaled[scaled != 0], sides) + _dot(reduced, np.where(reduced > 0, low, high))
    return Relaxation(total, np.abs(reduced), reduced < 0)


def _dot(left: NDArray[np.int64], right: NDArray[np.int64]) -> int:
    """Their scalar product in unlimited whole numbers."""
    used = right != 0
    return sum(a * b for a, b in zip(left[used].tolist(), right[used].tolist(), strict=True))


def _prices(program: Program, seconds: float) -> NDArray[np.float64] | None:
    model = mathopt.Model.from_model_proto(_to_proto(program))
    limit = mathopt.SolveParameters(time_limit=timedelta(seconds=max(seconds, 0.1)))
    result = mathopt.solve(model, mathopt.SolverType.GLOP, params=limit)
    if not result.solutions or result.solutions[0].dual_solution is None:
        return None
    duals = result.solutions[0].dual_solution.dual_values
    return np.array([duals[row] for row in model.linear_constraints()], dtype=np.float64)


def _to_proto(program: Program) -> model_pb2.ModelProto:
    proto = model_pb2.ModelProto()
    num_columns, num_rows = program.num_columns, len(program.rows)
    proto.variables.ids.extend(range(num_columns))
    proto.variables.lower_bounds.extend(map(float, program.lows))
    proto.variables.upper_bounds.extend(map(float, program.highs))
    proto.variables.integers.extend([False] * num_columns)
    limits = proto.linear_constraints
    limits.ids.extend(range(num_rows))
    limits.lower_bounds.extend(-np.inf if row[2] <= -FREE else float(row[2]) for row in program.rows)
    limits.upper_bounds.extend(np.inf if row[3] >= FREE else float(row[3]) for row in program.rows)
    rows, columns, values = program.matrix()
    order = np.lexsort((columns, rows))
    matrix = proto.linear_constraint_matrix
    matrix.row_ids.extend(rows[order].tolist())
    matrix.column_ids.extend(columns[order].tolist())
    matrix.coefficients.extend(values[order].astype(np.float64).tolist())
    priced = [column for column, cost in enumerate(program.costs) if cost]
    proto.objective.linear_coefficients.ids.extend(priced)
    proto.objective.linear_coefficients.values.extend(float(program.costs[column]) for column in priced)
    return proto
