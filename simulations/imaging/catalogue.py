"""What the sample hospital examines: its catalogue, set-up changes and least gaps."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

from hospital.requests import Changeover, Examination, Gap, RequestClass
from hospital.resources import Modality

_FILE = Path(__file__).with_name("catalogue.toml")
_MODALITIES = {"CT": Modality.CT, "MR": Modality.MR, "PET": Modality.PETCT, "RF": Modality.RF}
_DEAREST_CHANGE_MIN = {"CT": 5, "MR": 5, "PET": 15, "RF": 5}
"""Minutes from one set-up to another, by the set-up's modality."""
_COIL_AND_GATING = frozenset({"MR-CARDIAC", "MR-BREAST"})
_COIL_AND_GATING_MIN = 10
"""A breast coil or a cardiac coil with gating takes longer to mount."""

GAPS = (Gap(first="contrast", then="contrast", hours=48), Gap(first="barium", then="*", hours=72))
"""Two contrast examinations two days apart; barium last, because it hides what comes after."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An examination and how often it is asked for: ``share`` within its modality, ``mix`` over the classes.
    ``who`` is woman, man or child where the examination is meant for one only."""

    examination: Examination
    share: float
    mix: Mapping[RequestClass, float]
    is_sedated: bool = False
    who: str = ""


@cache
def catalogue() -> tuple[Entry, ...]:
    """The sample hospital's catalogue, in the order of its file."""
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(_entry(key, table) for key, table in tables.items())


def _entry(key: str, table: Mapping[str, Any]) -> Entry:
    median_min, p90_min = table["minutes"]
    examination = Examination(
        id=key,
        name_en=table["en"],
        name_zh=table["zh"],
        modality=_MODALITIES[key.partition("-")[0]],
        region=table["region"],
        median_min=median_min,
        p90_min=p90_min,
        family=table["family"],
        is_fasting=table.get("is_fasting", False),
        preparation_min=table.get("preparation_min", 0),
        min_field_strength_t=table.get("min_field_strength_t", 0.0),
        features=frozenset(table.get("features", ())),
        staff=tuple(table.get("staff", ())),
        tags=frozenset(table.get("tags", ())),
    )
    mix = dict(zip(RequestClass, table["mix"], strict=True))
    return Entry(
        examination=examination,
        share=table["share"],
        mix=mix,
        is_sedated=table.get("is_sedated", False),
        who=table.get("who", ""),
    )


def changeovers(examinations: tuple[Examination, ...]) -> tuple[Changeover, ...]:
    """Minutes between any two different set-ups of one modality among the examinations."""
    families = sorted({(exam.modality, exam.family) for exam in examinations})
    return tuple(
        Changeover(from_family=first, to_family=then, minutes=_change_min(first, then))
        for (one, first), (other, then) in permutations(families, 2)
        if one is other
    )


def _change_min(first: str, then: str) -> int:
    if _COIL_AND_GATING & {first, then}:
        return _COIL_AND_GATING_MIN
    return _DEAREST_CHANGE_MIN[first.partition("-")[0]]
