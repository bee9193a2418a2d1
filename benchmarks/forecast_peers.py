"""Whom our forecasts are set beside: the seasonal naive one, and statsforecast's models in an environment of its own."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.peers import PeerRefused, install, python
from forecasting.panel import Floats, Panel

_NAME, _REQUIREMENTS = "peers-forecast", ("statsforecast==2.1.1",)
_PROGRAM = Path(__file__).with_name("peer_statsforecast.py")
_LONGEST_S = 1800.0
_REGULAR, _SELDOM = ("AutoETS", "DynamicOptimizedTheta"), ("IMAPA", "TSB")


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """``points`` and ``mean``: [n, h] (alike where a model has one). ``quantiles``: [n, h, 3] at 0.9, 0.95, 0.99 where it has them."""

    name: str
    points: Floats
    mean: Floats
    quantiles: Floats | None = None


def peers_of(past: Panel, horizon: int, season: int, *, is_naive: bool = False) -> tuple[Peer, ...]:
    """The seasonal naive forecast and, unless ``is_naive``, what statsforecast says. A peer that cannot be had is left out."""
    steps = np.arange(horizon) % season
    last = past.values[:, -season:][:, steps]
    naive = Peer(name="seasonal naive", points=last, mean=last)
    if is_naive:
        return (naive,)
    seldom = (past.values > 0).mean() < 0.75
    if not _is_there():
        return (naive,)
    try:
        return (naive, *_statsforecast(past, horizon, season, _SELDOM if seldom else _REGULAR))
    except PeerRefused:
        return (naive,)


@cache
def _is_there() -> bool:
    """True where the peer's environment could be made; tried once a run."""
    try:
        install(_NAME, _REQUIREMENTS)
    except PeerRefused:
        return False
    return True


def _statsforecast(past: Panel, horizon: int, season: int, models: tuple[str, ...]) -> tuple[Peer, ...]:
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder) / "past.npy", Path(folder) / "found.npz"
        np.save(asked, past.values)
        command = [str(python(_NAME)), str(_PROGRAM), str(asked), str(answered), str(horizon), str(season), *models]
        try:
            subprocess.run(command, check=True, timeout=_LONGEST_S, capture_output=True)
        except (OSError, subprocess.SubprocessError) as error:
            raise PeerRefused("peer_failed", str(error)) from error
        with np.load(answered) as found:
            return tuple(
                Peer(
                    name=model,
                    points=np.maximum(found[model], 0.0),
                    mean=np.maximum(found[model], 0.0),
                    quantiles=found.get(f"{model} high"),
                )
                for model in models
            )
