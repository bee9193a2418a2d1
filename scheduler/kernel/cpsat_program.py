"""An integer linear program in plain integers: what a problem becomes before a solver sees it.

Columns are 0-1 or counted quantities, rows say ``low <= sum of coefficient * column <= high``, the objective is a sum of integer units.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

FREE = 2**60
"""Beyond every sum in a program: as a limit it means none."""


class Program:
    """Columns with cost and limits, rows over them. ``is_impossible`` is set where a contradiction shows while it is written."""

    def __init__(self) -> None:
        self.costs: list[int] = []
        self.lows: list[int] = []
        self.highs: list[int] = []
        self.rows: list[tuple[list[int], list[int], int, int]] = []
        self.is_impossible = False

    @property
    def num_columns(self) -> int:
        """Columns so far."""
        return len(self.costs)

    def column(self, cost: int = 0, *, low: int = 0, high: int = 1) -> int:
        """A new column; its index."""
        self.costs.append(cost)
        self.lows.append(low)
        self.highs.append(high)
        return len(self.costs) - 1

    def columns(self, costs: Iterable[int]) -> range:
        """New 0-1 columns, one a cost."""
        first = len(self.costs)
        self.costs.extend(costs)
        self.lows.extend([0] * (len(self.costs) - first))
        self.highs.extend([1] * (len(self.costs) - first))
        return range(first, len(self.costs))

    def row(
        self, columns: Sequence[int], coefficients: Sequence[int] | int, *, low: int = -FREE, high: int = FREE
    ) -> None:
        """``low <= sum <= high``; one coefficient for all or one each."""
        values = [coefficients] * len(columns) if isinstance(coefficients, int) else list(coefficients)
        if not values:
            self.is_impossible = self.is_impossible or low > 0 or high < 0
            return
        self.rows.append((list(columns), values, low, high))

    def fix(self, column: int, value: int) -> None:
        """The column has this value."""
        if not self.lows[column] <= value <= self.highs[column]:
            self.is_impossible = True
        self.lows[column] = self.highs[column] = value

    def forbid(self, columns: Iterable[int]) -> None:
        """These columns are 0."""
        for column in columns:
            self.fix(column, 0)

    def copy(self) -> Program:
        """The same program, to be added to."""
        other = Program()
        other.costs, other.lows, other.highs = list(self.costs), list(self.lows), list(self.highs)
        other.rows, other.is_impossible = list(self.rows), self.is_impossible
        return other

    def to_cp_model(self) -> cp_model.CpModel:
        """The same program for CP-SAT, column for column."""
        model = cp_model.CpModel()
        proto = model.proto
        for low, high in zip(self.lows, self.highs, strict=True):
            proto.variables.add().domain.extend([low, high])
        for columns, values, low, high in self.rows:
            linear = proto.constraints.add().linear
            linear.vars.extend(columns)
            linear.coeffs.extend(values)
            linear.domain.extend([low, high])
        if self.is_impossible:
            proto.constraints.add().bool_or.literals.extend([])
        priced = [column for column, cost in enumerate(self.costs) if cost]
        proto.objective.vars.extend(priced)
        proto.objective.coeffs.extend(self.costs[column] for column in priced)
        return model

    def matrix(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Row index, column index and coefficient of every entry, row by row."""
        lengths = np.fromiter((len(row[0]) for row in self.rows), dtype=np.int64, count=len(self.rows))
        num_entries = int(lengths.sum())
        columns = np.fromiter((c for row in self.rows for c in row[0]), dtype=np.int64, count=num_entries)
        values = np.fromiter((v for row in self.rows for v in row[1]), dtype=np.int64, count=num_entries)
        return np.repeat(np.arange(len(self.rows)), lengths), columns, values
