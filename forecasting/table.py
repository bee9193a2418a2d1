"""A forecast as the table that is written for people and programs."""

from __future__ import annotations

import numpy as np
import polars as pl

from forecasting.forecasts import Forecasts

COLUMNS = tuple(f"q{level:02d}" for level in (5, *range(10, 100, 10), 95, 99))
_LEVELS = (0.05, *(k / 10 for k in range(1, 10)), 0.95, 0.99)
_DIGITS = 6


def forecast_table(found: Forecasts) -> pl.DataFrame:
    """series,date,mean,q05,q10,q20,...,q90,q95,q99,lo80,hi80,lo95,hi95,model: one row a series and date."""
    columns: dict[str, np.ndarray] = {"mean": found.mean}
    columns |= {name: found.at(level) for name, level in zip(COLUMNS, _LEVELS, strict=True)}
    columns["lo80"], columns["hi80"] = found.band(0.8)
    columns["lo95"], columns["hi95"] = found.band(0.95)
    num, horizon = found.mean.shape
    return pl.DataFrame(
        {
            "series": np.repeat(np.array(found.names, dtype=object), horizon).tolist(),
            "date": list(found.dates) * num,
            **{name: [float(f"{value:.{_DIGITS}g}") for value in cells.ravel()] for name, cells in columns.items()},
            "model": np.repeat(np.array(found.models, dtype=object), horizon).tolist(),
        },
        schema_overrides={"series": pl.String, "date": pl.Date, "model": pl.String},
    )
