"""Named sets of an area's weights, one TOML file each. Points outside, integer units of 1/POINT point inside."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from hospital.errors import BadSettings
from hospital.facts import POINT

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Weights = TypeVar("Weights", bound="DataclassInstance")


def units(points: float) -> int:
    """Points as integer units."""
    return round(points * POINT)


def units_per_min(points_per_h: float) -> int:
    """Points an hour as integer units a minute (exact for two decimals)."""
    return round(points_per_h * POINT / 60)


def read_preset(kind: type[Weights], folder: Path, name: str, overrides: Mapping[str, float] | None) -> Weights:
    """The preset of that name in the folder with some weights replaced; where the area counts in whole numbers, by whole numbers.

    Raises BadSettings for unknown names, keys and values below zero.
    """
    path = folder / f"{name}.toml"
    known = [field.name for field in fields(kind)]
    if not path.is_file():
        raise BadSettings(
            "unknown_preset", found=name, expected=", ".join(sorted(p.stem for p in folder.glob("*.toml")))
        )
    for key, value in (overrides or {}).items():
        if key not in known:
            raise BadSettings("unknown_weight", found=key, expected=", ".join(known))
        if not value >= 0:
            raise BadSettings("bad_weight", where=key, found=value)
    whole = {field.name for field in fields(kind) if field.type == "int"}
    named: dict[str, Any] = {key: int(value) if key in whole else value for key, value in (overrides or {}).items()}
    return replace(kind(**tomllib.loads(path.read_text(encoding="utf-8"))), **named)
