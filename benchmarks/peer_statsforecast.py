"""statsforecast's forecasts of a panel; runs under its own environment and imports nothing of ours.

python peer_statsforecast.py PAST.npy FOUND.npz HORIZON SEASON MODEL...
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
from statsforecast import StatsForecast  # type: ignore[import-not-found]
from statsforecast import models as known
from statsforecast.utils import ConformalIntervals  # type: ignore[import-not-found]

SERVICE = (0.9, 0.95, 0.99)


def main() -> None:
    """Points of every model; of IMAPA also the quantiles of its conformal intervals at the service levels."""
    past_file, found_file, horizon, season, *names = sys.argv[1:]
    values = np.load(past_file)
    num, dates = values.shape
    frame = pd.DataFrame(
        {"unique_id": np.repeat(np.arange(num), dates), "ds": np.tile(np.arange(dates), num), "y": values.ravel()}
    )
    steps, found = int(horizon), {}
    for name in names:
        has_bands = name == "IMAPA"
        model = _model(name, int(season), steps)
        engine = StatsForecast(models=[model], freq=1, n_jobs=1)
        levels = [100 * (2 * share - 1) for share in SERVICE] if has_bands else None
        table = engine.forecast(df=frame, h=steps, **({"level": levels} if levels else {}))
        table = table.sort_values(["unique_id", "ds"])
        found[name] = table[name].to_numpy().reshape(num, steps)
        if levels:
            high = [column for column in table.columns if "-hi-" in column]
            high.sort(key=lambda column: float(column.rsplit("-", 1)[1]))
            found[f"{name} high"] = np.stack([table[column].to_numpy().reshape(num, steps) for column in high], axis=-1)
    np.savez(found_file, **found)


def _model(name: str, season: int, steps: int) -> object:
    if name == "IMAPA":
        return known.IMAPA(prediction_intervals=ConformalIntervals(h=steps, n_windows=2))
    if name == "TSB":
        return known.TSB(alpha_d=0.1, alpha_p=0.1)
    return getattr(known, name)(season_length=season)


if __name__ == "__main__":
    main()
