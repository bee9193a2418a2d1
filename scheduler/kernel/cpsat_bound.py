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

Floats = NDArray[np.float64]

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
    solved = Relaxer(program).solve(seconds)
    return None if solved is None else solved[0]


class Relaxer:
    """The relaxation of one program, solved again and again with some columns closed; each time from where the last one ended."""

    def __init__(self, program: Program) -> None:
        self._costs = np.array(program.costs, dtype=np.int64) * _SCALE
        self._lows, self._highs = np.array(program.lows, dtype=np.int64), np.array(program.highs, dtype=np.int64)
        self._least = np.array([row[2] for row in program.rows], dtype=np.int64)
        self._most = np.array([row[3] for row in program.rows], dtype=np.int64)
        self._rows, self._columns, self._values = program.matrix()
        self._model = mathopt.Model.from_model_proto(_to_proto(program))
        self._variables, self._constraints = list(self._model.variables()), list(self._model.linear_constraints())
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
        self._closed: frozenset[int] = frozenset()
        self._is_warm = False

    def solve(self, seconds: float, closed: frozenset[int] = frozenset()) -> tuple[Relaxation, Floats] | None:
        """The exact relaxation with the ``closed`` columns at 0, and the columns' values; None where the time is not enough."""
        for column in self._closed - closed:
            self._variables[column].upper_bound = float(self._highs[column])
        for column in closed - self._closed:
            self._variables[column].upper_bound = 0.0
        self._closed = closed
        limit = timedelta(seconds=max(seconds, 0.1))
        again = (
            {"presolve": mathopt.Emphasis.OFF, "lp_algorithm": mathopt.LPAlgorithm.DUAL_SIMPLEX}
            if self._is_warm
            else {}
        )
        result = self._solver.solve(params=mathopt.SolveParameters(time_limit=limit, **again))
        self._is_warm = True
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            return None
        prices = np.array(result.dual_values(self._constraints), dtype=np.float64)
        return self.certify(prices, closed), np.array(result.variable_values(self._variables), dtype=np.float64)

    def certify(self, prices: Floats, closed: frozenset[int] = frozenset()) -> Relaxation:
        """The exact bound that these row prices (units, any signs) prove."""
        scaled = np.rint(prices * _SCALE).astype(np.int64)
        scaled[(scaled > 0) & (self._least <= -FREE)] = 0
        scaled[(scaled < 0) & (self._most >= FREE)] = 0
        reduced = self._costs.copy()
        np.subtract.at(reduced, self._columns, self._values * scaled[self._rows])
        highs = self._highs.copy()
        highs[list(closed)] = 0
        used = scaled != 0
        sides = np.where(scaled > 0, self._least, self._most)[used]
        total = _dot(scaled[used], sides) + _dot(reduced, np.where(reduced > 0, self._lows, highs))
        return Relaxation(total, np.abs(reduced), reduced < 0)


def _dot(left: NDArray[np.int64], right: NDArray[np.int64]) -> int:
    """Their scalar product in unlimited whole numbers."""
    used = right != 0
    return sum(a * b for a, b in zip(left[used].tolist(), right[used].tolist(), strict=True))


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
