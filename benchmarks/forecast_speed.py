"""How long the command takes from a cold start, and how much memory it holds."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.measuring import in_child
from benchmarks.report import Row

_SECONDS, _QUICK_SECONDS, _MOST_MB = 15.0, 2.0, 600.0


def speed_rows(file: Path) -> list[Row]:
    """The hospital series with bands, in the default and the quick mode, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "forecasts.csv")
        usual, _ = in_child("benchmarks.forecast_child", str(file), out, "usual")
        quick, _ = in_child("benchmarks.forecast_child", str(file), out, "quick")
    return [
        Row(name="forecast_seconds", unit="s", ours=usual["seconds"], target=_SECONDS, noise=0.3, slack=1.0),
        Row(
            name="forecast_quick_seconds", unit="s", ours=quick["seconds"], target=_QUICK_SECONDS, noise=0.3, slack=0.5
        ),
        Row(name="forecast_memory", unit="MB", ours=usual["mb"], target=_MOST_MB, noise=0.1),
        Row(name="forecast_statsmodels", unit="", ours=float(quick["has_statsmodels"]), target=0.0),
    ]
