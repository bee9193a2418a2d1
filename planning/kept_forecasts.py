"""A forecast as it is kept: its numbers packed as bytes, what they were made from as JSON, and back again to the same values."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from forecasting.forecasts import LEVELS, Dependence, Forecasts, Note
from forecasting.frequency import Frequency

_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFrom:
    """What a forecast was made from, enough to make it again: ``data`` is the digest of the hospital's data, ``seed`` of what is drawn,
    ``version`` of the program, ``parameters`` what else was chosen."""

    data: str
    seed: int
    version: str
    parameters: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "data": self.data, "seed": self.seed, "version": self.version, "parameters": dict(self.parameters)
        }  # fmt: skip


def packed(forecasts: Forecasts) -> bytes:
    """The numbers of a forecast, compressed; ``words_of`` holds the rest."""
    out = io.BytesIO()
    np.savez_compressed(
        out,
        levels=np.array(LEVELS),
        mean=forecasts.mean.astype(np.float32),
        quantiles=forecasts.quantiles.astype(np.float32),
        kinds=forecasts.kinds,
        is_whole=forecasts.is_whole,
        is_floored=forecasts.is_floored,
        between=np.array([part.between for part in forecasts.dependence]),
        steps=np.array([part.steps for part in forecasts.dependence]),
    )
    return out.getvalue()


def words_of(forecasts: Forecasts) -> dict[str, Any]:
    """Names, dates, models and notes, JSON-ready."""
    return {
        "format": _FORMAT,
        "names": list(forecasts.names),
        "dates": [day.isoformat() for day in forecasts.dates],
        "frequency": forecasts.frequency.value,
        "models": list(forecasts.models),
        "notes": [[[note.kind, _plain(note.values)] for note in notes] for notes in forecasts.notes],
    }


def unpacked(content: bytes, words: Mapping[str, Any]) -> Forecasts:
    """The forecast that ``packed`` and ``words_of`` kept."""
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        dependence = tuple(
            Dependence(steps=steps, between=float(between))
            for steps, between in zip(kept["steps"], kept["between"], strict=True)
        )
        return Forecasts(
            names=tuple(words["names"]),
            dates=tuple(date.fromisoformat(day) for day in words["dates"]),
            frequency=Frequency(words["frequency"]),
            mean=kept["mean"].astype(np.float64),
            quantiles=kept["quantiles"].astype(np.float64),
            models=tuple(words["models"]),
            notes=tuple(tuple(Note(kind, values) for kind, values in notes) for notes in words["notes"]),
            dependence=dependence,
            kinds=kept["kinds"],
            is_whole=kept["is_whole"],
            is_floored=kept["is_floored"],
        )


def only(forecasts: Forecasts, row: int) -> Forecasts:
    """The forecast of one series alone."""
    at = slice(row, row + 1)
    return replace(
        forecasts,
        names=forecasts.names[at],
        mean=forecasts.mean[at],
        quantiles=forecasts.quantiles[at],
        models=forecasts.models[at],
        notes=forecasts.notes[at],
        dependence=(forecasts.dependence[int(forecasts.kinds[row])],),
        kinds=np.zeros(1, dtype=np.int64),
        is_whole=forecasts.is_whole[at],
        is_floored=forecasts.is_floored[at],
    )


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Note values as JSON: dates and numpy's numbers as text and numbers."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        found[name] = value.isoformat() if isinstance(value, date) else getattr(value, "item", lambda v=value: v)()
    return found
