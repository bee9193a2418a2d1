"""A panel: many series on the same dates, with what else is known of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from forecasting.frequency import Frequency
from hospital.errors import BadInput

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regressor:
    """Something known for every past date and for the dates to come (planned sessions, booked operations).

    ``values``: [n, T + horizon] or, where it is the same for all series, [T + horizon].
    """

    name: str
    values: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Series side by side.

    ``names``: n different names. ``dates``: T consecutive dates of the ``frequency``. ``values``: [n, T], NaN = not known
    (before the first value: the series was not there yet). ``keys``: level of the hierarchy -> what each series belongs to
    there, n entries a level. ``stock_outs``: [n, T], True where the shelf was empty, so that demand was not wholly seen.
    Raises BadInput where the shapes do not fit one another.
    """

    names: tuple[str, ...]
    dates: tuple[date, ...]
    values: Floats
    frequency: Frequency
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    regressors: tuple[Regressor, ...] = ()
    stock_outs: Truths | None = None

    def __post_init__(self) -> None:
        shape = (len(self.names), len(self.dates))
        if self.values.shape != shape:
            raise BadInput("forecast_shape", where="values", expected=shape, found=self.values.shape)
        if self.stock_outs is not None and self.stock_outs.shape != shape:
            raise BadInput("forecast_shape", where="stock_outs", expected=shape, found=self.stock_outs.shape)
        for level, belongs in self.keys.items():
            if len(belongs) != len(self.names):
                raise BadInput("forecast_shape", where=level, expected=len(self.names), found=len(belongs))
        for name in self.names:
            if not name:
                raise BadInput("forecast_no_name")
        if len(set(self.names)) != len(self.names):
            twice = next(name for name in self.names if self.names.count(name) > 1)
            raise BadInput("forecast_name_twice", found=twice)
        if np.isinf(self.values).any():
            raise BadInput("forecast_infinite", found=self.names[int(np.isinf(self.values).any(axis=1).argmax())])

    @property
    def num(self) -> int:
        """How many series."""
        return len(self.names)

    @property
    def num_dates(self) -> int:
        """How many dates of history."""
        return len(self.dates)

    def coming(self, horizon: int) -> tuple[date, ...]:
        """The dates after the last one."""
        return tuple(self.frequency.following(self.dates[-1], step) for step in range(1, horizon + 1))

    def until(self, num_dates: int) -> Panel:
        """The same panel as it stood after that many dates; regressors keep what is known of the future."""
        mask = None if self.stock_outs is None else self.stock_outs[:, :num_dates]
        return replace(self, dates=self.dates[:num_dates], values=self.values[:, :num_dates], stock_outs=mask)

    def only(self, rows: Sequence[int]) -> Panel:
        """The series of those rows, in that order."""
        at = list(rows)
        return replace(
            self,
            names=tuple(self.names[row] for row in at),
            values=self.values[at],
            keys={level: tuple(belongs[row] for row in at) for level, belongs in self.keys.items()},
            regressors=tuple(replace(r, values=r.values[at]) if r.values.ndim == 2 else r for r in self.regressors),
            stock_outs=None if self.stock_outs is None else self.stock_outs[at],
        )
